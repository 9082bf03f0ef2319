"""Generated modules of which some options are broken, and what has to be said of each.

In: a seed. Out: a `Broken`: a module, the right values of its sound options, and for each broken
one the class and the path of its mistake. Refuses to evaluate anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Annotated, Any

import modsvc_dsl as m
from modsvc_dsl.language import errors
from tests.bad_input.sorts import Odd, Steps, any_sort

Said = tuple[type[m.Mistake], Steps]
"""The class of a mistake, and its path."""


@dataclass
class Broken:
    """A module under construction. `runs` counts how often each function has run.

    Where it is wrong as a whole, every read tells that: what functions would read is not reached.
    """

    options: dict[str, Any] = field(default_factory=dict)
    definitions: dict[str, Any] = field(default_factory=dict)
    right: dict[str, Any] = field(default_factory=dict)
    said: set[Said] = field(default_factory=set)
    runs: Counter[str] = field(default_factory=Counter)
    is_wrong_as_a_whole: bool = False

    def module(self) -> Any:
        """The module, made anew."""
        return m.module("generated", options=self.options, definitions=self.definitions)

    def counted(self, name: str, function: Callable[[Any], Any]) -> Any:
        """A value that `function` computes, which is counted."""

        def run(view: Any) -> Any:
            self.runs[name] += 1
            return function(view)

        return m.later(run)


class Unlike:
    """A value that cannot be compared."""

    def __eq__(self, other: object) -> bool:
        raise ArithmeticError("not comparable")

    def __hash__(self) -> int:
        raise ArithmeticError("not hashable")


class Grumpy(Exception):
    """An exception whose message raises."""

    def __str__(self) -> str:
        raise ValueError("no message")


def sound(b: Broken, name: str, r: Random) -> None:
    """An option with a right value, computed or plain."""
    sort = any_sort(r, r.randint(0, 4))
    value = b.right[name] = sort.right(r)
    b.options[name] = m.option(type=sort.annotation)
    computed = r.random() < 0.5
    b.definitions[name] = b.counted(name, lambda _: value) if computed else value


def wrong_type(b: Broken, name: str, r: Random) -> None:
    """Something wrong at a random depth."""
    sort = any_sort(r, r.randint(0, 6))
    wrong = sort.wrong(r)
    b.options[name] = m.option(type=sort.annotation)
    computed = r.random() < 0.5
    b.definitions[name] = b.counted(name, lambda _: wrong.value) if computed else wrong.value
    kind = errors.UnknownOption if wrong.unknown else errors.WrongType
    b.said.add((kind, (name, *wrong.path)))


def bad_default(b: Broken, name: str, r: Random) -> None:
    """A default that does not fit."""
    b.options[name] = m.option(type=int, default=r.choice(["1", Odd(), 1.5, [[]] * 1000]))
    b.said.add((errors.WrongType, (name,)))


def undefined(b: Broken, name: str, r: Random) -> None:
    """No value at all, or one that does not exist."""
    b.options[name] = m.option(type=int)
    if r.random() < 0.5:
        b.definitions[name] = m.when(False, 1)
    b.said.add((errors.Undefined, (name,)))


def unknown(b: Broken, name: str, r: Random) -> None:
    """A definition of nothing."""
    name = f"nobody{name[-1]}"  # like no option: a misspelt one is not told as missing, too
    path = r.choice([name, f"{name}.inner", f"{name}.deep.er"])
    b.definitions[path] = r.choice([1, Odd(), {"a": {"b": 1}}])
    b.said.add((errors.UnknownOption, (name,)))
    b.is_wrong_as_a_whole = True


def conflict(b: Broken, name: str, r: Random) -> None:
    """Two values that differ."""
    b.options[name] = m.option(type=m.dict_of(int))
    b.definitions[name] = m.merged({"a": 1, "b": 2}, {"a": 1, "b": 3})
    b.said.add((errors.Conflict, (name, "b")))


def cycle(b: Broken, name: str, r: Random) -> None:
    """A ring of options."""
    names = [f"{name}_{index}" for index in range(r.randint(1, 12))]
    for here, there in zip(names, [*names[1:], names[0]]):
        b.options[here] = m.option(type=int)
        b.definitions[here] = b.counted(here, reading(there))
    b.said.add((errors.Cycle, (names[0],)))


def reading(name: str) -> Callable[[Any], Any]:
    """A function that reads an option."""
    return lambda view: view[name]


def raising(b: Broken, name: str, r: Random) -> None:
    """A function that raises whatever there is."""
    kinds = [KeyError, Grumpy, SystemExit, AssertionError, StopIteration, MemoryError, Warning]
    error = r.choice(kinds)

    def fail(_: Any) -> int:
        raise error

    b.options[name] = m.option(type=int)
    b.definitions[name] = b.counted(name, fail)
    b.said.add((errors.FunctionFailed, (name,)))


def bottomless(b: Broken, name: str, r: Random) -> None:
    """A function that calls itself for ever."""

    def fall(depth: int) -> int:
        return fall(depth + 1)

    b.options[name] = m.option(type=int)
    b.definitions[name] = b.counted(name, lambda _: fall(0))
    b.said.add((errors.FunctionFailed, (name,)))


def misread(b: Broken, name: str, r: Random) -> None:
    """A function that reads a name that is not there."""
    b.options[name] = m.option(type=int)
    missing = f"{name}_missing"
    b.definitions[name] = b.counted(name, lambda view: getattr(view, missing))
    b.said.add((errors.NoSuchName, (missing,)))


def condition(b: Broken, name: str, r: Random) -> None:
    """A condition that is no boolean."""
    b.options[name] = m.option(type=int)
    conditions: list[Any] = ["yes", 1, None, Odd(), []]
    b.definitions[name] = m.when(r.choice(conditions), 1)
    b.said.add((errors.BadCondition, (name,)))


def conversion(b: Broken, name: str, r: Random) -> None:
    """A conversion that raises."""
    b.options[name] = m.option(type=Annotated[int, m.Coerced(str, int)])
    b.definitions[name] = "x" * r.choice([1, 10_000])
    b.said.add((errors.ConversionFailed, (name,)))


def uncomparable(b: Broken, name: str, r: Random) -> None:
    """Values whose comparison raises."""
    b.options[name] = m.option(type=Unlike)
    b.definitions[name] = m.merged(Unlike(), Unlike())
    b.said.add((errors.CheckFailed, (name,)))


def nested(b: Broken, name: str, r: Random) -> None:
    """Plain data that is nested too deeply."""
    data: Any = 1
    for _ in range(5_000):
        data = [data] if r.random() < 0.5 else {"a": data}
    b.options[name] = m.option(type=Any)
    b.definitions[name] = data
    b.said.add((errors.TooDeep, (name,)))


def dependent(b: Broken, name: str, r: Random) -> None:
    """A function that reads another option: what is wrong there is said once, and there."""
    if not b.options:
        return sound(b, name, r)
    other = r.choice(list(b.options))
    b.options[name] = m.option(type=m.NoType)
    b.definitions[name] = b.counted(name, reading(other))
    if other in b.right:
        b.right[name] = b.right[other]
    return None


BY_READING = (errors.Cycle, errors.NoSuchName)
"""Mistakes that a function makes by what it reads."""

PLANS = [
    sound,
    wrong_type,
    wrong_type,
    bad_default,
    undefined,
    unknown,
    conflict,
    cycle,
    raising,
    bottomless,
    misread,
    condition,
    conversion,
    uncomparable,
    nested,
    dependent,
    dependent,
]


def broken_module(seed: int) -> Broken:
    """The module of a seed: up to eight options, each sound or broken in one way."""
    r = Random(seed)
    made = Broken()
    for index in range(r.randint(1, 8)):
        r.choice(PLANS)(made, f"option{index}", r)
    if made.is_wrong_as_a_whole:
        made.said = {said for said in made.said if said[0] not in BY_READING}
        made.right = {}
    return made
