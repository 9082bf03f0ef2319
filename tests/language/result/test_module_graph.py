"""The module graph as data."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import later, module
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all
from modsvc_dsl.language.result.module_graph import module_graph

from tests.language.mistakes import mistake_of
from tests.language.services import Host, Service, Web


def noting(name: str, **fields: Any) -> Any:
    """A module with a key."""
    return module(name, key=name, definitions={"notes": [name]}, **fields)


def test_the_graph_as_data() -> None:
    """Keys, kinds, places and imports of all modules in order, disabled ones last."""
    leaf = noting("leaf")
    made = noting("made", imports=[leaf, noting("gone")])
    result = evaluate_all([Web, made, module("off", key="off", disabled=["gone"])])
    graph = {entry.name: entry for entry in module_graph(result)}
    assert list(graph) == ["Service", "Web", "leaf", "made", "off", "gone"]
    assert graph["made"].imports == ("leaf",)
    assert graph["Web"].imports == (graph["Service"].key,)
    assert graph["Web"].key.endswith("services.Web") and graph["Web"].kind == "service"
    assert [name for name, entry in graph.items() if entry.disabled] == ["gone"]
    assert graph["leaf"].location.file == __file__
    assert module_graph(Web)[:2] == module_graph(result)[:2]


def test_every_module_of_the_graph_has_its_own_key() -> None:
    """Anonymous modules are told apart, even those made on one line."""
    many = [module("x") for _ in range(3)]
    keys = [entry.key for entry in module_graph(*many)]
    assert len(set(keys)) == 3


def test_rings_are_told_as_they_are() -> None:
    """Each module once, with what it imports."""
    ring: list[Any] = []
    ring.append(noting("a", imports=[later(lambda: ring[1])]))
    ring.append(noting("b", imports=[ring[0]]))
    graph = {entry.key: entry.imports for entry in module_graph(ring[0])}
    assert graph == {"b": ("a",), "a": ("b",)}


def test_the_graph_of_a_service_inside_a_host() -> None:
    """Its own modules, those chosen by functions too, and instances by where they are written."""
    chosen = module("chooser", key="c", imports=[later(lambda self: noting("chosen"))])
    result = evaluate(Host(services={"a": Web(imports=[chosen])}))
    names = [entry.name for entry in module_graph(result.services["a"])]
    assert names == ["Service", "chosen", "chooser", "Web", "Web"]
    keys = [entry.key for entry in module_graph(result.services["a"])]
    assert __file__ in keys[-1] and len(set(keys)) == 5


def test_what_is_wrong_with_the_graph_is_told() -> None:
    """As when it is evaluated."""
    wrong = module("lister", disabled=[{"a": 1}])
    assert "lister" in str(mistake_of(lambda: module_graph(Service, wrong)))
