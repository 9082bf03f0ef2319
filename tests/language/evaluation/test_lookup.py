"""Finding options by path in results."""

from __future__ import annotations

from typing import Any

import modsvc_dsl as m
from modsvc_dsl import Module, module, option
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all
from modsvc_dsl.language.evaluation.lookup import find_group, find_option, is_there

from tests.language.mistakes import mistake_of
from tests.language.services import Host, Service, Web


class Nested(Module):
    inner: Host | None = option()
    one: m.SubmoduleOf[Web] = option()
    items: list[Web] = option()


def host() -> Any:
    """A host with a service in a service."""
    return evaluate(Host(services={"a": Service(services={"b": Web(port=3)})}))


def test_a_path_goes_through_groups_entries_and_submodules() -> None:
    """As far as there are options; the rest is inside the value of the last."""
    found = find_option(host(), ("services", "a", "services", "b", "process", "flags", "v"))
    assert found.slot is not None and found.slot.path == ("process", "flags")
    assert found.rest == ("v",)
    assert found.path == ("services", "a", "services", "b", "process", "flags", "v")


def test_a_path_that_ends_at_a_result_is_an_entry_of_its_option() -> None:
    """Not one of the options in it."""
    found = find_option(host(), ("services", "a"))
    assert found.slot is not None and (found.slot.path, found.rest) == (("services",), ("a",))


def test_submodules_of_every_sort_are_entered() -> None:
    """Optional ones, single ones, and items of lists."""
    result = evaluate(Nested(inner=Host(), items=[Web(), Web(port=2)]))
    for path in (("inner", "services"), ("one", "port"), ("items", 1, "port")):
        assert find_option(result, path).path == path


def test_a_name_that_is_not_there() -> None:
    """Says whose options there are, with what was meant."""
    mistake = mistake_of(lambda: find_option(host(), ("services", "a", "notse")))
    assert mistake.path == ("services", "a", "notse")
    assert "did you mean `notes`" in str(mistake) and "of Service" in str(mistake)
    group = mistake_of(lambda: find_option(evaluate(Web()), ("process",)))
    assert "group of options" in str(group) and "argv" in str(group)
    inside = mistake_of(lambda: find_option(evaluate(Web()), ("process", "argc")))
    assert "did you mean `argv`" in str(inside)


def test_old_names_lead_to_the_new_ones() -> None:
    """A removed one leads nowhere."""
    new = module("new", options={"net.port": option(type=int, default=1)})
    result = evaluate_all([new, m.renamed("port", "net.port"), m.removed("gone", "no use")])
    assert find_option(result, ("port",)).path == ("net", "port")
    assert mistake_of(lambda: find_option(result, ("gone",))).path == ("gone",)


def test_whether_there_is_an_option_reads_as_little_as_it_can() -> None:
    """Groups and options count; what is in dicts is not asked."""
    result = evaluate(Web())
    for path, there in (
        (("port",), True),
        (("process",), True),
        (("process", "argv"), True),
        (("process", "argc"), False),
        (("nothing", "at", "all"), False),
    ):
        assert is_there(result, path) is there
    one = evaluate(Nested())
    assert is_there(one, ("one", "port")) and not is_there(one, ("one", "prot"))


def test_groups() -> None:
    """By a path of groups alone; the empty path is the result's own."""
    result = evaluate(Web())
    process = find_group(result, ("process",))
    assert process is not None and process.path == ("process",)
    assert find_group(result, ()) is result.__group__
    assert find_group(result, ("port",)) is None and find_group(result, ("x",)) is None
    inside: Any = result.process
    found = find_option(inside, ("argv",))
    assert found.path == ("process", "argv")
