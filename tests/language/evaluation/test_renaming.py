"""Options that go by another name, or are gone."""

from __future__ import annotations

from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl import alias, check, default, force, module, option, removed, renamed, when
from modsvc_dsl.language.errors import Cycle
from modsvc_dsl.language.evaluation.evaluate import evaluate_all
from modsvc_dsl.language.evaluation.history import history

from tests.language.mistakes import mistake_of

NEW = module(
    "new", options={"net.port": option(type=int, default=1), "on": option(type=bool, default=False)}
)
WARNED = module("warned", options={"warnings": option(type=list[str])})
ASSERTED = module("asserted", options={"assertions": option(type=list[m.Assertion])})


def user(**values: Any) -> Any:
    """A module of a user's, called `user`."""
    return module("user", definitions=values)


def test_an_alias_reads_and_defines_the_other_option() -> None:
    """Both names are one option, whichever is used."""
    old = alias("port", "net.port")
    by_old = evaluate_all([NEW, old, user(port=2)])
    by_new = evaluate_all([NEW, old, module("n", definitions={"net.port": 3})])
    assert (by_old.port, by_old.net.port, by_new.port) == (2, 2, 3)


def test_priorities_go_through_both_ways() -> None:
    """A forced old name beats a plain new one, a default old name loses."""
    old, new = alias("port", "net.port"), module("n", definitions={"net.port": 3})
    assert evaluate_all([NEW, old, user(port=force(2)), new]).net.port == 2
    assert evaluate_all([NEW, old, user(port=default(2)), new]).port == 3
    assert mistake_of(lambda: evaluate_all([NEW, old, user(port=2), new]).port).category == (
        "conflict"
    )


def test_an_alias_may_lead_into_a_group() -> None:
    """Everything below the old name is then below the new one."""
    old = alias("network", "net")
    result = evaluate_all([NEW, old, module("n", definitions={"network.port": 4})])
    assert (result.net.port, result.network.port) == (4, 4)


def test_a_rename_warns_where_the_old_name_is_used() -> None:
    """Once, naming those who do; not where its condition is False, nor without an option for it."""
    old = renamed("port", "net.port")
    result = check(
        evaluate_all([NEW, WARNED, old, user(port=2), module("b", definitions={"port": 2})])
    )
    (warning,) = result.warnings
    assert "`port' defined in `user' and `b' has been renamed to `net.port'" in warning
    assert check(evaluate_all([NEW, WARNED, old])).warnings == []
    off = evaluate_all([NEW, WARNED, old, user(port=when(False, 2), on=True)])
    assert check(off).warnings == []
    assert evaluate_all([NEW, old, user(port=2)]).net.port == 2


def test_a_removed_option_is_a_failed_assertion_where_it_is_defined() -> None:
    """Without an option for assertions the mistake is told directly."""
    gone = removed("old", "use net.port")
    result = evaluate_all([NEW, ASSERTED, gone, user(old=1)])
    assert [a.assertion for a in result.assertions] == [False]
    assert "use net.port" in result.assertions[0].message
    assert "use net.port" in str(mistake_of(lambda: evaluate_all([NEW, gone, user(old=1)]).net))
    assert evaluate_all([NEW, ASSERTED, gone]).assertions == []


def test_a_removed_option_cannot_be_read() -> None:
    """The message says why it is gone."""
    result = evaluate_all([NEW, removed("old", "use net.port")])
    assert "use net.port" in str(mistake_of(lambda: result.old))


def test_the_history_of_an_old_name_is_that_of_the_new() -> None:
    """With the definitions made by either."""
    result = evaluate_all([NEW, renamed("port", "net.port"), user(port=force(2))])
    told = history(result, "port")
    assert told == history(result, "net.port")
    assert [(entry.value, entry.module) for entry in told][0] == (2, "user")


def test_aliases_that_lead_to_each_other_are_refused() -> None:
    """One mistake for the ring, with a line for each; definitions by them are no mistakes too."""
    ring = [alias("a", "b"), alias("b", "c.d"), alias("c", "a")]
    mistake = mistake_of(lambda: evaluate_all([*ring, user(a=1, b=2)]).anything)
    assert isinstance(mistake, Cycle)
    assert [label for label, _ in mistake.report().places] == [
        "`a` reads `b`",
        "`b` reads `c`",
        "`c` reads `a`",
    ]
    assert mistake_of(lambda: check(evaluate_all([alias("x", "x.y")]))).category == (
        "infinite-recursion"
    )


def test_an_alias_of_a_part_that_is_not_there_says_so() -> None:
    """Where the target goes on into a value: the path, and the keys that are like it."""
    held = module("m", options={"names": option(type=dict[str, int])})
    result = evaluate_all([held, alias("port", "names.prot"), user(names={"port": 1})])
    assert str(mistake_of(lambda: result.port)).splitlines()[0] == (
        "`names.prot` is nothing of `names`"
    )
    deeper = evaluate_all([held, alias("port", "names.port.low"), user(names={"port": 1})])
    assert mistake_of(lambda: deeper.port).path == ("names", "port", "low")


@pytest.mark.parametrize("path", [(), "_module.args", ("_module",)])
def test_the_languages_own_names_are_no_options(path: Any) -> None:
    """An old name that could not be an option is refused where it is written."""
    mistake = mistake_of(lambda: alias(path, "b"))
    assert str(mistake).splitlines()[1].startswith(f"  written at {__file__}")


@pytest.mark.parametrize("wrong", [5, None, 1.5])
def test_paths_are_names(wrong: Any) -> None:
    """Anything else is refused where it is written, and so is a message that is no text."""
    for work in (
        lambda: alias(wrong, "a"),
        lambda: renamed("a", wrong),
        lambda: removed(wrong, ""),
    ):
        mistake = mistake_of(work)
        assert "got something that is no path" in str(mistake)
        assert [location.file for _, location in mistake.report().places] == [__file__]
    assert "takes a message" in str(mistake_of(lambda: removed("a", wrong)))
