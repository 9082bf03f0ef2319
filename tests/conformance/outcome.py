"""Vector -> its result line, by running the Python file that says the same.

In: one vector, with or without expectations. Out: what the result file format wants. Refuses
to look at expectations.
"""

from __future__ import annotations

from collections.abc import Callable
from traceback import walk_tb
from typing import Any

import modsvc_dsl as m

from .source import source
from .types import Json, Unsupported
from .vocabulary import at


class Nowhere(Exception):
    """A vector selects something that its configuration does not have."""


def outcome(vector: Json) -> Json:
    """The result line of one vector."""
    try:
        text = source(vector)
    except (Unsupported, LookupError, TypeError, AttributeError, ValueError) as error:
        return {"id": vector["id"], "unsupported": f"{type(error).__name__}: {error}"}
    try:
        result = executed(text, vector["id"])
        part = selected(result, vector)
        line: Json = {"id": vector["id"], "ok": m.json_data(part)}
        if "queries" in vector:
            line["queries"] = [answer(result, query) for query in vector["queries"]]
        return line
    except (m.Mistake, m.Mistakes) as error:
        first = m.flatten(error)[0]
        return {"id": vector["id"], "error": first.category, "message": str(first)}
    except Nowhere as error:
        return {"id": vector["id"], "error": "other", "message": str(error)}


def evaluated(vector: Json) -> Any:
    """The result that the vector's file makes. Raises Unsupported."""
    return executed(source(vector), vector["id"])


def executed(text: str, name: str) -> Any:
    """The result that a file makes."""
    names: dict[str, Any] = {"__name__": name}
    exec(compile(text, f"<{name}>", "exec"), names)
    return names["result"]


def selected(result: Any, vector: Json) -> Any:
    """The part of a result that a vector asks for, checked if it is a result itself."""
    if "select" not in vector:
        return m.check(result)
    path = tuple(vector["select"])
    try:
        return at(result, path)
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        if isinstance(error, m.Mistake) or not (isinstance(error, KeyError) or _is_of_at(error)):
            raise
        raise Nowhere(f"nothing is at {path}") from None


def _is_of_at(error: Exception) -> bool:
    """Was an error raised by `at` itself, and by nothing that it calls?"""
    frames = [frame.f_code for frame, _ in walk_tb(error.__traceback__)]
    return frames[-1] is at.__code__


def answer(result: Any, query: Json) -> Any:
    """The answer to one query about an option."""
    path, what = tuple(query["option"]), query["get"]
    if what == "exists":
        return m.has_option(result, path)
    return ANSWERS[what](m.option_facts(result, path))


ANSWERS: dict[str, Callable[[m.OptionFacts], Any]] = {
    "isDefined": lambda facts: facts.is_defined,
    "highestPrio": lambda facts: facts.priority,
    "files": lambda facts: list(facts.files),
    "definitionFiles": lambda facts: [name for name, _ in facts.definitions],
    "definitions": lambda facts: [m.json_data(value) for _, value in facts.definitions],
    "declarations": lambda facts: [name for name, _ in facts.declarations],
    "loc": lambda facts: ".".join(map(str, facts.path)),
    "hasDefault": lambda facts: facts.has_default,
}
