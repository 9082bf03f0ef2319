"""Where in the source text something stands: the line of a keyword, of an item, of an option.

In: a file, a line or a span, a path. Out: line numbers, found in the file's syntax. Refuses to
run or import anything. Messages alone ask, so a file is parsed only when something is wrong.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

Span = tuple[int, int, int, int]
"""First line, last line, first column and last column of an expression."""

_WRAPPERS = frozenset("force default override before after order when located".split())
"""Calls whose last argument is the value that they wrap."""


_MOST_TEXTS = 64
"""How many files are kept parsed."""


def text_of(file: str, line: int) -> str:
    """A line of a file, empty where the source is not at hand."""
    lines = _lines(file)
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _lines(file: str) -> list[str]:
    import linecache

    try:
        return linecache.getlines(file)
    except ValueError:  # a NUL in the name that a program gave: no such file
        return []


def keyword_line(file: str, span: Span, name: str) -> int:
    """The line on which the value of a call's keyword begins; the call's own where unknown."""
    call = _call_at(file, span)
    for keyword in call.keywords if call is not None else ():
        if keyword.arg == name:
            return keyword.value.lineno
    return span[0]


def line_in_call(file: str, span: Span, path: Sequence[Any], name: str = "") -> int:
    """The line of the part at the end of `path`, in a call or in its keyword `name`.

    `path` starts somewhere outside of the call: its first steps may have nothing to do with
    it. Where the text does not show the part, the line of as much of it as the text shows.
    """
    call = _call_at(file, span)
    if call is None:
        return span[0]
    if not name:
        return _line(_best([call], path), span[0])
    for keyword in call.keywords:
        if keyword.arg == name:
            return _line(_best([keyword.value], _behind(path, name)), keyword.value.lineno)
    return span[0]


def line_in_statement(file: str, line: int, path: Sequence[Any]) -> int:
    """The line of the part at the end of `path`, in an assignment or a function at a line."""
    node = _statement(file, line)
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        name = target.id if isinstance(target, ast.Name) else ""
        return _line(_best([node.value], _behind(path, name)), line)
    if isinstance(node, ast.FunctionDef):
        returned = [each.value for each in _returns(node) if each.value is not None]
        return _line(_best(returned, path), line)
    return line


def decorator_line(file: str, line: int, name: str) -> int:
    """The line of the decorator that mentions `name`, for the function at a line."""
    node = _statement(file, line)
    for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
        for part in ast.walk(decorator):
            if getattr(part, "attr", None) == name or getattr(part, "value", None) == name:
                return decorator.lineno
    return line


def annotation_line(file: str, line: int, name: str) -> int:
    """The line of the annotation of `name` in the class statement at a line."""
    for node in _text(file).classes:
        if _first_line(node) <= line <= node.body[0].lineno:
            for each in node.body:
                target = each.target if isinstance(each, ast.AnnAssign) else None
                if isinstance(target, ast.Name) and target.id == name:
                    return each.lineno
    return line


def class_at(file: str, line: int) -> str:
    """The name of the class in whose statement a line stands, empty outside of classes."""
    around = [n for n in _text(file).classes if n.lineno <= line <= (n.end_lineno or n.lineno)]
    return around[-1].name if around else ""


def _behind(path: Sequence[Any], name: str) -> Sequence[Any]:
    """The steps of a path behind the last one called `name`, all where there is none."""
    for index in range(len(path) - 1, -1, -1):
        if path[index] == name:
            return path[index + 1 :]
    return path


def _line(found: ast.expr | None, otherwise: int) -> int:
    return otherwise if found is None else found.lineno


def _best(roots: Sequence[ast.expr], path: Sequence[Any]) -> ast.expr | None:
    """The part at the end of a path: of all starts in the path the one that leads furthest.

    With nothing found it is the only root there is, or None where there are several.
    """
    best: ast.expr | None = roots[0] if len(roots) == 1 else None
    furthest = 0
    for root in roots:
        for start in range(len(path)):
            node, count = _walk(root, path[start:])
            if count > furthest:
                best, furthest = node, count
    return best


def _walk(node: ast.expr, steps: Sequence[Any]) -> tuple[ast.expr, int]:
    """The part of an expression at the end of some steps, and how many of them it shows."""
    count = 0
    while count < len(steps):
        rest = tuple(steps[count:])
        found = next(((n, p) for n, p in _parts(node) if n == rest[: len(n)]), None)
        if found is None:
            break
        count += len(found[0])
        node = found[1]
    return _bare(node) if count == len(steps) else node, count


def _parts(node: ast.expr) -> Iterator[tuple[tuple[Any, ...], ast.expr]]:
    """The parts of an expression by their path: entries, items, keywords, definitions."""
    node = _bare(node)
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values):
            if isinstance(key, (ast.Constant, ast.Tuple)):
                yield (_constant(key),), value
    elif isinstance(node, (ast.List, ast.Tuple)):
        yield from (((index,), item) for index, item in enumerate(node.elts))
    elif isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg == "definitions":  # of `module(...)`, whose keys are paths
                for key, value in _pairs(keyword.value):
                    yield tuple(key.split(".")) if isinstance(key, str) else key, value
            elif keyword.arg is not None:
                yield (keyword.arg,), keyword.value


def _pairs(node: ast.expr) -> Iterator[tuple[Any, ast.expr]]:
    """Names with values: the entries of a dict, or the pairs in a list."""
    if isinstance(node, (ast.List, ast.Tuple)):
        for each in node.elts:
            if isinstance(each, ast.Tuple) and len(each.elts) == 2:
                key = _constant(each.elts[0])
                if key not in ((), ""):  # of a path that is not written out, nothing is known
                    yield key, each.elts[1]
    else:
        yield from ((names[0], value) for names, value in _parts(node))


def _constant(node: ast.expr) -> Any:
    """A name or a tuple of names, as far as they are written out."""
    if isinstance(node, ast.Tuple):
        return tuple(map(_constant, node.elts))
    return node.value if isinstance(node, ast.Constant) else ()


def _bare(node: ast.expr) -> ast.expr:
    """An expression without `force(...)` and its like around it."""
    while isinstance(node, ast.Call) and node.args:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in _WRAPPERS:
            break
        node = node.args[-1]
    return node


def _returns(function: ast.FunctionDef) -> Iterator[ast.Return]:
    """The return statements of a function, without those of functions inside it."""
    todo: list[ast.AST] = list(function.body)
    while todo:
        node = todo.pop(0)
        if isinstance(node, ast.Return):
            yield node
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            todo.extend(ast.iter_child_nodes(node))


def _first_line(node: ast.ClassDef) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _call_at(file: str, span: Span) -> ast.Call | None:
    return _text(file).calls.get(span)


def _statement(file: str, line: int) -> ast.stmt | None:
    return _text(file).statements.get(line)


class _Text:
    """A file's syntax, looked up by position. It is made again where `lines` are others."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.calls: dict[Span, ast.Call] = {}
        self.statements: dict[int, ast.stmt] = {}
        self.classes: list[ast.ClassDef] = []
        for node in ast.walk(_parsed("".join(lines))):
            if isinstance(node, ast.Call):
                end = node.end_lineno or node.lineno, node.end_col_offset or 0
                self.calls[node.lineno, end[0], node.col_offset, end[1]] = node
            elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.FunctionDef)):
                self.statements.setdefault(node.lineno, node)
            elif isinstance(node, ast.ClassDef):
                self.classes.append(node)


_texts: dict[str, _Text] = {}


def _text(file: str) -> _Text:
    """The syntax of a file; nothing where the source is not at hand."""
    lines = _lines(file)
    known = _texts.get(file)
    if known is None or (known.lines is not lines and known.lines != lines):
        if len(_texts) >= _MOST_TEXTS:
            _texts.clear()
        known = _texts[file] = _Text(lines)
    return known


_parsing = Lock()
"""Two threads of one process cannot make syntax trees: Python counts their depth in one place, and
raises SystemError (python/cpython#106905; 3.11 and 3.12)."""


def _parsed(text: str) -> ast.Module:
    try:
        with _parsing:
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, SystemError):
        # the file changed since it was loaded, or is no plain Python, or somebody else's thread
        # parses something just now: lines known have to do
        return ast.Module([], [])
