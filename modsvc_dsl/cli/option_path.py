"""PATH on the command line: `web0.services.docs.port`, `services["a b"].port`.

In: text, and a result. Out: the steps of the path, the value there and the result that it is read
from. Refuses to print. Names stand between dots; a name with dots or blanks in it stands in
brackets, with or without quotes (a shell may have taken them away); a number in brackets counts
the items of a list from 0. The first name may be that of a host in a fleet, of a host alone, or of a
service on it, without `hosts.` or `services.` before it, or an option of the only service there is.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any, NamedTuple

from ..fleet.host import Host
from ..language.evaluation.configuration import is_result
from ..language.errors import Mistake, Mistakes, Report
from ..language.words import Path, did_you_mean, show_kind, show_path
from ..output.errors import counted
from .exits import Exit, Failure

_STEP = re.compile(
    r"""\[(?P<quoted>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')\]   # ["a b"]
    |   \[(?P<bracketed>[^\]]*)\]                              # [0], [a b]
    |   (?P<dot>\.?)(?P<name>[^.\[\]]+)                        # .name
    """,
    re.VERBOSE,
)

_SHORTHAND = ("hosts", "services")
"""Options whose entries may be named without them at the start of a path."""


class Found(NamedTuple):
    """What lies at a path. It is read from the result `view` by `rest`, the end of `path`."""

    path: Path
    view: Any
    rest: Path
    read: Callable[[], Any]

    def then(self, step: Any, read: Callable[[], Any]) -> Found:
        """What lies one step below, in the same result."""
        return Found((*self.path, step), self.view, (*self.rest, step), read)


def parse(text: str) -> Path:
    """The steps of a path, all of them text. Raises Failure where it cannot be read."""
    steps: list[str] = []
    at = 0
    while at < len(text):
        match = _STEP.match(text, at)
        dotted = match is not None and (match["name"] is None or bool(match["dot"]) == bool(steps))
        if match is None or not dotted:
            what = f"the path {text!r} cannot be read from column {at + 1} on: {text[at:]!r}"
            advice = "write names with dots between them, and odd names as in services['a b'].port"
            raise Failure(Exit.USAGE, Report(what, advice=(advice,)))
        quoted = match["quoted"]
        steps.append(
            str(ast.literal_eval(quoted)) if quoted else match["bracketed"] or match["name"] or ""
        )
        at = match.end()
    return tuple(steps)


def find(result: Any, text: str, *, unreadable: bool = False) -> Found:
    """What lies at a path of a result, without reading it.

    Raises Failure where there is nothing. What is on the way has to be read; if that fails, it
    raises Mistake or Mistakes, or with `unreadable` goes on as if it held what the path says.
    """
    found = Found((), result, (), lambda: result)
    for step in _steps(result, parse(text)):
        try:
            found = _below(found, step)
        except (Mistake, Mistakes) as error:
            if not unreadable:
                raise
            found = found.then(step, partial(_raise, error))
    return found


def _steps(result: Any, steps: Path) -> Path:
    """The whole path, where the first step is one of those that may stand first."""
    if not steps or steps[0] in result:
        return steps
    for before, names in _beginnings(result):
        if steps[0] in names:
            return (*before, *steps)
    if isinstance(result, Host) and steps[0] == result.name:
        return _steps(result, steps[1:])
    return steps


def _beginnings(result: Any) -> Iterator[tuple[Path, Iterable[str]]]:
    """What may be left out at the beginning of a path, and the names that may then stand first."""
    for option in _SHORTHAND:
        if option in result:
            yield (option,), result[option]
    if isinstance(result, Host) and len(result.services) == 1:
        ((name, service),) = result.services.items()
        yield ("services", name), service.__group__.children


def _raise(error: Exception) -> Any:
    raise error


def _below(found: Found, step: str) -> Found:
    value = found.read()
    if hasattr(value, "__referred__"):
        value = value.__referred__()
    if is_result(value):
        return _option(found, value, step)
    key = _key(value, step)
    if key is None:
        raise _nothing(found, step, value, _names(value))
    if key in _fields(value):
        return found.then(key, lambda: getattr(value, key))
    return found.then(key, lambda: value[key])


def _option(found: Found, view: Any, step: str) -> Found:
    """The option `step` of a result, which is a place of its own or a group of options in one."""
    if step not in view:
        names = list(view.__group__.children)
        if not found.path:
            names += [name for _, beginnings in _beginnings(view) for name in beginnings]
        raise _nothing(found, step, view, names)
    if view.__group__.parent is None:
        found = Found(found.path, view, (), found.read)
    return found.then(step, lambda: view[step])


def _key(value: Any, step: str) -> Any:
    """The key of a container that a step means, None where there is none."""
    if isinstance(value, Mapping):
        if step in value:
            return step
        return next((key for key in value if str(key) == step), None)
    if step in _fields(value):
        return step
    if isinstance(value, (list, tuple)) and step.isdecimal() and int(step) < len(value):
        return int(step)
    return None


def _fields(value: Any) -> Sequence[str]:
    """The names of the parts of a dataclass or named tuple, which are shown as those of a dict."""
    if is_dataclass(value) and not isinstance(value, type):
        return [field.name for field in fields(value)]
    return getattr(value, "_fields", ()) if isinstance(value, tuple) else ()


def _names(value: Any) -> Sequence[str]:
    return [str(key) for key in value] if isinstance(value, Mapping) else _fields(value)


def _bracketed(path: Path, step: str, known: Sequence[str]) -> str:
    """How to write a name with dots in it of which only the beginning was taken for the name."""
    for name in known:
        if name.startswith(f"{step}."):
            return f"a name with dots in it stands in brackets: '{show_path((*path, name))}'"
    return ""


def _nothing(found: Found, step: str, value: Any, names: Iterable[Any]) -> Failure:
    known = [str(name) for name in names if not str(name).startswith("_")]
    where = f"`{show_path(found.path)}`" if found.path else "what was evaluated"
    if known:
        what = f"there is no {step!r} in {where}"
        listed = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
        advice = _bracketed(found.path, step, known)
        advice = advice or did_you_mean(step, known) or f"it has {listed}"
    elif isinstance(value, (list, tuple)):
        what = f"there is no {step!r} in {where}, which has {counted(len(value), 'item', 'items')}"
        advice = "count them from 0" if value else ""
    else:
        what, advice = f"there is no {step!r} in {where}, which is {show_kind(value)}", ""
    return Failure(Exit.USAGE, Report(what, advice=(advice,)))
