"""Where other module systems have shown that ours gave another value: each case as small as it can be.

In: modules. Out: their values as `lib.evalModules` of nixpkgs computes them.
"""

from __future__ import annotations

from typing import Annotated, Any

import pytest

import modsvc_dsl as m
from modsvc_dsl import Module, option
from modsvc_dsl.language.declaration.record import AS_MODULE
from modsvc_dsl.language.errors import Undefined, WrongType
from tests.language.mistakes import mistake_of, mistakes_of


def number(default: int) -> Any:
    return m.option(type=int, default=default)


class TestDisabledInAnExtension:
    inner = m.module("inner", options={"num": number(1)})
    outer = m.module("outer", options={"flag": number(0)}, imports=[inner])
    without = m.module("without", disabled=[outer])

    def test_its_imports_go_too(self) -> None:
        """They were only there because of it."""
        assert m.data(m.extend(m.evaluate_all([self.outer]), [self.without])) == {}
        assert m.data(m.evaluate_all([self.outer, self.without])) == {}

    def test_what_others_import_stays(self) -> None:
        """Who else asks for a module has it."""
        other = m.module("other", imports=[self.inner])
        result = m.extend(m.evaluate_all([self.outer, other]), [self.without])
        assert m.data(result) == {"num": 1}

    def test_an_extension_of_an_extension(self) -> None:
        """Each has all that came before."""
        more = m.module("more", definitions={"num": 7})
        once = m.extend(m.evaluate_all([self.outer]), [more])
        assert m.data(m.extend(once, [m.module("last")])) == {"num": 7, "flag": 0}
        assert len(mistakes_of(lambda: m.check(m.extend(once, [self.without])))) == 1


class TestDeclarationsWithAndWithoutAType:
    typed = m.module("typed", options={"name": m.option(type=str)})
    plain = m.module("plain", options={"name": m.option()}, definitions={"name": "x"})

    @pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0), (1, 0, 1)])
    def test_to_say_no_type_contradicts_none(self, order: tuple[int, ...]) -> None:
        """In whatever order they come."""
        both = [self.typed, self.plain]
        assert m.data(m.check(m.evaluate_all([both[index] for index in order]))) == {"name": "x"}


class Free(Module):
    """What is said of names that nobody declares."""

    u: int = option(default=1)
    may: int = option(required=False)


class TestASubmoduleOfUndeclaredNames:
    module = m.module("free", options={"known": number(0)}, freeform=m.submodule(Free))

    def test_its_options_are_values_of_the_module(self) -> None:
        """Those without a value are none, and all are where nobody defines any."""
        result = m.evaluate(m.module("all", imports=[self.module], definitions={"u": 5}))
        assert m.data(m.check(result)) == {"known": 0, "u": 5}
        assert result["u"] == 5
        assert m.data(m.evaluate(self.module)) == {"known": 0}

    def test_what_it_does_not_know_is_a_mistake(self) -> None:
        """As in any other submodule."""
        wrong = m.module("all", imports=[self.module], definitions={"v": 5})
        assert "`v` is no option of Free" in str(mistake_of(lambda: m.check(m.evaluate(wrong))))


def test_a_union_of_one_is_empty_as_that_one_is() -> None:
    """Of several nobody knows which is meant."""
    one = m.module("one", options={"a": m.option(type=m.first_of(list[int]))})
    assert m.data(m.evaluate(one)) == {"a": []}
    two = m.module("two", options={"a": m.option(type=m.first_of(list[int], dict[str, int]))})
    assert isinstance(mistake_of(lambda: m.check(m.evaluate(two))), Undefined)


def test_a_wrong_type_is_told_before_one_definition_too_many() -> None:
    """All that is wrong with a value comes before how many there are."""
    options = {"a": m.option(type=Annotated[int, m.Unique()])}
    wrong = m.module("wrong", options=options, definitions={"a": "x"})
    right = m.module("right", definitions={"a": 1})
    assert isinstance(mistake_of(lambda: m.check(m.evaluate_all([wrong, right]))), WrongType)


def test_a_tag_whose_value_is_under_a_false_condition_has_none() -> None:
    """It is no value of the wrong type."""
    options = {"a": m.option(type=m.tagged({"left": int, "right": str}))}
    definitions = {"a": {"left": m.when(False, 1)}}
    module = m.module("one", options=options, definitions=definitions)
    mistake = mistake_of(lambda: m.check(m.evaluate(module)))
    assert isinstance(mistake, Undefined)
    assert mistake.path == ("a", "left")


class TestNamesOfLazyEntries:
    def test_they_are_known_before_any_entry_is_computed(self) -> None:
        """Each entry is computed when it is read, and is a mistake no sooner."""

        def never(_: Any) -> int:
            raise AssertionError("nobody reads it")

        options = {"a": m.option(type=Annotated[dict[str, int], m.LazyEntries()])}
        entries = {"x": m.later(never), "y": m.when(False, 1), "z": 3}
        result = m.evaluate(m.module("one", options=options, definitions={"a": entries}))
        found = result["a"]
        assert (list(found), len(found), "x" in found, "w" in found) == (
            ["x", "y", "z"],
            3,
            True,
            False,
        )
        assert (*found.keys(),) == (*reversed([*reversed(found)]),)
        assert found["z"] == 3
        assert isinstance(mistake_of(lambda: found["y"]), Undefined)
        assert list(found) == ["x", "y", "z"]

    def test_an_entry_may_read_the_names(self) -> None:
        """Also those of its own dict."""
        options = {"a": m.option(type=Annotated[dict[str, int], m.LazyEntries()])}
        definitions = {"a": {"x": m.later(lambda view: len(view["a"])), "y": 1}}
        result = m.evaluate(m.module("one", options=options, definitions=definitions))
        assert m.data(m.check(result)) == {"a": {"x": 2, "y": 1}}


class TestDictsThatAreModules:
    options = {"a": m.option(type=m.submodule(Free, shorthand=False))}

    def value(self, said: dict[str, Any]) -> Any:
        module = m.module("one", options=self.options, definitions={"a": said})
        return m.data(m.check(m.evaluate(module)))["a"]

    def test_imports_stand_beside_settings(self) -> None:
        """Where nobody says `config`, all the rest is that."""
        extra = m.module("extra", options={"more": number(2)})
        assert self.value({"imports": [extra], "u": 5}) == {"u": 5, "more": 2}
        assert self.value({"config": {"u": 6}}) == {"u": 6}
        assert self.value({"u": 7}) == {"u": 7}

    def test_what_stands_beside_config_is_not_lost(self) -> None:
        """It would say nothing."""
        mistake = mistake_of(lambda: self.value({"config": {}, "u": 5}))
        assert str(mistake).startswith(
            "'u' beside `config` says nothing in a module that is a dict\n"
        )


def test_an_argument_of_a_submodule_has_one_value() -> None:
    """Two declarations of one option cannot give it another one each."""

    def declared(colour: str) -> Any:
        type_ = m.submodule(Free, arguments={"colour": colour})
        return m.module(colour, options={"a": m.option(type=type_)})

    both = [declared("red"), declared("blue")]
    assert "is declared twice, with types that contradict" in str(
        mistake_of(lambda: m.check(m.evaluate_all(both)))
    )
    m.check(m.evaluate_all([declared("red"), declared("red")]))


def imported(said: Any) -> Any:
    """What the deferred module in an option defines, where it is imported."""
    holder = m.module("holder", options={"d": m.option(type=m.Deferred)}, definitions=said)
    user = m.module(
        "user",
        options={"x": number(0)},
        imports=[m.later(lambda view: m.evaluate(holder)["d"])],
    )
    return m.data(m.check(m.evaluate(user)))


def test_a_deferred_module_that_nobody_defines_has_no_value() -> None:
    """As other options have none."""
    holder = m.module("holder", options={"d": m.option(type=m.Deferred)})
    assert isinstance(mistake_of(lambda: m.check(m.evaluate(holder))), Undefined)


def test_a_dict_may_be_a_deferred_module() -> None:
    """In the words of one, or settings alone."""
    extra = m.module("extra", definitions={"x": 4})
    assert imported({"d": {"x": 2}}) == {"x": 2}
    assert imported({"d": {"config": {"x": 3}}}) == {"x": 3}
    assert imported({"d": {"imports": [extra]}}) == {"x": 4}


@pytest.mark.parametrize(
    "said", [{"options": {"y": 1}}, {"options": {}}, {"config": {"x": 1}, "options": {"y": 1}}]
)
def test_a_dict_that_is_a_module_declares_nothing(said: dict[str, Any]) -> None:
    """What it would declare was lost otherwise, and where a module is to stand it is none."""
    open_type = m.submodule(Free, shorthand=False)
    holder = m.module("h", options={"a": m.option(type=open_type)}, definitions={"a": said})
    for work in (lambda: imported({"d": said}), lambda: m.check(m.evaluate(holder))):
        mistake = mistake_of(work)
        assert "`options` stands in a module that is a dict" in str(mistake)
        assert [location.file for _, location in mistake.report().places] == [__file__]
        assert mistake.report().advice == (AS_MODULE,)


class Settled(Module):
    x: int = option(default=0)


@pytest.mark.parametrize("said", [{"config": {}}, {"options": {}, "config": {}}, {"imports": []}])
def test_a_dict_in_the_place_of_a_module_is_told_what_to_write(said: dict[str, Any]) -> None:
    """Among those to evaluate, to import, and to be settings alone, of a group or a submodule."""
    made: Any = Settled
    for work in (
        lambda: m.evaluate_all([said]),
        lambda: m.module("importer", imports=[said]),
        lambda: made(imports=[said]),
    ):
        assert mistake_of(work).report().advice == (AS_MODULE,)
    for type_ in (Settled, m.submodule(Settled)):
        holder = m.module("h", options={"a": m.option(type=type_)}, definitions={"a": said})
        found = m.find_mistakes(m.evaluate(holder))
        assert len(found) == len(said)
        assert all("a dict here has settings alone" in str(mistake) for mistake in found)


def test_options_may_be_called_as_the_words_of_modules() -> None:
    """Then they are options."""
    options = {name: m.option(type=int) for name in ("config", "options", "imports")}
    named = m.submodule(m.module("named", options=options))
    said = {"config": 1, "options": 2, "imports": 3}
    holder = m.module("h", options={"a": m.option(type=named)}, definitions={"a": said})
    assert m.data(m.check(m.evaluate(holder))) == {"a": said}
