"""Results as plain data."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import modsvc_dsl as m
from modsvc_dsl import Module, module, option
from modsvc_dsl.language.evaluation.configuration import data, is_data, is_result, json_data
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all

from tests.language.mistakes import mistake_of
from tests.language.services import Host, Process, Service, Web


class Colour(Enum):
    RED = "r"


@dataclass(frozen=True)
class Owner:
    name: str
    greet: Callable[[], str] = lambda: "hello"


class Point(NamedTuple):
    x: int
    y: int


def one(annotation: Any, value: Any) -> Any:
    """A result with one option."""
    made = module("m", options={"it": option(type=annotation)}, definitions={"it": value})
    return evaluate_all([made])


@pytest.mark.parametrize(
    ("annotation", "value", "plain", "written"),
    [
        (int, 3, 3, 3),
        (Path, Path("/a"), Path("/a"), "/a"),
        (Colour, Colour.RED, Colour.RED, "r"),
        (timedelta, timedelta(minutes=1), timedelta(minutes=1), 60.0),
        (date, date(2026, 1, 2), date(2026, 1, 2), "2026-01-02"),
        (bytes, b"\x00\xff", b"\x00\xff", "AP8="),
        (IPv4Address, IPv4Address("10.0.0.1"), IPv4Address("10.0.0.1"), "10.0.0.1"),
        (set[str], {"b", "a"}, {"a", "b"}, ["a", "b"]),
        (tuple[int, str], (1, "x"), (1, "x"), [1, "x"]),
        (Owner, Owner("root"), {"name": "root"}, {"name": "root"}),
        (Point, Point(1, 2), {"x": 1, "y": 2}, {"x": 1, "y": 2}),
        (dict[int, int], {1: 2}, {1: 2}, {"1": 2}),
        (list[int] | None, None, None, None),
    ],
)
def test_values_as_data(annotation: Any, value: Any, plain: Any, written: Any) -> None:
    """Plain Python data, and what JSON makes of it."""
    result = one(annotation, value)
    assert data(result) == {"it": plain}
    assert json_data(result) == {"it": written}
    assert json.loads(json.dumps(json_data(result))) == {"it": written}


def test_data_is_made_of_plain_lists_and_dicts() -> None:
    """Which may be changed, unlike what they were made of."""
    result = evaluate(Host(services={"a": Web(notes=["n"])}))
    plain = data(result)
    plain["services"]["a"]["notes"].append("x")
    assert type(plain["services"]) is dict and result.services["a"].notes == ["n"]


def test_groups_are_dicts_in_the_order_declared() -> None:
    """Options of bases first."""
    assert list(data(evaluate(Web()))) == ["process", "services", "notes", "port", "host"]
    assert data(evaluate(Web(process=Process(argv=["a"]))).process) == {
        "argv": ["web", "8000", "a"],
        "flags": {},
    }


def test_what_is_a_result_and_what_is_data() -> None:
    """Classes and instances are no results, functions and classes no data."""
    assert is_result(evaluate(Web())) and not is_result(Web) and not is_result(Web())
    assert is_data(1) and is_data(None) and not is_data(len) and not is_data(Web)


def test_an_instance_has_no_data() -> None:
    """It has to be evaluated first."""
    for work in (lambda: data(Web()), lambda: json_data(Web())):
        assert "evaluate" in str(mistake_of(work))


def test_wrong_values_are_told_when_they_are_read() -> None:
    """Data is complete or a mistake."""
    wrong: Any = {"a": {"notes": 3}}
    result = evaluate(Host(services=wrong))
    assert mistake_of(lambda: data(result)).path == ("services", "a", "notes")


def test_a_repr_shows_what_is_known() -> None:
    """The first few values, and the path of a place inside a tree."""
    result = evaluate(Host(services={"a": Web(port=1)}))
    inner: Any = result.services["a"]
    assert repr(inner) == "<Web services.a>"
    assert inner.port == 1 and repr(inner) == "<Web services.a: port=1>"
    assert "services=" in repr(result)


def test_results_with_functions_compare_by_the_rest() -> None:
    """Functions are no data."""

    class Calling(Module):
        call: Callable[[], int] = option(default=lambda: 1)
        size: int = option(default=1)

    assert evaluate(Calling()) == evaluate(Calling(call=lambda: 2))
    assert evaluate(Calling()) != evaluate(Calling(size=2))
    assert m.data(evaluate(Calling())) == {"size": 1}
    assert Service in evaluate(Service())
