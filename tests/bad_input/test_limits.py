"""Depth, length and size: what has to work, and what has to be refused in words.

In: chains, nesting and heaps of definitions. Out: a failing test where one ends in a RecursionError, in
a crash of the interpreter, or not at all. Stacks of other sizes are tried in processes of their own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl.language.errors import TooDeep, WrongType
from modsvc_dsl.language.cells.stack import DEEPEST
from tests.bad_input.watchdog import within

ROOT = Path(__file__).resolve().parents[2]


def chain(length: int) -> Any:
    """A module of options that each read the next; the last is 0."""

    def link(index: int) -> Any:
        return m.later(lambda view: view[f"o{index + 1}"] + 1)

    options = {f"o{index}": m.option(type=int) for index in range(length + 1)}
    links = {f"o{index}": link(index) for index in range(length)}
    return m.module("chain", options=options, definitions={**links, f"o{length}": 0})


def attribute_chain(length: int) -> Any:
    """The same as a class whose methods read attributes."""
    lines = [
        f"    @option\n    def o{index}(self) -> int:\n        return self.o{index + 1} + 1\n"
        for index in range(length)
    ]
    names: dict[str, Any] = {"Module": m.Module, "option": m.option, "__name__": "chain"}
    source = f"class Chain(Module):\n{''.join(lines)}    o{length}: int = option(default=0)\n"
    exec(compile(source, "<chain>", "exec", dont_inherit=True), names)
    return names["Chain"]


class Entries(m.Module):
    """A dict whose entries read each other."""

    entries: dict[str, int] = m.option(default={})


def entry_chain(length: int) -> Any:
    """A dict of which each entry reads the next one."""

    def link(index: int) -> Any:
        return m.later(lambda view: view.entries[f"o{index + 1}"] + 1)

    links = {f"o{index}": link(index) for index in range(length)}
    return Entries(entries={**links, f"o{length}": 0})


READERS: dict[str, tuple[Callable[[int], Any], Callable[[Any], int]]] = {
    "options": (chain, lambda result: int(result["o0"])),
    "attributes": (attribute_chain, lambda result: int(result.o0)),
    "entries": (entry_chain, lambda result: int(result.entries["o0"])),
}


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("length", [1, 1_000, 5_000])
def test_a_chain_of_references_is_followed(kind: str, length: int) -> None:
    """Options that reach each other through thousands of reads have their values."""
    make, read = READERS[kind]
    before = sys.getrecursionlimit()
    assert within(60, lambda: read(m.evaluate(make(length)))) == length
    assert sys.getrecursionlimit() == before


def test_a_chain_is_followed_in_the_main_thread() -> None:
    """The same without the watchdog's thread around it."""
    assert m.evaluate(chain(1_000))["o0"] == 1_000


@pytest.mark.parametrize("kind", ["options", "entries"])
def test_a_chain_that_is_too_long_is_refused(kind: str) -> None:
    """20,000 reads inside of each other are refused, and the options behind them are not lost."""
    make, read = READERS[kind]
    result = m.evaluate(make(20_000))
    with pytest.raises(TooDeep, match=f"more than {DEEPEST} nested reads"):
        within(60, lambda: read(result))
    short = DEEPEST // 2
    if kind == "options":
        assert result[f"o{20_000 - short}"] == short
    assert within(60, lambda: len(m.find_mistakes(result))) >= 1


def test_a_chain_is_followed_from_the_end_of_a_stack() -> None:
    """A caller whose own stack is nearly used up reads like any other."""

    def deeper(depth: int, result: Any) -> Any:
        return result["o0"] if depth == 0 else deeper(depth - 1, result)

    assert within(60, lambda: deeper(850, m.evaluate(chain(1_000)))) == 1_000


CHAINS = """
import sys, threading
from tests.bad_input.test_limits import READERS, evaluate_there
limit, size, kind, length = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
sys.setrecursionlimit(limit)
evaluate_there(size, kind, length)
"""


def evaluate_there(size: int, kind: str, length: int) -> None:
    """Print what a chain comes to in a thread with so much memory, and what its user has set."""
    make, read = READERS[kind]
    module = make(length)
    found: list[str] = []

    def go() -> None:
        try:
            found.append(str(read(m.evaluate(module))))
        except TooDeep:
            found.append("TooDeep")

    threading.stack_size(size)
    thread = threading.Thread(target=go)
    thread.start()
    thread.join()
    print(*found, threading.stack_size())


def process(limit: int, size: int, kind: str, length: int) -> str:
    """What a process prints that evaluates a chain under a recursion limit and a stack size."""
    arguments = [str(limit), str(size), kind, str(length)]
    done = subprocess.run(
        [sys.executable, "-c", CHAINS, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr[-500:]}"
    return done.stdout.strip()


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("size", [65_536, 131_072, 262_144])
def test_a_chain_is_followed_in_a_thread_with_a_small_stack(kind: str, size: int) -> None:
    """A thread with little memory reads a chain of 1,000, and its size stays what the user set."""
    assert process(1_000, size, kind, 1_000) == f"1000 {size}"


@pytest.mark.parametrize("kind", ["options", "entries"])
def test_a_chain_under_a_recursion_limit_that_was_raised(kind: str) -> None:
    """A user who has raised the recursion limit gets the same, and no crash of the interpreter."""
    assert process(1_000_000, 0, kind, 5_000) == "5000 0"
    assert process(1_000_000, 0, kind, 20_000) == "TooDeep 0"


class Nested(m.Module):
    """A module in itself, by name."""

    size: int = m.option(default=1)
    inner: dict[str, Nested] = m.option(default={})

    @m.option
    def total(self) -> int:
        """The sizes of this and of everything in it."""
        return self.size + sum(each.total for each in self.inner.values())


def test_submodules_nested_a_hundred_levels() -> None:
    """They have values, data and mistakes like any others."""
    text: Any = "deep"
    module, wrong = Nested(size=1), Nested(size=text)
    for _ in range(100):
        module, wrong = Nested(inner={"x": module}), Nested(inner={"x": wrong})
    result = within(60, lambda: m.check(m.evaluate(module)))
    assert result.total == 101
    data = within(60, lambda: m.json_data(result))
    for _ in range(100):
        data = data["inner"]["x"]
    assert data["total"] == 1
    (mistake,) = within(60, lambda: m.find_mistakes(m.evaluate(wrong)))
    assert isinstance(mistake, WrongType)
    assert mistake.path == (*("inner", "x") * 100, "size")
    assert len(str(mistake)) < 1_000


def test_thousands_of_mistakes_in_one_statement(tmp_path: Path) -> None:
    """Each has its own line, found without going through the whole file for each."""
    text = "    's{0}': m.Service(process=m.Process(argv=['rel']), lifecycle=m.Lifecycle(restart='no-')),"
    lines = ["import modsvc_dsl as m", "host = m.Host(services={"]
    lines += [text.format(number) for number in range(2000)] + ["})"]
    file = tmp_path / "many.py"
    file.write_text("\n".join(lines))
    names: dict[str, Any] = {}
    exec(compile(file.read_text(), str(file), "exec"), names)
    told = within(20, lambda: [str(each) for each in m.find_mistakes(m.evaluate(names["host"]))])
    assert len(told) == 4000
    assert sum(f"many.py:{number + 3}\n" in text for number in (0, 999, 1999) for text in told) == 6


def test_a_directory_of_all_services_is_told_once_for_each() -> None:
    """Not once for each pair of them."""
    taking = m.Service(
        process=m.Process(argv=["/usr/bin/web"]),
        directories=m.Directories(state=m.Directory(name="shared")),
    )
    host = m.Host(services={f"s{number}": taking for number in range(200)})
    assert len(within(20, lambda: m.find_mistakes(m.evaluate(host)))) == 199


@pytest.mark.parametrize("levels", [300, 450, 600])
def test_services_nested_too_deeply(levels: int) -> None:
    """Deeper than a program can go down through them, they are told with a line of the user's."""
    service = m.Service(process=m.Process(argv=["/usr/bin/web"]))
    for _ in range(levels):
        service = m.Service(services={"a": service})
    host = m.Host(services={"web": service})
    found: list[m.Mistake] = []
    for work in (m.check, m.build, m.find_mistakes):
        try:
            made: Any = within(60, lambda work=work: work(m.evaluate(host)))  # type: ignore[misc]
            found += made if isinstance(made, list) else []
        except (m.Mistake, m.Mistakes) as error:
            found += m.flatten(error)
    assert found and all("at " + __file__ in str(each) for each in found)
    if levels > 300:  # which a newer Python goes down through, up to a unit with too long a name
        assert len(found) == 3 and all(isinstance(each, TooDeep) for each in found)


def test_groups_nested_a_hundred_levels() -> None:
    """An option a hundred groups down is read, defined and told like any other."""
    path = ".".join(["group"] * 100)
    options = {f"{path}.port": m.option(type=int)}
    for value, count in ((80, 0), ("80", 1)):
        made = m.module("deep", options=options, definitions={f"{path}.port": value})
        assert len(within(60, lambda made=made: m.find_mistakes(m.evaluate(made)))) == count  # type: ignore[misc]


def test_classes_of_groups_nested_a_hundred_levels() -> None:
    """The same with a class for each level."""
    inner: Any = Nested
    for level in range(100):
        names = {"m": m, "inner": inner, "__name__": "levels"}
        exec(f"class Level{level}(m.Module):\n    group: inner = m.option()\n", names)
        inner = names[f"Level{level}"]
    result = within(60, lambda: m.check(m.evaluate(inner)))
    for _ in range(100):
        result = result.group
    assert result.size == 1


def test_dicts_and_lists_nested_a_hundred_levels() -> None:
    """Plain data keeps its shape, and a mistake in it its path."""
    sort, right, wrong = m.list_of(int), [1], ["1"]
    for _ in range(100):
        sort, right, wrong = m.dict_of(sort), {"a": right}, {"a": wrong}  # type: ignore[assignment]
    made = m.module("deep", options={"data": m.option(type=sort)}, definitions={"data": right})
    assert within(60, lambda: m.data(m.evaluate(made))["data"]) == right
    made = m.module("deep", options={"data": m.option(type=sort)}, definitions={"data": wrong})
    (mistake,) = within(60, lambda: m.find_mistakes(m.evaluate(made)))
    assert mistake.path == ("data", *["a"] * 100, 0)


def test_ten_thousand_definitions_of_one_list() -> None:
    """They are joined, in order, whichever way they are written."""
    options = {"items": m.option(type=list[int])}
    parts = [m.module(f"part{n}", definitions={"items": [n]}) for n in range(10_000)]
    by_modules = m.module("all", options=options, imports=parts)
    by_value = m.module(
        "all", options=options, definitions={"items": m.merged(*([n] for n in range(10_000)))}
    )
    by_pairs = m.module("all", options=options, definitions=[("items", [n]) for n in range(10_000)])
    for made in (by_modules, by_value, by_pairs):
        items = within(60, lambda made=made: m.check(m.evaluate(made))["items"])  # type: ignore[misc]
        assert items == list(range(10_000))


def test_ten_thousand_definitions_that_conflict() -> None:
    """The message lists some of the places and counts the rest."""
    options = {"port": m.option(type=int)}
    definitions = {"port": m.merged(*range(10_000))}
    made = m.module("all", options=options, definitions=definitions)
    (mistake,) = within(60, lambda: m.find_mistakes(m.evaluate(made)))
    assert "and 9992 more places" in str(mistake)
    assert len(str(mistake)) < 3_000


def test_ten_thousand_imports_in_a_row() -> None:
    """Modules that import each other in a chain have no depth of their own."""
    made = m.module("last", options={"port": m.option(type=int)}, definitions={"port": 80})
    for number in range(10_000):
        made = m.module(f"m{number}", imports=[made])
    assert within(60, lambda: m.evaluate(made)["port"]) == 80


def test_properties_in_each_other() -> None:
    """What a value wears may be any number of layers, of which the outermost counts."""
    value: Any = 80
    for _ in range(20_000):
        value = m.force(value)
    made = m.module("all", options={"port": m.option(type=int)}, definitions={"port": value})
    assert within(60, lambda: m.evaluate(made)["port"]) == 80
    for _ in range(20_000):
        value = m.merged(value)
    made = m.module("all", options={"port": m.option(type=int)}, definitions={"port": value})
    with pytest.raises(TooDeep):
        within(60, lambda: m.evaluate(made)["port"])


def test_a_huge_result_is_read() -> None:
    """Ten thousand submodules in one dict."""
    made = Nested(inner={f"n{number}": Nested(size=number) for number in range(10_000)})
    result = within(60, lambda: m.check(m.evaluate(made)))
    assert result.total == 1 + sum(range(10_000))


@pytest.mark.parametrize("times", [1, 2])
def test_what_lies_in_itself_has_an_end(times: int) -> None:
    """However often it does, and whatever is looked for in it."""
    endless: list[object] = []
    endless += [endless] * times
    around: dict[str, object] = {}
    around |= {str(number): around for number in range(times)}

    class Holding(m.Module):
        """Options of any data."""

        items: list[object] = m.option()
        entries: dict[str, object] = m.option()

    for wrong in (lambda: Holding(items=endless), lambda: Holding(entries=around)):
        found = within(20, lambda wrong=wrong: m.find_mistakes(m.evaluate(wrong())))  # type: ignore[misc]
        assert found and all("nested too deeply" in str(each) for each in found)
