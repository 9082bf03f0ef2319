"""Sorts of values, with right ones and wrong ones of each.

In: a source of randomness. Out: an annotation, values that fit it, and values with exactly one
thing wrong at a known path. Refuses to evaluate anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import GenericAlias
from typing import Any, Literal

import modsvc_dsl as m

Steps = tuple[Any, ...]


@dataclass(frozen=True)
class Wrong:
    """A value and the path of what is wrong in it; `unknown` says that it is a name."""

    value: Any
    path: Steps = ()
    unknown: bool = False


@dataclass(frozen=True)
class Sort:
    """An annotation, and how to make values for it. No wrong value is None."""

    annotation: Any
    right: Callable[[Random], Any]
    wrong: Callable[[Random], Wrong]


class Odd:
    """A value of no sort, whose representation raises."""

    def __repr__(self) -> str:
        raise LookupError("no words for it")


def scalar(r: Random) -> Sort:
    """A sort of single values."""
    wrong: list[Any]
    name = r.choice(["int", "str", "bool", "path", "choice", "float"])
    if name == "int":
        wrong = ["1", 1.5, True, [], {}, Odd(), "9" * 10_000]
        return _plain(int, lambda r: r.randint(-5, 5), wrong)
    if name == "str":
        wrong = [1, b"x", ["x"], Odd(), 10**5_000, list(range(10_000))]
        return _plain(str, lambda r: r.choice(["", "a", "b\n", "ü" * 40]), wrong)
    if name == "bool":
        return _plain(bool, lambda r: r.random() < 0.5, [1, 0, "yes", Odd()])
    if name == "path":
        return _plain(Path, lambda r: Path("/srv"), ["/srv", 3, Odd()])
    if name == "choice":
        return _plain(Literal["a", "b"], lambda r: r.choice("ab"), ["A", "c", 1, Odd()])
    return _plain(float, lambda r: r.random(), ["0.5", True, [0.5], Odd()])


def _plain(annotation: Any, right: Callable[[Random], Any], wrong: list[Any]) -> Sort:
    return Sort(annotation, right, lambda r: Wrong(r.choice(wrong)))


def any_sort(r: Random, depth: int) -> Sort:
    """A sort nested at most so deeply."""
    if depth == 0:
        return scalar(r)
    makers = [listed, keyed, paired, optional, submodule]
    return r.choice(makers)(r, depth - 1) if r.random() < 0.8 else scalar(r)


def listed(r: Random, depth: int) -> Sort:
    """A list of some sort."""
    item = any_sort(r, depth)

    def right(r: Random) -> Any:
        return [item.right(r) for _ in range(r.randint(0, 3))]

    def wrong(r: Random) -> Wrong:
        if r.random() < 0.2:
            return Wrong(r.choice(["x", 3, {"a": 1}, Odd()]))
        inner, before = item.wrong(r), [item.right(r) for _ in range(r.randint(0, 2))]
        return Wrong([*before, inner.value], (len(before), *inner.path), inner.unknown)

    return Sort(m.list_of(item.annotation), right, wrong)


def keyed(r: Random, depth: int) -> Sort:
    """A dict of some sort."""
    item = any_sort(r, depth)

    def right(r: Random) -> Any:
        return {f"k{n}": item.right(r) for n in range(r.randint(0, 3))}

    def wrong(r: Random) -> Wrong:
        if r.random() < 0.2:
            return Wrong(r.choice(["x", 3, ["a"], Odd()]))
        inner, key = item.wrong(r), r.choice(["w", "with space", 'a"b', "line\nbreak"])
        return Wrong({**right(r), key: inner.value}, (key, *inner.path), inner.unknown)

    return Sort(m.dict_of(item.annotation), right, wrong)


def paired(r: Random, depth: int) -> Sort:
    """A tuple of two sorts."""
    one, other = any_sort(r, depth), any_sort(r, 0)

    def wrong(r: Random) -> Wrong:
        if r.random() < 0.2:
            return Wrong(r.choice(["x", (1, 2, 3), [1, 2], Odd()]))
        inner = one.wrong(r)
        return Wrong((inner.value, other.right(r)), (0, *inner.path), inner.unknown)

    annotation = GenericAlias(tuple, (one.annotation, other.annotation))
    return Sort(annotation, lambda r: (one.right(r), other.right(r)), wrong)


def optional(r: Random, depth: int) -> Sort:
    """None, or some sort."""
    item = any_sort(r, depth)
    return Sort(
        m.optional(item.annotation),
        lambda r: None if r.random() < 0.3 else item.right(r),
        item.wrong,
    )


def submodule(r: Random, depth: int) -> Sort:
    """A submodule with one option of some sort."""
    item, name = any_sort(r, depth), r.choice(["port", "name", "inner"])
    made = m.module(f"sub{depth}", options={name: m.option(type=item.annotation)})

    def wrong(r: Random) -> Wrong:
        if r.random() < 0.2:
            return Wrong({name: item.right(r), f"{name}x": 1}, (f"{name}x",), unknown=True)
        inner = item.wrong(r)
        return Wrong({name: inner.value}, (name, *inner.path), inner.unknown)

    return Sort(m.submodule(made), lambda r: {name: item.right(r)}, wrong)
