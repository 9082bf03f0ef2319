"""Lists and dicts of results: equal to plain ones, refusing every change."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl.language.frozen import (
    NOTHING,
    FrozenDict,
    FrozenList,
    NoSuchKey,
    PendingDict,
    freeze,
    kept,
)

CHANGES_OF_LISTS: list[Any] = [
    lambda v: v.append(1),
    lambda v: v.extend([1]),
    lambda v: v.insert(0, 1),
    lambda v: v.remove(1),
    lambda v: v.pop(),
    lambda v: v.clear(),
    lambda v: v.sort(),
    lambda v: v.reverse(),
    lambda v: v.__setitem__(0, 1),
    lambda v: v.__delitem__(0),
    lambda v: v.__iadd__([1]),
    lambda v: v.__imul__(2),
]
CHANGES_OF_DICTS: list[Any] = [
    lambda v: v.__setitem__("a", 1),
    lambda v: v.__delitem__("a"),
    lambda v: v.__ior__({}),
    lambda v: v.pop("a"),
    lambda v: v.popitem(),
    lambda v: v.clear(),
    lambda v: v.update(a=1),
    lambda v: v.setdefault("b", 1),
]


@pytest.mark.parametrize("change", CHANGES_OF_LISTS)
def test_a_list_cannot_be_changed(change: Any) -> None:
    """Every method that would, and what to do instead."""
    value = FrozenList([1, 2])
    with pytest.raises(TypeError, match="change a copy, list"):
        change(value)
    assert value == [1, 2]


@pytest.mark.parametrize("change", CHANGES_OF_DICTS)
def test_a_dict_cannot_be_changed(change: Any) -> None:
    """Every method that would."""
    for value in (FrozenDict({"a": 1, "b": 2}), PendingDict({"a": 1}, {"b": lambda: 2})):
        with pytest.raises(TypeError, match="immutable"):
            change(value)
        assert value == {"a": 1, "b": 2}


def test_they_are_lists_and_dicts() -> None:
    """Equal to plain ones both ways, copied into plain ones, kept by pickle and JSON."""
    items: Any = FrozenList([1, [2]])
    entries: Any = PendingDict[str, Any]({"a": 1}, {"b": lambda: [2]})
    assert items == [1, [2]] and [1, [2]] == items and isinstance(items, list)
    assert entries == {"a": 1, "b": [2]} and {"a": 1, "b": [2]} == entries
    assert json.dumps([items, entries]) == '[[1, [2]], {"a": 1, "b": [2]}]'
    for value in (items, entries, FrozenDict(entries)):
        for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert again == value and type(again) in (FrozenList, FrozenDict)
    assert entries | {"c": 3} == {"a": 1, "b": [2], "c": 3} == {"c": 3} | entries
    assert type(entries.copy()) is dict and hash(FrozenList([1])) == hash(FrozenList([1]))


def test_an_entry_is_made_when_it_is_first_read() -> None:
    """Once, and alone."""
    made: list[str] = []

    def make(name: str) -> Callable[[], str]:
        def entry() -> str:
            made.append(name)
            return name

        return entry

    value: PendingDict[str, Any] = PendingDict({}, {"a": make("a"), "b": make("b")})
    assert repr(value) == "{'a': ..., 'b': ...}" and made == []
    assert value["a"] == value["a"] == "a" and made == ["a"]
    assert repr(value) == "{'a': 'a', 'b': ...}"
    assert not value.is_settled() and list(value) == ["a", "b"] and made == ["a", "b"]
    assert value.is_settled()


def test_an_entry_may_turn_out_not_to_be_there() -> None:
    """Then it is absent, however it is asked for."""
    for ask in (
        lambda v: "a" in v,
        lambda v: v.get("a"),
        lambda v: len(v),
        lambda v: list(v),
        lambda v: list(v.keys()),
        lambda v: list(v.values()),
        lambda v: list(v.items()),
        lambda v: list(reversed(v)),
    ):
        value: PendingDict[str, Any] = PendingDict({}, {"a": lambda: NOTHING})
        assert not ask(value)
    with pytest.raises(KeyError):
        PendingDict[str, Any]({}, {"a": lambda: NOTHING})["a"]


def test_an_entry_that_fails_fails_again() -> None:
    """The others can be read."""
    value: PendingDict[str, Any] = PendingDict({}, {"a": lambda: 1 // 0, "b": lambda: 2})
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            value["a"]
    assert value["b"] == 2


def test_freezing_goes_into_depth() -> None:
    """Lists, dicts, sets and tuples; other values stay as they are."""
    made = freeze({"a": [{"b": {1}}], "c": (["d"],), "e": object})
    assert type(made["a"][0]) is FrozenDict and type(made["c"][0]) is FrozenList
    assert made["a"][0]["b"] == frozenset({1}) and made["e"] is object


def test_nothing_is_one_thing() -> None:
    """Also after a pickle."""
    assert pickle.loads(pickle.dumps(NOTHING)) is NOTHING and repr(NOTHING) == "nothing"


class Holding(m.Module):
    """An option for any data."""

    data: Any = m.option(default=None)


def in_a_class_body(value: Any) -> Any:
    class Body(Holding):
        data = value

    return Body()


def as_a_default(value: Any) -> Any:
    class Own(m.Module):
        data: Any = m.option(default=value)

    return Own()


WAYS: dict[str, Callable[[Any], Any]] = {
    "an argument": lambda value: Holding(data=value),
    "a class body": in_a_class_body,
    "a default": as_a_default,
    "a module": lambda value: m.module("m", imports=[Holding], definitions={"data": value}),
    "settings": lambda value: m.settings({"data": value}),
    "force": lambda value: Holding(data=m.force(value)),
    "default": lambda value: Holding(data=m.default(value)),
    "before": lambda value: Holding(data=m.before(value)),
    "when": lambda value: Holding(data=m.when(True, value)),
    "merged": lambda value: Holding(data=m.merged(value)),
    "located": lambda value: Holding(data=m.located("f.py", value)),
}


@pytest.mark.parametrize("way", WAYS)
def test_later_changes_of_what_was_written_reach_nothing(way: str) -> None:
    """However it was given: what counts is what it was then, in depth."""
    inner = [1]
    value = {"a": inner, "b": [inner, "x"]}
    module = WAYS[way](value)
    inner.append("late")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    value["late"] = []
    assert m.data(m.evaluate(module))["data"] == {"a": [1], "b": [[1], "x"]}


def test_later_changes_of_a_command_reach_nothing() -> None:
    """Nor those of directives in the short form."""
    argv, directives = ["/usr/bin/a"], {"ReadWritePaths": ["/srv"]}
    command: Any = m.Command(argv)
    short: Any = m.systemd
    made = short(service=directives)
    argv.append("late")
    directives["ReadWritePaths"].append("/late")
    assert command.argv == ["/usr/bin/a"]
    assert made.definitions[0].value == {"ReadWritePaths": ["/srv"]}


def test_a_copy_has_the_shape_of_what_was_written() -> None:
    """What lies in two places is copied once, what lies in itself does so in the copy."""
    shared = [1]
    one = kept([shared, shared])
    assert one == [[1], [1]] and one[0] is one[1] and one[0] is not shared
    ring: list[Any] = [0]
    ring.append(ring)
    made = kept(ring)
    assert made[1] is made and made is not ring
    deep: Any = {"x": 1}
    for _ in range(40):
        deep = {"a": deep, "b": deep}
    assert kept(deep)["a"] is not deep["a"]  # and is done before the end of days


def test_a_key_that_is_not_there_is_told_with_those_that_are() -> None:
    """The ones like it, or else the first ones."""
    assert str(NoSuchKey("pasword", ("password", "b"))) == (
        "there is no 'pasword'; did you mean `password`?"
    )
    assert str(NoSuchKey("x", ("aaa", "bbb"))) == "there is no 'x'; there is 'aaa', 'bbb'"
    assert str(NoSuchKey("x", tuple(map(str, range(20))))).endswith("'7', ...")
    assert str(NoSuchKey("x", ())) == "there is no 'x'; there are no keys at all"
