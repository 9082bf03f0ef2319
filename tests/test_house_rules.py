"""Each house rule can fail, and fails at the right line only.

In: small trees, right and wrong, written for the purpose. Out: what each rule says about them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import house_rules as rules
from tests.house import House, read_house

Tree = Callable[[dict[str, str]], House]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A function: path -> text of its file, all below a package called `p`, read as a house."""

    def build(files: dict[str, str]) -> House:
        for path, text in files.items():
            file = tmp_path / "p" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return read_house(tmp_path / "p")

    return build


UPWARD = {
    "language to services": ("language/merge.py", "from p.services.service import Service"),
    "services to managers": ("services/service.py", "import p.managers.tree"),
    "managers to fleet": ("managers/tree.py", "from p.fleet import host"),
    "fleet to report": ("fleet/host.py", "from p import report"),
    "report to cli": ("report/manual.py", "from ..cli import main"),
    "report to cli": ("report.py", "from .cli.main import main"),
    "inside a function": ("language/merge.py", "def f():\n    from p.fleet.host import Host"),
    "for the checker only": (
        "language/merge.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p.services import service",
    ),
    "output to a manager": ("output/disk.py", "from p.managers.systemd import unit"),
    "output to the language": ("output/disk.py", "from p.language.merge import merge"),
    "testing to cli": ("testing/machine.py", "from p.cli.main import main"),
    "cli to testing": ("cli/main.py", "from p.testing import machine"),
    "a room to the facade": ("language/merge.py", "from p import Service"),
    "the facade to cli": ("facade.py", "from p.cli.main import main"),
    "the package to cli": ("__init__.py", "from p.cli.main import main"),
    "a room to the facade's file": ("cli/main.py", "from p.facade import Service"),
    "a room without a place": ("attic/old.py", ""),
}
EVERY_ROOM = {
    "__init__.py": "from .facade import Service",
    "facade.py": "from p.services.service import Service",
    "__main__.py": "from p.cli.main import main",
    "language/__init__.py": "",
    "language/merge.py": "",
    "services/service.py": "from p.language.merge import merge",
    "managers/tree.py": "",
    "managers/systemd/unit.py": "from p.services import service\nfrom ..tree import Tree",
    "output/disk.py": "from p.managers.tree import Tree",
    "fleet/host.py": "from p.output.disk import write",
    "report/manual.py": "from p.language import merge",
    "report.py": "from p.fleet.host import Host",
    "cli/main.py": "from p import Service, report",
    "testing/machine.py": "from p import Service\nfrom p.fleet.host import Host",
}


def test_downward_imports_are_right(tree: Tree) -> None:
    """Every room may use the rooms below it."""
    house = tree(EVERY_ROOM)
    assert rules.rooms_in_order(house) == []
    assert rules.no_cycles(house) == []
    assert len(house.imports) == 14


@pytest.mark.parametrize("case", UPWARD)
def test_an_upward_import_is_found(tree: Tree, case: str) -> None:
    """One import in the wrong direction is one breach, named by file and line."""
    path, text = UPWARD[case]
    [breach] = rules.rooms_in_order(tree(EVERY_ROOM | {path: text}))
    line = max(1, text.count("\n") + 1)
    assert breach.startswith(f"p/{path}:{line}: ")


def test_the_order_of_the_language_is_kept(tree: Tree) -> None:
    """A later file may import an earlier one, and an unlisted file stands anywhere."""
    house = tree(
        {
            "language/errors.py": "from .provenance import Place",
            "language/provenance.py": "",
            "language/words.py": "from .errors import Error",
            "language/types/scalars.py": "from p.language.words import LIST",
        }
    )
    assert rules.language_in_order(house) == []


def test_an_earlier_file_of_the_language_that_imports_a_later_one_is_found(tree: Tree) -> None:
    """The chain is named, and neither a package nor an unlisted file between hides it."""
    house = tree(
        {
            "language/merge.py": "from .words import LIST",
            "language/words.py": "\nfrom .types.scalars import Int",
            "language/types/scalars.py": "",
        }
    )
    [breach] = rules.language_in_order(house)
    assert "merge -> words (p/language/merge.py:1) -> types (p/language/words.py:2)" in breach


def test_a_cycle_is_found_however_it_is_written(tree: Tree) -> None:
    """Three files in a ring, one of the imports inside a function, are one breach with all three."""
    house = tree(
        {
            "language/a.py": "from . import b",
            "language/b.py": "import p.language.c",
            "language/c.py": "def f():\n    from .a import g",
            "language/d.py": "from .a import g",
        }
    )
    [breach] = rules.no_cycles(house)
    assert breach.splitlines() == [
        "import each other: language.a, language.b, language.c",
        "    p/language/a.py:1: language.a imports language.b",
        "    p/language/b.py:1: language.b imports language.c",
        "    p/language/c.py:2: language.c imports language.a",
    ]


TOUCHES = {
    "import os": "imports os",
    "from os import environ": "imports os",
    "import os; os.path.exists('x')": "imports os",
    "import os; os.path.join(os.getcwd())": "imports os",
    "import os; f(os)": "imports os",
    "import os as system; system.fspath('x')": "imports os",
    "import signal; signal.signal(1, signal.Signals)": "imports signal",
    "import os.path": "imports os.path",
    "import subprocess": "imports subprocess",
    "from socket import socket": "imports socket",
    "import urllib.request": "imports urllib.request",
    "from urllib import request": "imports urllib",
    "open('x')": "calls open()",
    "print('x')": "calls print()",
    "path.write_text('x')": "calls .write_text()",
    "path.parent.mkdir()": "calls .mkdir()",
}


@pytest.mark.parametrize("room", ["language", "services", "managers"])
@pytest.mark.parametrize("text", TOUCHES)
def test_a_pure_room_that_touches_the_outside_is_found(tree: Tree, room: str, text: str) -> None:
    """Reading and writing is found by module, function or method."""
    house = tree({f"{room}/a.py": text})
    assert rules.pure_rooms_touch_nothing(house, {}) == [f"p/{room}/a.py:1: {TOUCHES[text]}"]
    assert rules.pure_rooms_touch_nothing(house, {f"p/{room}/a.py": "because"}) == []
    assert rules.pure_rooms_touch_nothing(tree({f"{room}/a.py": ""}), {}) == []


def test_what_only_looks_like_touching_is_right(tree: Tree) -> None:
    """Harmless names of such modules, pure paths, and rooms at the rim."""
    pure = {
        "language/a.py": "from os import PathLike, fspath\nimport os\nx = os.path.dirname('a') + os.sep",
        "services/a.py": "from pathlib import Path\nPath('a').parent.as_posix()",
        "managers/a.py": "import signal\nisinstance(1, signal.Signals)",
    }
    house = tree(pure | {"output/a.py": "import os", "cli/a.py": "print()"})
    assert rules.pure_rooms_touch_nothing(house, {}) == []


def test_an_exception_that_nobody_needs_is_found(tree: Tree) -> None:
    """A grant for a pure file or for a missing one is a breach itself."""
    house = tree({"language/a.py": ""})
    granted = {"p/language/a.py": "because", "p/language/b.py": "because"}
    assert rules.pure_rooms_touch_nothing(house, granted) == [
        "p/language/a.py:1: needs no exception, touches nothing",
        "p/language/b.py:1: an exception for a file that is gone",
    ]


@pytest.mark.parametrize(
    "path", ["utils.py", "a/helpers.py", "core/a.py", "base/__init__.py", "_common.py"]
)
def test_a_name_that_says_nothing_is_found(tree: Tree, path: str) -> None:
    """In a file's name and in a folder's."""
    assert len(rules.files_are_nouns(tree({path: "", "a/noun.py": ""}))) == 1


def test_a_file_without_docstring_is_found(tree: Tree) -> None:
    """Only an `__init__` without a statement may do without."""
    house = tree(
        {"__init__.py": "", "a.py": "x = 1", "b.py": "'''Says.'''", "c/__init__.py": "y = 1"}
    )
    assert [each.split(":")[0] for each in rules.files_open_with_a_docstring(house)] == [
        "p/a.py",
        "p/c/__init__.py",
    ]


def test_a_public_name_without_docstring_is_found(tree: Tree) -> None:
    """A class or function at the top; not a private one, a method, or one of several overloads."""
    private = "def _a(): ...\nclass B:\n 'Says.'\n def c(self): ...\n"
    shared = "@overload\ndef g(): ...\n@typing.overload\ndef g(a): ...\ndef g(a=0): 'Says.'"
    house = tree(
        {
            "a.py": private + "def d(): ...",
            "b.py": "class E: ...\nasync def f(): ...",
            "c.py": shared,
        }
    )
    assert rules.public_names_are_documented(house) == [
        "p/a.py:5: d has no docstring",
        "p/b.py:1: E has no docstring",
        "p/b.py:2: f has no docstring",
    ]


def test_a_long_file_is_found(tree: Tree) -> None:
    """401 lines are too many unless a program wrote them, and the file says which."""
    text = "'''Written by scripts/table.'''\n" + "x = 1\n" * rules.MAX_FILE
    house = tree({"a.py": text, "b.py": "x = 1\n" * rules.MAX_FILE})
    assert rules.files_are_short(house, {}) == ["p/a.py:1: 401 lines, more than 400"]
    assert rules.files_are_short(house, {"p/a.py": "scripts/table"}) == []
    assert len(rules.files_are_short(house, {"p/a.py": "scripts/chair"})) == 1
    assert len(rules.files_are_short(house, {"p/a.py": "scripts/table", "p/c.py": "x"})) == 1


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_a_long_function_is_found(tree: Tree, kind: str) -> None:
    """41 lines are too many; a docstring does not count; a method is a function."""
    docstring = "  '''Says.\n\n  More.\n  '''\n"
    right = f"{kind} right():\n{docstring}" + "  x = 1\n" * (rules.MAX_FUNCTION - 1)
    wrong = f"class C:\n {kind} wrong():\n{docstring}" + "  x = 1\n" * rules.MAX_FUNCTION
    house = tree({"a.py": right, "b.py": wrong})
    assert rules.functions_are_short(house) == ["p/b.py:2: wrong: 41 lines"]


SWALLOWS = {
    "try: f()\nexcept: g()": "p/a.py:2: a bare except",
    "try: f()\nexcept ValueError: pass": "p/a.py:2: an except that does nothing",
    "try: f()\nexcept ValueError: ...": "p/a.py:2: an except that does nothing",
    "try: f()\nexcept* ValueError: 'why'": "p/a.py:2: an except that does nothing",
    "with suppress(Exception): f()": "p/a.py:1: suppresses every exception",
    "with contextlib.suppress(BaseException): f()": "p/a.py:1: suppresses every exception",
}


@pytest.mark.parametrize("text", SWALLOWS)
def test_a_swallowed_error_is_found(tree: Tree, text: str) -> None:
    """However it is written."""
    assert rules.no_error_is_swallowed(tree({"a.py": text})) == [SWALLOWS[text]]


def test_a_handled_error_is_right(tree: Tree) -> None:
    """A handler that acts, and a narrow `suppress`."""
    text = "try: f()\nexcept ValueError: g()\nwith suppress(FileNotFoundError): f()"
    assert rules.no_error_is_swallowed(tree({"a.py": text})) == []
