"""Module arguments: given from outside, by modules, by the evaluation itself."""

from __future__ import annotations

from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl import Module, argument, check, define, later, module, option
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all, extend
from modsvc_dsl.language.evaluation.provided import module_arguments, undeclared_refused

from tests.language.mistakes import mistake_of
from tests.language.services import Host, Service


class Asking(Service):
    @define(Service.notes)
    def _note(self) -> list[str]:
        return [str(argument(self, "port"))]


def test_an_argument_comes_from_outside() -> None:
    """Given to the evaluation, all its modules have it, and it stays when that is extended."""
    result = evaluate(Asking(), arguments={"port": 80})
    assert result.notes == ["80"]
    assert extend(result, [module("more", definitions={"notes": ["n"]})]).notes == ["80", "n"]


def test_an_argument_comes_from_a_module() -> None:
    """By target, or by the path that upstream has; what is given from outside is stronger."""

    class Giving(Asking):
        @define(module_arguments["port"])
        def _port(self) -> int:
            return 81

    by_path = module("giving", definitions={"_module.args.port": 82}, kind="service")
    assert evaluate(Giving()).notes == ["81"]
    assert evaluate(Asking(imports=[by_path])).notes == ["82"]
    assert evaluate(Giving(), arguments={"port": 80}).notes == ["80"]


def test_a_missing_argument_names_itself_and_the_module_that_asks() -> None:
    """It fails when it is used, and where."""
    result = evaluate(Asking(), arguments={"prot": 80})
    mistake = mistake_of(lambda: result.notes)
    assert "`port`" in str(mistake) and "which Asking asks for" in str(mistake)
    assert "did you mean `prot`" in str(mistake) and mistake.path == ("notes",)


def test_every_module_knows_its_kind_and_its_path() -> None:
    """A submodule knows its name besides; an argument of one of these names is stronger."""

    class Where(Service):
        @define(Service.notes)
        def _note(self) -> list[str]:
            return [argument(self, "kind"), *argument(self, "path"), argument(self, "name")]

    result = evaluate(Host(services={"web": Where()}))
    assert result.services["web"].notes == ["service", "services", "web", "web"]
    assert evaluate(Where(), arguments={"name": "own"}).notes == ["service", "own"]


def test_submodules_have_arguments_of_their_own() -> None:
    """Given by the type; those of the evaluation around are not theirs."""
    inner = module(
        "inner",
        options={"x": option(type=int, default=later(lambda self: argument(self, "size")))},
    )
    given = m.submodule(inner, arguments={"size": 3})
    outer = module("outer", options={"a": option(type=given), "b": option(type=m.submodule(inner))})
    result = evaluate_all([outer], arguments={"size": 9})
    assert result.a.x == 3
    assert mistake_of(lambda: result.b.x).path == ("b", "x")


@pytest.mark.parametrize("by_class", [True, False])
def test_undeclared_names_may_be_let_pass(by_class: bool) -> None:
    """A module switches the check off for its own evaluation; submodules check on."""

    class Lenient(Service):
        @define(undeclared_refused)
        def _no(self) -> bool:
            return False

    by_path = module("lenient", definitions={"_module.check": False})
    off: Any = Lenient if by_class else by_path
    wrong = module("wrong", definitions={"ntes": 1, "notes": ["n"]})
    assert check(evaluate_all([Service, off, wrong])).notes == ["n"]
    below = module("below", definitions={"services.a.ntes": 1})
    assert mistake_of(lambda: check(evaluate_all([Service, off, below]))).path == (
        "services",
        "a",
        "ntes",
    )
    assert mistake_of(lambda: check(evaluate_all([Service, wrong]))).path == ("ntes",)


def test_arguments_are_no_part_of_the_data() -> None:
    """What the evaluation provides is not among a result's values."""
    result = evaluate_all([module("a", definitions={"_module.args.port": 1})])
    assert m.data(result) == {} and isinstance(result, Module)


INNER = module(
    "inner", options={"who": option(type=str, default=later(lambda self: argument(self, "name")))}
)


def named(*modules: Any, **keywords: Any) -> Any:
    """The entry `k` of a dict of submodules."""
    holder = {"s": option(type=m.dict_of(m.submodule(INNER, *modules, **keywords)))}
    return evaluate_all([module("outer", options=holder, definitions={"s.k": {}})]).s["k"]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        (m.force("x"), "x"),
        (m.override(90, "x"), "x"),
        (m.default("x"), "k"),
        (m.when(False, "x"), "k"),
    ],
)
@pytest.mark.parametrize("function", [False, True])
def test_the_name_of_a_place_is_a_definition(said: Any, who: str, function: bool) -> None:
    """A stronger one wins over it, a weaker one loses to it, also in an extension."""
    definitions: Any = {"_module.args.name": said}
    if function:
        definitions = {(): later(lambda self: {"_module": {"args": {"name": said}}})}
    entry = named(module("saying", definitions=definitions))
    assert entry.who == who and check(extend(entry, [])).who == who


@pytest.mark.parametrize("name", ["x", "k"])
def test_another_name_is_a_conflict(name: str) -> None:
    """Even the same one: an argument takes a single definition. Nobody is told who does not ask."""
    saying = module("saying", definitions={"_module.args.name": name})
    mistake = mistake_of(lambda: named(saying).who)
    assert (mistake.category, mistake.path) == ("conflict", ("s", "k", "_module", "args", "name"))
    assert "'k'" in str(mistake) and "force(...)" in str(mistake)
    unasked = m.submodule(saying, module("x", options={"x": option(type=int, default=1)}))
    assert check(evaluate_all([module("o", options={"s": option(type=unasked)})])).s.x == 1


@pytest.mark.parametrize("said", ["x", m.default("x"), m.override(1400, "x")])
def test_the_name_of_what_nobody_defines_is_weak(said: Any) -> None:
    """As weak as an option's own default: every other definition is stronger."""
    saying = module("saying", definitions={"_module.args.name": said})
    holder = module("holder", options={"s": option(type=m.submodule(INNER, saying))})
    assert check(evaluate_all([holder])).s.who == "x"
    late: Any = later(lambda self: {"_module": {"args": {"name": said}}})
    holder = module(
        "holder",
        options={"s": option(type=m.submodule(INNER, module("f", definitions={(): late})))},
    )
    assert check(evaluate_all([holder])).s.who == "x"


def test_a_name_from_outside_is_stronger_than_that_of_the_place() -> None:
    """Than one that a module defines, too."""
    assert named(arguments={"name": "outside"}).who == "outside"
    saying = module("saying", definitions={"_module.args.name": m.force("x")})
    assert named(saying, arguments={"name": "outside"}).who == "outside"


def test_arguments_that_nobody_asks_for_are_not_computed() -> None:
    """Neither by reading nor by checking; what others ask for is."""
    asked: list[str] = []

    def giving(name: str) -> Any:
        return later(lambda self: asked.append(name))

    entries = {f"_module.args.{name}": giving(name) for name in ("size", "other")}
    asking = later(lambda self: [str(argument(self, "size"))])
    user: Any = module("user", definitions={**entries, "notes": asking}, kind="service")
    check(evaluate_all([Service, user]))
    assert asked == ["size"]
    whole = module("whole", definitions={"_module.args": giving("whole")}, kind="service")
    check(evaluate_all([Service, whole]))
    assert asked == ["size"]


def test_arguments_are_a_dict_of_names() -> None:
    """What is none is told by a check, though nobody asks for any."""
    wrong = module("wrong", definitions={"_module.args": m.when(True, 5)}, kind="service")
    mistake = mistake_of(lambda: check(evaluate_all([Service, wrong])))
    assert (mistake.category, mistake.path) == ("type", ("_module", "args"))


def test_what_nobody_defines_and_items_of_lists_have_names() -> None:
    """The last step of their path."""
    name: Any = option(type=m.NoType, default=later(lambda self: argument(self, "name")))
    inner = m.submodule(module("inner", options={"who": name}))
    holder = {"one": option(type=inner), "many": option(type=m.list_of(inner))}
    result = evaluate_all([module("outer", options=holder, definitions={"many": [{}, {}]})])
    assert (result.one.who, [each.who for each in result.many]) == ("one", [0, 1])


def test_a_place_with_undeclared_names_knows_its_own() -> None:
    """Whatever else may be defined there."""
    free = module("free", freeform=dict[str, int])
    holder = {"s": option(type=m.dict_of(m.submodule(INNER, free)))}
    definitions = {"s.k": {"extra": 1}}
    result = evaluate_all([module("outer", options=holder, definitions=definitions)])
    assert m.data(check(result).s["k"]) == {"who": "k", "extra": 1}
