"""How paths, values and choices are put into words for messages.

In: paths, values, names. Out: short texts. Refuses to know which message they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

Path = tuple[Any, ...]

_LONGEST_PATH = 16
"""Steps of a path that are shown before its middle is left out."""

_LONGEST_TEXT = 400
"""Characters of an exception's own message that are shown."""

_WIDEST = 10**40
"""Integers beyond this are only said to be huge: Python refuses to write very long ones."""

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


def as_path(path: Path | str) -> Path:
    """`"web.port"` as `("web", "port")`; names with dots in them need a tuple.

    Raises TypeError for what no key can be, such as a list in it.
    """
    found = tuple(path.split(".")) if isinstance(path, str) else tuple(path)
    try:
        hash(found)
    except TypeError:
        raise TypeError(f"{show_value(found)} is no path: its steps are names and keys") from None
    return found


def show_path(path: Iterable[Any]) -> str:
    """`("web", "hosts", 2)` as `web.hosts[2]`; odd names stand quoted in brackets."""
    steps = list(path)
    if len(steps) > _LONGEST_PATH:
        half = _LONGEST_PATH // 2
        return f"{show_path(steps[:half])} ... {show_path(steps[-half:])}"
    text = ""
    for step in steps:
        if isinstance(step, str) and step.replace("-", "_").isidentifier() and len(step) <= 80:
            text += f".{step}" if text else step
        else:
            text += f"[{show_value(step) if not isinstance(step, str) else _quoted(step)}]"
    return text or "(the whole)"


def _quoted(step: str) -> str:
    """A key in double quotes; nothing in it ends the quotes or the line."""
    text = show_value(step)
    if text.startswith("'") and '"' not in text and "\\'" not in text:
        return f'"{text[1:-1]}"'
    return text


@cache
def _short() -> Any:
    """What shortens a repr; made for the first message, as most programs have none."""
    from reprlib import Repr

    made = Repr()
    made.maxstring = made.maxother = 80
    made.maxlist = made.maxdict = made.maxtuple = 6
    made.maxlevel = 3
    return made


def show_value(value: Any) -> str:
    """A value on one line, shortened, never evaluating anything."""
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, int) and not -_WIDEST < value < _WIDEST:
        return f"an integer of {value.bit_length()} bits"
    try:
        text = str(_short().repr(value))
    except Exception as error:  # a broken __repr__ of the user's must not hide the mistake
        return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    text = re.sub(r" (at|instance at) 0x[0-9a-f]+", "", text)
    return " ".join(text.split("\n")) if "\n" in text else text


def show_error(error: BaseException) -> str:
    """An exception on one line: its class and its message."""
    try:
        text = " ".join(str(error).split()) or "(no message)"
    except Exception as broken:
        text = f"(its message cannot be read: {type(broken).__name__})"
    cut = text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]} ..."
    return f"{type(error).__name__}: {cut}"


def show_kind(value: Any) -> str:
    """What a value is, in words: `a string`, `a Path`."""
    if value is None:
        return "None"
    for kind, words in _KINDS:
        if isinstance(value, kind):
            return words
    if isinstance(value, type):
        return "a class"
    if callable(value) and hasattr(value, "__code__"):
        return "a function"
    said: str | None = getattr(type(value), "__in_words__", None)  # of classes that users never see
    if said:
        return said
    return with_article(type(value).__name__)


def with_article(noun: str) -> str:
    """`a` or `an` before a noun, by how it is said: an option, a unit."""
    said = noun.lower()
    consonant = said.startswith(("uni", "use", "eu", "one")) or said[:1] not in "aeiou"
    return f"{'a' if consonant else 'an'} {noun}"


def show_found(value: Any) -> str:
    """A value and what it is: `'80' (a string)`."""
    return "None" if value is None else f"{show_value(value)} ({show_kind(value)})"


def nearest(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """The names most like `name`, the nearest first."""
    from difflib import get_close_matches  # only messages ask

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
