"""docs/lints: a page for each rule, which shows what the rule says and what it is content with.

A page has two blocks of Python, each with a `host`. Below the first stands what the rule finds there,
as `modsvc check` shows it; in the second it finds nothing.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import get_args

import pytest

from modsvc_dsl import Finding, Host, build, evaluate, lint
from modsvc_dsl.lints.every import RULES
from modsvc_dsl.report import show_findings
from modsvc_dsl.services.values.rule_name import RuleName
from tests.docs.blocks import ROOT, blocks
from tests.docs.page import run, steps

PAGES = ROOT / "docs" / "lints"
NAMES = [rule.name for rule in RULES]


def found_by(rule: str, host: object) -> list[Finding]:
    """What a rule finds on a host."""
    assert isinstance(host, Host)
    result = evaluate(host)
    build(result)
    return [finding for finding in lint(result)["host"] if finding.rule == rule]


def hosts_of(page: Path) -> list[object]:
    """The hosts of the page's two examples."""
    outcome = run(page)
    assert [outcome[step.code.line][0] for step in steps(page)] == ["", ""]
    return [outcome[step.code.line][1]["host"] for step in steps(page)]


@pytest.mark.parametrize("rule", NAMES)
def test_the_page_shows_what_the_rule_says(rule: str) -> None:
    """Numbers of lines aside."""
    page = PAGES / f"{rule}.md"
    (shown,) = (block.text for block in blocks(page) if block.language == "console")
    bad, good = hosts_of(page)
    said = show_findings(found_by(rule, bad))
    said = re.sub(r"^ +\d+ \| ", "  | ", re.sub(r"\.md:\d+", ".md", said), flags=re.MULTILINE)
    assert said + "\n" == shown
    assert found_by(rule, good) == []


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_page_begins_with_what_the_rule_is(rule: object) -> None:
    """Its name, its severity, and the docstring of its class."""
    name, severity = getattr(rule, "name"), getattr(rule, "severity")
    summary = inspect.getdoc(type(rule))
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {name}\n\nA {severity}. {summary}\n")


def test_each_rule_has_a_name_a_file_and_a_page() -> None:
    """All called alike; a rule is added by adding all three."""
    assert sorted(NAMES) == sorted(get_args(RuleName))
    assert {page.stem for page in PAGES.glob("*.md")} == {*NAMES, "README"}
    for rule in RULES:
        assert type(rule).__module__.endswith("." + rule.name.replace("-", "_"))


def test_the_index_lists_all_rules() -> None:
    """In the order in which they speak."""
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[([\w-]+)\]\(\1\.md\) \| (\w+) \| (.*) \|$", index, re.MULTILINE)
    assert rows == [(rule.name, rule.severity, inspect.getdoc(type(rule))) for rule in RULES]
