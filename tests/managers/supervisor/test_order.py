"""Priorities put programs in the order of their relations; other relations are refused or listed.

In: services that refer to one another. Out: priorities, notes, mistakes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from modsvc_dsl import Lifecycle, Relations, Service, host_unit
from tests.managers.supervisor.hosts import PROGRAMS, Plain, content, notes, refused, tree
from tests.managers.supervisor.reader import read


def priorities(services: Mapping[str, Service]) -> dict[str, int]:
    """The priority of each program of a host."""
    found = tree(services)
    programs = [read(content(found, path).encode()) for path in found if path.startswith(PROGRAMS)]
    return {program.name: int(program.settings["priority"]) for program in programs}


def about(name: str, said: list[str]) -> list[str]:
    """The notes on the relations of one service."""
    words = ("starts ", "after", "requires", "wants")
    texts = [note.removeprefix(f"`services.{name}`: ") for note in said if f".{name}`:" in note]
    return [text for text in texts if text.strip("`").startswith(words)]


def _relations(relation: str, other: Service) -> Relations:
    """One relation to another service."""
    named: dict[str, Any] = {relation: [other]}
    return Relations(**named)


def test_priorities_follow_after_and_before() -> None:
    """Each one later than the last that it starts after."""
    a = Plain()
    b = Plain(relations=Relations(after=[a]))
    c = Plain(relations=Relations(after=[a, b]))
    d = Plain(relations=Relations(before=[a]))
    found = priorities({"c": c, "a": a, "b": b, "d": d, "e": Plain()})
    assert found == {"a": 1000, "b": 1001, "c": 1002, "d": 999, "e": 999}


def test_a_group_means_all_its_programs() -> None:
    """Also to one of them, but for itself."""
    first = Plain()
    group = Service(services={"x": first, "y": Plain()})
    after = Plain(relations=Relations(after=[group]))
    assert priorities({"group": group, "after": after}) == {
        "group-x": 999,
        "group-y": 999,
        "after": 1000,
    }
    member = Service(services={"x": Plain()})
    inner = Service(services={"m": member, "late": Plain(relations=Relations(after=[member]))})
    assert priorities({"g": inner}) == {"g-m-x": 999, "g-late": 1000}


def test_what_is_switched_off_is_in_no_order() -> None:
    """Nor does it need to be."""
    off = Plain(enable=False)
    relations = Relations(after=[off], wants=[off], conflicts=[off])
    said = {"off": off, "on": Plain(relations=relations)}
    assert priorities(said) == {"on": 999}
    assert about("on", notes(said)) == []


@pytest.mark.parametrize("relation", ["requires", "binds_to"])
def test_what_is_needed_has_to_run(relation: str) -> None:
    """A service that is switched off is no other's requirement."""
    off = Plain(enable=False)
    it = Plain(relations=_relations(relation, off))
    (message,) = refused({"off": off, "it": it})
    headline = (
        f"`services.it.relations.{relation}` refers to `services.off`, which is switched off\n"
    )
    assert message.startswith(headline)


def test_an_end_is_not_waited_for() -> None:
    """Whoever starts after a oneshot is told so, whichever of the two says it."""
    job = Plain(lifecycle=Lifecycle(type="oneshot"))
    said = notes({"job": job, "it": Plain(relations=Relations(after=[job]))})
    expected = ["starts after it, but does not wait for it to end: `services.job`"]
    assert about("it", said) == expected
    it = Plain()
    job = Plain(lifecycle=Lifecycle(type="oneshot"), relations=Relations(before=[it]))
    assert about("it", notes({"job": job, "it": it})) == expected


def test_a_unit_of_the_host_has_no_place() -> None:
    """supervisor knows no other units."""
    unit = host_unit("network-online.target")
    relations = Relations(after=[unit], wants=[unit])
    assert about("it", notes({"it": Plain(relations=relations)})) == [
        "`after` of `network-online.target`: supervisor does not know it, and keeps no order with it",
        "`wants` of `network-online.target`: supervisor does not know it, and does not start it",
    ]


@pytest.mark.parametrize("relation", ["requires", "wants"])
def test_nobody_is_started_for_another(relation: str) -> None:
    """That is fine as long as the other starts at boot."""
    other = Plain()
    it = Plain(relations=_relations(relation, other))
    assert about("it", notes({"other": other, "it": it})) == [
        f"`{relation}` of `services.other`: supervisor starts no program for another, both start "
        "by themselves"
    ]
    other = Plain(lifecycle=Lifecycle(start_at_boot=False))
    it = Plain(relations=_relations(relation, other))
    assert refused({"other": other, "it": it}) == [
        f"`services.it.relations.{relation}` cannot be honoured by supervisor: it starts no program "
        "for another, and `services.other` does not start at boot\n"
        "  defined\n"
        "  to fix: let that one start at boot, or take the relation away"
    ]


@pytest.mark.parametrize(
    ("relation", "why"),
    [
        ("binds_to", "it stops no program because another has ended"),
        ("part_of", "it stops and restarts each program by itself"),
        ("conflicts", "it stops no program because another starts"),
    ],
)
@pytest.mark.parametrize("unit", [False, True])
def test_what_needs_stopping_is_refused(relation: str, why: str, unit: bool) -> None:
    """Of services and of units of the host."""
    other = host_unit("a.service") if unit else Plain()
    it = Plain(relations=_relations(relation, other))
    services = {"it": it} if unit else {"it": it, "other": other}
    assert refused(services) == [
        f"`services.it.relations.{relation}` cannot be honoured by supervisor: {why}\n"
        "  defined\n"
        "  to fix: take the relation away on this host"
    ]
