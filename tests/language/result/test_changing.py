"""Old options of another type, and several old options for one new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import modsvc_dsl as m
from modsvc_dsl import check, default, force, module, option
from modsvc_dsl.language.result.changing import changed, gathered
from modsvc_dsl.language.evaluation.evaluate import evaluate_all

from tests.language.mistakes import mistake_of

NEW = module("new", options={"net.ports": option(type=list[int])})
WARNED = module("warned", options={"warnings": option(type=list[str])})


def users(**values: Any) -> Any:
    """A module of a user's, called `user`."""
    return module("user", definitions=values)


def test_an_old_value_is_changed_into_a_new_one() -> None:
    """It joins what is defined by the new name, and nothing is added where it is not used."""
    old = changed("port", "net.ports", lambda port: [port])
    result = evaluate_all([NEW, old, users(port=80), module("b", definitions={"net.ports": [1]})])
    assert result.net.ports == [80, 1]
    assert evaluate_all([NEW, old]).net.ports == []


def test_the_new_definition_is_as_strong_as_the_old_one() -> None:
    """A default stays one, and what was forced wins."""
    old = changed("port", "net.ports", lambda port: [port])
    named = module("named", definitions={"net.ports": [1]})
    weak = evaluate_all([NEW, old, users(port=default(80)), named])
    strong = evaluate_all([NEW, old, users(port=force(80)), named])
    assert (weak.net.ports, strong.net.ports) == ([1], [80])


def test_a_warning_names_the_old_option_its_users_and_the_new_one() -> None:
    """One for each old option that is used, where there is an option for warnings."""
    old = changed("port", "net.ports", lambda port: [port])
    assert check(evaluate_all([NEW, WARNED, old])).warnings == []
    (warning,) = check(evaluate_all([NEW, WARNED, old, users(port=80)])).warnings
    assert "`port' defined in `user'" in warning and "`net.ports'" in warning


def test_several_old_options_become_one() -> None:
    """The function gets those that are defined, by path."""

    def gather(values: Mapping[Any, Any]) -> list[int]:
        return sorted(values.values())

    old = gathered(["first", "deep.second", "third"], "net.ports", gather)
    used = module("user", definitions={"deep.second": 2, "first": 5})
    result = check(evaluate_all([NEW, WARNED, old, used]))
    assert result.net.ports == [2, 5]
    assert len(result.warnings) == 2
    assert check(evaluate_all([NEW, old])).net.ports == []


def test_a_wrong_new_value_is_reported_at_the_new_option() -> None:
    """The changed value is checked like any other."""
    old = changed("port", "net.ports", lambda port: port)
    wrong = evaluate_all([NEW, old, users(port=80)])
    assert mistake_of(lambda: wrong.net.ports).path == ("net", "ports")


def test_an_old_option_that_is_not_used_is_not_part_of_the_data() -> None:
    """It has no value, and that is no mistake."""
    old = changed("port", "net.ports", lambda port: [port])
    assert m.data(check(evaluate_all([NEW, old]))) == {"net": {"ports": []}}
