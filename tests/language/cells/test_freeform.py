"""Modules that take undeclared names of one type beside their declared options."""

from __future__ import annotations

from typing import Any

import modsvc_dsl as m
from modsvc_dsl import Module, check, define, force, later, module, option, submodule, when
from modsvc_dsl.language.errors import TooDeep
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all
from modsvc_dsl.language.evaluation.history import history

from tests.language.mistakes import mistake_of, mistakes_of


class Settings(Module, freeform=dict[str, int | str]):
    port: int = option(default=80)
    name: str = option(compute=lambda self: f"on {self.port}")


class App(Module):
    settings: Settings = option()
    table: dict[str, Any] = option()


def app(*definitions: tuple[str, Any]) -> Any:
    """An evaluated App with definitions by path."""
    return evaluate_all([App, module("user", definitions=list(definitions))])


def test_undeclared_names_are_taken_and_checked() -> None:
    """They merge by the freeform type, and a wrong one is an error at its own path."""
    result = app(("settings.level", 3), ("settings.mode", "x"), ("settings.port", 1))
    assert m.data(result.settings) == {"port": 1, "name": "on 1", "level": 3, "mode": "x"}
    assert result.settings["level"] == 3 and result.settings.level == 3
    assert "level" in result.settings and "absent" not in result.settings
    wrong = app(("settings.level", 1.5))
    assert "`settings.level`" in str(mistake_of(lambda: check(wrong)))


def test_absent_names_are_no_mistake_until_they_are_read() -> None:
    """Nothing undeclared is an empty rest; a name read that nobody defines is an error."""
    result = app()
    assert m.data(check(result).settings) == {"port": 80, "name": "on 80"}
    assert "settings.level" in str(mistake_of(lambda: result.settings.level))


def test_a_declared_option_keeps_its_own_type() -> None:
    """The freeform type is for undeclared names alone."""
    assert "settings.port" in str(mistake_of(lambda: check(app(("settings.port", "x")))))


def test_properties_count_in_undeclared_names() -> None:
    """Conditions, priorities and several definitions work as for declared options."""
    result = app(
        ("settings.a", 1),
        ("settings.a", force(2)),
        ("settings.b", when(False, 1)),
        ("settings", m.default({"c": 1, "d": 5})),
        ("settings.c", 3),
    )
    assert m.data(result.settings) == {"port": 80, "name": "on 80", "a": 2, "c": 3, "d": 5}
    clash = app(("settings.a", 1), ("settings.a", 2))
    assert mistake_of(lambda: check(clash)).category == "conflict"


def test_declared_options_read_undeclared_names_and_back() -> None:
    """Both directions work, since entries are merged one by one."""

    class Both(Module, freeform=dict[str, int]):
        total: int = option(compute=lambda self: self["extra"] + 1)

        @define(total)
        def _none(self) -> int:
            return when(False, 0)

    made = module("m", definitions={"extra": 4, "copy": later(lambda self: self.total)})
    assert m.data(evaluate_all([Both, made])) == {"total": 5, "extra": 4, "copy": 5}


def test_declared_options_lie_beside_undeclared_names_at_any_depth() -> None:
    """A freeform module may declare groups, and what is undeclared in them is taken too."""
    outer = module(
        "outer",
        options={"web.port": option(type=int, default=1)},
        definitions={"web.extra": "e", "web.port": 2, "top": "t"},
        freeform=dict[str, Any],
    )
    result = evaluate_all([outer])
    assert m.data(result) == {"web": {"port": 2, "extra": "e"}, "top": "t"}
    assert result.web.extra == "e"


def test_the_innermost_freeform_module_takes_a_name() -> None:
    """A freeform group inside a freeform module has its own type."""

    class Outer(Module, freeform=dict[str, str]):
        inner: Settings = option()

    made = module("m", definitions={"inner.level": 3, "word": "w"})
    result = evaluate_all([Outer, made])
    assert (result.inner.level, result.word) == (3, "w")


def test_a_function_for_the_whole_may_give_undeclared_names() -> None:
    """A computed definition of a freeform group reaches declared and undeclared names."""

    class Made(App):
        @define(App.settings)
        def _settings(self) -> Any:
            return {"port": 7, "level": 8}

    result: Any = evaluate(Made())
    assert m.data(result.settings) == {"port": 7, "name": "on 7", "level": 8}


def test_a_function_that_needs_the_names_it_gives_is_a_ring() -> None:
    """Which names there are is known only once the function ran."""

    class Ring(App):
        @define(App.settings)
        def _settings(self) -> Any:
            settings: Any = self.settings
            return {"level": settings["other"]}

    ring: Any = evaluate(Ring())
    assert mistake_of(lambda: ring.settings["level"]).category == "infinite-recursion"


def test_two_freeform_modules_say_the_same_type() -> None:
    """Equal types are one; different ones are an error."""
    same = module("same", freeform=dict[str, int | str])
    other = module("other", freeform=dict[str, bool])
    assert m.data(evaluate_all([Settings, same]))["port"] == 80
    assert "differs" in str(mistake_of(lambda: evaluate_all([Settings, other]).port))


def test_submodules_may_be_freeform_and_the_freeform_type() -> None:
    """Each undeclared name is then a module of its own."""

    class Sites(Module, freeform=dict[str, Settings]):
        pass

    made = module("m", definitions={"one": {"port": 1}, "two.extra": "e"})
    result = evaluate_all([Sites, made])
    assert (result["one"].port, result["two"].extra) == (1, "e")


def test_the_history_of_an_undeclared_name() -> None:
    """It is told like that of an option."""
    result = app(("settings.a", 1), ("settings.a", force(2)))
    told = history(result, "settings.a")
    assert [(entry.value, entry.fate) for entry in told] == [(2, "won"), (1, "lost")]


def test_the_freeform_type_is_a_dict() -> None:
    """Of all undeclared names together; a bare union, or the type of one name, is refused."""
    for wrong in (int | str, int, list[int]):
        made = module("m", freeform=wrong)
        text = str(mistake_of(lambda: evaluate_all([made]).x))  # noqa: B023
        assert "freeform=dict[str, ...]" in text


def test_undeclared_names_that_are_the_module_again_have_no_end() -> None:
    """The mistake stands at the module, and checking comes to an end."""
    made: Any = None
    inner = module("inner", imports=[later(lambda _: made)])
    made = module("made", definitions={"x": {"y": 1}}, freeform=submodule(inner))
    mistake = mistakes_of(lambda: check(evaluate_all([made])))[0]
    assert isinstance(mistake, TooDeep) and mistake.path == ()
    assert [location.file for _, location in mistake.report().places] == [__file__]
