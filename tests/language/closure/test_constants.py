"""Constants: values that merge without a place are shared, all others are each place's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from modsvc_dsl import Module, OptionType, check, define, evaluate, find_mistakes, option
from modsvc_dsl.language.cells.cell import Cell
from modsvc_dsl.language.evaluation.configuration import is_untouched, once_per_touch, touched_names
from modsvc_dsl.language.definition import Definition
from modsvc_dsl.language.function import reads
from tests.benchmarks.counting import calls


class Where(OptionType):
    """A type of a user's whose values say where they were merged."""

    def describe(self) -> str:
        return "a place"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str)

    def merge(self, spot: Any, definitions: Sequence[Definition]) -> Any:
        return f"{definitions[-1].value} at {'.'.join(spot.path)}"


class Late(Where):
    """One that asks for its place only when the value is read."""

    def merge(self, spot: Any, definitions: Sequence[Definition]) -> Any:
        return lambda: spot.path


class Inner(Module):
    """A group with options of all sorts."""

    number: int = option(default=1)
    flat: list[str] = option(default=["a"])
    nested: dict[str, list[int]] = option(default={"a": [1]})
    empty: dict[str, list[int]] = option()
    where: Annotated[str, Where()] = option(default="here")
    late: Annotated[Any, Late()] = option(default="then")
    made: int = option(compute=lambda self: self.number + 1)


class Still(Module):
    """A group of constants."""

    number: int = option(default=1)
    flat: list[str] = option(default=["a"])


class Outer(Module):
    """Places of that module, and a group."""

    places: dict[str, Inner] = option()
    still: Still = option()


def test_what_depends_on_the_place_is_each_places_own() -> None:
    """However many places were evaluated before."""
    result: Any = check(evaluate(Outer(places={"a": Inner(), "b": Inner(number=5)})))
    for name, made in (("a", 2), ("b", 6)):
        place = result.places[name]
        assert place.where == f"here at places.{name}.where"
        assert place.late() == ("places", name, "late")
        assert place.nested == {"a": [1]} and place.empty == {} and place.made == made


def test_constants_are_not_computed_again() -> None:
    """The second place computes only what could differ."""
    result: Any = evaluate(Outer(places={"a": Inner(), "b": Inner(flat=["b"])}))
    assert not find_mistakes(result.places["a"])
    computed = calls(lambda: find_mistakes(result.places["b"]))[Cell.compute.__code__]
    assert computed == 5  # flat, nested, where, late, made
    assert result.places["b"].flat == ["b"] and result.places["a"].flat == ["a"]


def test_what_is_touched_does_not_depend_on_what_was_read() -> None:
    """It is said by the declarations and definitions alone."""
    for still, names in ((Still(), set[str]()), (Still(number=2), {"number"})):
        result: Any = evaluate(Outer(still=still))
        assert touched_names(result.still) == names
        assert is_untouched(result.still) == (not names)
        check(result)
        assert touched_names(result.still) == names


def test_what_is_made_of_a_touch_is_made_once() -> None:
    """For all results of one module with the same options defined."""
    made: list[Any] = []

    def make(view: Any) -> int:
        made.append(view)
        return len(made)

    results: list[Any] = [evaluate(Still(number=n)) for n in range(3)]
    assert [once_per_touch(result, make) for result in results] == [1, 1, 1]
    assert once_per_touch(evaluate(Still()), make) == 2


RUNS: list[str] = []


def ran(name: str, value: int) -> int:
    """The value, and a note of who made it."""
    RUNS.append(name)
    return value


class Alike(Module):
    """Options made by functions that say what they read, and one that does not say."""

    base: int = option(default=1)
    other: int = option(default=2)
    twice: int = option(compute=reads("base")(lambda self: ran("twice", self.base * 2)))
    again: int = option(compute=reads("twice")(lambda self: ran("again", self.twice * 2)))
    own: int = option(compute=lambda self: ran("own", self.base))
    held: list[int] = option()

    @define(held)
    @reads("other")
    def _held(self) -> list[int]:
        return [ran("held", self.other)]


class Alikes(Module):
    """Places of that module."""

    places: dict[str, Alike] = option()


def made(**places: Alike) -> tuple[Any, list[str]]:
    """The checked result of places, and the functions that ran for it."""
    RUNS.clear()
    result: Any = check(evaluate(Alikes(places=places)))
    return result.places, sorted(RUNS)


def test_a_function_that_reads_nothing_defined_runs_once_for_all_places() -> None:
    """Its value is the same wherever nobody defines what it reads; one that does not say runs at each."""
    made(first=Alike())  # whoever comes first gives it to those that begin later
    places, runs = made(a=Alike(), b=Alike())
    assert runs == ["own", "own"]
    assert [(p.twice, p.again, p.held) for p in places.values()] == [(2, 4, [2])] * 2
    places, _ = made(a=Alike(own=5))
    assert (places["a"].twice, places["a"].own) == (2, 5)


def test_what_is_read_counts_through_what_is_made_of_it() -> None:
    """Where it is defined, all that hangs on it is made anew, and nothing else."""
    made(first=Alike(base=3))
    places, runs = made(a=Alike(base=4), b=Alike(base=5))
    assert [(p.twice, p.again) for p in places.values()] == [(8, 16), (10, 20)]
    assert runs == ["again", "again", "own", "own", "twice", "twice"]
    places, _ = made(a=Alike(twice=7), b=Alike(other=9))
    assert [(p.twice, p.again, p.held) for p in places.values()] == [(7, 14, [2]), (2, 4, [9])]


def test_what_is_alike_is_not_touched() -> None:
    """Nobody defines it, although a function makes it."""
    result: Any = evaluate(Alikes(places={"a": Alike(), "b": Alike(base=2)}))
    assert touched_names(result.places["a"]) == {"own"}
    assert touched_names(result.places["b"]) == {"base", "twice", "again", "own"}


def test_a_failure_is_never_shared() -> None:
    """Each place is told."""

    class Failing(Module):
        """An option that cannot be made."""

        number: int = option(compute=reads()(lambda self: 1 // 0))

    texts = [str(find_mistakes(evaluate(Failing()))[0]) for _ in range(2)]
    assert texts[0] == texts[1] and "ZeroDivisionError" in texts[0]
