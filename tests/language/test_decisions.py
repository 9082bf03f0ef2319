"""The decisions of the language's design about modules, 1 to 7, a test or a few for each.

How exactly a file of the language keeps one is proved in the test of that file.
"""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

import modsvc_dsl as m
from modsvc_dsl import Module, define, force, imports, module, option
from modsvc_dsl.language.evaluation.evaluate import evaluate

from tests.language.mistakes import mistake_of, mistakes_of, statements
from tests.language.services import Process, Service, Web

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
