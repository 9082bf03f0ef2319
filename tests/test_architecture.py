"""The house rules hold in this repository.

In: its sources, and the exceptions granted by name below. Out: a failing test with one line for each
breach. The rules themselves are in `house_rules`; that each can fail is shown by `test_house_rules`.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import sysconfig
from functools import partial
from pathlib import Path

import pytest

from scripts import error_pages
from tests import house_rules as rules
from tests.house import House, python_folders, read_house

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "modsvc_dsl"

# Files that a program writes, and that program: they may be long.
GENERATED = {
    "modsvc_dsl/managers/systemd/directives/choices.py": "scripts.directives",
    "modsvc_dsl/managers/systemd/directives/contexts.py": "scripts.directives",
    "modsvc_dsl/managers/systemd/directives/sections.py": "scripts.directives",
}
# Files of pure rooms that may touch the outside, and why.
IMPURE = {
    "modsvc_dsl/managers/systemd/directives/table.py": "reads the tables packed beside it",
}
# Every other folder with Python in it.
FOLDERS = [folder for folder in python_folders(ROOT) if folder != PACKAGE]
# What these folders hold is input of a test; much of it is wrong on purpose.
TEST_INPUT = ("cases", "typing")
# What `from modsvc_dsl import ...` leaves to those who need it. A generated table counts too.
LAZY = ("typeguard", "click", "tomli_w", "yaml", "asyncio", "subprocess")

DIRECTION: dict[str, rules.Rule] = {
    "rooms": rules.rooms_in_order,
    "language": rules.language_in_order,
    "cycles": rules.no_cycles,
    "purity": partial(rules.pure_rooms_touch_nothing, exceptions=IMPURE),
}
FORM: dict[str, rules.Rule] = {
    "names": rules.files_are_nouns,
    "docstrings": rules.files_open_with_a_docstring,
    "files": partial(rules.files_are_short, generated=GENERATED),
    "functions": rules.functions_are_short,
    "errors": rules.no_error_is_swallowed,
}
PUBLIC: dict[str, rules.Rule] = {"public names": rules.public_names_are_documented}
HOUSE_RULES = DIRECTION | FORM | PUBLIC
FORM_ELSEWHERE = FORM | {"files": partial(rules.files_are_short, generated={})}


def report(breaches: list[str]) -> str:
    """The breaches, one a line, below an empty line."""
    return "\n".join(["", *breaches])


@pytest.fixture(scope="module")
def house() -> House:
    """The package itself."""
    return read_house(ROOT / PACKAGE)


@pytest.mark.parametrize("rule", HOUSE_RULES)
def test_the_package_keeps_the_rule(house: House, rule: str) -> None:
    """The package breaks no rule."""
    breaches = HOUSE_RULES[rule](house)
    assert not breaches, report(breaches)


@pytest.mark.parametrize("rule", FORM_ELSEWHERE)
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_folder_keeps_the_rule(folder: str, rule: str) -> None:
    """The rules of form hold outside the package too."""
    breaches = FORM_ELSEWHERE[rule](read_house(ROOT / folder, leave_out=TEST_INPUT))
    assert not breaches, report(breaches)


def test_every_class_of_error_has_a_page() -> None:
    """What a user can meet is explained in docs/errors."""
    missing = [
        cls.__name__ for cls in error_pages.classes() if not error_pages.page_of(cls).exists()
    ]
    write = [
        f"python3 -m scripts.error_pages {name}   # writes a page to fill in" for name in missing
    ]
    assert not missing, report([*write, "python3 -m scripts.error_pages   # makes all pages anew"])


def test_the_package_is_found(house: House) -> None:
    """The rules above look at the real package: its facade, every room's files and their imports."""
    assert house.package == PACKAGE
    assert {"", "language", "managers", "managers.tree"} <= house.sources.keys()
    assert {source.room for source in house.sources.values()} >= {"language", "managers", "cli"}
    assert house.imports
    assert "tests" in FOLDERS


def test_importing_the_package_loads_none_of_it() -> None:
    """What only imports the package, as `modsvc --help` does, waits for none of its files."""
    seen = import_in_a_new_process(PACKAGE, ROOT)
    assert [name for name in seen["modules"] if name.startswith(PACKAGE)] == [PACKAGE]


def test_every_name_of_the_facade_is_a_name_of_the_package() -> None:
    """Each is the same object in both, and `dir` shows it; a name of neither is refused."""
    package, facade = importlib.import_module(PACKAGE), importlib.import_module(f"{PACKAGE}.facade")
    assert package.__all__ == facade.__all__
    assert all(getattr(package, name) is getattr(facade, name) for name in facade.__all__)
    assert set(facade.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match="has no attribute 'Sevrice'"):
        getattr(package, "Sevrice")


def test_importing_the_facade_loads_nothing_heavy() -> None:
    """`from modsvc_dsl import ...` loads no engine, no generated table and no JSON."""
    tables = {f"{PACKAGE}.{path.split('/', 1)[1][:-3].replace('/', '.')}" for path in GENERATED}
    seen = import_in_a_new_process(f"{PACKAGE}.facade", ROOT)
    assert f"{PACKAGE}.facade" in seen["modules"]
    assert not ({*LAZY, *tables} & set(seen["modules"]))
    assert not seen["json"]


WATCH = """
import sys
sys.path[:0] = sys.argv[2:]
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
before = set(sys.modules)
__import__(sys.argv[1])
modules = sorted(set(sys.modules) - before)
files = sorted(name for name in opened if name.endswith(".json"))
import json
print(json.dumps({"modules": modules, "json": files}))
"""


def import_in_a_new_process(package: str, root: Path) -> dict[str, list[str]]:
    """What importing `package` from the folder `root` loads: `modules`, and `json` files opened.

    The process starts without the site module, whose start-up files may import anything, so that
    what it loads is the package's doing.
    """
    paths = [str(root), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    command = [sys.executable, "-I", "-S", "-c", WATCH, package, *paths]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    seen: dict[str, list[str]] = json.loads(done.stdout)
    return seen


def test_a_heavy_import_is_found(tmp_path: Path) -> None:
    """A package that loads engines and reads JSON when imported is seen to do so."""
    (tmp_path / "heavy").mkdir()
    (tmp_path / "heavy" / "table.json").write_text("{}")
    text = (
        "import typeguard, click, tomli_w, yaml, asyncio, subprocess\n"
        "open(__file__[:-11] + 'table.json').close()"
    )
    (tmp_path / "heavy" / "__init__.py").write_text(text)
    seen = import_in_a_new_process("heavy", tmp_path)
    assert set(LAZY) <= set(seen["modules"])
    assert [Path(each).name for each in seen["json"]] == ["table.json"]
