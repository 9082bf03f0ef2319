"""docs/errors: each class of error has a page, and its examples still do what the page shows.

A new class needs a page: `python3 -m scripts.error_pages CLASS` writes one to be filled in, and
`python3 -m scripts.error_pages` puts its message and the index in.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import modsvc_dsl
from modsvc_dsl import Mistake
from scripts import error_pages
from scripts.error_examples import blocks_in, raised_by
from scripts.error_pages import SECTIONS, classes, page_of, section
from tests.docs.blocks import ROOT

CLASSES = classes()
ADD = "python3 -m scripts.error_pages {name}   # writes a page to be filled in"
ANEW = "python3 -m scripts.error_pages   # makes all pages anew; read the difference"
NEEDS = {"UnitFinding": "systemd-analyze", "OutputBusy": "flock"}
"""Programs without which the examples of a page cannot be run."""

every_class = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: str(cls.__name__))
every_mistake = pytest.mark.parametrize(
    "cls",
    [cls for cls in CLASSES if issubclass(cls, Mistake) and cls.__name__ not in NEEDS],
    ids=lambda cls: str(cls.__name__),
)


def text_of(cls: type[Exception]) -> str:
    page = page_of(cls)
    assert page.exists(), f"{cls.__name__} has no page: {ADD.format(name=cls.__name__)}"
    return page.read_text(encoding="utf-8")


def test_the_classes_are_found() -> None:
    """Those of every room, down to the command, each with a name of its own."""
    names = [cls.__name__ for cls in CLASSES]
    assert {"Conflict", "BadProgram", "CannotHonour", "NoHost", "OutIsLink", "Failure"} <= {*names}
    assert len({*names}) == len(names) > 60


@every_class
def test_the_page_says_what_its_examples_show(cls: type[Exception]) -> None:
    """Run again, each example gives exactly the text on the page."""
    program = NEEDS.get(cls.__name__)
    if program is not None and shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    text = text_of(cls)
    assert error_pages.made_anew(cls, text) == text, ANEW


@every_class
def test_the_page_is_whole(cls: type[Exception]) -> None:
    """When the error comes, what is shown and what to write instead: nothing is left to be done."""
    text = text_of(cls)
    assert all(section(text, title) for title in SECTIONS), f"{cls.__name__} lacks a section"
    assert "TODO" not in text
    shown = [block.language for block in blocks_in(section(text, SECTIONS[1]))]
    assert {"text", "console"} & {*shown}, f"{cls.__name__} shows no message"


@every_class
def test_what_the_page_says_instead_is_right(cls: type[Exception]) -> None:
    """Its example raises nothing, and its commands succeed."""
    assert error_pages.run_mended(text_of(cls)) == []
    assert "[exit status" not in section(text_of(cls), SECTIONS[2])


@every_mistake
def test_every_mistake_of_the_example_has_a_line_of_the_users(
    cls: type[Exception], tmp_path: Path
) -> None:
    """At least one place of each is in the user's file, and none is in the package."""
    found = errors_of(cls, tmp_path)
    assert any(type(mistake) is cls for mistake in found), [type(each).__name__ for each in found]
    package = str(Path(modsvc_dsl.__file__).parent)
    for mistake in found:
        files = [location.file for _, location in mistake.report().places]
        assert any(file.startswith(str(tmp_path)) for file in files), str(mistake)
        assert package not in str(mistake)


def errors_of(cls: type[Exception], folder: Path) -> tuple[Mistake, ...]:
    """The mistakes that the first example of a page makes."""
    files: dict[str, str] = {}
    name = ""
    for block in blocks_in(section(text_of(cls), SECTIONS[1])):
        if block.language in ("text", "console"):
            break
        files[block.name], name = block.text, block.name
    error = raised_by(files, name, folder.resolve())
    assert isinstance(error, (modsvc_dsl.Mistake, modsvc_dsl.Mistakes))
    return modsvc_dsl.flatten(error)


def test_the_index_lists_all_pages() -> None:
    """And there is no page of a class that is gone."""
    assert error_pages.INDEX.read_text(encoding="utf-8") == error_pages.index(), ANEW
    pages = {path.name for path in error_pages.PAGES.glob("*.md")} - {error_pages.INDEX.name}
    assert pages == {page_of(cls).name for cls in CLASSES}


def test_a_new_class_gets_a_page_to_fill_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its name is enough; the page is not taken for a finished one."""
    monkeypatch.setattr(error_pages, "PAGES", tmp_path)
    with pytest.raises(SystemExit, match="no page yet"):
        error_pages.write_all()
    error_pages.add("Conflict")
    written = (tmp_path / "Conflict.md").read_text(encoding="utf-8")
    assert "TODO" in written and all(f"## {title}" in written for title in SECTIONS)
    assert "fill in" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="is there already"):
        error_pages.add("Conflict")
    with pytest.raises(SystemExit, match="no error class Conflcit"):
        error_pages.add("Conflcit")


LINKS = [
    (page, link)
    for page in sorted(error_pages.PAGES.glob("*.md"))
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
]


def test_links_of_the_pages_lead_somewhere() -> None:
    """From the index and between the pages."""
    assert [link for page, link in LINKS if not (page.parent / link).exists()] == []
    assert "docs/errors" in (ROOT / "README.md").read_text(encoding="utf-8")
