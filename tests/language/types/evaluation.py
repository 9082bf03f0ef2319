"""One option of a type, defined some times: what tests of types ask for.

In: an annotation and values. Out: the merged value, or the mistakes. Refuses to judge either.
"""

from __future__ import annotations

from typing import Any

from modsvc_dsl.language.result.check import find_mistakes
from modsvc_dsl.language.evaluation.configuration import data
from modsvc_dsl.language.declaration.constructor import module
from modsvc_dsl.language.errors import Mistake
from modsvc_dsl.language.evaluation.evaluate import evaluate_all
from modsvc_dsl.language.declaration.option import option


def result(annotation: Any, *values: Any) -> Any:
    """The result of a module with the option `it`, which each value defines once."""
    declaring = module("declaring", options={"it": option(type=annotation)})
    defining = [module(f"m{i}", definitions={"it": value}) for i, value in enumerate(values)]
    return evaluate_all([declaring, *defining])


def merged(annotation: Any, *values: Any) -> Any:
    """What the values merge to, read whole. Raises Mistake, Mistakes."""
    return data(result(annotation, *values).it)


def mistakes(annotation: Any, *values: Any) -> list[Mistake]:
    """Everything that is wrong with the values."""
    return find_mistakes(result(annotation, *values))


def complaint(annotation: Any, *values: Any) -> str:
    """The text of the only mistake, without its places."""
    (mistake,) = mistakes(annotation, *values)
    report = mistake.report()
    return "\n".join([report.headline, *report.found, *filter(None, report.advice)])


def complaints(annotation: Any, *values: Any) -> list[str]:
    """The headlines of all mistakes, in order."""
    return [mistake.report().headline for mistake in mistakes(annotation, *values)]
