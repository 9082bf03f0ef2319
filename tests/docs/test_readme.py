"""The README's example runs, and says what the README says that it says."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.docs.blocks import ROOT, Block, blocks

README = ROOT / "README.md"
EXAMPLE, USE = (block for block in blocks(README) if block.language == "python")
(REFUSAL,) = (block for block in blocks(README) if block.language == "text")


def load(file: Path) -> ModuleType:
    """A file as a module of its own."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written(folder: Path, block: Block) -> Path:
    file = folder / "services.py"
    file.write_text(block.text, encoding="utf-8")
    return file


def test_the_example_makes_three_units(tmp_path: Path) -> None:
    """The example evaluates, and its three services become three units of dynamic users."""
    from modsvc_dsl import build, check, evaluate

    host = load(written(tmp_path, EXAMPLE)).host
    tree = build(check(evaluate(host))).trees["host"]
    units = [path for path in tree if path.endswith(".service") and ".wants/" not in path]
    assert [Path(unit).name for unit in units] == ["blog.service", "docs.service", "wiki.service"]
    for unit in units:
        assert b"\nDynamicUser=true\n" in getattr(tree[unit], "content")


def test_the_use_from_python_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second block, run after the first, prints the port of docs."""
    names = dict(vars(load(written(tmp_path, EXAMPLE))))
    exec(compile(USE.text, str(README), "exec"), names)
    assert capsys.readouterr().out == "8080\n"
    assert "etc/systemd/system/docs.service" in names["trees"]["host"]


def test_the_refusal_is_what_the_page_shows(tmp_path: Path) -> None:
    """The misspelt keyword is answered by the command with exactly the text in the README."""
    text = EXAMPLE.text.replace('"wiki": HttpServer(port=', '"wiki": HttpServer(prot=')
    (tmp_path / "services.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "modsvc_dsl", "build", "services.py", "--out", "built"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", REFUSAL.text)


LINKS = re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8"))


@pytest.mark.parametrize("link", LINKS)
def test_what_the_page_points_to_exists(link: str) -> None:
    """The pages that the README names are there."""
    assert (ROOT / link).exists()
