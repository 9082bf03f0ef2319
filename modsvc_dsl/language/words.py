"""How paths, values and choices are put into words for messages.

In: paths, values, names. Out: short texts. Refuses to know which message they stand in.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

Path = tuple[Any, ...]

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 80
_SHORT.maxlist = _SHORT.maxdict = _SHORT.maxtuple = 6
_SHORT.maxlevel = 3

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "a boolean"),
    (int, "an integer"),
    (float, "a float"),
    (str, "a string"),
    (bytes, "bytes"),
    (dict, "a dict"),
    (list, "a list"),
    (tuple, "a tuple"),
    (frozenset, "a set"),
    (set, "a set"),
)


def show_path(path: Iterable[Any]) -> str:
    """`("web", "hosts", 2)` as `web.hosts[2]`; odd names stand quoted in brackets."""
    text = ""
    for step in path:
        if isinstance(step, str) and step.replace("-", "_").isidentifier():
            text += f".{step}" if text else step
        else:
            text += f"[{step!r}]" if not isinstance(step, str) else f'["{step}"]'
    return text or "(the whole)"


def show_value(value: Any) -> str:
    """A value on one line, shortened, never evaluating anything."""
    try:
        return _SHORT.repr(value)
    except Exception as error:  # a broken __repr__ of the user's must not hide the mistake
        return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"


def show_kind(value: Any) -> str:
    """What a value is, in words: `a string`, `a Path`."""
    if value is None:
        return "None"
    for kind, words in _KINDS:
        if isinstance(value, kind):
            return words
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if callable(value) and hasattr(value, "__code__"):
        return "a function"
    return with_article(type(value).__name__)


def with_article(noun: str) -> str:
    """`a` or `an` before a noun."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def show_found(value: Any) -> str:
    """A value and what it is: `'80' (a string)`."""
    return "None" if value is None else f"{show_value(value)} ({show_kind(value)})"


def nearest(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """The names most like `name`, the nearest first."""
    known = sorted(set(names))
    found = get_close_matches(name.lower(), [n.lower() for n in known], n=limit, cutoff=0.6)
    by_lower = {n.lower(): n for n in reversed(known)}
    return [by_lower[n] for n in dict.fromkeys(found)]


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A sentence with suggestions, empty where nothing is near."""
    found = nearest(name, names)
    return f"did you mean {one_of(map(_ticked, found))}?" if found else ""


def one_of(words: Iterable[str]) -> str:
    """`a, b or c`."""
    return _joined(list(words), "or")


def all_of(words: Iterable[str]) -> str:
    """`a, b and c`."""
    return _joined(list(words), "and")


def _joined(words: Sequence[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _ticked(word: str) -> str:
    return f"`{word}`"
