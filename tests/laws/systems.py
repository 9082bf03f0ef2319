"""Module systems, generated: classes and `module(...)` that inherit, import and define.

In: hypothesis' choices. Out: a `System`: the plans of modules, from which the same modules can be
made again, in another order or another shape. Refuses to know what their values should be.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

import modsvc_dsl as m


class Place(m.Module):
    """A submodule: its options merge as those around it do."""

    size: int = m.option(default=0)
    words: list[str] = m.option()
    twice: int = m.option(compute=lambda self: 2 * self.size)


class Options(m.Module):
    """Options of every way of merging."""

    number: int = m.option(default=0)
    name: str = m.option()
    on: m.BoolByOr = m.option(default=False)
    words: list[str] = m.option(default=["own"])
    tags: set[str] = m.option(default=set())
    sizes: dict[str, int] = m.option(default={})
    groups: dict[str, list[int]] = m.option(default={})
    line: m.Commas = m.option(default="own")
    tree: Any = m.option(default={"own": {"x": 1}})
    places: dict[str, Place] = m.option()
    trace: list[int] = m.option(default=[])


ORDERLESS = ("number", "name", "on", "tags", "sizes", "tree")
"""Options whose values say nothing of the order of definitions."""

ORDERED = ("words", "groups", "line", "places")
"""Options whose values are joined in order."""

NAMES = (*ORDERLESS, *ORDERED)

_KEYS = st.sampled_from(["a", "b", "c"])
_NUMBERS = st.integers(0, 2)
_WORDS = st.sampled_from(["x", "y", "z"])


def _place(values: Mapping[str, Any]) -> Place:
    return Place(**values)


_PLACES = st.fixed_dictionaries(
    {}, optional={"size": _NUMBERS, "words": st.lists(_WORDS, max_size=2)}
)

VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "number": _NUMBERS,
    "name": _WORDS,
    "on": st.booleans(),
    "words": st.lists(_WORDS, max_size=3),
    "tags": st.sets(_WORDS, max_size=2),
    "sizes": st.dictionaries(_KEYS, _NUMBERS, max_size=2),
    "groups": st.dictionaries(_KEYS, st.lists(_NUMBERS, max_size=2), max_size=2),
    "line": _WORDS,
    "places": st.dictionaries(_KEYS, _PLACES | _PLACES.map(_place), max_size=2),
    "tree": st.dictionaries(
        _KEYS, st.one_of(_NUMBERS, st.dictionaries(_KEYS, _NUMBERS, max_size=2)), max_size=2
    ),
}

Wearing = Callable[[Any], Any]


def _overriding(priority: int) -> Wearing:
    return lambda value: m.override(priority, value)


def _ordering(number: int) -> Wearing:
    return lambda value: m.order(number, value)


PROPERTIES: st.SearchStrategy[Wearing] = st.one_of(
    st.sampled_from(
        [
            m.default,
            m.force,
            m.before,
            m.after,
            lambda value: m.when(True, value),
            lambda value: m.when(False, value),
            lambda value: m.later(lambda: value),
            lambda value: m.merged(value),
        ]
    ),
    st.builds(_overriding, st.integers(40, 2000)),
    st.builds(_ordering, st.integers(0, 2000)),
)


@st.composite
def worn(draw: st.DrawFn, name: str) -> Any:
    """A value for an option, in up to two properties."""
    value = draw(VALUES[name])
    for wear in draw(st.lists(PROPERTIES, max_size=2)):
        value = wear(value)
    return value


@dataclass(frozen=True)
class Plan:
    """One module: what it defines, which earlier ones it inherits and imports, by number."""

    number: int
    is_class: bool
    base: int | None
    imports: tuple[int, ...]
    definitions: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class System:
    """Modules, each of which may build on earlier ones; the last has all others in its reach."""

    plans: tuple[Plan, ...]

    def make(self) -> Any:
        """The last module, with everything that it builds on made anew."""
        made: list[Any] = []
        for plan in self.plans:
            made.append(_made(plan, made))
        return made[-1]

    def evaluated(self) -> Any:
        """The result of the last module."""
        return m.evaluate(self.make())

    def with_last(self, **changes: Any) -> System:
        """The same system with another last module."""
        return System((*self.plans[:-1], replace(self.plans[-1], **changes)))


def _made(plan: Plan, made: Sequence[Any]) -> Any:
    imports = [made[index] for index in plan.imports]
    definitions = {"trace": [plan.number], **dict(plan.definitions)}
    if not plan.is_class:
        name = f"module{plan.number}"
        return m.module(name, imports=[Options, *imports], definitions=definitions)
    base = Options if plan.base is None else made[plan.base]

    def fill(body: dict[str, Any]) -> None:
        for name, value in definitions.items():
            body[name] = value

    cls: Any = types.new_class(f"Class{plan.number}", (base,), {}, fill)
    return m.imports(*imports)(cls) if imports else cls


@st.composite
def plans(draw: st.DrawFn, number: int, classes: Sequence[int], names: Sequence[str]) -> Plan:
    """A module that builds on earlier ones, of which some are classes."""
    is_class = draw(st.booleans())
    base = draw(st.sampled_from([None, *classes])) if is_class else None
    earlier = [index for index in range(number) if index != base]
    imports = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=3)) if earlier else []
    chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=4)) if names else []
    definitions = tuple((name, draw(worn(name))) for name in chosen)
    return Plan(number, is_class, base, tuple(imports), definitions)


@st.composite
def systems(draw: st.DrawFn, names: Sequence[str] = NAMES) -> System:
    """A system of up to six modules that define options out of `names`."""
    made: list[Plan] = []
    for number in range(draw(st.integers(1, 5))):
        classes = [plan.number for plan in made if plan.is_class]
        made.append(draw(plans(number, classes, names)))
    everything = tuple(plan.number for plan in made)
    return System((*made, Plan(len(made), False, None, everything, ())))


def outcome(result: Any, name: str) -> Any:
    """What reading an option comes to: its data, or the classes and paths of all that is wrong.

    Reading raises what it meets first, which may be one entry of a dict or another.
    """
    try:
        return m.data(result[name])
    except (m.Mistake, m.Mistakes) as error:
        own = [each for each in m.find_mistakes(result) if each.path[:1] == (name,)]
        wrong = own or m.flatten(error)  # of another option, which it reads
        return sorted((type(each).__name__, str(each.path)) for each in wrong)


def outcomes(result: Any, names: Sequence[str] = NAMES) -> dict[str, Any]:
    """What reading each of some options comes to."""
    return {name: outcome(result, name) for name in names}
