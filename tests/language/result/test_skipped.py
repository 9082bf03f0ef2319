"""Optional definitions that had nothing to define."""

from __future__ import annotations

from pathlib import Path

from modsvc_dsl import define, module
from modsvc_dsl.language.evaluation.evaluate import evaluate
from modsvc_dsl.language.result.skipped import find_skipped

from tests.language.mistakes import mistakes_of
from tests.language.services import Host, Service, Tls, Web


class Careful(Service):
    @define(Tls.certificate, optional=True)
    def _certificate(self) -> Path:
        return Path("/mine.pem")


def test_each_is_listed_with_its_place() -> None:
    """Of every service, once for each place where it is skipped."""
    tree = Host(services={"a": Careful(), "b": Careful(imports=[Tls()]), "c": Web()})
    (skipped,) = find_skipped(evaluate(tree))
    assert (skipped.path, skipped.module) == (("services", "a"), "Careful")
    line = Path(__file__).read_text().splitlines()[skipped.location.line - 1]
    assert skipped.target == "Tls.certificate" and "_certificate" in line


def test_a_skipped_definition_of_a_value_stays_with_its_place() -> None:
    """Another evaluation of the same classes knows nothing of it."""
    for _ in range(2):
        assert len(find_skipped(evaluate(Service(imports=[Careful()])))) == 1
        assert find_skipped(evaluate(Service())) == ()


def test_a_wrong_result_is_told_first() -> None:
    """Skipped definitions are those of a right one."""
    wrong = module("wrong", definitions={"notes": 3}, kind="service")
    result = evaluate(Careful(imports=[wrong]))
    assert mistakes_of(lambda: find_skipped(result))[0].path == ("notes",)
