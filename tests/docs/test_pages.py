"""All pages of docs/: each example runs, and does what the page says below it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.docs import page as document
from tests.docs.page import Step

STEPS = [step for page in document.pages() for step in document.steps(page)]


@cache
def outcome(page: Path) -> dict[int, tuple[str, dict[str, Any]]]:
    return document.run(page)


@cache
def files(page: Path, line: int) -> dict[str, str]:
    return document.files_of(outcome(page)[line][1])


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_an_example_is_refused_only_as_the_page_says(step: Step) -> None:
    """Its message is the text below it; where no text is shown, there is none."""
    message, _ = outcome(step.page)[step.code.line]
    told = [block.text for block in step.shown if block.language == "text"]
    assert len(told) <= 1, "one block of text below an example: its message"
    shown = document.without_lines(message).rstrip("\n")
    assert shown == document.without_lines(told[0] if told else "").rstrip("\n")


SHOWN = [(step, block) for step in STEPS for block in step.shown if block.language == "ini"]


@pytest.mark.parametrize(
    ("step", "block"), SHOWN, ids=lambda each: str(getattr(each, "line", each))
)
def test_a_file_that_a_page_shows_is_built(step: Step, block: Any) -> None:
    """Its first line is `# path`; all lines below it stand in that file, in that order."""
    first, *expected = block.text.splitlines()
    path = first.removeprefix("# ")
    built = files(step.page, step.code.line)
    assert path in built, f"no {path} among {sorted(built)}"
    lines = iter(built[path].splitlines())
    missing = [line for line in expected if line not in ("", "...") and line not in lines]
    assert not missing, f"not in {path}, or not in this order: {missing}\n{built[path]}"
