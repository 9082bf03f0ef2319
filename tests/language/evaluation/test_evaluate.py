"""Evaluations: of one module, of several, extended, inside each other."""

from __future__ import annotations

from typing import Any

import modsvc_dsl as m
from modsvc_dsl import Module, check, data, later, module, option
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all, extend, root_of
from modsvc_dsl.language.evaluation.history import option_facts

from tests.language.mistakes import mistake_of
from tests.language.services import Host, Service, Web

SIZED = module("sized", options={"size": option(type=int, default=1)})


def notes(*names: str, **fields: Any) -> Any:
    """A module that adds to `notes`."""
    return module("notes", definitions={"notes": list(names)}, **fields)


def test_a_result_is_of_the_instances_class() -> None:
    """Its options have values; an instance of a subclass is seen as one."""
    result = evaluate(Web(port=3))
    assert type(result) is Web and result.port == 3
    below = evaluate(Host(services={"a": Web(port=4)})).services["a"]
    assert type(below) is Web and below[Web].port == 4


def test_an_evaluation_is_extended_without_touching_the_first() -> None:
    """The new one has all modules of the old one, anonymous ones too, and more."""
    first: Any = evaluate(Web(notes=["a"], imports=[notes("b")]))
    second = extend(first, [notes("c"), Web(port=5)])
    assert (first.notes, first.port) == (["b", "a"], 8000)
    assert (second.notes, second.port) == (["b", "a", "c"], 5)
    assert extend(second, [notes("d")]).notes == ["b", "a", "c", "d"]


def test_anonymous_modules_in_a_submodule_survive_an_extension() -> None:
    """What a submodule's values import stays."""
    first = evaluate(Host(services={"a": Service(imports=[notes("x")])}))
    second = extend(first, [Host(services={"a": Service(imports=[notes("y")])})])
    assert second.services["a"].notes == ["x", "y"]


def test_an_evaluation_is_a_submodule_type() -> None:
    """Its modules are those of the type, which takes further ones; it stays as it is."""
    template = evaluate_all([SIZED, module("two", definitions={"size": 2})])
    holder = module(
        "holder",
        options={
            "one": option(type=m.submodule(template)),
            "many": option(type=m.dict_of(m.submodule(template, notes_option()))),
        },
        definitions={"many": {"a": {"notes": ["n"]}}, "one.size": m.force(9)},
    )
    result = check(evaluate_all([holder]))
    assert (template.size, result.one.size) == (2, 9)
    assert (result.many["a"].size, result.many["a"].notes) == (2, ["n"])
    assert "a submodule" in option_facts(result, "one").type


def notes_option() -> Any:
    """A module that declares `notes`."""
    return module("notes option", options={"notes": option(type=list[str])})


def test_an_evaluation_may_be_imported() -> None:
    """Its modules are, as if they had been named."""
    template: Any = evaluate(Web(port=7))
    assert evaluate(Service(imports=[template]))[Web].port == 7


def test_the_whole_tree_is_seen_from_everywhere() -> None:
    """By `root_of`, in any function."""

    class Counting(Service):
        count: int = option(compute=lambda self: len(root_of(self).services))

    tree = Host(services={"a": Counting(), "b": Service(services={"c": Counting()})})
    result = evaluate(tree)
    assert result.services["b"].services["c"][Counting].count == 2
    assert root_of(result.services["a"]) is result


def test_a_prefix_stands_before_all_paths() -> None:
    """In messages and in facts."""
    wrong = module("wrong", definitions={"size": "x"})
    result = evaluate_all([SIZED, wrong], prefix=("sites", "a"))
    assert mistake_of(lambda: result.size).path == ("sites", "a", "size")
    assert option_facts(result, "size").path == ("sites", "a", "size")


def test_kinds_are_checked_for_the_whole_and_for_submodules() -> None:
    """A module of another kind is named with its kind and the expected one."""
    other = module("other", kind="machine")
    text = str(mistake_of(lambda: evaluate_all([SIZED, other], kind="service")))
    assert "other" in text and "machine" in text and "service" in text
    assert evaluate_all([SIZED, module("same", kind="service")], kind="service").size == 1
    inner = module("holder", options={"a": option(type=m.submodule(SIZED, kind="service"))})
    wrong = module("wrong", definitions={"a": later(lambda: other)})
    assert mistake_of(lambda: evaluate_all([inner, wrong]).a).path == ("a",)


def test_two_kinds_for_one_submodule_are_refused() -> None:
    """Two declarations of one option have to agree."""
    holders = [
        module(name, options={"a": option(type=m.submodule(SIZED, kind=name))}) for name in "xy"
    ]
    assert mistake_of(lambda: evaluate_all(holders).a).category == "class"


def test_all_modules_of_a_submodule_are_one_evaluation() -> None:
    """Those of the type, those in values, and options declared below it elsewhere."""
    holder = module("holder", options={"a": option(type=m.submodule(SIZED))})
    below = module("below", options={"a.extra": option(type=str, default="e")})
    value = module("value", definitions={"a": module("inside", imports=[notes_option()])})
    setting = module("setting", definitions={"a": {"notes": ["n"], "size": 4, "extra": "x"}})
    result = check(evaluate_all([holder, below, value, setting]))
    assert m.data(result.a) == {"size": 4, "extra": "x", "notes": ["n"]}


def test_a_deferred_module_is_imported_where_it_is_used() -> None:
    """Each place gives it its own arguments; its mistakes stand where they were written."""

    class Nodes(Module):
        common: m.Deferred = option()
        names: list[str] = option()

    node = module("node", options={"title": option(type=str)})
    holder = module(
        "holder",
        options={
            "nodes": option(type=m.dict_of(m.submodule(node, module("use", imports=[_common()]))))
        },
        definitions={"nodes": {"a": {}, "b": {}}},
    )
    titled = module(
        "titled", definitions={"title": later(lambda self: "node " + m.argument(self, "name"))}
    )
    result = evaluate_all([Nodes, holder, module("user", definitions={"common": titled})])
    assert [result.nodes[name].title for name in "ab"] == ["node a", "node b"]
    wrong = module("wrong user", definitions={"common": {"title": 3}})
    broken = evaluate_all([Nodes, holder, wrong])
    mistake = mistake_of(lambda: broken.nodes["a"].title)
    assert mistake.path == ("nodes", "a", "title")
    assert all(location.file == __file__ for _, location in mistake.report().places)


def _common() -> Any:
    return later(lambda self: root_of(self).common)


def test_a_class_where_an_instance_stands_is_one_without_values() -> None:
    """What is wrong with it is told with the line that names it."""

    class Needing(Service):
        directory: str = option()

    needing: Any = Needing  # which checkers refuse
    mistake = mistake_of(lambda: check(evaluate(Host(services={"a": needing}))))
    assert "not given where its module is written" in dict(mistake.report().places)
    by_itself = mistake_of(lambda: check(evaluate(Needing)))
    assert "not given where its module is written" in dict(by_itself.report().places)
    assert data(evaluate(Web)) == data(evaluate(Web()))
    web: Any = Web
    assert data(evaluate(Host(services={"a": web}))) == data(evaluate(Host(services={"a": Web()})))
