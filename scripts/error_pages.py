"""Make docs/errors: a page for each class of error, from examples that are run.

In: the classes of errors, and the pages as people wrote them. Out: the same pages, with the
summary of their class, the messages of their examples and the index made anew. Refuses to write
what people have to: when an error comes, and what to write instead.

    python3 -m scripts.error_pages            makes all pages anew; read the difference
    python3 -m scripts.error_pages CLASS      writes the page of a new class, to be filled in
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
import tempfile
from pathlib import Path

import modsvc_dsl
from modsvc_dsl import Mistake
from modsvc_dsl.cli.exits import Failure
from modsvc_dsl.output.errors import OutputError
from scripts.error_examples import blocks_in, raised_by, rerun

PAGES = Path(__file__).parents[1] / "docs" / "errors"
INDEX = PAGES / "README.md"

ROOTS: tuple[type[Exception], ...] = (Mistake, OutputError, Failure)
"""What every error of ours is; of these three themselves only `Failure` is ever raised."""

ROOMS = {
    "language": "The language",
    "services": "Services",
    "managers": "Managers",
    "fleet": "Hosts, fleets and builds",
    "output": "Writing a tree",
    "cli": "The command",
}
SECTIONS = ("When it comes", "What is shown", "What to write instead")

SKELETON = """# {name}

{summary}

## When it comes

TODO: in one or two sentences, for somebody who has just got it.

## What is shown

```python
TODO: the smallest file with this mistake that a newcomer would write
```

```text
```

## What to write instead

TODO: a sentence, and the same file put right:

```python
```
"""

_HEAD = """# Errors

A page for each kind of error: when it comes, what is shown, and what to write instead. Whatever the pages show is
made by running their examples (`python3 -m scripts.error_pages`), and the tests run them again.

Every error names the file and the line that it is about, each definition that is involved, and what to write
instead. All mistakes of a phase come at once: `Mistakes` is one error with several, `flatten(error)` lists them. In
Python each is an exception with its own class below `Mistake`; `mistake.path` is the option, `mistake.category` a
word that programs can rely on, `mistake.report()` the parts of the message as data.
"""


def classes() -> list[type[Exception]]:
    """Every class of error that a user can meet, sorted by room and name."""
    for module in pkgutil.walk_packages(modsvc_dsl.__path__, "modsvc_dsl."):
        if not module.name.endswith("__main__") and ".testing" not in module.name:
            importlib.import_module(module.name)
    found: set[type[Exception]] = {Failure}
    todo = list(ROOTS)
    while todo:
        for cls in todo.pop().__subclasses__():
            if cls.__module__.startswith("modsvc_dsl."):
                found.add(cls)
                todo.append(cls)
    return sorted(found, key=lambda cls: (list(ROOMS).index(room_of(cls)), cls.__name__))


def room_of(cls: type[Exception]) -> str:
    """The room of a class: `language`, `managers`."""
    return cls.__module__.split(".")[1]


def page_of(cls: type[Exception]) -> Path:
    """Where the page of a class is."""
    return PAGES / f"{cls.__name__}.md"


def summary_of(cls: type[Exception]) -> str:
    """The first sentence of a class's docstring, on one line."""
    words = " ".join((inspect.getdoc(cls) or "").split("\n\n")[0].split())
    return re.split(r"(?<=\.) |; `", words)[0].rstrip(".") + "."


def made_anew(cls: type[Exception], text: str) -> str:
    """A page with its summary, messages and outputs as they are now. Raises NoMistake."""
    _, behind, sections = text.partition("\n## ")
    head = f"# {cls.__name__}\n\n{summary_of(cls)}\n"
    with tempfile.TemporaryDirectory() as folder:
        return rerun(head + behind + sections, Path(folder).resolve())


def run_mended(text: str) -> list[Exception]:
    """What the examples below the last heading of a page raise: they should raise nothing."""
    files: dict[str, str] = {}
    errors: list[Exception] = []
    for block in blocks_in(section(text, SECTIONS[2])):
        files |= {block.name: block.text} if block.name else {}
        if block.language == "python":
            with tempfile.TemporaryDirectory() as folder:
                error = raised_by(files, block.name, Path(folder).resolve())
            errors += [error] if error is not None else []
    return errors


def section(text: str, title: str) -> str:
    """What stands below a heading of a page, empty where it is missing."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def index() -> str:
    """The index of all pages, with how the message of each begins."""
    parts = [_HEAD]
    for room, title in ROOMS.items():
        rows = [_row(cls) for cls in classes() if room_of(cls) == room]
        if rows:
            parts.append(f"## {title}\n\n| error | is | begins, for example |\n| --- | --- | --- |")
            parts[-1] += "".join(f"\n{row}" for row in rows) + "\n"
    return "\n".join(parts)


def _row(cls: type[Exception]) -> str:
    text = page_of(cls).read_text(encoding="utf-8")
    shown = [b for b in blocks_in(section(text, SECTIONS[1])) if b.language in ("text", "console")]
    lines = shown[0].text.splitlines() if shown else []
    told = [line for line in lines if not line.startswith("$ ")]
    said = (line for line in told if line.startswith(("error: ", "finding: ")))
    begins = next(said, told[0] if told else "").replace("|", "\\|").replace("``", "")
    ticks = "``" if "`" in begins else "`"
    summary = summary_of(cls).replace("|", "\\|")
    return f"| [{cls.__name__}]({cls.__name__}.md) | {summary} | {ticks} {begins} {ticks} |"


def add(name: str) -> None:
    """Write the page of a new class, for somebody to fill in. Raises SystemExit."""
    by_name = {cls.__name__: cls for cls in classes()}
    if name not in by_name:
        raise SystemExit(f"there is no error class {name} below modsvc_dsl")
    page = page_of(by_name[name])
    if page.exists():
        raise SystemExit(f"{page} is there already")
    page.write_text(SKELETON.format(name=name, summary=summary_of(by_name[name])), "utf-8")
    print(f"fill in {page}, then run python3 -m scripts.error_pages")


def write_all() -> None:
    """Make every page and the index anew. Raises SystemExit where classes and pages differ."""
    missing = [cls.__name__ for cls in classes() if not page_of(cls).exists()]
    if missing:
        raise SystemExit(f"no page yet; run python3 -m scripts.error_pages CLASS: {missing}")
    gone = {page.stem for page in PAGES.glob("*.md")} - {cls.__name__ for cls in classes()}
    if gone - {INDEX.stem}:
        raise SystemExit(f"delete the pages of what is no class any more: {gone - {INDEX.stem}}")
    for cls in classes():
        page = page_of(cls)
        text = page.read_text(encoding="utf-8")
        page.write_text(made_anew(cls, text), encoding="utf-8")
    INDEX.write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        add(sys.argv[1])
    else:
        write_all()
