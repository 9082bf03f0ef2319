"""Options that go by another name, or are gone."""

from __future__ import annotations

from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl import (
    alias,
    check,
    default,
    force,
    later,
    module,
    option,
    override,
    removed,
    renamed,
    when,
)
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


def test_an_old_name_keeps_the_order_of_its_definitions() -> None:
    """What was to come last does."""
    table = module("table", options={"names": option(type=list[str])})
    new = module("n", definitions={"names": ["new"]})
    result = evaluate_all([table, alias("old", "names"), user(old=m.after(["old"])), new])
    assert result.names == ["new", "old"]


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
    assert check(evaluate_all([NEW, gone])).net.port == 1


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


@pytest.mark.parametrize("make", [alias, renamed])
@pytest.mark.parametrize(
    ("said", "priority"), [(2, 100), (force(2), 50), (default(2), 1000), (override(1600, 2), 1600)]
)
def test_who_asks_for_an_old_name_is_told_of_its_use(make: Any, said: Any, priority: int) -> None:
    """What is defined by it counts, as it is without what others say of the option."""
    new = module("n", options={}, definitions={"net.port": 2})
    result = evaluate_all([NEW, make("port", "net.port"), user(port=said), new])
    facts = m.option_facts(result, "port")
    assert (facts.path, facts.is_defined, facts.priority) == (("port",), True, priority)
    assert (facts.files, facts.definitions) == (("user",), (("user", 2),))
    assert (facts.has_default, facts.type) == (False, "an integer")
    assert m.is_defined(result, "port")
    unused = evaluate_all([NEW, make("port", "net.port"), user(port=when(False, said)), new])
    facts = m.option_facts(unused, "port")
    assert (facts.is_defined, facts.priority, facts.definitions) == (False, 9999, ())
    assert m.is_defined(unused, "net.port") and not m.is_defined(unused, "port")


def test_definitions_below_an_old_name_are_whole_values_of_it() -> None:
    """In the order of the modules, those of functions and of submodules as well."""
    table = module("table", options={"table": option(type=dict[str, int])})
    late = module("late", definitions={(): later(lambda self: {"old": {"c": 3}})})
    first, second = (module(name, definitions={f"old.{name}": 1}) for name in ("b", "a"))
    inner = m.submodule(table, alias("old", "table"), first, late, second)
    result = evaluate_all([module("outer", options={"inner": option(type=inner)})])
    facts = m.option_facts(result, "inner.old")
    assert facts.definitions == (("b", {"b": 1}), ("late", {"c": 3}), ("a", {"a": 1}))
    assert facts.path == ("inner", "old") and facts.type == "a dict of integers"


def test_an_old_name_has_the_type_of_what_it_leads_to() -> None:
    """Through other old names; what cannot be told without a value has any."""
    names = [alias("b", "a"), alias("a", "net.port"), alias("network", "net"), removed("gone", "m")]
    result = evaluate_all([NEW, *names, user(network={"port": 1}, b=1)])
    types = {name: m.option_facts(result, name).type for name in ("a", "b", "network")}
    assert types == {"a": "an integer", "b": "an integer", "network": "any value"}
    assert m.option_facts(result, "network").definitions == (("user", {"port": 1}),)
    assert m.option_facts(result, "a").files == ("user",)


def test_a_removed_option_may_be_asked_for() -> None:
    """Whether somebody still defines it, though nobody may read it."""
    gone = removed("old", "use net.port")
    result = evaluate_all([NEW, ASSERTED, gone, user(old=force(1))])
    facts = m.option_facts(result, "old")
    assert (facts.is_defined, facts.priority, facts.definitions) == (True, 50, (("user", 1),))
    assert not m.is_defined(evaluate_all([NEW, gone]), "old")


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


@pytest.mark.parametrize("declares", [False, True])
def test_a_function_for_a_group_may_use_old_names(declares: bool) -> None:
    """Of options elsewhere too, through other old names; it warns as any other use does."""
    options: Any = {"group.own": option(type=int, default=0)} if declares else {}
    saying = module("saying", options=options, definitions={"group": later(lambda self: {"a": 7})})
    names = [renamed("group.a", "middle.b"), alias("middle.b", "net.port")]
    modules = [NEW, WARNED, *names, saying]
    assert evaluate_all(modules).net.port == 7
    (warning,) = evaluate_all(modules).warnings
    assert "`group.a' defined in `saying' has been renamed to `middle.b'" in warning
    assert m.data(check(evaluate_all(modules)))["middle"] == {"b": 7}


def test_an_old_name_of_an_old_name_warns_for_it() -> None:
    """Who reads the warnings first waits for the functions that may use either."""
    saying = module("saying", definitions={"group": later(lambda self: {"a": 7})})
    names = [alias("group.a", "middle.b"), renamed("middle.b", "net.port")]
    (warning,) = evaluate_all([NEW, WARNED, *names, saying]).warnings
    assert "`middle.b' defined in `saying' has been renamed to `net.port'" in warning


def test_a_removed_option_that_a_function_defines_is_told() -> None:
    """As a failed assertion, and where no option takes these when all is checked."""
    gone = removed("group.old", "use net.port")
    saying = module("saying", definitions={"group": later(lambda self: {"old": 1})})
    (failed,) = evaluate_all([NEW, ASSERTED, gone, saying]).assertions
    assert "use net.port" in failed.message
    mistake = mistake_of(lambda: check(evaluate_all([NEW, gone, saying])))
    assert mistake.path == ("group", "old") and "use net.port" in str(mistake)


def test_the_condition_of_a_removed_option_may_read_everything() -> None:
    """Also the whole tree, which is not there yet while its places are being made."""
    gone = removed("old", "use net.port")
    condition: Any = later(lambda self: m.root_of(self).on)
    for on in (True, False):
        result = evaluate_all([NEW, gone, user(old=when(condition, 1), on=on)])
        assert result.net.port == 1
        mistakes = m.find_mistakes(result)
        assert [mistake.path for mistake in mistakes] == ([("old",)] if on else [])


def test_removed_options_are_told_whatever_assertions_are() -> None:
    """Where the name leads elsewhere, or is a group, no assertion could be added to it."""
    gone = removed("old", "use net.port")
    holder = module("holder", options={"held": option(type=list[m.Assertion])})
    for other in (alias("assertions", "held"), module("g", options={"assertions.x": option()})):
        mistake = mistake_of(lambda: evaluate_all([NEW, holder, other, gone, user(old=1)]).on)
        assert "use net.port" in str(mistake)
