"""Mistakes of hosts and of reading are data."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from modsvc_dsl import ConfigFile, Fleet, Host, Mistake, Mistakes, Process, Service, build, evaluate
from modsvc_dsl.fleet import mistakes
from modsvc_dsl.language.errors import flatten
from tests.services.saying import ARGV


def unreadable() -> Host:
    """A host with a source that is not there."""
    file = ConfigFile(source=Path("/no/such"))
    return Host(services={"web": Service(process=Process(argv=ARGV), config_data={"a": file})})


WRONG: dict[type[Mistake], tuple[Callable[[], object], tuple[str, ...]]] = {
    mistakes.BadHostName: (lambda: build(evaluate(Host(name=""))), ()),
    mistakes.SameHostName: (
        lambda: build(evaluate(Fleet(hosts={"a": Host(name="x"), "b": Host(name="x")}))),
        ("hosts", "b"),
    ),
    mistakes.UnreadableSource: (lambda: build(evaluate(unreadable())), ("web",)),
    mistakes.NoHost: (lambda: build(3), ()),
}


@pytest.mark.parametrize("kind", WRONG, ids=lambda kind: kind.__name__)
def test_a_mistake_carries_path_places_and_advice(kind: type[Mistake]) -> None:
    """And says the same after a pickle."""
    work, path = WRONG[kind]
    with pytest.raises((Mistake, Mistakes)) as caught:
        work()
    assert isinstance(caught.value, (Mistake, Mistakes))
    (mistake,) = flatten(caught.value)
    assert type(mistake) is kind and mistake.path == path
    report = mistake.report()
    assert report.advice and {location.file for _, location in report.places} <= {__file__}
    assert report.places or kind is mistakes.NoHost
    assert str(pickle.loads(pickle.dumps(mistake))) == str(mistake)
