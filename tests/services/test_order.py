"""The order of services: edges, each once, and rings that are told step by step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import Host, Process, Relations, Service, check, evaluate, host_unit, later
from modsvc_dsl.services.order import edges
from modsvc_dsl.services.service import enabled, runs
from tests.services.saying import ARGV, running, said_of


def related(**relations: Any) -> Service:
    return Service(process=Process(argv=ARGV), relations=Relations(**relations))


def found(services: Mapping[str, Service]) -> list[tuple[str, str]]:
    """The edges of a host, by the last names of services."""
    host = check(evaluate(Host(services=services)))
    every = filter(runs, enabled(host.services))
    return [(e.first.__node__.path[-1], e.then.__node__.path[-1]) for e in edges(every)]


def test_before_is_after_from_the_other_end() -> None:
    """Units of the host are no edges, a group is one for each of its services but the reader."""
    a, b = running(), running()
    group = Service(services={"x": running(), "y": running()})
    said = {"a": a, "b": b, "group": group}
    assert found({**said, "c": related(after=[a, host_unit("x.target")], before=[b])}) == [
        ("a", "c"),
        ("c", "b"),
    ]
    assert found({**said, "c": related(after=[group])}) == [("x", "c"), ("y", "c")]


def test_a_ring_of_order_is_told_step_by_step() -> None:
    """With the option and the line of each, however it is written."""
    a = running()
    b = related(after=[a])
    c = related(after=[b], before=[a])
    (message,) = said_of(a=a, b=b, c=c)
    headline, ring, *places, advice = message.split("\n")
    names = ring.strip().split(" before ")
    assert headline == f"`{names[0]}` is to start before itself"
    assert names[0] == names[-1]
    turned = names[names.index("services.a") : -1] + names[: names.index("services.a")]
    assert turned == ["services.a", "services.b", "services.c"]
    assert sorted(each.strip() for each in places[::2]) == [
        "`services.b.relations.after` defined at test_order.py",
        "`services.c.relations.after` defined at test_order.py",
        "`services.c.relations.before` defined at test_order.py",
    ]
    assert advice == "  to fix: take one of these relations away"


def host_of(relation: str, pairs: Iterable[tuple[int, int]]) -> dict[str, Service]:
    """Services of which the second of each pair has a relation to the first."""
    services: dict[str, Service] = {}

    def meant(number: int) -> Any:
        firsts = [first for first, then in sorted(pairs) if then == number]
        return later(lambda: [services[f"s{first}"] for first in firsts])

    numbers = sorted({number for pair in pairs for number in pair})
    services.update({f"s{number}": related(**{relation: meant(number)}) for number in numbers})
    return services


def test_a_ring_of_needs_is_told_too() -> None:
    """Services that need each other could not be started one after the other."""
    (message,) = said_of(**host_of("requires", [(1, 2), (2, 1)]))
    headline, ring, *_ = message.split("\n")
    assert headline in ("`services.s1` needs itself", "`services.s2` needs itself")
    one, joint, other = ring.strip().partition(" is needed by ")
    assert joint and {one, *other.split(joint)} == {"services.s1", "services.s2"}


def test_each_ring_is_told() -> None:
    """All of a host at once, each service in one of them."""
    said = said_of(**host_of("after", [(1, 2), (2, 1), (3, 4), (4, 5), (5, 3), (5, 6)]))
    rings = [set(re.findall(r"services\.(s\d)", message.split("\n")[1])) for message in said]
    assert sorted(map(sorted, rings)) == [["s1", "s2"], ["s3", "s4", "s5"]]


PAIRS = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda p: p[0] != p[1]))


@given(PAIRS, st.sampled_from(["after", "before", "requires", "binds_to"]))
def test_rings_are_refused_exactly_where_nothing_can_be_sorted(
    pairs: set[tuple[int, int]], relation: str
) -> None:
    """As the sorter of the standard library says."""
    before: dict[int, list[int]] = {}
    for first, then in pairs:
        before.setdefault(then, []).append(first)
    try:
        TopologicalSorter(before).prepare()
        is_ordered = True
    except CycleError:
        is_ordered = False
    assert (said_of(**host_of(relation, pairs)) == []) == is_ordered
