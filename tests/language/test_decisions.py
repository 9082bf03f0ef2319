"""The decisions of the language's design, one test or a few for each, by its number.

How exactly a file of the language keeps one is proved in the test of that file.
"""

from __future__ import annotations

import pickle
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

import modsvc_dsl as m
from modsvc_dsl import Module, check, define, force, imports, module, option
from modsvc_dsl.language.evaluate import evaluate
from modsvc_dsl.language.skipped import find_skipped
from modsvc_dsl.language.snapshot import left_out

from .mistakes import lines_of, mistake_of, mistakes_of, statements


class Process(Module):
    argv: list[str] = option()
    flags: dict[str, str] = option()


class Service(Module, kind="service"):
    imports: Sequence[Service] = ()

    process: Process = option()
    services: dict[str, Service] = option()
    notes: list[str] = option()


class Tls(Service):
    certificate: Path = option(default=Path("/etc/ssl/default.pem"))


class Web(Service):
    port: int = option(default=8000)
    host: str = option(compute=lambda self: f"host{self.port}")

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return ["web", str(self.port)]


# 1. The class body


def test_1_a_class_body_takes_what_belongs_there() -> None:
    """Options, definitions, functions, properties, nested classes, ClassVars and _names stand."""

    class Full(Web):
        port = 1
        level: int = option(default=3)
        LIMIT: ClassVar[int] = 9
        _private = {"a": 1}

        class Inner:
            pass

        def helper(self) -> int:
            return self.level + self.LIMIT

        @property
        def doubled(self) -> int:
            return 2 * self.helper()

        @staticmethod
        def constant() -> int:
            return 5

    result = evaluate(Full())
    assert (result.port, result.level, result.doubled, result.constant()) == (1, 3, 24, 5)


def test_1_everything_wrong_in_a_body_comes_in_one_message() -> None:
    """Unknown names, bare annotations, methods over options and second declarations, at once."""

    text = """
    class Bad(Web):
        prot = 80
        count: int
        port: str = option(default="x")

        def host(self) -> str:
            return ""
    """
    found = mistakes_of(lambda: statements(text, Web=Web, option=option))
    assert len(found) == 4
    assert "did you mean `port`" in str(found[0])


def test_1_an_annotated_assignment_of_the_same_type_is_a_definition() -> None:
    """It may repeat the option's type; with another one it is refused."""

    class Annotated(Web):
        port: int = 81

    text = """
    class Other(Web):
        port: str = "81"
    """
    assert evaluate(Annotated()).port == 81
    assert "another type" in str(mistake_of(lambda: statements(text, Web=Web)))


def test_1_computed_defaults_and_how_they_are_set() -> None:
    """`option(compute=...)` is set by keyword; an `@option` method in bodies and by @define."""

    class Made(Service):
        @option
        def url(self) -> str:
            """Where it answers."""
            return "http://default"

    class Body(Made):
        url = "http://body"

    class Defined(Made):
        @define(Made.url)
        def _url(self) -> str:
            return "http://defined"

    assert evaluate(Web(host="h")).host == "h"
    assert evaluate(Web()).host == "host8000"
    assert [evaluate(c()).url for c in (Made, Body, Defined)] == [
        "http://default",
        "http://body",
        "http://defined",
    ]


# 2. Same-named functions


def test_2_a_function_of_the_same_name_in_a_subclass_is_refused() -> None:
    """It would neither add nor replace; the message names both ways out."""

    def body() -> Any:
        class Sub(Web):
            @define(Process.argv)
            def _argv(self) -> list[str]:
                return ["other"]

        return Sub

    text = str(mistake_of(body))
    assert "another name to add" in text and "force(...)" in text


def test_2_the_same_name_in_unrelated_modules_is_no_relation() -> None:
    """Both functions define."""

    class One(Service):
        @define(Service.notes)
        def _note(self) -> list[str]:
            return ["one"]

    class Two(Service):
        @define(Service.notes)
        def _note(self) -> list[str]:
            return ["two"]

    class Both(One, Two):
        pass

    assert evaluate(Both()).notes == ["one", "two"]


def test_2_self_is_the_most_derived_class() -> None:
    """A helper that a subclass overrides works in the definitions of its bases."""

    class Base(Service):
        def word(self) -> str:
            return "base"

        @define(Service.notes)
        def _note(self) -> list[str]:
            return [self.word()]

    class Derived(Base):
        def word(self) -> str:
            return "derived"

    assert evaluate(Derived()).notes == ["derived"]
    assert evaluate(Service(imports=[Derived()])).notes == ["derived"]


# 3. Order


def test_3_the_natural_order_of_modules() -> None:
    """Manager's modules, bases, @imports, instance imports, the module itself; each once."""

    def noting(name: str) -> Any:
        return module(name, definitions={"notes": [name]}, key=name, kind="service")

    class Base(Service):
        notes = ["base"]

    class Other(Service):
        notes = ["other base"]

    @imports(noting("imported"), noting("imported too"))
    class Whole(Base, Other):
        notes = ["class"]

    class Host(Module, kind="machine"):
        services: dict[str, Service] = option()

    instance = Whole(notes=["instance"], imports=[noting("on the instance"), noting("imported")])
    brought = [noting("manager")]
    result = evaluate(Host(services={"a": instance}), bring=lambda node, module: brought)
    assert result.services["a"].notes == [
        "manager",
        "base",
        "other base",
        "imported",
        "imported too",
        "on the instance",
        "class",
        "instance",
    ]


# 4. One namespace


def test_4_a_name_belongs_to_one_module() -> None:
    """Two unrelated modules that declare it are an error naming both."""

    class One(Service):
        size: int = option(default=1)

    class Two(Service):
        size: int = option(default=2)

    found = mistake_of(lambda: evaluate(Service(imports=[One(), Two()])).notes)
    assert "One" in str(found) and "Two" in str(found) and "shares=" in str(found)


def test_4_shares_makes_two_declarations_one() -> None:
    """The types of both then merge."""

    class One(Service):
        size: int = option(default=1)

    class Two(Service):
        size: int = option(shares=One.size)

    result = evaluate(Service(imports=[One(size=5), Two()]))
    assert result[One].size == result[Two].size == 5


def test_4_reserved_names() -> None:
    """`imports` and dunder names are no options."""

    def body() -> Any:
        class Bad(Module):
            imports: list[str] = option()
            __size__: int = option()

        return Bad

    assert all("reserved" in str(mistake) for mistake in mistakes_of(body))


# 5. Modules as values


def test_5_module_yields_what_a_class_body_yields() -> None:
    """The constructor and the class statement say the same things."""
    made = module(
        "made",
        key="made",
        options={"made.size": option(type=int, default=3)},
        definitions=[("process.argv", ["made"]), (Service.notes, ["by target"])],
        kind="service",
    )
    result: Any = evaluate(Service(imports=[made]))
    assert result["made"]["size"] == 3
    assert (result.process.argv, result.notes) == (["made"], ["by target"])


# 6. Groups and submodules


def test_6_a_group_is_a_set_of_option_paths() -> None:
    """Properties on the whole reach the leaves, and other modules declare options below it."""
    more = module("more", options={"process.nice": option(type=int, default=0)}, kind="service")

    class Quiet(Service):
        process = m.default(Process(argv=["quiet"]))

    result: Any = evaluate(Quiet(process=Process(flags={"v": "1"}), imports=[more]))
    assert (result.process.argv, result.process.flags) == (["quiet"], {"v": "1"})
    assert result["process"]["nice"] == 0
    assert evaluate(Quiet(process=Process(argv=["loud"]))).process.argv == ["loud"]


def test_6_entries_are_submodules() -> None:
    """Values of an entry merge in one evaluation; a forced one drops the others."""

    class Pair(Service):
        services = {"a": Web(port=1)}

    merged = evaluate(Pair(services={"a": Service(notes=["n"])}))
    assert (merged.services["a"][Web].port, merged.services["a"].notes) == (1, ["n"])
    forced = evaluate(Pair(services={"a": force(Service(notes=["n"]))}))
    assert Web not in forced.services["a"]


def test_6_an_optional_module_and_submodule_of_are_values() -> None:
    """`M | None` and `SubmoduleOf[M]` are one value each, and read like a group."""

    class Limits(Module):
        memory: int = option(default=1)

    class Sized(Module):
        soft: Limits | None = option()
        hard: m.SubmoduleOf[Limits] = option()

    result = evaluate(Sized())
    assert result.soft is None and result.hard.memory == 1
    soft = evaluate(Sized(soft=Limits(memory=2))).soft
    assert soft is not None and soft.memory == 2


# 7. Targets


def test_7_targets_extend_by_attribute_and_key() -> None:
    """A target goes on into groups and entries."""

    class Shop(Service):
        @define(Service.services["db"].notes)
        def _db(self) -> list[str]:
            return ["of the shop"]

        @define(Service.process.flags["v"])
        def _flag(self) -> str:
            return "2"

    result = evaluate(Shop())
    assert result.services["db"].notes == ["of the shop"]
    assert result.process.flags == {"v": "2"}


@pytest.mark.parametrize(
    "use", [bool, iter, len, str, int, lambda t: t == 1, lambda t: t < 1, lambda t: t + 1]
)
def test_7_a_target_is_no_value(use: Any) -> None:
    """Truth, iteration, comparison, arithmetic and text are refused."""
    assert "has no value here" in str(mistake_of(lambda: use(Web.port)))


def test_7_a_target_is_the_owner_or_its_one_group() -> None:
    """Two groups of a class are an error that lists both paths; the start of one decides."""

    class Two(Module):
        first: Process = option()
        second: Process = option()

    class Unclear(Two):
        @define(Process.argv)
        def _argv(self) -> list[str]:
            return ["x"]

    class Clear(Two):
        @define(Two.second.argv)
        def _argv(self) -> list[str]:
            return ["x"]

    text = str(mistake_of(lambda: evaluate(Unclear()).first))
    assert "first.argv" in text and "second.argv" in text
    result = evaluate(Clear())
    assert (result.first.argv, result.second.argv) == ([], ["x"])


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


class Unit(Service):
    after: list[m.Ref[Service]] = option()


class Host(Module, kind="machine"):
    services: Mapping[str, Service] = option()


class Fleet(Module):
    hosts: dict[str, Host] = option()


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
