"""`@imports`: other modules join a class."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import define, imports
from modsvc_dsl.language.evaluation.evaluate import evaluate

from tests.language.mistakes import mistake_of, mistakes_of
from tests.language.services import Host, Service, Tls, Web


def test_an_import_joins_every_instance_and_subclass() -> None:
    """Classes, instances with values, and several at once."""

    @imports(Tls, Web(port=7))
    class Both(Service):
        @define(Service.notes)
        def _note(self) -> list[str]:
            return [str(self[Web].port), self[Tls].certificate.name]

    class Sub(Both):
        pass

    assert evaluate(Both()).notes == evaluate(Sub()).notes == ["7", "default.pem"]


def test_wrong_imports_are_refused_all_at_once() -> None:
    """What is no module, and what is one of another kind."""
    wrong: Any = (3, Host)

    def decorated() -> Any:
        @imports(*wrong)
        class Bad(Service):
            pass

        return Bad

    first, second = map(str, mistakes_of(decorated))
    assert "3" in first and "kind machine" in second


def test_the_decorator_stands_over_a_class() -> None:
    """And nothing else."""
    decorate: Any = imports(Tls)
    assert "no module class" in str(mistake_of(lambda: decorate(print)))
