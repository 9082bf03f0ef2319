"""Results kept: what a pickle of one holds, and what it leaves out."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl import Module, default, force, later, module, option, when
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all
from modsvc_dsl.language.evaluation.history import history
from modsvc_dsl.language.evaluation.snapshot import Snapshot, left_out

from tests.language.services import Host, Process, Service, Tls, Unit, Web


def kept(result: Any) -> Any:
    """A result that was pickled and read back."""
    return pickle.loads(pickle.dumps(result))


def test_values_are_read_by_key_and_by_attribute() -> None:
    """Nested results are snapshots of their own, paths and numbers stay what they are."""
    again = kept(evaluate(Host(services={"a": Tls(notes=["n"])})))
    assert issubclass(type(again), Mapping) and type(again) is Snapshot
    assert again.services["a"].certificate == Path("/etc/ssl/default.pem")
    assert again["services"]["a"]["notes"] == ["n"]
    assert list(again) == ["services"] and len(again) == 1
    assert repr(again) == "<Host, read back>"
    assert repr(again.services["a"]) == "<Tls services.a, read back>"


def test_a_snapshot_equals_what_it_was_made_of() -> None:
    """Also after another pickle and a copy; other data differs."""
    result = evaluate(Web(port=1))
    again = kept(result)
    assert again == result and kept(again) == again == copy.deepcopy(again)
    assert hash(kept(again)) == hash(again)
    assert again != evaluate(Web(port=2)) and again != 3


def test_a_snapshot_cannot_be_changed() -> None:
    """Neither it nor the lists and dicts in it."""
    again = kept(evaluate(Web(notes=["n"], process=Process(flags={"a": "b"}))))
    for change in (
        lambda: setattr(again, "port", 1),
        lambda: again.notes.append("x"),
        lambda: again.process["flags"].update(a="c"),
    ):
        with pytest.raises(TypeError, match="immutable"):
            change()
    with pytest.raises(AttributeError, match="prot"):
        again.prot


def test_histories_stay_as_they_were() -> None:
    """For options, entries, results inside results, and the whole."""
    made = module("m", definitions={"services.a.process.flags": {"x": default("1"), "y": "2"}})
    result = evaluate_all([Host(services={"a": Web(port=force(3))}), made])
    again = kept(result)
    for path in ("port", "process.flags.x", "process.flags.y", "notes"):
        assert history(again, f"services.a.{path}") == history(result, f"services.a.{path}")
    inner = again.services["a"]
    assert history(inner, "port") == history(result, "services.a.port")
    for path in ("", "process"):
        steps = tuple(path.split())
        now = history(result.services["a"], steps)
        assert [told.path for told in history(inner, steps)] == [told.path for told in now]
    with pytest.raises(KeyError):
        history(again, "services.a.nothing")


def test_what_is_no_data_is_put_into_words_in_a_history() -> None:
    """Functions, conditions and modules in definitions."""
    made = module("m", definitions={"process.flags": {"a": when(later(lambda: True), "b")}})
    again = kept(evaluate_all([Web, made]))
    (told,) = history(again, "process.flags")
    assert "when(" in told.value["a"]


def test_functions_and_modules_are_listed_and_left_out() -> None:
    """Wherever they stand; a reference is kept as its path."""

    class Mixed(Module):
        size: int = option(default=1)
        call: Callable[[], int] = option(default=lambda: 3)
        anything: Any = option(default={"a": [1, len], "b": Web})
        later: m.Deferred = option()

    result = evaluate(Mixed(later={}))
    again = kept(result)
    paths = {("call",), ("anything", "a", 1), ("anything", "b"), ("later",)}
    assert set(left_out(result)) == set(left_out(again)) == paths
    assert m.data(again) == m.data(result) == {"size": 1, "anything": {"a": [1]}}
    database = Web()
    placed = evaluate(Host(services={"db": database, "app": Unit(after=[database])}))
    (reference,) = kept(placed).services["app"].after
    assert reference.__reference_path__() == ("services", "db")
    assert m.json_data(kept(placed)) == m.json_data(placed)


def test_a_part_of_a_result_is_kept_too() -> None:
    """A service of a host, a group of a service, a list of either."""
    result = evaluate(Host(services={"a": Service(process=Process(argv=["x"]))}))
    assert kept(result.services)["a"].process.argv == ["x"]
    assert kept(result.services["a"].process).argv == ["x"]
