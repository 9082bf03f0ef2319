"""The house rules: a house -> one line for each breach, sorted, with the file and the line.

In: a `House`, and for some rules the exceptions that the caller grants by name. Out: the breaches.
Refuses to know pytest and this repository: the same rules hold for any tree of this shape.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Mapping

from tests.house import House, Import, Source, imported_names

Rule = Callable[[House], list[str]]

# The rooms from the ground up: a file imports from its own room and from those before it.
ROOMS = ("language", "services", "managers", "lints", "output", "fleet", "report", "cli")
# `testing` serves those who test their services: it sees the whole house except the command line,
# and no room sees it.
TESTING = "testing"
# The file with the names that users may rely on; the package hands them on.
FACADE = "facade"
# What a rim room may import of the project besides itself, where the order of rooms allows more.
ONLY = {"output": ("managers.tree",)}
# The order inside the language, of files and folders. A file that is not listed may stand anywhere,
# as long as none that is listed reaches one listed after it, directly or through others.
LANGUAGE = (
    "provenance",
    "errors",
    "properties",
    "definition",
    "merge",
    "types",
    "declaration",
    "closure",
    "cells",
    "evaluation",
    "result",
)
PURE = ("language", "services", "managers", "lints")
NAMELESS = frozenset({"utils", "util", "helpers", "helper", "common", "base", "core", "misc"})
MAX_FILE = 400  # lines
MAX_FUNCTION = 40  # lines, without the docstring

# Modules whose purpose is to reach outside the process, and the names in them that do not.
IO_MODULES = frozenset(
    "asyncio fcntl ftplib glob http http.client http.server imaplib io logging mmap multiprocessing "
    "os poplib pty pwd grp readline select selectors shelve shutil signal smtplib socket "
    "socketserver sqlite3 ssl subprocess tempfile urllib.request webbrowser".split()
)
PURE_NAMES = {
    "io": frozenset({"BytesIO", "StringIO"}),
    "os": frozenset(
        "PathLike __file__ fspath sep path.abspath path.basename path.commonpath path.dirname path.isabs "
        "path.join path.normpath path.relpath path.splitext".split()
    ),
    "signal": frozenset({"Signals"}),
}
IO_CALLS = frozenset({"open", "print", "input", "breakpoint"})
# Methods of Path that touch a disk and whose names mean nothing else in this project.
IO_METHODS = frozenset(
    "chmod expanduser hardlink_to is_dir is_file is_symlink iterdir lchmod lstat mkdir read_bytes "
    "read_text rglob rmdir samefile symlink_to unlink write_bytes write_text".split()
)


# One direction


def rooms_in_order(house: House) -> list[str]:
    """A file imports only from its own room and the rooms below; an unknown room has no place."""
    breaches = [
        f"{source.path}:1: the room {source.room!r} has no place in the order {', '.join(ROOMS)}"
        for source in house.sources.values()
        if not _is_door(source.room) and source.room not in (*ROOMS, TESTING)
    ]
    for each in house.imports:
        reason = _wrong_way(each.importer.partition(".")[0], each.imported)
        if reason:
            breaches.append(f"{each.path}:{each.line}: {_shown(each)}: {reason}")
    return sorted(breaches)


def _is_door(room: str) -> bool:
    """The package, its facade and `python -m`: files that stand before the house, in no room."""
    return room in ("", FACADE, "__main__")


def _wrong_way(room: str, imported: str) -> str:
    """Why a file of `room` may not import the file `imported`; empty where it may."""
    target = imported.partition(".")[0]
    if target == FACADE:
        return "" if not room else "the names of the facade are read from the package"
    if target == "__main__" or target not in ("", TESTING, *ROOMS):
        return "" if target == room else "nothing imports a file that has no room"
    if _is_door(room):
        return (
            "the facade shows the library only"
            if room != "__main__" and target in ("cli", TESTING)
            else ""
        )
    if target == room:
        return ""
    if target == TESTING:
        return "testing is for users' tests, no room needs it"
    if target == "":
        return "" if room in ("cli", TESTING) else "only cli and testing use the facade"
    if room == TESTING:
        return "testing knows nothing of the command line" if target == "cli" else ""
    if room in ONLY and imported not in ONLY[room]:
        return f"{room} may import {', '.join(ONLY[room])} only"
    if room in ROOMS and ROOMS.index(target) > ROOMS.index(room):
        return f"{target} is above {room}"
    return ""


def language_in_order(house: House) -> list[str]:
    """No file of the language reaches one that the design puts after it."""
    breaches = []
    for low, noun in enumerate(LANGUAGE):
        for later, path in _reached(house, noun).items():
            if later in LANGUAGE[low + 1 :]:
                breaches.append(f"language: {noun} reaches {later}, which comes later: {path}")
    return sorted(breaches)


def _reached(house: House, noun: str) -> dict[str, str]:
    """Noun of the language -> the chain of imports by which `noun` comes to it."""
    chains = {noun: noun}
    waiting = [noun]
    while waiting:
        current = waiting.pop(0)
        for each in house.imports:
            importer, imported = _noun(each.importer), _noun(each.imported)
            if importer == current and imported and imported not in chains:
                chains[imported] = f"{chains[current]} -> {imported} ({each.path}:{each.line})"
                waiting.append(imported)
    return chains


def _noun(name: str) -> str:
    """`types` for `language.types` and `language.types.scalars`; empty for all other rooms."""
    room, _, rest = name.partition(".")
    return rest.partition(".")[0] if room == "language" else ""


def no_cycles(house: House) -> list[str]:
    """No file comes back to itself by its imports, wherever they are written."""
    neighbours: dict[str, set[str]] = {name: set() for name in house.sources}
    for each in house.imports:
        neighbours[each.importer].add(each.imported)
    reached = {name: _closure(neighbours, name) for name in neighbours}
    knots = {
        frozenset(each for each in reached[name] if name in reached[each])
        for name in house.sources
        if name in reached[name]
    }
    return sorted(_knot_shown(house, knot) for knot in knots)


def _knot_shown(house: House, knot: Collection[str]) -> str:
    """The files of a cycle, and below them each import that ties it."""
    ties = [each for each in house.imports if each.importer in knot and each.imported in knot]
    lines = [f"    {each.path}:{each.line}: {_shown(each)}" for each in ties]
    return "\n".join(["import each other: " + ", ".join(map(_called, sorted(knot))), *lines])


def _closure(neighbours: Mapping[str, Collection[str]], start: str) -> set[str]:
    """Everything that `start` reaches by one step or more."""
    reached: set[str] = set()
    waiting = list(neighbours[start])
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            waiting.extend(neighbours[current])
    return reached


def _called(name: str) -> str:
    return name or "the facade"


def _shown(each: Import) -> str:
    return f"{_called(each.importer)} imports {_called(each.imported)}"


# Purity


def pure_rooms_touch_nothing(house: House, exceptions: Mapping[str, str]) -> list[str]:
    """The language, the services and the managers neither read nor write outside themselves.

    `exceptions` names the few files that may, and why. One that no longer needs it is a breach.
    """
    breaches = []
    for source in house.sources.values():
        if source.room in PURE:
            found = sorted(_touches(source))
            if source.path not in exceptions:
                breaches += [f"{source.path}:{line}: {what}" for line, what in found]
            elif not found:
                breaches.append(f"{source.path}:1: needs no exception, touches nothing")
    known = {source.path for source in house.sources.values()}
    breaches += [
        f"{path}:1: an exception for a file that is gone" for path in exceptions.keys() - known
    ]
    return sorted(breaches)


def _touches(source: Source) -> Iterator[tuple[int, str]]:
    for line, module, name in imported_names(source):
        roots = {module, module.partition(".")[0], f"{module}.{name}"}
        if roots & IO_MODULES:
            used = {name} if name else _used_of(source, module)
            if not used or used - PURE_NAMES.get(module, frozenset()):
                yield line, f"imports {module}"
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in IO_CALLS:
            yield node.lineno, f"calls {node.func.id}()"
        elif isinstance(node.func, ast.Attribute) and node.func.attr in IO_METHODS:
            yield node.lineno, f"calls .{node.func.attr}()"


def _used_of(source: Source, module: str) -> set[str]:
    """What a file says after `module.`: `path.join` of `os`; an empty name for the bare module."""
    nodes = list(ast.walk(source.tree))
    inner = {node.value for node in nodes if isinstance(node, ast.Attribute)}
    chains = (ast.unparse(node) for node in nodes if node not in inner and _is_chain(node))
    return {
        chain.removeprefix(module).removeprefix(".")
        for chain in chains
        if chain == module or chain.startswith(f"{module}.")
    }


def _is_chain(node: ast.AST) -> bool:
    """Names joined by dots."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


# Form


def files_are_nouns(house: House) -> list[str]:
    """No file or folder has a name that says nothing."""
    return sorted(
        f"{source.path}:1: {part!r} says nothing of what is inside"
        for source in house.sources.values()
        for part in source.name.split(".")
        if part.strip("_") in NAMELESS
    )


def files_open_with_a_docstring(house: House) -> list[str]:
    """Each file says first what comes in, what goes out and what it refuses to know.

    An `__init__.py` without a single statement only makes a folder a package.
    """
    return sorted(
        f"{source.path}:1: opens without a docstring"
        for source in house.sources.values()
        if not ast.get_docstring(source.tree) and not (source.is_package and not source.tree.body)
    )


def public_names_are_documented(house: House) -> list[str]:
    """Each public class and function at the top of a file has a docstring; overloads share one."""
    return sorted(
        f"{source.path}:{node.lineno}: {node.name} has no docstring"
        for source in house.sources.values()
        for node in source.tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and "overload" not in map(_last_name, node.decorator_list)
    )


def files_are_short(house: House, generated: Mapping[str, str]) -> list[str]:
    """No file written by hand is longer than `MAX_FILE` lines.

    `generated` maps a generated file to the program that writes it; it may have any length, must
    exist, and its docstring must name that program.
    """
    breaches = []
    for source in house.sources.values():
        lines = len(source.text.splitlines())
        program = generated.get(source.path)
        if program is None and lines > MAX_FILE:
            breaches.append(f"{source.path}:1: {lines} lines, more than {MAX_FILE}")
        elif program is not None and program not in (ast.get_docstring(source.tree) or ""):
            breaches.append(f"{source.path}:1: its docstring does not say that {program} writes it")
    known = {source.path for source in house.sources.values()}
    breaches += [f"{path}:1: listed as generated, but gone" for path in generated.keys() - known]
    return sorted(breaches)


def functions_are_short(house: House) -> list[str]:
    """No function is longer than `MAX_FUNCTION` lines, its docstring left out."""
    breaches = []
    for source in house.sources.values():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring_lines(node)
                if length > MAX_FUNCTION:
                    breaches.append(f"{source.path}:{node.lineno}: {node.name}: {length} lines")
    return sorted(breaches)


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if ast.get_docstring(node, clean=False) is None:
        return 0
    return (node.body[0].end_lineno or 0) - node.body[0].lineno + 1


def no_error_is_swallowed(house: House) -> list[str]:
    """No bare `except:`, no handler that does nothing, no `suppress` of every exception."""
    return sorted(
        f"{source.path}:{line}: {reason}"
        for source in house.sources.values()
        for node in ast.walk(source.tree)
        for line, reason in _swallows(node)
    )


def _swallows(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.ExceptHandler):
        if node.type is None:
            yield node.lineno, "a bare except"
        if all(isinstance(each, ast.Pass) or _is_literal(each) for each in node.body):
            yield node.lineno, "an except that does nothing"
    elif isinstance(node, ast.Call) and _last_name(node.func) == "suppress":
        if {"Exception", "BaseException"} & {_last_name(each) for each in node.args}:
            yield node.lineno, "suppresses every exception"


def _is_literal(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
