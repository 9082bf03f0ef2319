"""Text as systemd reads it back: command lines, environment, plain values and names.

In: strings, exactly as a process or systemd shall see them. Out: the text to give to a directive,
on one line; that a `%` in it stands for itself is seen to where lines are written. Refuses to know
services, directives and versions: the rules are those of systemd 252 to 257 (`config_parse`,
`extract_first_word`, `config_parse_exec`, `replace_env_argv` and `unit_name_is_valid` in its source),
tested against it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, overload

from ...language.pattern import pattern
from ...services.values.argument_vector import LONGEST_ARGUMENT
from .specifiers import Specifiers, text_of

LONGEST_VALUE = 1024 * 1024 - 256
"""Bytes of one value: systemd reads lines below LONG_LINE_MAX = 1 MiB, `Key=` included."""

LONGEST_UNIT_NAME = 255
"""Bytes of a unit's name, its suffix included: UNIT_NAME_MAX is 256 with the NUL."""

UNIT_TYPES = (
    *("service", "socket", "target", "device", "mount", "automount"),
    *("swap", "timer", "path", "slice", "scope"),
)
"""The suffixes a unit's name may have, without the dot."""

_PLAIN = pattern(r"[A-Za-z0-9_@%+=:,./$!|~^*?&<>(){}\[\]#-]+")
_PLAIN_COMMAND = pattern(
    r"(?:/[A-Za-z0-9_+,-][A-Za-z0-9_.+,-]{0,200}){1,10}(?:\n[A-Za-z0-9_@+=:,./-]{1,4000}){0,100}"
)  # a tidy path and arguments, one a line, that are neither quoted, expanded nor too long
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)  # systemd's unichar_is_valid: a line with one of these counts as broken UTF-8
_UNWRITABLE = pattern(f"[\0\ud800-\udfff{_NONCHARACTERS}]")
_LINE_BREAKING = pattern("[\0-\b\n-\x1f\x7f-\x9f\u2028\u2029]")  # controls except the tab
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"'}


class BadValue(ValueError):
    """A text that cannot be written so that systemd reads the same text back.

    `what` names the text ("argument 2", "environment variable FOO"), `found` says what is wrong
    with it and `instead` what to write.
    """

    def __init__(self, what: str, found: str, instead: str) -> None:
        super().__init__(what, found, instead)  # as arguments, so that it can be pickled
        self.what = what
        self.found = found
        self.instead = instead

    def __str__(self) -> str:
        return f"{self.what} {self.found}; {self.instead}"


@overload
def exec_line(argv: Sequence[str]) -> str: ...
@overload
def exec_line(argv: Sequence[str | Specifiers]) -> str | Specifiers: ...
def exec_line(argv: Sequence[str | Specifiers]) -> str | Specifiers:
    """Render an argument vector as the value of `ExecStart=` and its kin.

    The process is `argv[0]` and gets exactly these arguments: no word splitting, no variable, no
    separator, and no prefix that changes how the command is run; specifiers only where an argument
    is `specifiers(...)`. `argv[0]` must be an absolute path. Where systemd would tidy the path
    (`/a//b`), the `@` prefix passes the original as argument zero; where the path contains `$`, the
    `:` prefix turns variables off, because systemd expands them in argument zero but not in the path
    it runs.

    Raises BadValue for what no unit file can express.
    """
    if isinstance(argv, str) or not argv:
        raise BadValue(
            "command",
            f"is {argv!r}, not a list of arguments",
            'write a list such as ["/usr/bin/app", "--flag"]',
        )
    kinds = set(map(type, argv))
    if kinds == {str}:
        plain: Any = argv
        lines = "\n".join(plain)
        if lines.count("\n") == len(argv) - 1 and _PLAIN_COMMAND.fullmatch(lines):
            return " ".join(plain)  # as the long way would say, of nearly all commands
        return quoted_command(plain)
    if kinds == {str, Specifiers} or kinds == {Specifiers}:
        _check_plain(argv)
        anywhere = isinstance(argv[0], Specifiers) and re.match("%[A-Za-z]", argv[0].text)
        return Specifiers(quoted_command([text_of(each) for each in argv], bool(anywhere)))
    odd: Any = argv
    return quoted_command(odd)  # which says what is no argument


def _check_plain(argv: Sequence[str | Specifiers]) -> None:
    """Raise BadValue for a plain argument as it was written, before its percent signs are doubled."""
    for position, argument in enumerate(argv):
        if isinstance(argument, str):
            _check_argument(f"argument {position}", argument)
    if isinstance(argv[0], str):
        _tidy_path(argv[0])


def quoted_command(argv: Sequence[str], anywhere: bool = False) -> str:
    """The same, whatever the arguments hold; `anywhere` takes a path that only systemd knows the
    beginning of. Raises BadValue."""
    for position, argument in enumerate(argv):
        _check_argument(f"argument {position}", argument)
    path = argv[0] if anywhere else _tidy_path(argv[0])
    words = [path, *argv[1:]] if path == argv[0] else [path, *argv]
    literal_dollars = "$" in argv[0]
    prefix = ("@" if path != argv[0] else "") + (":" if literal_dollars else "")
    if not literal_dollars:
        words = [word.replace("$", "$$") for word in words]
    line = " ".join([quoted(prefix + words[0]), *map(quoted, words[1:])])
    _check_length("command", line, LONGEST_VALUE, "a value in a unit file")
    return line


@overload
def environment_assignment(name: str, value: str) -> str: ...
@overload
def environment_assignment(name: str, value: str | Specifiers) -> str | Specifiers: ...
def environment_assignment(name: str, value: str | Specifiers) -> str | Specifiers:
    """Render one variable as the value of one `Environment=` line; a plain value is literal.

    Raises BadValue for a name systemd refuses (letters, digits and `_`, no digit in front) and
    for a value that cannot be in an environment.
    """
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        raise BadValue(
            f"environment variable {name!r}",
            "has a name that systemd ignores",
            "use letters, digits and _, and no digit in front",
        )
    if isinstance(value, Specifiers):
        return Specifiers(environment_assignment(name, value.text))
    what = f"environment variable {name}"
    _check_characters(what, value)
    _check_length(what, f"{name}={value}", LONGEST_ARGUMENT, "a variable of a process")
    line = quoted(f"{name}={value}")
    _check_length(what, line, LONGEST_VALUE, "a value in a unit file")
    return line


def untrimmed(text: str, what: str = "value") -> str:
    """A text for a directive that takes it as it is, if systemd does not take something off it.

    `what` names the text in messages. Raises BadValue for what `one_line` refuses, and for blanks
    at the ends, which systemd would drop.
    """
    if text != text.strip(" \t\n\r"):
        raise BadValue(what, f"is {_shown(text)}, with blanks at an end", "write it without them")
    return one_line(text, what)


def one_line(text: str, what: str = "value") -> str:
    """Return `text` unchanged if it stays on the line it is written on; raise BadValue if not."""
    found = line_problem(text)
    if found:
        raise BadValue(what, f"is {_shown(text)}, and {found[0]}", found[1])
    return text


def is_tidy(text: str) -> bool:
    """Is a value short, of characters that every line can hold, and no blank or backslash at an end?"""
    plain = text.isascii() and text.isprintable() and len(text) <= LONGEST_VALUE
    return plain and text[-1:] not in _NO_END and text[:1] != " "


_NO_END = (" ", "\\")


def line_problem(text: str) -> tuple[str, str] | None:
    """Say why a value would not stay on its line, and what to write instead; None if it does.

    Refused are line breaks of any kind, NUL and other control characters (a tab is fine), what is
    not valid UTF-8 for systemd, a backslash at the end (it joins the next line) and excessive length.
    """
    if is_tidy(text):
        return None  # as most are
    found = _character_problem(text)
    if found:
        return found
    breaking = _LINE_BREAKING.search(text)
    if breaking:
        return (
            f"its character {breaking.start()} is {_named(breaking[0])}",
            "write it on one line; in command lines and Environment= \\n stands for a line break",
        )
    if (len(text) - len(text.rstrip("\\"))) % 2:
        return ("it ends in a backslash, which joins the next line", "end it with something else")
    if len(text.encode()) > LONGEST_VALUE:
        return (f"it is longer than {LONGEST_VALUE} bytes", "put the text into a file of its own")
    return None


def quoted(word: str) -> str:
    """Quote a word for directives that split their value into words and undo C escapes.

    Variables in it stay alive. What a reader of the file could not see is escaped.
    Raises BadValue for NUL, lone surrogates and noncharacters.
    """
    if _PLAIN.fullmatch(word):
        return word
    _check_characters("word", word)
    return '"' + "".join(map(_escaped, word)) + '"'


def quoted_path(path: str) -> str:
    """One word of a directive that takes paths; the only escapes it knows are these two."""
    text = path.replace("\\", "\\\\").replace('"', '\\"')
    return one_line(f'"{text}"', "path")


@lru_cache(maxsize=1024)  # the host's own targets, and each unit by its links
def unit_name_problem(name: str) -> str | None:
    """Say why systemd refuses a unit's name (with its suffix); None if it takes it.

    `web.service`, templates (`web@.service`) and instances (`web@1.service`) are taken.
    """
    if not name:
        return "the name is empty; write one such as web.service"
    if len(name.encode("utf-8", "surrogatepass")) > LONGEST_UNIT_NAME:
        return f"the name has more than {LONGEST_UNIT_NAME} characters: {name[:40]}..."
    stem, dot, suffix = name.rpartition(".")
    if not dot or suffix not in UNIT_TYPES:
        return f"{name!r} does not end in a unit type such as .service or .timer"
    if not stem:
        return f"{name!r} has nothing before {dot}{suffix}"
    bad = re.search(r"[^A-Za-z0-9:_.\\@-]", stem)
    if bad:
        advice = r"letters, digits and :-_.\@ are allowed, systemd-escape writes the rest as \xNN"
        return f"{name!r} contains {_named(bad[0])}; {advice}"
    if stem.startswith("@"):
        return f"{name!r} begins with @; a template needs a name before it, such as web@.service"
    return _slice_name_problem(name, stem) if suffix == "slice" else None


def directive_name_problem(name: str) -> str | None:
    """Say why a text cannot stand before the `=`; None if it can.

    systemd takes almost anything here; this holds to the letters, digits and dashes that its own
    names and the `X-` names of others use, so that nothing can pose as a section or a comment.
    """
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
        return None
    return f"{_shown(name)} is no name of a directive; use letters, digits and -, a letter first"


def section_name_problem(name: str) -> str | None:
    """Say why a text cannot stand in a section's header; None if it can (as for directives)."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
        return None
    return f"{_shown(name)} is no name of a section; use letters, digits and -, a letter first"


def _slice_name_problem(name: str, stem: str) -> str | None:
    """Dashes are levels of the tree of slices, so none of the names between them may be empty."""
    if "@" in stem:
        return f"{name!r} contains @, and slices have no templates"
    if name != "-.slice" and "" in stem.split("-"):
        return f"{name!r} has a - at an end or two in a row; each - starts a slice inside the slice"
    return None


def _tidy_path(path: str) -> str:
    """The executable's path as systemd will write it; raises BadValue where it takes none."""
    what = "argument 0 (the executable)"
    if not path.startswith("/"):
        raise BadValue(what, f"is {_shown(path)}, no absolute path", "write it from the / on")
    bad = re.search(r"""[\x00-\x1f\x7f"'\\]""", path)
    if bad:
        raise BadValue(
            what,
            f"is {_shown(path)}, and systemd runs no path with {_named(bad[0])}",
            "rename the file, or run it through /usr/bin/env",
        )
    names = [name for name in path.split("/") if name not in ("", ".")]
    if path.endswith(("/", "/.", "/..")):
        raise BadValue(what, f"is {_shown(path)}, a directory", "write the path of a program")
    if len(path.encode()) >= 4096 or any(len(name.encode()) > 255 for name in names):
        raise BadValue(
            what, "is longer than Linux allows a path", "use at most 4095 bytes, 255 a name"
        )
    return "/" + "/".join(names)


def _check_argument(what: str, argument: str) -> None:
    if not isinstance(argument, str):
        raise BadValue(what, f"is {argument!r}, no string", "write it as text, such as str(...)")
    _check_characters(what, argument)
    _check_length(what, argument, LONGEST_ARGUMENT, "an argument of a process")


def _check_characters(what: str, text: str) -> None:
    found = _character_problem(text)
    if found:
        raise BadValue(what, f"is {_shown(text)}, and {found[0]}", found[1])


def _character_problem(text: str) -> tuple[str, str] | None:
    """What no line of a unit file, no argument and no environment may contain."""
    bad = _UNWRITABLE.search(text)
    if not bad:
        return None
    found = f"its character {bad.start()} is {_named(bad[0])}"
    if bad[0] == "\0":
        return found, "remove it: a C string ends there"
    if "\ud800" <= bad[0] <= "\udfff":
        return found, "write real characters: UTF-8 cannot encode half a pair"
    return found, "remove it: systemd takes no noncharacters"


def _check_length(what: str, text: str, longest: int, of: str) -> None:
    size = len(text.encode())
    if size > longest:
        raise BadValue(what, f"has {size} bytes", f"{of} has at most {longest}: use a file")


def _escaped(character: str) -> str:
    """One character inside double quotes; `\\x` names a byte, so it serves ASCII only."""
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _named(character: str) -> str:
    """A character for a message: itself if it can be seen, its number, its name if it has one."""
    number = f"U+{ord(character):04X}"
    if character.isprintable() and character != " ":
        return f"{character!r} ({number})"
    names = {"\n": "line feed", "\r": "carriage return", "\0": "NUL", "\t": "tab"}
    name = names.get(character) or unicodedata.name(character, "").lower()
    return f"{number} ({name})" if name else number


def _shown(text: str) -> str:
    """A text for a message, cut to 60 characters."""
    return repr(text) if len(text) <= 60 else f"{text[:57]!r}..."
