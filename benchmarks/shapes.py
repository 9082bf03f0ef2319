"""Work of other shapes than the standard one, each against a size.

`python3 benchmarks/shapes.py SHAPE N [--json]` does one of them: see `SHAPES`. `work_cpu_s` is the
work alone; imports, and writing the modules down where that is not the work, are told apart.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

START = time.perf_counter()
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for `benchmarks`, as a script

from modsvc_dsl import (  # noqa: E402
    Host,
    Mistakes,
    Module,
    Port,
    Process,
    Service,
    check,
    define,
    evaluate,
    later,
    module,
    option,
)


class Level(Module):
    """A submodule that holds the next one."""

    number: int = option(default=0)
    inner: Mapping[str, Level] = option()


class Words(Module):
    """One list."""

    words: list[str] = option()


class Numbers(Module):
    """A dict whose entries read one another."""

    numbers: dict[str, int] = option()


class Web(Service):
    """A service with a port."""

    port: Port = option(default=80)

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return ["/bin/web", str(self.port)]


Work = Callable[[], int]


def nesting(depth: int) -> Work:
    """Submodules one inside the other."""
    made = Level(number=depth)
    for number in range(depth - 1, 0, -1):
        made = Level(number=number, inner={"next": made})

    def work() -> int:
        view = check(evaluate(made))
        while view.inner:
            view = view.inner["next"]
        return view.number

    return work


def lists(count: int) -> Work:
    """One list with so many definitions of ten items each."""
    parts = [
        module(f"part {n}", definitions={"words": [f"{n}-{i}" for i in range(10)]})
        for n in range(count)
    ]
    made: Any = Words
    whole = module("all", imports=[made, *parts])
    return lambda: len(check(evaluate(whole))["words"])


def graph(count: int) -> Work:
    """Modules of which each imports the twenty before it."""
    made: list[Any] = [Words]
    for n in range(count):
        made.append(module(f"m{n}", imports=made[-20:], definitions={"words": [str(n)]}))
    return lambda: len(check(evaluate(made[-1]))["words"])


def references(length: int) -> Work:
    """Options of which each reads the one before it, the last one read first."""

    def after(number: int) -> Any:
        return later(lambda self: self.numbers[f"n{number - 1}"] + 1)

    chain: Any = {f"n{number}": after(number) for number in range(1, length)}
    result = evaluate(Numbers(numbers={"n0": 0, **chain}))
    return lambda: result.numbers[f"n{length - 1}"]


def mistakes(count: int) -> Work:
    """Services each with a port that does not fit, and the whole text of what is wrong."""
    wrong: Any = "eighty"
    host = Host(services={f"web{i}": Web(port=wrong) for i in range(count)})

    def work() -> int:
        try:
            check(evaluate(host))
        except Mistakes as found:
            assert len(str(found)) > 100 * count
            return len(found.mistakes)
        return 0

    return work


def classes(count: int) -> Work:
    """Modules of thirty options each, made as classes and evaluated together."""
    names: dict[str, Any] = {"Module": Module, "option": option}
    bodies = []
    for n in range(count):
        options = "\n".join(f"    o{n}_{i}: int = option(default={i})" for i in range(30))
        bodies.append(compile(f"class M{n}(Module):\n{options}\n", f"m{n}.py", "exec"))

    def work() -> int:
        for body in bodies:
            exec(body, names)
        made = [names[f"M{n}"] for n in range(count)]
        result: Any = check(evaluate(module("all", imports=made)))
        return int(result[f"o{count - 1}_29"])

    return work


def one_option(count: int) -> Work:
    """One option of one service among so many, which are written but not evaluated."""
    host = Host(services={f"web{i}": Web(port=1 + i % 1000) for i in range(count)})

    def work() -> int:
        result: Any = evaluate(host)
        return int(result.services["web1"].port)

    return work


SHAPES: Mapping[str, Callable[[int], Work]] = {
    "nesting": nesting,
    "lists": lists,
    "graph": graph,
    "references": references,
    "mistakes": mistakes,
    "classes": classes,
    "one_option": one_option,
}

if __name__ == "__main__":
    from benchmarks.measure import report

    shape = SHAPES[sys.argv.pop(1)]
    report(__doc__, START, lambda work: {"result": work()}, shape)
