"""What one place defines besides its shape: nothing of it reaches another place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import (
    Module,
    alias,
    check,
    data,
    define,
    evaluate,
    evaluate_all,
    find_skipped,
    later,
    module,
    option,
)

from tests.language.mistakes import mistake_of, mistakes_of
from tests.language.services import Host, Process, Service, Web


@given(st.lists(st.dictionaries(st.sampled_from(["port", "host"]), st.integers(1, 9)), max_size=5))
def test_places_of_one_shape_do_not_touch_each_other(values: list[dict[str, int]]) -> None:
    """Each has what its own instance says, and the class's own where it says nothing."""
    given_: list[dict[str, Any]] = [
        {name: str(value) if name == "host" else value for name, value in each.items()}
        for each in values
    ]
    services = {f"s{i}": Web(**each) for i, each in enumerate(given_)}
    result = evaluate(Host(services=services))
    for i, each in enumerate(given_):
        found = result.services[f"s{i}"][Web]
        port = each.get("port", 8000)
        assert (found.port, found.host) == (port, each.get("host", f"host{port}"))


def test_names_that_nothing_takes_are_that_places_problem() -> None:
    """The class that they were written to stays usable."""
    wrong = evaluate_all([Host, module("m", definitions={"services.a": {"prot": 1}})])
    assert mistake_of(lambda: check(wrong)).path == ("services", "a", "prot")
    assert data(evaluate(Host(services={"a": Web()})))["services"]["a"]["port"] == 8000


def test_old_names_are_that_places_too() -> None:
    """A definition by an alias counts where it is made."""
    declared = {"port": option(type=int, default=1)}
    base = module("base", options=declared, imports=[alias("old", "port")])
    assert evaluate_all([base, module("m", definitions={"old": 5})]).port == 5
    assert evaluate_all([base]).port == 1


def test_a_group_that_is_computed_counts_with_the_rest() -> None:
    """In the order of modules; a mistake in it has the path of the place."""
    result = evaluate(Host(services={"a": Service(process=later(lambda: Process(argv=["x"])))}))
    assert result.services["a"].process.argv == ["x"]
    wrong: Any = later(lambda: 3)
    bad = evaluate(Host(services={"a": Service(process=wrong)}))
    assert mistake_of(lambda: check(bad)).path == ("services", "a", "process")


def test_optional_definitions_of_a_place_are_listed_for_it() -> None:
    """And not for others of the same class."""

    class Tls(Module, kind="service"):
        certificate: str = option(default="")

    class Site(Service):
        @define(Tls.certificate, optional=True)
        def _certificate(self) -> str:
            return "c"

    result = evaluate(Host(services={"a": Site(), "b": Web()}))
    assert [(each.path, each.target) for each in find_skipped(result)] == [
        (("services", "a"), "Tls.certificate")
    ]


def test_a_target_of_one_value_alone_may_be_wrong() -> None:
    """The mistake is that place's, with its line."""

    class Tls(Module, kind="service"):
        certificate: str = option(default="")

    wrong = module("wrong", definitions=[(Tls.certificate, "c")], kind="service")
    good = evaluate(Host(services={"b": Web()}))
    bad = evaluate(Host(services={"a": Web(imports=[wrong]), "b": Web()}))
    (mistake,) = mistakes_of(lambda: check(bad))
    assert "Tls.certificate is defined, but Tls is no part of this evaluation" in str(mistake)
    assert check(good).services["b"][Web].port == 8000
    with pytest.raises(type(mistake)):
        print(bad.services["a"][Web].port)
