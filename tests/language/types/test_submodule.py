"""Submodules, deferred modules and references as types."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl.language.declaration.constructor import module
from modsvc_dsl.language.evaluation.evaluate import evaluate
from modsvc_dsl.language.declaration.importing import imports
from modsvc_dsl.language.declaration.module import Module
from modsvc_dsl.language.declaration.option import option
from modsvc_dsl.language.properties import default, force, later, when
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.combinators import submodule
from modsvc_dsl.language.types.refinements import Deferred, Ref, SubmoduleOf
from tests.language.types.evaluation import complaint, complaints, merged, result


class Log(Module):
    level: int = option(default=1)


class Site(Module):
    port: int = option(default=80)
    hosts: list[str] = option()
    log: Log = option()


@imports(Log)
class Server(Module):
    name: str = option(default="x")


class Open(Module, freeform=dict[str, int]):
    port: int = option(default=80)


class BigSite(Site):
    port = 8080


def test_submodules_come_single_in_lists_in_dicts_and_optional() -> None:
    """Wherever a submodule stands, a dict or an instance defines its options."""
    assert merged(SubmoduleOf[Site], {"port": 1}, {"hosts": ["a"]})["port"] == 1
    assert result(SubmoduleOf[Site]).it.port == 80
    assert [site.port for site in result(list[Site], [{"port": 1}, Site(port=2)]).it] == [1, 2]
    sites = result(dict[str, Site], {"a": {}}, {"a": {"hosts": ["x"]}, "b": BigSite()}).it
    assert (sites["a"].hosts, sites["b"].port) == (["x"], 8080)
    assert merged(Site | None) is None
    assert result(Site | None, {}).it.port == 80


def test_all_mistakes_in_submodules_are_told() -> None:
    """Each with the path through its list or dict."""
    assert complaints(list[Site], [{"port": "a"}, {"prot": 1}, 3]) == [
        "`it[2]` expects a submodule (Site)",
        "`it[0].port` expects an integer",
        "`it[1].prot` is no option of Site",
    ] or complaints(list[Site], [{"port": "a"}, {"prot": 1}]) == [
        "`it[0].port` expects an integer",
        "`it[1].prot` is no option of Site",
    ]
    assert complaint(list[Site], [3]).split("\n")[2] == "write Site(...), or a dict of its options"
    assert complaint(submodule(), 3).split("\n")[2] == "write a dict of its options"


@pytest.mark.parametrize(
    ("cls", "value", "fits"),
    [
        (Site, {"port": 1}, True),
        (Site, {"port": "a"}, False),
        (Site, {"prot": 1}, False),
        (Site, {"hosts": [1]}, False),
        (Site, {"log": {"level": 2}}, True),
        (Site, {"log": {"level": "a"}}, False),
        (Site, {"port": force(when(True, default(1)))}, True),
        (Site, {"port": force("a")}, False),
        (Site, {"port": later(lambda: "a")}, True),
        (Site, Site(), True),
        (Site, BigSite(), True),
        (Site, Log(), False),
        (Site, Log, False),
        (Log, Server(), True),
        (Server, {"level": 1, "name": "a"}, True),
        (BigSite, {"port": 1}, True),
        (BigSite, Site(), False),
        (Open, {"port": 1, "other": 2}, True),
        (Site, 3, False),
    ],
)
def test_what_fits_a_submodule_in_depth(cls: Any, value: Any, fits: bool) -> None:
    """As far as declarations tell: names, types, the closure of imports; nothing is evaluated."""
    type_ = option_type(cls)
    assert type_.fits(value) is fits
    assert (not list(type_.misfits(value))) is fits


def test_computed_imports_leave_it_open() -> None:
    """What only an evaluation can tell is not held against a value."""
    inner: Any = module("inner", imports=[later(lambda self: Site)])
    assert submodule(inner).fits({"anything": 1})


def test_a_deferred_module_is_kept_for_later() -> None:
    """Modules and dicts are collected, also out of another deferred option."""
    declaring = module("declaring", options={"later": option(type=Deferred)})
    defining = module("defining", definitions={"later": {"port": 1}})
    first = evaluate(module("both", imports=[declaring, defining])).later
    passed_on = result(Deferred, first, {"hosts": ["a"]}).it
    assert len(passed_on.definitions) == 2
    site = evaluate(module("site", imports=[Site, passed_on]))
    assert (site.port, site.hosts) == (1, ["a"])
    assert complaint(Deferred, 3).split("\n")[2] == (
        "write a module class, module(...), or a dict of definitions"
    )


def test_references_want_what_is_placed() -> None:
    """A class, or anything else, is answered with what to write."""
    assert complaint(Ref[Site], Site).split("\n")[2] == (
        "write an instance that is placed in the tree, not the class Site"
    )
    assert complaint(Ref[Site], "a").split("\n")[2] == (
        "refer to an instance that is placed in the tree, or read one from it"
    )
    assert option_type(list[Ref[Site]]).describe() == (
        "a list of Site objects that are placed in the tree"
    )
    with pytest.raises(TypeError, match="does not go with an integer"):
        option_type(Ref[int])


def test_submodules_join_into_one_with_all_modules() -> None:
    """Two declarations of a submodule are one of both, each module once."""
    joined = option_type(Site).joined(option_type(Server))
    assert joined is not None and joined.describe() == "a submodule (Site, Server)"
    same = option_type(Site).joined(option_type(Site))
    assert same is not None and same.describe() == "a submodule (Site)"
    assert option_type(Site).joined(option_type(int)) is None
    assert option_type(list[Site]).describe() == "a list of submodules (Site)"
