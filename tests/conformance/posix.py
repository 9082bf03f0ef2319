"""Extended regular expressions of POSIX -> Python's.

In: a pattern as upstream has it (POSIX.1-2017, 9.4), which has to match the whole string. Out: one that `re`
matches alike. Refuses equivalence classes and collating symbols, which no locale of services has.
"""

from __future__ import annotations

CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"!-/:-@\[-`{-~",
    "space": r" \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
"""The character classes of the C locale."""


def python_pattern(extended: str) -> str:
    """The pattern for `re.fullmatch`; a dot takes a line break, too."""
    made, at, dots = "", 0, False
    while at < len(extended):
        if extended[at] == "[":
            bracket, at = _bracket(extended, at)
            made += bracket
            continue
        step = 2 if extended[at] == "\\" else 1
        dots |= extended[at] == "."
        made += extended[at : at + step]
        at += step
    return f"(?s){made}" if dots else made


def _bracket(text: str, start: int) -> tuple[str, int]:
    """A bracket expression, and where it ends. A backslash is no more than itself in there."""
    at = start + 1
    made = "["
    if text[at : at + 1] == "^":
        made, at = "[^", at + 1
    first = at
    while at < len(text) and (text[at] != "]" or at == first):
        if text.startswith("[:", at):
            end = text.index(":]", at)
            made += CLASSES[text[at + 2 : end]]
            at = end + 2
            continue
        made += f"\\{text[at]}" if text[at] in "\\[]&~|^" else text[at]
        at += 1
    return f"{made}]", at + 1
