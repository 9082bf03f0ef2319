"""Options that stand for their values where they are named."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import (
    Module,
    after,
    check,
    default,
    evaluate,
    evaluate_all,
    force,
    history,
    merged,
    module,
    option,
    when,
)
from modsvc_dsl.language.declaration.reading import LOOKED_INTO, kept
from modsvc_dsl.language.provenance import Line

from tests.language.mistakes import mistake_of, statements
from tests.language.services import Process, Service, Web

HERE = Line(__file__, 1)


class Named(Service):
    """Names its options wherever values stand."""

    word: str = option(default="w")
    words: list[str] = option(default=["a", "b"])
    on: bool = option(default=False)
    count: int = option(default=1)
    process = Process(argv=["run", word, words[1]], flags={"word": word, "fixed": "f"})
    services = {"inner": Web(port=count)}
    notes = merged([word], when(on, ["on"]), after(words))


def test_a_name_stands_for_the_value_that_the_option_has_at_each_place() -> None:
    """In lists, in dicts, in modules within, below a key, in properties and as a condition."""
    made = check(evaluate(Named(word="x", on=True, count=2)))
    assert made.process.argv == ["run", "x", "b"]
    assert made.process.flags == {"word": "x", "fixed": "f"}
    assert made.services["inner"][Web].port == 2
    assert made.notes == ["x", "on", "a", "b"]
    plain = check(evaluate(Named()))
    assert plain.notes == ["w", "a", "b"]
    assert plain.services["inner"].process.argv == ["web", "1"]


def test_an_option_of_another_class_is_that_of_the_nearest_place_that_has_it() -> None:
    """Its own first, then those around it."""

    class Inner(Service):
        notes = [Process.argv[0]]

    class Outer(Service):
        process = Process(argv=["outer"])
        services = {
            "own": Inner(process=Process(argv=["own"])),
            "above": Service(services={"deep": Web(port=Named.count)}),
        }

    made = check(evaluate_all([Outer, Named]))
    assert made.services["own"].notes == ["own"]
    assert made.services["above"].services["deep"][Web].port == 1


def test_a_subclass_and_a_definition_elsewhere_are_seen() -> None:
    """What is named is the option, not its default."""

    class Loud(Named):
        word = "loud"

    assert evaluate(Loud()).process.flags["word"] == "loud"
    beside = module("beside", definitions={"word": force("beside")})
    assert evaluate(Loud(imports=[beside])).process.flags["word"] == "beside"


def test_instances_and_modules_without_a_class_may_name_options() -> None:
    """As `Owner.option`, wherever the module ends up."""
    by_hand = module("by hand", definitions={"notes": [Web.host], "process.flags": {"p": Web.host}})
    made = check(evaluate(Web(port=3, imports=[by_hand])))
    assert (made.notes, made.process.flags) == (["host3"], {"p": "host3"})
    assert evaluate(Web(notes=[Web.host])).notes == ["host8000"]


def test_a_strength_beside_the_name_counts() -> None:
    """The name is a value like another."""

    class Weak(Service):
        word: str = option(default="weak")
        process = Process(flags={"a": default(word), "b": force(word)})

    made = evaluate(Weak(process=Process(flags={"a": "strong", "b": "strong"})))
    assert made.process.flags == {"a": "strong", "b": "weak"}
    told = history(made, "process.flags.b")
    assert [each.fate for each in told if each.value == "weak"] == ["won"]


def test_lists_that_change_later_do_not_reach_what_named_an_option() -> None:
    """As for lists without names."""
    items: list[Any] = ["run", Web.host]
    web = Web(notes=items)
    items.append("more")
    assert evaluate(web).notes == ["run", "host8000"]


def test_options_that_make_each_other_are_a_cycle() -> None:
    """Told as every other."""

    class Ring(Service):
        notes = [Process.argv[0]]

        @option
        def first(self) -> str:
            """Reads what is made of it."""
            return self.notes[0]

        process = Process(argv=[first])

    message = str(mistake_of(lambda: check(evaluate(Ring()))))
    assert message.startswith(
        "`notes` depends on itself\n  notes -> process.argv -> first -> notes\n"
    )
    for line in ("notes = [Process.argv[0]]", "process = Process(argv=[first])"):
        assert line in message, "each step has the line that names the next"


def test_an_option_that_no_place_around_has() -> None:
    """With the line that names it, and the class to import."""

    class Lost(Service):
        notes = [Web.host]

    message = str(mistake_of(lambda: check(evaluate(Lost()))))
    assert message.startswith("`Web.host` stands for a value where no place around has that option")
    assert "notes = [Web.host]" in message
    assert message.endswith("to fix: write it in a module that imports Web")


def test_what_an_option_does_not_have() -> None:
    """A part that is not there is told at the line that names it."""

    class Odd(Service):
        word: str = option(default="w")
        process = Process(flags={"a": word.nothing})  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]

    message = str(mistake_of(lambda: check(evaluate(Odd()))))
    assert message.startswith("`word.nothing` stands for a value, and there is no nothing in it")


@pytest.mark.parametrize(
    ("key", "advice"),
    [("redis.cnf", "did you mean `redis.conf`?"), ("x", "there is 'redis.conf'")],
)
def test_a_key_that_is_not_there(key: str, advice: str) -> None:
    """Told at the line that names it, in a list as alone, with what is there."""

    class Alone(Service):
        table: dict[str, str] = option(default={"redis.conf": "/etc/r"})
        process = Process(argv=["run"], flags={"a": table[key]})

    class Listed(Service):
        table: dict[str, str] = option(default={"redis.conf": "/etc/r"})
        process = Process(argv=["run", table[key]])

    for service in (Alone(), Listed()):
        message = str(mistake_of(lambda: check(evaluate(service))))
        assert f"stands for a value, and there is no {key!r}\n" in message
        assert "table[key]" in message
        assert message.endswith(f"\n  to fix: {advice}")


@pytest.mark.parametrize("use", ["port + 1", "str(port)", "f'{port}'", "-port", "port.a // 2"])
def test_nothing_is_made_of_a_value_that_is_not_there_yet(use: str) -> None:
    """Before, a text had `option(...)` in it without a word."""
    body = f"class X(Web):\n    size: int = option()\n    _made = {use.replace('port', 'size')}\n"
    message = str(mistake_of(lambda: statements(body, Web=Web, option=option)))
    assert "is an option of a class, and has no value here" in message
    assert "read it from self in a function below @define(...)" in message


def test_a_declaration_among_values_is_still_none() -> None:
    """Without a name there is nothing to stand for."""
    message = str(mistake_of(lambda: Web(port=option(type=int))))
    assert "declares an option where a value stands" in message


def test_what_names_nothing_is_kept_as_it_was() -> None:
    """A copy of what could change, the same of what could not."""
    given = {"a": [1, {"b": {2}}], "c": (1, [2]), "d": when(True, [1])}
    found = kept(given, HERE)
    assert found == {**given, "d": found["d"]} and found is not given
    assert found["a"] is not given["a"] and found["d"].content == [1]
    fixed = (1, 2)
    assert kept(fixed, HERE) is fixed
    deep: list[Any] = []
    for _ in range(60):
        deep = [deep]
    assert kept(deep, HERE) == deep


def test_a_place_that_has_no_class_looked_into_costs_nothing() -> None:
    """Values of all other classes are never asked."""
    assert not LOOKED_INTO & {str, int, bool, float, type(None), Module}


def test_a_default_may_name_options() -> None:
    """Alone, in a list, in a dict; it is still a default."""

    class Sized(Service):
        size: int = option(default=3)
        most: int = option(default=size)
        sizes: list[int] = option(default=[size, most])
        by_name: dict[str, int] = option(default={"size": size, "none": 0})

    made = check(evaluate(Sized(size=4)))
    assert (made.most, made.sizes, made.by_name) == (4, [4, 4], {"size": 4, "none": 0})
    assert check(evaluate(Sized(most=9))).sizes == [3, 9]
    assert evaluate(Sized(sizes=[1], by_name={})).sizes == [1]


def test_what_is_wrong_with_the_place_is_told_once() -> None:
    """An option that is named there is no mistake of its own."""

    class Sized(Service):
        size: int = option(default=3)
        most: int = option(default=size)

    wrong = module("m", definitions={"nosuch": 1})
    mistake = mistake_of(lambda: check(evaluate(Sized(imports=[wrong]))))
    assert "`nosuch` is no option of" in str(mistake)
