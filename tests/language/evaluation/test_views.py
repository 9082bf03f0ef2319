"""Which class a result is seen as."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import Module, define, later, module, option
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all

from tests.language.mistakes import mistake_of
from tests.language.services import Process, Service, Tls, Web


def test_a_result_is_seen_as_any_of_its_modules() -> None:
    """Bases, imports and groups of one class; the same result each time."""
    result = evaluate(Web(imports=[Tls()]))
    assert result[Service] is result and result[Web].port == 8000
    assert result[Tls].certificate.name == "default.pem"
    assert result[Process].argv == result.process.argv
    assert result[Tls] is result[Tls]


def test_a_module_that_is_not_there() -> None:
    """Says which there are, and how to have it."""
    text = str(mistake_of(lambda: evaluate(Web())[Tls]))
    assert "@imports(Tls)" in text and "Web" in text


def test_two_groups_of_a_class_are_not_guessed() -> None:
    """Neither is the one."""

    class Two(Module):
        first: Process = option()
        second: Process = option()

    assert "Process" in str(mistake_of(lambda: evaluate(Two())[Process]))


def test_self_in_a_group_is_the_group() -> None:
    """A class that is a group sees its own options, whatever they are part of."""

    class Sized(Module):
        size: int = option(default=1)

        @option
        def doubled(self) -> int:
            return self.size * 2

    class Holder(Module):
        one: Sized = option()
        two: Sized = option()

    result = evaluate(Holder(one=Sized(size=5)))
    assert (result.one.doubled, result.two.doubled) == (10, 2)


def test_self_of_a_module_without_a_class_is_the_whole() -> None:
    """As the most derived class."""
    made = module("m", definitions={"notes": later(lambda self: [type(self).__name__])})
    assert evaluate(Web(imports=[made])).notes == ["Web"]
    assert evaluate_all([made, Service]).notes == ["Service"]


def test_private_helpers_belong_to_their_class() -> None:
    """A base's helper is found in the most derived class that has it."""

    class Helped(Service):
        def _word(self) -> str:
            return "w"

        @define(Service.notes)
        def _note(self) -> list[str]:
            return [self._word()]

    assert evaluate(Web(imports=[Helped()])).notes == ["w"]


def test_asking_for_a_name() -> None:
    """Options, groups and undeclared names; entries of dicts are the dicts' own."""
    result: Any = evaluate(Web())
    assert "port" in result and "process" in result and "prot" not in result
    assert result["port"] == 8000 and result["process"].argv == ["web", "8000"]
