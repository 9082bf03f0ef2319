"""Which modules take part, and in what order."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import check, later, module, option
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all

from tests.language.mistakes import mistake_of
from tests.language.services import Service, Tls, Web


def noting(name: str, **fields: Any) -> Any:
    """A module that leaves its name in `notes`, and has it as its key."""
    return module(name, key=name, definitions={"notes": [name]}, **fields)


def test_a_key_is_loaded_once() -> None:
    """By whichever route; the first one found counts. Modules without a key are all loaded."""
    twice = [noting("a"), noting("b", imports=[noting("a")]), noting("a")]
    assert evaluate_all([Service, *twice]).notes == ["a", "b"]
    anonymous = [module("x", definitions={"notes": ["x"]}) for _ in range(2)]
    assert evaluate_all([Service, *anonymous]).notes == ["x", "x"]


@pytest.mark.parametrize("key", [7, ("a", 1), 2.5, frozenset({"k"})])
def test_keys_of_any_kind_work(key: Any) -> None:
    """Whatever can be a key of a dict can be one of a module, and be disabled."""
    made = [module("x", key=key, definitions={"notes": ["x"]}) for _ in range(2)]
    assert evaluate_all([Service, *made]).notes == ["x"]
    assert evaluate_all([Service, *made, module("off", disabled=[key])]).notes == []


def test_disabling_by_key_class_and_instance() -> None:
    """A disabled module neither declares nor defines; a class takes its instances along."""
    instance = Tls(notes=["n"])
    user = Service(imports=[instance])
    assert Tls in evaluate(user)
    for disabled in (Tls, instance):
        off = module("off", disabled=[disabled], kind="service")
        result = evaluate_all([user, off])
        assert result.notes == []
    assert evaluate_all([Service, noting("a"), module("off", disabled=["a"])]).notes == []

    class Without(Web, disabled=[Tls]):
        pass

    assert Tls not in evaluate(Without(imports=[Tls()]))


def test_disabling_what_declares_leaves_definitions_undeclared() -> None:
    """That is an error, and disabling those as well is none."""
    declares = module("declares", key="d", options={"x": option(type=int, default=1)})
    defines = module("defines", key="e", definitions={"x": 2})
    off = module("off", disabled=["d"])
    assert mistake_of(lambda: evaluate_all([declares, defines, off]).x).path == ("x",)
    both = module("both", disabled=["d", "e"])
    assert check(evaluate_all([declares, defines, both])) is not None


def test_a_module_goes_when_every_route_to_it_is_disabled() -> None:
    """One that is also imported by an enabled module stays."""
    deep = noting("deep")
    roots = [Service, noting("a", imports=[deep]), noting("b", imports=[deep])]
    one = evaluate_all([*roots, module("off", disabled=["a"])])
    both = evaluate_all([*roots, module("off", disabled=["a", "b"])])
    assert (one.notes, both.notes) == (["deep", "b"], [])


def test_a_disabled_name_that_is_not_there_is_no_mistake() -> None:
    """A module may be ready for one that is not imported."""
    assert evaluate_all([Service, module("off", disabled=["absent", Tls])]).notes == []


@pytest.mark.parametrize("wrong", [{"a": 1}, ["a"], len])
def test_what_cannot_be_disabled_is_refused(wrong: Any) -> None:
    """The message names the module that lists it."""
    found = mistake_of(lambda: evaluate_all([module("lister", disabled=[wrong])]))
    assert "lister" in str(found)


def test_rings_of_imports_are_harmless() -> None:
    """Each module of a ring is there once."""
    ring: list[Any] = []
    ring.append(noting("a", imports=[later(lambda: ring[1])]))
    ring.append(noting("b", imports=[ring[0]]))
    assert evaluate_all([Service, ring[0]]).notes == ["b", "a"]


def test_a_value_that_is_no_module_is_not_imported() -> None:
    """The message says what it is."""
    wrong: Any = [3]
    assert "3 (an integer)" in str(mistake_of(lambda: module("m", imports=wrong)))


def test_a_computed_import_is_a_module() -> None:
    """If not, the mistake stands at the module that chose it, with what came."""
    made = module("chooser", imports=[later(lambda self: {"port": 1})])
    message = str(mistake_of(lambda: check(evaluate_all([made]))))
    assert message.splitlines()[:2] == [
        "an import of chooser is computed, and what came is no module",
        "  found {'port': 1} (a dict)",
    ]
    assert f" at {__file__}:" in message
