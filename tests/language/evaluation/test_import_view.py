"""Imports chosen by functions: by what is fixed from outside, and by nothing else."""

from __future__ import annotations

from modsvc_dsl import argument, later, module
from modsvc_dsl.language.evaluation.evaluate import evaluate_all

from tests.language.mistakes import mistake_of
from tests.language.services import Service


def test_imports_may_be_chosen_by_arguments_from_outside() -> None:
    """By those, by the kind and by the path."""
    extra = module("extra", definitions={"notes": ["extra"]})
    none = module("none")
    by_argument = module(
        "chooser",
        imports=[later(lambda self: extra if argument(self, "wanted") else none)],
        kind="service",
    )
    assert evaluate_all([Service, by_argument], arguments={"wanted": True}).notes == ["extra"]
    assert evaluate_all([Service, by_argument], arguments={"wanted": False}).notes == []
    by_kind = module(
        "by kind",
        imports=[later(lambda self: extra if argument(self, "kind") == "service" else none)],
    )
    assert evaluate_all([Service, by_kind]).notes == ["extra"]
    by_path = module(
        "by path", imports=[later(lambda self: extra if argument(self, "path") else none)]
    )
    assert evaluate_all([Service, by_path], prefix=("a",)).notes == ["extra"]
    assert evaluate_all([Service, by_path]).notes == []


def test_imports_cannot_be_chosen_by_what_modules_say() -> None:
    """Neither by an argument that a module gives nor by an option; the message names both."""
    giving = module("giving", definitions={"_module.args.wanted": True})
    chooser = module("chooser", imports=[later(lambda self: argument(self, "wanted"))])
    mistake = mistake_of(lambda: evaluate_all([giving, chooser]))
    assert mistake.category == "infinite-recursion"
    assert "chooser" in str(mistake) and "`wanted`" in str(mistake)
    by_option = module("by option", imports=[later(lambda self: self.notes)])
    assert "by option" in str(mistake_of(lambda: evaluate_all([Service, by_option])))


def test_a_function_that_chooses_imports_may_fail() -> None:
    """That is a mistake of its module, not a traceback of ours."""
    failing = module("failing", imports=[later(lambda self: 1 // 0)])
    text = str(mistake_of(lambda: evaluate_all([failing])))
    assert "an import of failing" in text and "ZeroDivisionError" in text
