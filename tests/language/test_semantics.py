"""docs/semantics.md: every behaviour names a test, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conformance.vectors_in import VECTORS, vectors_in

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "semantics.md").read_text("utf-8")
STATED, LEFT_OUT = PAGE.split("## Left out")
BEHAVIOURS = [" ".join(item.split()) for item in re.split(r"(?m)^- ", STATED)[1:]]
GROUPS = {vector["group"] for vector in vectors_in(VECTORS)}


def proofs(behaviour: str) -> list[str]:
    """The tests at the end of a behaviour."""
    return re.findall(r"`((?:test_\w+::\w+)|(?:vectors: [\w-]+))`", behaviour.split("##")[0])


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda text: text[:40])
def test_a_behaviour_names_its_proof(behaviour: str) -> None:
    """A test function that exists, or a group of conformance vectors."""
    found = proofs(behaviour)
    assert found, behaviour
    for proof in found:
        file, _, name = proof.partition("::")
        if not name:
            assert proof.removeprefix("vectors: ") in GROUPS, proof
            continue
        (page,) = HERE.rglob(f"{file}.py")
        tree = ast.parse(page.read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, proof


def test_the_page_is_not_empty() -> None:
    """There are many behaviours, and reasons for what is left out."""
    assert len(BEHAVIOURS) > 100
    rows = [line for line in LEFT_OUT.splitlines() if line.startswith("| ")]
    assert len(rows) > 6 and all(row.count("|") == 3 for row in rows)


def test_every_group_of_vectors_is_spoken_of() -> None:
    """But for those of single types, and those that mix everything."""
    named = {proof.removeprefix("vectors: ") for b in BEHAVIOURS for proof in proofs(b)}
    mixed = {"random", "scenario"}
    assert {group for group in GROUPS if not group.startswith("type-")} - named == mixed
