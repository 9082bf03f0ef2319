"""Rules of tmpfiles.d and sysusers.d, typed.

In: options of single rules. Out: lines that systemd-tmpfiles and systemd-sysusers read back as the
same (tmpfiles.d(5), sysusers.d(5)). A `%` in plain text stands for itself. Refuses to choose file names,
and what no line could hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from ...language.errors import Mistake
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...services.groups.identity import NEW_NAME
from ...services.values.spelling import (
    LONGEST_PATH,
    FileMode,
    GroupName,
    HostPath,
    Spelt,
    UserName,
)
from ..manager import written_at
from .directives.table import load, versions
from .escaping import BadValue, one_line
from .mistakes import BadUnit
from .specifiers import Specifiers, raw, text_of, unknown_specifiers
from .versions import NEWEST

Age = Annotated[
    str, Spelt('a span of time, such as "10d"', r"(?:0|(?:\d+(?:us|ms|s|min|m|h|d|w))+)")
]
"""As in tmpfiles.d(5), without its letters for single time stamps."""

RuleType = Annotated[
    str,
    Spelt(
        'a type of tmpfiles.d, such as "d", "f+" or "L?"',
        r"[fwdDevqQpLcbCxXrRzZtThHaA][-+!=~^$?]{0,7}",
    ),
]

UserId = Annotated[
    str,
    Spelt(
        'a number, "uid:gid", "uid:group", "-:group", a group, a path that has the number, or a'
        ' range "500-900"',
        r"-|(?:-:|(?!(?:65535|4294967295)[:-])\d{1,10}[:-])?(?!(?:65535|4294967295)$)"
        r"[A-Za-z0-9_][A-Za-z0-9_.-]*|/[^\s\x00-\x1f%\"'\\:]+",
    ),
]
"""As in sysusers.d(5). The two numbers are what "no user" was and is: `uid_is_valid` refuses them."""

_UNESCAPED = frozenset("CLfFw")
"""Types whose argument is read with C escapes, and then with specifiers."""


class TmpfilesRule(Module):
    """One line of tmpfiles.d(5)."""

    type: RuleType = option(description='What is to be done, such as "d" for a folder.')
    path: HostPath | Specifiers = option(
        description="The path; wildcards where the type takes them."
    )
    mode: FileMode | None = option(
        default=None, description="Permission bits. None: the type's own."
    )
    user: UserName | None = option(default=None, description="Owner. None: root.")
    group: GroupName | None = option(default=None, description="Group. None: root's.")
    age: Age | None = option(
        default=None, description="Older files in the folder are deleted. None: never."
    )
    argument: str | Specifiers | None = option(
        default=None,
        description=(
            "Content, target of a link, and so on, as the type has it; specifiers where the type "
            "expands them."
        ),
    )

    def __validate__(self) -> Iterator[Mistake]:
        """A rule is one line."""
        yield from _problems(self, tmpfiles_line)


class SysusersRule(Module):
    """One line of sysusers.d(5)."""

    type: Literal["u", "u!", "g", "m", "r"] = option(
        description="u: a user, u!: one that is locked, g: a group, m: who joins a group, r: a range."
    )
    name: UserName | Specifiers | None = option(
        default=None, description="Its name; none for a range."
    )
    id: UserId | Specifiers | None = option(
        default=None, description="Number or range; the group for m. None: chosen by the host."
    )
    description: str | Specifiers | None = option(default=None, description="The full name.")
    home: HostPath | Specifiers | None = option(default=None, description="Home folder. None: /.")
    shell: HostPath | Specifiers | None = option(
        default=None, description="Login shell. None: nologin."
    )

    def __validate__(self) -> Iterator[Mistake]:
        """A rule is one line."""
        yield from _problems(self, sysusers_line)


def tmpfiles_line(rule: Any, version: int = NEWEST) -> str:
    """A rule as its line, for a version of systemd. Raises BadValue."""
    mode = "-" if rule.mode is None else f"{rule.mode:04o}"
    _demand_known(version, "tmpfiles", {"path": rule.path, "argument": rule.argument})
    words = [rule.type, _quoted(rule.path, "path"), mode, rule.user or "-", rule.group or "-"]
    words.append(rule.age or "-")
    if rule.argument is not None:
        words.append(_argument(rule.type, rule.argument))
    elif rule.type[0] == "w":
        raise BadValue("argument", "is missing", "write what is to be written")
    return " ".join(words)


def sysusers_line(rule: Any, version: int = NEWEST) -> str:
    """A rule as its line, for a version of systemd. Raises BadValue."""
    if (rule.name is None) != (rule.type == "r"):
        raise BadValue("name", f"does not go with type {rule.type}", "a range has none, others do")
    names = ("name", "id", "description", "home", "shell")
    _demand_known(version, "sysusers", {name: getattr(rule, name) for name in names})
    id_ = rule.id or "-"
    if rule.type in ("m", "r") and id_ == "-":
        raise BadValue("id", "is missing", "write the group to join, or the range of numbers")
    _demand_names(rule.type, rule.name, id_)
    words = [rule.type, _word(rule.name or "-", "name"), _word(id_, "id")]
    more = [rule.description, rule.home, rule.shell]
    if not rule.type.startswith("u"):
        if any(each is not None for each in more):
            raise BadValue("type", f"is {rule.type}", "description, home and shell are for users")
        return " ".join(words)
    words.append("-" if rule.description is None else _gecos(rule.description))
    words += ["-" if path is None else _account_path(path) for path in (rule.home, rule.shell)]
    return " ".join(words)


def _demand_names(type_: str, name: object, id_: object) -> None:
    """Raise BadValue for a name or a number that systemd-sysusers would not take."""
    if isinstance(name, str) and not re.fullmatch(NEW_NAME, name):
        what = "is none that can be made: up to 31 letters, digits, _ and -, no digit first"
        raise BadValue("name", f"{name!r} {what}", "write another one")
    pattern, expected = _IDS[type_.rstrip("!")]
    if isinstance(id_, str) and id_ != "-" and not re.fullmatch(pattern, id_):
        group = re.fullmatch(NEW_NAME, id_) and type_.startswith("u")
        instead = f"write a number, or -:{id_} for a user of that group" if group else expected
        raise BadValue("id", f"is {id_!r}", instead)


_NUMBER = "(?:0|[1-9][0-9]{0,9})"
_IDS = {
    "u": (
        f"{_NUMBER}(?::(?:{_NUMBER}|{NEW_NAME}))?|-:{NEW_NAME}|/.*",
        'write a number, "uid:gid", "uid:group", "-:group", or a path that has the number',
    ),
    "g": (f"{_NUMBER}|/.*", "write a number, or a path that has it"),
    "m": (NEW_NAME, "write the name of the group to join"),
    "r": (f"{_NUMBER}(?:-{_NUMBER})?", 'write a number, or a range such as "500-900"'),
}
"""Type -> what its id may be (sysusers.d(5), "ID"), and what to write."""


def _problems(rule: Any, line: Any) -> Iterator[Mistake]:
    try:
        line(rule)
    except BadValue as bad:
        yield BadUnit(rule.__node__.path, str(bad), written_at(rule))


def _demand_known(version: int, kind: str, values: Mapping[str, Any]) -> None:
    """Raise BadValue for a specifier that a version of systemd does not know in such files."""
    for what, value in values.items():
        if isinstance(value, Specifiers):
            table = load(max(each for each in versions() if each <= version))
            unknown = unknown_specifiers(value.text, table.specifiers[kind])
            if unknown:
                known = ", ".join(f"%{letter}" for letter in table.specifiers[kind])
                found = (
                    f"has {unknown} in it, which {kind}.d of systemd {table.version} does not know"
                )
                raise BadValue(what, found, f"write one of {known}, or %% for a percent sign")


def _word(value: str | Specifiers, what: str) -> str:
    """A word that needs no quotes where it is plain: it was spelt right."""
    return one_line(value, what) if isinstance(value, str) else _quoted(value, what)


# Any: a text, a path or specifiers
def _quoted(value: Any, what: str) -> str:
    """One word; in these files a backslash only takes the next character as it is."""
    inner = text_of(value).replace("\\", "\\\\").replace('"', '\\"')
    return one_line(f'"{inner}"', what)


def _argument(type_: str, value: str | Specifiers) -> str:
    """The rest of a line."""
    if type_[0] in _UNESCAPED:
        text = text_of(value)
        if "\0" in text:
            raise BadValue("argument", "has a NUL in it", "remove it: a C string ends there")
        escaped = re.sub(r"[\x00-\x1f\x7f-\x9f\\\u2028\u2029]|^ | $|^-$", _escape, text)
        if not escaped:
            raise BadValue("argument", "is empty", "leave it out")
        if len(text.encode("utf-8", "replace")) > LONGEST_PATH:
            what = f"has more than {LONGEST_PATH} bytes, the most that systemd-tmpfiles takes"
            raise BadValue("argument", what, "have the file copied: type C")
        return one_line(escaped, "argument")
    expands = type_[0] in "tT"
    if isinstance(value, Specifiers) and not expands:
        why = f"is {value!r}, and type {type_} expands no specifiers"
        raise BadValue("argument", why, "write it plain")
    text = text_of(value) if expands else raw(value)
    if not text or text != text.strip() or text == "-":
        raise BadValue("argument", f"is {text!r}", "write it without blanks around it, or not")
    return one_line(text, "argument")


def _escape(match: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in match[0].encode("utf-8"))


def _gecos(value: str | Specifiers) -> str:
    text = raw(value)
    if re.search(r"""[:"'\\\x00-\x1f\x7f]""", text) or text != text.strip() or text in ("", "-"):
        instead = "write it without colons, quotes, tabs and blanks around it"
        raise BadValue("description", f"is {text!r}", instead)
    return _quoted(value, "description")


# Any: a path or specifiers
def _account_path(path: Any) -> str:
    text = raw(path)
    if re.search(r"""[:"'\\]""", text):
        raise BadValue("path", f"is {text!r}", "write one without colons, quotes and backslashes")
    return _quoted(path, "path")
