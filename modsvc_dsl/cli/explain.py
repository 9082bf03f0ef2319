"""`modsvc explain`: how a value came to be.

In: FILE and the PATH of an option. Out: every definition of it, with place, priority and fate.
Refuses to compute what the value did not need; a value that cannot be computed is explained, too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from .commands import on_file
from .terminal import Terminal, prints_aside

if TYPE_CHECKING:
    from ..language.errors import Mistake, Mistakes
    from ..language.evaluation.history import OptionFacts, Told
    from ..language.provenance import Location
    from ..language.words import Path
    from .option_path import Found


@click.command("explain")
@on_file
@click.argument("path")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(terminal: Terminal, file: str, path: str, as_json: bool) -> None:
    """Print how a value came to be: every definition, and what became of it.

    PATH is such as web0.services.docs.port, or an entry of an option as in
    docs.process.environment.LANG or docs.systemd.service.service.Restart.
    """
    from ..language.evaluation.history import history
    from ..report import show_history
    from .evaluation import evaluated
    from .option_path import find

    with prints_aside():
        found = find(evaluated(file), path, unreadable=True)
        value, error = _read(found)
        rest = _option_of(found, value)
        facts, told = _facts(found, rest), history(found.view, rest)
        source = _source(found, rest, told)
        if as_json:
            text = _json(found, facts, told, value, source)
        else:
            words = "(no value)" if error is not None else _words(value)
            text = show_history(found.path, facts, told, words, terminal.out_style)
            if source is not None:
                text += f"\n\nmade by the manager from\n{_history(source, terminal)}"
    terminal.data(text)
    if error is not None:
        raise error


def _read(found: Found) -> tuple[Any, Mistake | Mistakes | None]:
    """The value, or why it has none."""
    from ..language.errors import Mistake, Mistakes

    try:
        return found.read(), None
    except (Mistake, Mistakes) as error:
        return None, error


def _option_of(found: Found, value: Any) -> Path:
    """The option or entry to tell of; of a list's items, it is the list that was defined.

    Raises Failure for a group of options: nobody defines the whole of it.
    """
    from ..language.evaluation.configuration import is_result
    from ..language.errors import Report
    from ..language.words import show_path
    from .exits import Exit, Failure

    rest = found.rest
    while rest and isinstance(rest[-1], int):
        rest = rest[:-1]
    if not rest or (is_result(value) and value.__group__.parent is not None):
        what = f"`{show_path(found.path)}` holds options and is no option itself"
        names = [name for name in value.__group__.children if not str(name).startswith("_")]
        advice = f"explain one of its options: {', '.join(names)}"
        raise Failure(Exit.USAGE, Report(what, advice=(advice,)))
    return rest


def _source(found: Found, rest: Path, told: tuple[Told, ...]) -> Found | None:
    """The portable option that a directive is made from, where the manager's own word counts."""
    from ..managers.systemd.systemd import SystemdService
    from ..managers.systemd.trace import portable_option
    from .option_path import Found

    if not any(each.fate == "won" and each.module == SystemdService.__name__ for each in told):
        return None
    path = portable_option(found.view, rest)
    if path is None:
        return None
    root = found.path[: len(found.path) - len(found.rest)]
    made_from = Found(root, found.view, (), lambda: found.view)
    for step in path:
        made_from = made_from.then(step, partial(_step, made_from.read, step))
    return made_from


# Any: options are of any type
def _step(read: Callable[[], Any], step: str) -> Any:
    return read()[step]


def _history(found: Found, terminal: Terminal) -> str:
    """What is told of an option, as text."""
    from ..language.evaluation.history import history
    from ..report import show_history

    told, facts = history(found.view, found.rest), _facts(found, found.rest)
    return show_history(found.path, facts, told, _words(found.read()), terminal.out_style)


def _facts(found: Found, rest: Path) -> OptionFacts | None:
    """What is declared of an option, None for an entry in one."""
    from ..language.evaluation.history import has_option, option_facts

    return option_facts(found.view, rest) if has_option(found.view, rest) else None


def _words(value: Any) -> str:
    """A value on one line; a result is named, not printed whole."""
    from ..language.evaluation.configuration import data, is_result
    from ..report import literal

    return repr(type(value).__name__) if is_result(value) else literal(data(value))


# Any: the value of an option of any type
def _json(
    found: Found,
    facts: OptionFacts | None,
    told: tuple[Told, ...],
    value: Any,
    source: Found | None,
) -> str:
    from ..language.evaluation.configuration import is_result
    from ..language.words import show_path
    from ..report import json_text

    document: dict[str, Any] = {"path": show_path(found.path)}
    document["value"] = None if is_result(value) else value
    document["option"] = None if facts is None else _option(facts)
    document["definitions"] = [
        {
            "value": _said(each.value),
            "fate": each.fate,
            "why": each.why,
            "priority": each.priority,
            "order": each.order,
            "module": each.module,
            "location": _location(each.location),
        }
        for each in told
    ]
    if source is not None:
        document["made_from"] = show_path(source.path)
    return json_text(document)


def _said(value: Any) -> Any:
    """What a definition says; in words where it is no data, as an instance or a function is."""
    from ..language.evaluation.configuration import is_data
    from ..language.declaration.module import Module
    from ..language.words import show_value

    return value if is_data(value) and not isinstance(value, Module) else show_value(value)


def _option(facts: OptionFacts) -> dict[str, Any]:
    """What is declared of an option."""
    return {
        "type": facts.type,
        "description": facts.description,
        "has_default": facts.has_default,
        "read_only": facts.read_only,
        "declarations": [
            {"module": module, "location": _location(location)}
            for module, location in facts.declarations
        ],
    }


def _location(location: Location) -> dict[str, Any]:
    """A place; of this package's own files only that it is there."""
    from ..language.provenance import PACKAGE, is_ours

    if is_ours(location.file):
        return {"file": PACKAGE, "line": 0}
    return {"file": location.file, "line": location.line}
