"""What merged values are made of."""

from __future__ import annotations

from modsvc_dsl.language.evaluation.evaluate import evaluate
from modsvc_dsl.language.result.made_of import MadeOf, made_of

from tests.language.mistakes import mistake_of
from tests.language.services import Host, Service, Web


def test_what_values_are_made_of() -> None:
    """Nothing for single values, parts for containers, the evaluation for submodules."""
    result = evaluate(Host(services={"a": Service(notes=["n"], services={"b": Web()})}))
    made = made_of(result, "services")
    assert made.result is None and list(made.parts) == ["a"]
    inner = made.parts["a"].result
    assert inner.notes == ["n"]
    assert made_of(inner, "notes").parts[0] == made_of(inner.services["b"][Web], "port")
    assert made_of(result, "services.a.services.b").result[Web].port == 8000


def test_single_values_are_made_of_nothing() -> None:
    """And a path that leads nowhere is told."""
    assert made_of(evaluate(Web()), "port") == MadeOf()
    assert mistake_of(lambda: made_of(evaluate(Web()), "prot")).path == ("prot",)
