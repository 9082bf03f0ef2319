"""Module classes, instances and results as Python objects."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from modsvc_dsl import Module, check, define, option
from modsvc_dsl.language.evaluation.evaluate import evaluate
from modsvc_dsl.language.declaration.record import record_of
from modsvc_dsl.language.declaration.target import Target

from tests.language.mistakes import mistake_of, mistakes_of
from tests.language.services import Host, Process, Service, Tls, Web


def test_an_option_is_a_target_on_its_class() -> None:
    """On subclasses too, which then own it."""
    assert isinstance(Web.port, Target)
    assert repr(Web.notes) == "<Web.notes>"


def test_a_name_that_no_option_has() -> None:
    """On a class, with what was meant; dunder names are Python's."""
    web: Any = Web
    assert "did you mean `port`" in str(mistake_of(lambda: web.prot))
    assert not hasattr(Web, "__nonsense__")


def test_classes_and_instances_cannot_be_changed() -> None:
    """Neither options of a class nor anything of an instance."""
    web: Any = Web
    instance: Any = Web()
    for work in (
        lambda: setattr(web, "port", 1),
        lambda: setattr(instance, "port", 1),
        lambda: setattr(instance, "other", 1),
        lambda: delattr(instance, "port"),
    ):
        assert "immutable" in str(mistake_of(work))


def test_an_instance_has_no_values_before_it_is_evaluated() -> None:
    """Reading, asking for modules and pickling say what to do first."""
    instance: Any = Web(port=1)
    for work in (lambda: instance.port, lambda: instance[Tls], lambda: Tls in instance):
        assert "evaluate" in str(mistake_of(work))
    with pytest.raises(TypeError, match="evaluate|not evaluated"):
        pickle.dumps(instance)
    assert repr(instance) == "Web(port=1)"


def test_results_compare_by_data() -> None:
    """Of one place and one class; instances compare by identity."""
    one, same, other = (evaluate(Web(port=p)) for p in (1, 1, 2))
    assert one == same and one != other and hash(one) == hash(same)
    assert one != evaluate(Service()) and one != 1
    placed = evaluate(Host(services={"a": Web(port=1), "b": Web(port=1)}))
    assert placed.services["a"] != placed.services["b"]


def test_a_result_is_no_container() -> None:
    """`in` asks for modules, and nothing is iterated."""
    result: Any = evaluate(Web())
    with pytest.raises(TypeError):
        iter(result)
    assert Web in result and Service in result and Tls not in result
    assert "port" in result and "prot" not in result


def test_keywords_of_the_class_statement() -> None:
    """kind, key, disabled and freeform; subclasses inherit the kind alone."""

    class Kept(Module, kind="k", key="kept", freeform=dict[str, int]):
        size: int = option(default=1)

    class Sub(Kept):
        pass

    record = record_of(Kept)
    assert (record.kind, record.key, record.freeform) == ("k", "kept", dict[str, int])
    below = record_of(Sub)
    assert (below.kind, below.key, below.freeform) == ("k", Sub, None)


@pytest.mark.parametrize("wrong", [3, "Process.argv", Process, None])
def test_define_takes_an_option(wrong: Any) -> None:
    """Anything else is refused where the decorator stands."""
    text = str(mistake_of(lambda: define(wrong)))
    assert "no option of a class" in text and "@define(Process.argv)" in text


def test_define_stands_over_a_function() -> None:
    """And nothing else."""
    wrong: Any = 3
    assert "over a function" in str(mistake_of(lambda: define(Process.argv)(wrong)))


def test_several_bases_and_their_methods() -> None:
    """Python's own order decides which method runs, modules join whatever it is."""

    class One(Service):
        def word(self) -> str:
            return "one"

    class Two(Service):
        def word(self) -> str:
            return "two"

    class Both(One, Two):
        @define(Service.notes)
        def _note(self) -> list[str]:
            return [self.word(), *(c.__name__ for c in (One, Two) if c in self)]

    assert evaluate(Both()).notes == ["one", "One", "Two"]


def test_a_class_made_by_a_call_is_a_module() -> None:
    """As generated code makes them; its lines are that of the call."""
    body: dict[str, Any] = {"__annotations__": {"port": int}, "port": option(default=80)}
    made: Any = type("Made", (Module,), body)
    assert evaluate(made(port=1)).port == 1 and evaluate(made()).port == 80
    wrong: Any = {"__annotations__": {"port": int}, "port": option(default="x")}
    mistake = mistake_of(lambda: check(evaluate(type("Wrong", (Module,), wrong))))
    assert {location.file for _, location in mistake.report().places} == {__file__}
    several: Any = {"port": 1, "host": ""}
    assert len(mistakes_of(lambda: type("Several", (Module,), several))) == 2
