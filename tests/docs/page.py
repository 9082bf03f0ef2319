"""A page of the documents, run from top to bottom.

In: a Markdown file. Out: what each of its blocks does. Refuses to judge: the tests compare it with
what the page says. What blocks mean is in CONTRIBUTING.md, "Documents".
"""

from __future__ import annotations

import linecache
import re
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from modsvc_dsl import Fleet, Host, Mistake, Mistakes, build, check, evaluate
from tests.docs.blocks import ROOT, Block, blocks

DOCS = ROOT / "docs"
PAGES_OF_THEIR_OWN = frozenset({"types.md"})
FOLDERS_OF_THEIR_OWN = frozenset({"errors"})
"""Pages that have a test of their own."""


@dataclass(frozen=True)
class Step:
    """A block of Python, and the blocks below it that say what it does."""

    page: Path
    code: Block
    shown: tuple[Block, ...]

    def __str__(self) -> str:
        return f"{self.page.relative_to(DOCS)}:{self.code.line}"


def pages() -> list[Path]:
    """The pages of docs/ that have Python in them, in order."""
    found = (
        page
        for page in sorted(DOCS.rglob("*.md"))
        if page.name not in PAGES_OF_THEIR_OWN and page.parent.name not in FOLDERS_OF_THEIR_OWN
    )
    return [page for page in found if any(block.language == "python" for block in blocks(page))]


def steps(page: Path) -> list[Step]:
    """The blocks of Python of a page, each with what is shown below it."""
    found: list[tuple[Block, list[Block]]] = []
    for block in blocks(page):
        if block.language == "python":
            found.append((block, []))
        elif block.language in ("text", "ini") and found:
            found[-1][1].append(block)
    return [Step(page, code, tuple(shown)) for code, shown in found]


def run(page: Path) -> dict[int, tuple[str, dict[str, Any]]]:
    """Line of each block -> its message, empty for none, and the names there are after it.

    Each block stands at its own line of a file of the page's name, so that messages point into it.
    """
    name = page.name
    module = sys.modules[f"page_{page.stem}"] = ModuleType(f"page_{page.stem}")
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    linecache.cache[name] = (sum(map(len, lines)), None, lines, name)
    found: dict[int, tuple[str, dict[str, Any]]] = {}
    for step in steps(page):
        message = ""
        try:
            exec(compile("\n" * (step.code.line - 1) + step.code.text, name, "exec"), vars(module))
        except (Mistake, Mistakes) as error:
            message = str(error)
        except (
            Exception
        ):  # an example that fails otherwise is told like a message: nothing shows it
            message = traceback.format_exc()
        found[step.code.line] = message, dict(vars(module))
    return found


def files_of(names: dict[str, Any]) -> dict[str, str]:
    """Path -> text of what the page's `fleet`, `host` or mapping `services` builds."""
    subject: Any = names.get("fleet") or names.get("host")
    if subject is None:
        subject = Host(services=names["services"])
    assert isinstance(subject, (Fleet, Host))
    found: dict[str, str] = {}
    for tree in build(check(evaluate(subject))).trees.values():
        for path, entry in tree.items():
            content = getattr(entry, "content", None)
            if content is not None:
                found[path] = content.decode("utf-8")
    return found


def without_lines(message: str) -> str:
    """A message without the numbers of lines, which would tie a page to its own layout."""
    return re.sub(r"(?<=\.md):\d+", "", message)
