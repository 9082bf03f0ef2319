"""What many services share of a section: merged and written as if each had said it by itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language.definition import Definition
from modsvc_dsl.language.errors import Mistake, Mistakes
from modsvc_dsl.language.properties import PLAIN, Override
from modsvc_dsl.language.provenance import Line
from modsvc_dsl.managers.systemd.given import Defaults, Directives, Shared
from modsvc_dsl.managers.systemd.section import Section
from modsvc_dsl.managers.systemd.text import section_lines, section_text

HERE = Line("here.py", 1)

VALUES: Mapping[str, list[Any]] = {
    "DynamicUser": [True, False, None],
    "User": ["ann", None],
    "UMask": ["0077", 0o27],
    "Nice": [0, 5],
    "ReadWritePaths": [["/a", "/b"], ["/c"], [], ""],
    "SystemCallFilter": [["@system-service", "~@privileged"], ["~@clock"], "@chown"],
    "Restart": ["no", "always"],
}
"""Some directives, single ones and lists, with values of theirs."""

NAMES = st.sampled_from(sorted(VALUES))


def some(weak: bool) -> st.SearchStrategy[dict[str, Any]]:
    """Some of them with values; with `weak`, of all strengths."""
    strengths = st.sampled_from([None, 1500, 1000, 50] if weak else [None])
    known = [each for each in VALUES if weak or each != "User"]
    values = {
        name: st.builds(_as_strong, strengths, st.sampled_from(VALUES[name])) for name in known
    }
    return st.fixed_dictionaries({}, optional=values)


def _as_strong(priority: int | None, value: Any) -> Any:
    return value if priority is None else Override(priority, value)


def given_by_itself() -> st.SearchStrategy[dict[str, Any]]:
    """What a manager gives, which is never None."""
    return some(weak=False).map(lambda d: {k: v for k, v in d.items() if v is not None})


def merged(*values: Any) -> Directives:
    """[Service] where these are defined. Raises Mistake, or Mistakes."""
    spot: Any = SimpleNamespace(path=("it",))
    definitions = [Definition(value, HERE, None, None, PLAIN) for value in values]
    found: Directives = Section("Service").merge(spot, definitions)
    return found


def outcome(*values: Any) -> object:
    """The directives in order with their text, or what is wrong."""
    try:
        found = merged(*values)
    except (Mistake, Mistakes) as mistake:
        return str(mistake)
    text = section_text("Service", found)
    assert text == section_text("Service", dict(found))
    assert section_lines("Service", found) == section_lines("Service", dict(found))
    return list(found.items()), text


@given(own=given_by_itself(), shared=given_by_itself(), traced=st.sets(NAMES), said=some(weak=True))
def test_what_is_shared_is_as_if_it_was_said_by_each(
    own: dict[str, Any], shared: dict[str, Any], traced: set[str], said: dict[str, Any]
) -> None:
    """In the same order, with the same text; and so it is for the next one that shares it."""
    shared = {name: value for name, value in shared.items() if name not in own}
    strengths = {name: (PLAIN, HERE) for name in sorted(traced & own.keys() - said.keys())}
    several = Shared(shared)
    for _ in range(2):
        found = outcome(Defaults(own, strengths, several), said)
        assert found == outcome(Defaults({**own, **shared}, strengths), said)


@given(shared=given_by_itself())
def test_a_section_of_nothing_else_is_one_for_all(shared: dict[str, Any]) -> None:
    """It is merged once, and is the same as where somebody says nothing beside it."""
    several = Shared(shared)
    found = merged(Defaults({}, shared=several))
    assert found is merged(Defaults({}, shared=several))
    assert list(found.items()) == list(merged(Defaults({}, shared=several), {}).items())


@given(first=given_by_itself(), second=given_by_itself(), said=some(weak=True))
def test_of_two_that_give_the_later_one_counts(
    first: dict[str, Any], second: dict[str, Any], said: dict[str, Any]
) -> None:
    """However much of it is shared."""
    one, other = Shared(first), Shared(second)
    found = outcome(Defaults({}, shared=one), Defaults({}, shared=other), said)
    assert found == outcome(Defaults(first), Defaults(second), said)
