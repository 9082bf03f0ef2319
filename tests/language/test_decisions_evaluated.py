"""The decisions of the language's design about evaluation, 8 to 16, a test or a few for each."""

from __future__ import annotations

import pickle
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl import Module, check, define, force, imports, module, option
from modsvc_dsl.language.evaluation.evaluate import evaluate
from modsvc_dsl.language.result.skipped import find_skipped
from modsvc_dsl.language.evaluation.snapshot import left_out

from tests.language.mistakes import lines_of, mistake_of, mistakes_of
from tests.language.services import Fleet, Host, Process, Service, Tls, Unit, Web

# 8. Asking for modules


def test_8_in_asks_for_a_module_and_reads_nothing() -> None:
    """`Tls in self` is known before any option is."""
    ran: list[str] = []

    class Asking(Service):
        @define(Service.notes)
        def _notes(self) -> list[str]:
            ran.append("notes")
            return ["with tls"] if Tls in self else ["without"]

    plain, secured = evaluate(Asking()), evaluate(Asking(imports=[Tls()]))
    assert Tls not in plain and Tls in secured and ran == []
    assert (plain.notes, secured.notes) == (["without"], ["with tls"])


def test_8_optional_definitions_are_skipped_and_listed() -> None:
    """Where no path to the declaring module exists; elsewhere they apply."""

    class Careful(Service):
        @define(Tls.certificate, optional=True)
        def _certificate(self) -> Path:
            return Path("/mine.pem")

    with_tls, without = evaluate(Careful(imports=[Tls()])), evaluate(Careful())
    assert with_tls[Tls].certificate == Path("/mine.pem")
    assert find_skipped(with_tls) == ()
    (skipped,) = find_skipped(without)
    assert (skipped.module, skipped.target) == ("Careful", "Tls.certificate")
    assert skipped.location.file == __file__


def test_8_a_definition_that_is_not_optional_needs_its_module() -> None:
    """It is an error that names the module to import."""

    class Careless(Service):
        @define(Tls.certificate)
        def _certificate(self) -> Path:
            return Path("/mine.pem")

    assert "import Tls" in str(mistake_of(lambda: evaluate(Careless()).notes))


# 9. Laziness


def test_9_a_function_runs_once_and_only_when_it_is_read() -> None:
    """Reading again, and from elsewhere, gives what was computed; failures as well."""
    ran: list[str] = []

    class Counting(Module):
        first: str = option()
        second: str = option(compute=lambda self: self.first + "!")
        wrong: str = option()

        @define(first)
        def _first(self) -> str:
            ran.append("first")
            return "f"

        @define(wrong)
        def _wrong(self) -> str:
            ran.append("wrong")
            raise ValueError("no")

    result = evaluate(Counting())
    assert ran == []
    assert (result.second, result.first, result.second) == ("f!", "f", "f!")
    for _ in range(2):
        assert "ValueError" in str(mistake_of(lambda: result.wrong))
    assert ran == ["first", "wrong"]


def test_9_a_default_that_is_not_needed_never_runs() -> None:
    """A history says so."""

    class Careful(Module):
        size: int = option(compute=lambda self: 1 // 0)

    result = evaluate(Careful(size=3))
    assert result.size == 3
    assert [told.fate for told in m.history(result, "size")] == ["won", "not needed"]


def test_9_siblings_refer_to_each_other() -> None:
    """Definitions per key, and `later` inside one, do not run in a ring."""

    class Ring(Module):
        table: dict[str, int] = option()

        @define(table["a"])
        def _a(self) -> int:
            return self.table["b"] + 1

        @define(table)
        def _rest(self) -> dict[str, int]:
            return {"b": m.later(lambda: self.table["c"] * 2), "c": 5}

    assert evaluate(Ring()).table == {"a": 11, "b": 10, "c": 5}


def test_9_check_reports_everything_once() -> None:
    """A failure is reported once, what depends on it stays silent, a ring is one mistake."""

    class Broken(Module):
        root: int = option(compute=lambda self: 1 // 0)
        one: int = option(compute=lambda self: self.root)
        two: int = option(compute=lambda self: self.root)
        ring: int = option(compute=lambda self: self.other)
        other: int = option(compute=lambda self: self.ring)
        missing: int = option()

    found = mistakes_of(lambda: check(evaluate(Broken())))
    assert sorted(type(mistake).__name__ for mistake in found) == [
        "Cycle",
        "FunctionFailed",
        "Undefined",
    ]


@pytest.mark.parametrize("threaded", [False, True])
def test_9_long_chains_and_deep_nesting(threaded: bool) -> None:
    """1,000 options in a chain and 100 levels work from any thread, the limit left alone."""
    limit = sys.getrecursionlimit()

    def after(number: int) -> Any:
        return m.later(lambda self: self[f"o{number + 1}"] + 1)

    options = {f"o{i}": option(type=int, default=after(i)) for i in range(1000)}
    chain = module("chain", options={**options, "o1000": option(type=int, default=0)})

    class Nest(Module):
        inner: dict[str, Nest] = option()
        depth: int = option(default=0)

    nested = Nest(depth=100)
    for _ in range(100):
        nested = Nest(inner={"x": nested})

    found: list[int] = []

    def read() -> None:
        found.append(m.evaluate_all([chain])["o0"])
        result = evaluate(nested)
        for _ in range(100):
            result = result.inner["x"]
        found.append(result.depth)

    if threaded:
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    else:
        read()
    assert found == [1000, 100]
    assert sys.getrecursionlimit() == limit


# 10. Instances and references


def test_10_instances_are_themselves() -> None:
    """They compare by identity, may stand in several places, and have no values unevaluated."""
    one, other = Web(port=1), Web(port=1)
    assert one != other and one == one and len({one, other}) == 2
    result = evaluate(Service(services={"a": one, "b": one, "c": Service(imports=[one])}))
    ports = [entry[Web].port for entry in result.services.values()]
    assert ports == [1, 1, 1]
    assert "evaluate" in str(mistake_of(lambda: one.port))


def test_10_a_reference_is_a_path_and_reads_like_the_instance() -> None:
    """The one place that the instance has; in the result it is plain data."""
    database = Web(port=5432)
    result = evaluate(Host(services={"db": database, "app": Unit(after=[database])}))
    (reference,) = result.services["app"][Unit].after
    assert reference[Web].port == 5432
    assert m.json_data(result.services["app"])["after"] == ["services.db"]


def test_10_a_reference_needs_one_place() -> None:
    """None, or several as seen from the reader, is an error; the same host comes first."""
    database = Web()
    pair = {"db": database, "app": Unit(after=[database])}
    fleet = check(evaluate(Fleet(hosts={"a": Host(services=pair), "b": Host(services=pair)})))
    after = fleet.hosts["b"].services["app"][Unit].after
    assert m.json_data(after) == ["hosts.b.services.db"]
    nowhere = evaluate(Host(services={"app": Unit(after=[database])}))
    assert "not placed" in str(mistake_of(lambda: check(nowhere)))
    twice = evaluate(Host(services={"one": database, "two": database, "app": pair["app"]}))
    text = str(mistake_of(lambda: check(twice)))
    assert "services.one" in text and "services.two" in text


# 11. Results


def test_11_results_are_plain_data_that_cannot_change() -> None:
    """Lists and dicts equal plain ones and refuse changes, and so does the result."""
    result = evaluate(Web(notes=["a"], process=Process(flags={"x": "y"})))
    assert result.notes == ["a"] and result.process.flags == {"x": "y"}
    with pytest.raises(TypeError, match="immutable"):
        result.notes.append("b")
    with pytest.raises(TypeError, match="immutable"):
        result.process.flags["z"] = "1"
    assert "immutable" in str(mistake_of(lambda: setattr(result, "port", 1)))
    assert evaluate(Web(port=1)) == evaluate(Web(port=1))
    assert evaluate(Web(port=1)) != evaluate(Web(port=2))


def test_11_a_repr_never_evaluates() -> None:
    """It shows what is known already."""
    ran: list[int] = []

    def compute(view: Any) -> int:
        ran.append(1)
        return 3

    class Lazy(Module):
        size: int = option(compute=compute)

    result = evaluate(Lazy())
    assert repr(result) == "<Lazy>" and ran == []
    assert result.size == 3
    assert repr(result) == "<Lazy: size=3>"


def test_11_a_pickled_result_keeps_winners_and_locations() -> None:
    """It reads and compares like the result, and says where each value comes from."""
    result = evaluate(Service(services={"a": Web(port=force(3))}))
    kept = pickle.loads(pickle.dumps(result))
    assert kept == result
    assert kept.services["a"].port == 3
    winner, *_ = m.history(kept, ("services", "a", "port"))
    assert (winner.value, winner.priority, winner.location.file) == (3, 50, __file__)


def test_11_functions_and_deferred_modules_are_no_data() -> None:
    """JSON and pickle leave them out and list them."""

    class Mixed(Module):
        size: int = option(default=1)
        call: m.Deferred = option()

    result = evaluate(Mixed(call=Tls()))
    assert m.json_data(result) == {"size": 1}
    assert left_out(result) == (("call",),)
    assert left_out(pickle.loads(pickle.dumps(result))) == (("call",),)


# 12. Locations


def test_12_locations_are_exact() -> None:
    """A class body's line, an argument's own line in a call over several lines."""

    class Sub(Web):
        port = 80

    result = evaluate(
        Sub(
            notes=["x"],
            port=force(81),
        )
    )
    told = {entry.value: entry.location.line for entry in m.history(result, "port")}
    lines = Path(__file__).read_text().splitlines()
    assert "port = 80" in lines[told[80] - 1]
    assert "port=force(81)" in lines[told[81] - 1]


def test_12_a_wrong_value_inside_a_dict_has_its_own_line() -> None:
    """The line of the entry, not that of the whole."""
    wrong: Any = 3
    result = evaluate(
        Web(
            process=Process(
                argv=["a"],
                flags={
                    "a": "b",
                    "c": wrong,
                },
            )
        )
    )
    (line,) = lines_of(mistake_of(lambda: check(result)))
    assert '"c": wrong' in Path(__file__).read_text().splitlines()[line - 1]


def test_12_classes_inside_functions() -> None:
    """Annotations are text here, and name what the function knows, and the class itself."""

    class Local(Module):
        size: int = option(default=1)

    class Tree(Module):
        local: Local = option()
        children: dict[str, Tree] = option()

    result = evaluate(Tree(children={"a": Tree(local=Local(size=2))}))
    assert (result.local.size, result.children["a"].local.size) == (1, 2)


# 13. Where properties stand


def test_13_properties_stand_in_values_dicts_and_instances() -> None:
    """In option values, in entries of dicts, and around module instances."""
    result = evaluate(
        Service(
            notes=m.before(["a"]),
            process=m.default(Process(flags={"a": force("b"), "c": m.when(False, "d")})),
            services={"x": m.when(True, Web())},
        )
    )
    assert result.process.flags == {"a": "b"} and list(result.services) == ["x"]


def test_13_a_property_in_a_list_is_about_that_element_alone() -> None:
    """A condition drops the element; a priority chooses among what is merged there."""
    notes = [m.when(False, "a"), m.when(True, "b"), m.merged(m.default("c"), "d")]
    assert evaluate(Service(notes=notes)).notes == ["b", "d"]


# 14. Kinds


def test_14_a_module_of_another_kind_is_refused() -> None:
    """By @imports, by an instance's imports, and as a value."""
    wrong: Any = Host

    def decorated() -> Any:
        @imports(wrong)
        class Bad(Service):
            pass

        return Bad

    placed: Any = {"a": Host()}
    for work in (
        decorated,
        lambda: Service(imports=[wrong()]),
        lambda: check(evaluate(Host(services=placed))),
    ):
        found = mistake_of(work)
        assert "kind service" in str(found) and "Host is of kind machine" in str(found)


# 15. Managers


def test_15_modules_are_brought_to_every_submodule() -> None:
    """What a manager adds is there for services, and for services in them."""

    class Managed(Service):
        unit: str = option(default="made")

    def bring(node: Any, module: Any) -> list[Any]:
        return [Managed] if issubclass(module, Service) else []

    tree = Host(services={"a": Service(services={"b": Web()})})
    inner = evaluate(tree, bring=bring).services["a"].services["b"]
    assert inner[Managed].unit == "made"
    assert Managed not in evaluate(tree).services["a"]


# 16. Shapes


def test_16_evaluations_of_the_same_classes_share_their_shape() -> None:
    """Instances of one class, wherever they stand, are routed and compiled once."""
    result = evaluate(Host(services={"a": Web(port=1), "b": Web(port=2, notes=["n"])}))
    one, other = (result.services[name].__node__.shape for name in ("a", "b"))
    assert one is other
