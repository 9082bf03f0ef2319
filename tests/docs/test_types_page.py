"""docs/types.md: every example runs, says what the page says, and no type is left out."""

from __future__ import annotations

import ast
import linecache
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from modsvc_dsl import facade
from modsvc_dsl.language.errors import Mistake, Mistakes
from modsvc_dsl.language.types import annotation
from tests.docs.blocks import ROOT, Block, blocks

PAGE = ROOT / "docs" / "types.md"
BLOCKS = blocks(PAGE)
CODE = [block for block in BLOCKS if block.language == "python"]
REFUSED = {
    code.line: told
    for code, told in zip(BLOCKS, BLOCKS[1:])
    if (code.language, told.language) == ("python", "text")
}


@cache
def outcome() -> dict[int, str]:
    """The page run from top to bottom: the message of each block, by its line; empty for none.

    Each block stands at its own line of a file of the page's name, so that messages point into it.
    """
    page = sys.modules["types_page"] = ModuleType("types_page")  # dataclasses look for it there
    lines = PAGE.read_text(encoding="utf-8").splitlines(keepends=True)
    linecache.cache["types.md"] = (sum(map(len, lines)), None, lines, "types.md")
    found = {}
    for block in CODE:
        found[block.line] = ""
        try:
            exec(compile("\n" * (block.line - 1) + block.text, "types.md", "exec"), vars(page))
        except (Mistake, Mistakes) as error:
            found[block.line] = without_places(str(error))
    return found


def without_places(message: str) -> str:
    """A message without the lines that say where, which would tie the page to its line numbers."""
    kept = []
    skip = False
    for line in message.splitlines():
        placed = re.fullmatch(r"(  .* at types\.md):\d+", line)
        if skip:
            skip = False
            continue
        skip = placed is not None
        if placed is None:
            kept.append(line)
        elif not re.match(r"  (defined|written) ", line):
            kept.append(placed[1])
    return "\n".join(kept) + "\n"


@pytest.mark.parametrize("block", CODE, ids=lambda block: f"line {block.line}")
def test_the_example_does_what_the_page_says(block: Block) -> None:
    """It runs without a mistake, or with exactly those that the page shows below it."""
    told = REFUSED.get(block.line)
    assert outcome()[block.line] == (told.text if told else "")


def test_every_refinement_and_name_is_in_an_example() -> None:
    """Whatever the facade has from the types is used in the page's code."""
    code = "".join(block.text for block in CODE)
    tree = ast.parse(Path(facade.__file__).read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    names = [
        alias.name
        for node in imports
        if (node.module or "").startswith("language.types")
        for alias in node.names
    ]
    assert len(names) > 50
    assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []


def test_every_annotation_is_on_the_page() -> None:
    """Whatever annotations are read by a table of their own is named."""
    text = PAGE.read_text(encoding="utf-8")
    names = {
        getattr(key, "__name__", str(key).removeprefix("typing."))
        for key in (*vars(annotation)["_BY_VALUE"], *vars(annotation)["_BY_ORIGIN"])
    }
    obvious = {"NoneType", "UnionType", "Union", "object", "Set", "MutableSet", "MutableMapping"}
    obvious |= {"MutableSequence", "Reversible", "LiteralString"}
    assert sorted(name for name in names - obvious if not re.search(rf"\b{name}\b", text)) == []
