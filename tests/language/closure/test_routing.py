"""Definitions on their way to the options they are of."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Module, default, define, force, later, merged, module, option, when
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all

from tests.language.mistakes import mistake_of
from tests.language.services import Process, Service, Web


def defined(*definitions: tuple[Any, Any]) -> Any:
    """A Web with further definitions by path."""
    return evaluate_all([Web, module("user", definitions=list(definitions))])


def test_properties_of_a_whole_reach_its_parts() -> None:
    """Priority, order, condition and several in one, at any level."""
    whole = {"process": {"flags": {"a": "1"}}, "notes": ["n"], "port": 1}
    assert defined(((), force(whole)), ("port", 2)).port == 1
    assert defined(((), default(whole)), ("port", 2)).port == 2
    assert defined(((), when(False, whole))).port == 8000
    assert defined(((), merged(whole, {"port": force(3)}))).port == 3
    assert defined(("process", default({"flags": {"a": "1"}}))).process.flags == {"a": "1"}


def test_the_marker_on_a_whole_drops_no_other_options() -> None:
    """A group is a set of paths: what is forced there wins each path alone."""
    result = defined(("process", force({"flags": {"a": "1"}})), ("process.argv", ["x"]))
    assert (result.process.flags, result.process.argv) == ({"a": "1"}, ["web", "8000", "x"])


def test_a_path_goes_into_the_value_of_an_option() -> None:
    """As nested dicts around the value."""
    result = defined(("process.flags.a", "1"), (("services", "x", "notes"), ["n"]))
    assert result.process.flags == {"a": "1"} and result.services["x"].notes == ["n"]


def test_a_whole_may_be_a_function() -> None:
    """Of a group or of everything; it runs once, and may read what it does not define."""
    ran: list[int] = []

    def whole(view: Any) -> Any:
        ran.append(1)
        return {"flags": {"port": str(view.port)}}

    result = defined(("process", later(whole)))
    assert result.port == 8000 and ran == []
    assert result.process.flags == {"port": "8000"} and ran == [1]
    assert result.process.argv == ["web", "8000"] and ran == [1]


def test_a_whole_function_that_reads_what_it_defines_is_a_ring() -> None:
    """Since only running it tells what it defines."""
    result = defined(("process", later(lambda self: {"flags": {"n": str(self.process.argv)}})))
    assert mistake_of(lambda: result.process.flags).category == "infinite-recursion"


def test_a_group_takes_an_instance_of_its_class() -> None:
    """With its imports; one that adds options of its own is refused."""

    class Wider(Process):
        nice: int = option(default=0)

    importing: Any = Process
    process = importing(flags={"a": "1"}, imports=[Process(argv=["x"])])
    result = evaluate(Web(process=process))
    assert result.process.flags == {"a": "1"} and "x" in result.process.argv
    text = str(mistake_of(lambda: evaluate(Web(process=Wider())).process))
    assert "has options of its own" in text and "Process(argv=...)" in text


@pytest.mark.parametrize("wrong", [3, "x", [], None, True])
def test_options_live_below_a_group(wrong: Any) -> None:
    """A single value there is refused with the names that there are."""
    mistake = mistake_of(lambda: defined(("process", wrong)).process)
    assert mistake.path == ("process",) and "argv" in str(mistake)


def test_other_modules_declare_options_below_a_group() -> None:
    """By path, and used by everybody."""
    more = module("more", options={"process.nice": option(type=int, default=0)})

    class Nice(Service):
        @define(Service.process)
        def _process(self) -> Any:
            return {"nice": 5}

    result: Any = evaluate_all([Nice, more])
    assert result.process.nice == 5


def test_a_group_of_a_class_is_that_class_alone() -> None:
    """Two classes for one group are an error naming both."""

    class Other(Module):
        x: int = option(default=1)

    class One(Module):
        group: Process = option()

    class Two(Module):
        group: Other = option()

    text = str(mistake_of(lambda: evaluate_all([One, Two]).group))
    assert "Process" in text or "Two" in text
