"""What in a user's file the command works on.

In: a loaded module and perhaps a NAME. Out: the fleet, host or services meant, as something to
evaluate; or a `Failure` that lists what there is. Refuses to load files and to evaluate.

Without a NAME it is the one fleet, host or mapping of services that the file itself binds to a
public name. What is a part of another one is not meant by itself: a host of a fleet, the services of
a host, a mapping whose services were joined to others. What the file imports was written for other
purposes.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from ..fleet.host import Fleet, Host
from ..language.errors import Report
from ..language.properties import PROPERTIES
from ..language.provenance import Location
from ..language.declaration.record import record_of
from ..language.words import did_you_mean, show_kind
from ..report import near
from ..services.service import Service
from .exits import Exit, Failure

_KINDS = "a Fleet, a Host, a mapping of services or a Service"


class Candidate(NamedTuple):
    """A name of a file that stands for something to build."""

    name: str
    value: Any
    file: str

    def is_own(self) -> bool:
        """Does the file bind the name itself, rather than import it?"""
        if isinstance(self.value, (Fleet, Host, Service)):
            if record_of(self.value).place.locate().file == self.file:
                return True  # written here: no need to read the file again
        return self.name in _bound(self.file)

    def place(self) -> tuple[str, Location]:
        """What it is, and where."""
        return (
            f"`{self.name}`, {_kind(self.value)},",
            Location(self.file, _bound(self.file).get(self.name, 0)),
        )


def choose(module: ModuleType, name: str | None) -> Fleet | Host:
    """What to evaluate. A mapping of services, and a single one, get a host around them."""
    file = str(module.__file__)
    found = [
        Candidate(each, value, file)
        for each, value in vars(module).items()
        if _kind(value) and not each.startswith("_")
    ]
    if name is not None:
        return _named(module, name, found)
    own = [each for each in found if each.is_own()]
    whole = _wholes([each for each in own if _kind(each.value) != "a service"])
    if len(whole) == 1:
        return _hosted(whole[0].name, whole[0].value)
    raise _not_one(file, whole, own)


def _kind(value: Any) -> str:
    """What a value is in words, empty if nothing can be built from it."""
    if isinstance(value, (Fleet, Host, Service)):
        if value.__node__ is not None:
            return ""
        return f"a {record_of(value).kind}"
    if isinstance(value, Mapping) and value:
        keys = all(isinstance(key, str) for key in value)
        if keys and all(isinstance(each, Service) and _kind(each) for each in value.values()):
            return "a mapping of services"
    return ""


def _hosted(name: str, value: Any) -> Fleet | Host:
    if isinstance(value, (Fleet, Host)):
        return value
    if isinstance(value, Service):
        return Host(services={name: value})
    return Host(services=value)


# --- which names a file binds itself ------------------------------------------------------


@cache
def _bound(file: str) -> Mapping[str, int]:
    """The names that a file binds at its top other than by an import, each with its last line."""
    found: dict[str, int] = {}
    for statement in _statements(ast.parse(Path(file).read_bytes()).body):
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found[node.id] = statement.lineno
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            for alias in statement.names:
                found.pop(alias.asname or alias.name.partition(".")[0], None)
    return found


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that run with the file: those in its branches and loops too, not in functions."""
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        blocks = [getattr(statement, field, []) for field in ("body", "orelse", "finalbody")]
        for field in ("handlers", "cases"):
            blocks += [each.body for each in getattr(statement, field, [])]
        if any(blocks):
            for block in blocks:
                yield from _statements(block)
        else:
            yield statement


# --- wholes and parts ---------------------------------------------------------------------


def _wholes(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates that are no part of another one; one value with two names counts once."""
    once = {_identity(each.value): each for each in reversed(candidates)}
    if len(once) < 2:
        return list(once.values())  # a fleet of thousands need not be looked through
    parts = {_identity(part) for each in once.values() for part in _parts(each.value)}
    placed: set[object] = set()
    for each in once.values():
        for part in _parts(each.value):
            if isinstance(part, Mapping):
                placed.update((key, id(service)) for key, service in part.items())
                # of a fleet's services the keys may be names of hosts, and no two hosts are meant
                placed.update(map(id, part.values()) if isinstance(each.value, Fleet) else ())
    return [
        each
        for each in reversed(once.values())
        if _identity(each.value) not in parts and not _is_joined(each.value, placed)
    ]


def _is_joined(value: Any, placed: Collection[object]) -> bool:
    """Is a value a mapping, all of whose services have their places in another one?

    By their keys, or in a fleet by whatever keys.
    """
    return isinstance(value, Mapping) and all(
        id(each) in placed or (key, id(each)) in placed for key, each in value.items()
    )


def _identity(value: Any) -> object:
    """What tells values apart; mappings are told apart by what they hold, as hosts copy them."""
    if isinstance(value, Mapping):
        return frozenset((key, id(each)) for key, each in value.items())
    return id(value)


def _parts(value: Any) -> Iterator[Any]:
    """What is written inside a value: instances and mappings, their own parts included."""
    todo = list(_inside(value))
    seen: set[int] = set()
    while todo:
        part = todo.pop()
        if id(part) not in seen:
            seen.add(id(part))
            yield part
            todo += _inside(part)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, (Fleet, Host, Service)):
        return [each.value for each in record_of(value).definitions] if _kind(value) else []
    if value.__class__ in PROPERTIES:
        content = getattr(value, "content", None)
        return list(content) if isinstance(content, tuple) else [content]
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, (list, tuple)) else []


# --- what to say where it is not one ------------------------------------------------------


def _named(module: ModuleType, name: str, found: Sequence[Candidate]) -> Fleet | Host:
    """What a NAME stands for, which may have been imported."""
    file = str(module.__file__)
    if name not in vars(module):
        what = f"{near(file)} has no `{name}`"
        raise _failure(what, _own(found), did_you_mean(name, [each.name for each in found]))
    value = vars(module)[name]
    if _kind(value) or (isinstance(value, Mapping) and not value):
        return _hosted(name, value)
    what, advice = _instead(name, value)
    raise _failure(f"`{name}` in {near(file)} is {what}", _own(found), advice)


def _instead(name: str, value: Any) -> tuple[str, str]:
    """What a value is that cannot be built, and what to do about it."""
    if isinstance(value, (Fleet, Host, Service)):
        return "a result already", "name what it was evaluated from"
    if isinstance(value, type) and issubclass(value, (Fleet, Host, Service)):
        return "a class, not an instance", f"write {name.lower()} = {name}() and name that"
    if isinstance(value, Mapping) and all(isinstance(each, Host) for each in value.values()):
        return "a mapping of hosts", f"write fleet = Fleet(hosts={name}) and name that"
    return f"{show_kind(value)}, which cannot be built", f"name {_KINDS}"


def _not_one(file: str, whole: Sequence[Candidate], own: Sequence[Candidate]) -> Failure:
    shown = near(file)
    if whole:
        what = f"{shown} holds {len(whole)} things that could be meant"
        return _failure(what, whole, f"name one of them, as in {shown}:{whole[0].name}")
    what = f"{shown} holds nothing to build: no Fleet, no Host and no mapping of services"
    if own:
        return _failure(what, own, f"name the service to build, as in {shown}:{own[0].name}")
    return _failure(what, (), 'write host = Host(services={"name": ...}) at the top of the file')


def _own(found: Sequence[Candidate]) -> list[Candidate]:
    return [each for each in found if each.is_own()]


def _failure(what: str, named: Sequence[Candidate], advice: str) -> Failure:
    places = tuple(each.place() for each in named)
    return Failure(Exit.USAGE, Report(what, (), places, (advice,)))
