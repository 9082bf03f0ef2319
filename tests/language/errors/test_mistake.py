"""Mistakes are exceptions that carry data: shown, pickled, caught by what Python expects."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from modsvc_dsl import Mistake, Mistakes, Module, check, evaluate, flatten, option
from modsvc_dsl.language import errors
from modsvc_dsl.language.errors import Conflict, Report, UnknownOption, WrongType
from modsvc_dsl.language.provenance import Line

from ..mistakes import mistake_of


class Web(Module):
    port: int = option(default=80)
    hosts: list[str] = option()


def broken() -> Mistakes:
    """Two mistakes of one evaluation."""
    wrong: Any = {"port": "x", "hosts": "y"}
    with pytest.raises(Mistakes) as found:
        check(evaluate(Web(**wrong)))
    return found.value


def test_several_are_one_exception() -> None:
    """Which lists them; a single one is a list of itself."""
    both = broken()
    assert [each.path for each in flatten(both)] == [("port",), ("hosts",)]
    assert flatten(both.mistakes[0]) == (both.mistakes[0],)
    assert str(both).endswith("\n\n2 mistakes")
    assert str(Mistakes(both.mistakes[:1])) == str(both.mistakes[0])


@pytest.mark.parametrize(
    "carry", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))]
)
def test_what_is_carried_elsewhere_says_the_same(carry: Callable[[object], object]) -> None:
    """To another process too, where the user's files may not be."""
    for mistake in flatten(broken()):
        other = carry(mistake)
        assert type(other) is type(mistake) and isinstance(other, Mistake)
        assert (str(other), other.path, other.category, other.report()) == (
            *(str(mistake), mistake.path),
            *(mistake.category, mistake.report()),
        )


def test_words_are_made_when_they_are_read() -> None:
    """Once per reading, for the path that the mistake has by then."""
    told: list[object] = []

    def tell(path: tuple[object, ...]) -> Report:
        told.append(path)
        return Report(f"at {path}")

    mistake = Mistake(tell, ("a",))
    assert told == []
    mistake.path = ("b", "a")
    assert (str(mistake), repr(mistake)) == ("at ('b', 'a')", "Mistake(\"at ('b', 'a')\")")


def test_python_code_catches_them_as_it_would_pythons_own() -> None:
    """Reading a name that is not there is an AttributeError, for `hasattr` and `getattr`."""
    result = evaluate(Web())
    assert not hasattr(result, "nothing") and getattr(result, "nothing", 3) == 3
    with pytest.raises(AttributeError):
        result.port = 3
    with pytest.raises(TypeError):
        result.hosts.append("x")
    with pytest.raises(LookupError):
        print(result[Other])


class Other(Module):
    pass


def test_every_class_has_a_category_that_programs_can_rely_on() -> None:
    """Of a fixed set of words."""
    classes = [
        cls
        for cls in vars(errors).values()
        if isinstance(cls, type) and issubclass(cls, Mistake) and cls is not Mistake
    ]
    assert len(classes) > 25
    assert {cls.category for cls in classes} <= {
        *("assertion", "class", "conflict", "infinite-recursion", "missing-option", "other"),
        *("readonly", "type", "undefined"),
    }
    assert (Conflict.category, WrongType.category) == ("conflict", "type")


def test_suggestions_are_data() -> None:
    """For tools that offer to put them right."""
    mistake = UnknownOption(("prot",), [Line("f.py", 1)], ["port", "host"], "Web")
    assert mistake.suggestions == ["port"]


def test_a_mistake_of_a_users_own_is_told_like_all_others() -> None:
    """With a report that they make, and where it says no place, the one in which it was found."""

    class Own(Module):
        port: int = option(default=80)

        def __validate__(self) -> list[Mistake]:
            return [Mistake(Report("ports below 1024 are taken"), ("port",))]

    mistake = mistake_of(lambda: check(evaluate(Own())))
    assert mistake.report().headline == "ports below 1024 are taken"
    ((label, location),) = mistake.report().places
    assert (label, location.file) == ("placed", __file__)
