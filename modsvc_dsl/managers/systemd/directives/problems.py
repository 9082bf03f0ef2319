"""What systemd would not take from a directive's value, in words.

In: a `Directive` and a value of a user's. Out: None, or what the directive expects, what was found
and what to write. Refuses to know sections and units. It asks what can be told without the machine:
whether a path exists, a user is known or a calendar expression parses is systemd's to say.
"""

from __future__ import annotations

import enum
import re
import signal
from collections.abc import Callable
from pathlib import PurePath

from modsvc_dsl.managers.systemd.directives.quantities import (
    PERCENT,
    capabilities,
    limit,
    mode,
    number,
    percent,
    signal_name,
    size,
    span,
    whole,
)
from modsvc_dsl.language.pattern import pattern
from modsvc_dsl.managers.systemd.directives.table import Directive
from modsvc_dsl.managers.systemd.directives.values import is_list, render
from modsvc_dsl.managers.systemd.escaping import BadValue, unit_name_problem
from modsvc_dsl.managers.systemd.specifiers import (
    Specifiers,
    unexpanded_problem,
    unknown_specifiers,
)

TRUTHS = frozenset({"1", "yes", "y", "true", "t", "on", "0", "no", "n", "false", "f", "off"})
"""What systemd reads as a boolean (parse_boolean), in any case."""

_SPECIFIER = pattern(r"(?<!%)(?:%%)*%[A-Za-z]")
_ABSOLUTE = pattern(r"/|%[A-Za-z]")
"""How an absolute path begins: specifiers such as %S stand for the beginning of one."""

_WORD = pattern(r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|[^\s"'\\])+""")


def problem(directive: Directive, value: object) -> str | None:
    """Say why `value` does not suit `directive`, and what to write; None if it does.

    None (not written) suits every directive, and an empty string (reset) every list.
    """
    if value is None:
        return None
    try:
        render(directive, value)
    except BadValue as bad:
        return str(bad)
    if directive.kind == "ignored":
        instead = f"; write {directive.successor}=" if directive.successor else "; leave it out"
        return f"{directive.name}= has no effect in today's systemd{instead}"
    if not is_list(value):
        return _element_problem(directive, value)
    if not directive.many and len(value) > 1:
        return f"{directive.name}= takes one value, found a list of {len(value)}"
    found = (_element_problem(directive, element) for element in value)
    return next((text for text in found if text), None)


def _element_problem(directive: Directive, value: object) -> str | None:
    if isinstance(value, enum.Enum) and not isinstance(value, signal.Signals):
        value = value.value
    if isinstance(value, Specifiers):
        return _specifiers_problem(directive, value)
    if isinstance(value, str):
        value = value.strip()
        if value in directive.also or (directive.percent and PERCENT.fullmatch(value)):
            return None
        if directive.boolean and value.lower() in TRUTHS:
            return None
        if not value and (directive.many or directive.empty):
            return None
    elif directive.boolean and isinstance(value, bool):
        return None
    checked = value
    if isinstance(value, str) and directive.specifiers:
        checked = value.replace("%", "%%")
    expected = CHECKS[directive.kind](directive, checked) or ("a value" if value == "" else None)
    if expected is None:
        return None
    also = "".join(f", or {word}" for word in directive.also)
    also += ", or a percentage" * directive.percent
    also += ", or a boolean" * (directive.boolean and directive.kind != "enum")
    what, _, instead = expected.partition("; ")
    if directive.specifiers and re.search(f"%[{directive.specifiers}]", str(value)):
        instead = f"write specifiers({str(value)!r}): in plain text a % is a percent sign"
    return f"{directive.name}= expects {what}{also}, found {value!r}{instead and '; ' + instead}"


def _specifiers_problem(directive: Directive, value: Specifiers) -> str | None:
    """Why systemd would not expand a text, or not take what can be told of it before that."""
    if not directive.specifiers:
        instead = f"write it plain, {value.text.replace('%%', '%')!r}"
        return f"{directive.name}= has no specifiers, found {value!r}; {instead}"
    unknown = unknown_specifiers(value.text, directive.specifiers)
    if unknown:
        known = ", ".join(f"%{letter}" for letter in directive.specifiers)
        found = f"{directive.name}= does not know {unknown}, found {value!r}"
        return f"{found}; it has {known}, and %% for a percent sign"
    left = unexpanded_problem(directive, value.text)
    if left:
        return f"{directive.name}= expects {left}, found {value!r}"
    expected = CHECKS[directive.kind](directive, value.text)
    if expected is None or directive.kind not in _TOLD_WITH_SPECIFIERS:
        return None
    return f"{directive.name}= expects {expected.partition('; ')[0]}, found {value!r}"


_TOLD_WITH_SPECIFIERS = frozenset({"path", "exec", "unit", "user", "text", "enum", "uri"})
"""Kinds of which something is told of a text whose specifiers are only known to systemd."""


def _boolean(_: Directive, value: object) -> str | None:
    if isinstance(value, bool) or (isinstance(value, str) and value.lower() in TRUTHS):
        return None
    instead = f"; write {bool(value)}" if value in (0, 1) else ""
    return f"a boolean{instead}"


def _text(directive: Directive, value: object) -> str | None:
    if directive.name in _OF_PATHS and isinstance(value, (str, PurePath)):
        return next(filter(None, map(_leads_up, str(value).split())), None)
    if directive.name in _OF_CAPABILITIES and isinstance(value, str):
        return capabilities(value)
    if isinstance(value, (str, PurePath)) or (directive.numbers and whole(value)):
        return None
    return "text or a whole number" if directive.numbers else "text"


_OF_PATHS = frozenset(
    "BindPaths BindReadOnlyPaths TemporaryFileSystem MountImages ExtensionImages ListenFIFO"
    " ListenSpecial ListenUSBFunction".split()
)
"""Directives whose text has paths in it, beside other things."""

_OF_CAPABILITIES = frozenset({"AmbientCapabilities", "CapabilityBoundingSet"})
"""Directives whose text is names of capabilities."""


def _path(directive: Directive, value: object) -> str | None:
    if not isinstance(value, (str, PurePath)):
        return "a path"
    if isinstance(value, PurePath):
        words = [str(value).replace("%", "%%")]
    elif not directive.words:
        words = [value]
    else:
        words = [word.strip("\"'") for word in _WORD.findall(value)]
    for word in words:
        path = word
        for prefix in directive.prefixes:
            path = path.removeprefix(prefix)
        if directive.name in _BELOW:
            why = _below_problem(path)
        elif not _ABSOLUTE.match(path) and not directive.relative:
            why = "an absolute path; begin it with /, or specifiers(...) with one such as %S"
        else:
            why = _leads_up(path)
        if why:
            return why
    return None


_BELOW = frozenset(
    f"{each}Directory" for each in ("Runtime", "State", "Cache", "Logs", "Configuration")
)
"""Directives that name folders below one that systemd has for them (systemd.exec(5))."""


def _below_problem(path: str) -> str | None:
    """Why a folder cannot lie below systemd's own; a second path behind a colon is a link to it."""
    for each in path.split(":"):
        if each.startswith("/"):
            return "a path below systemd's own folder; take the / at its start off"
        if each.split("/")[0] == "private":
            return "a path that does not begin with private, which is systemd's own"
    return _leads_up(path)


def _leads_up(path: str) -> str | None:
    """systemd refuses to resolve `..` (path_is_normalized), whatever it would lead to."""
    steps = re.split("[/:]", path)
    return "a path without .. in it; write where it leads" if ".." in steps else None


def _enum(directive: Directive, value: object) -> str | None:
    if isinstance(value, str):
        if value in directive.values:
            return None
        if value.startswith(directive.prefixes):
            mark, _, path = value.partition(":")
            fits = mark not in _FILES or _ABSOLUTE.match(path)
            return None if fits else f"an absolute path behind {mark}:"
    is_number = whole(value) or (isinstance(value, str) and value.isdigit())
    if directive.numbers and is_number:
        return None
    words = [*directive.values, *(f"{prefix}..." for prefix in directive.prefixes)]
    words += ["a boolean"] * directive.boolean + ["a number"] * directive.numbers
    return f"one of {', '.join(words)}{_meant(directive, value)}"


_FILES = ("file", "append", "truncate")


def _meant(directive: Directive, value: object) -> str:
    """The advice for a misspelt word, or a boolean that an enum spells in words."""
    import difflib  # only needed to word an error

    if isinstance(value, bool):
        word = "yes" if value else "no"
        return f'; write "{word}"' if word in directive.values else ""
    near = difflib.get_close_matches(str(value).lower(), directive.values, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _exec(_: Directive, value: object) -> str | None:
    if not isinstance(value, str) or not value:
        return "a command line"
    if value.startswith("--"):
        return "a whole command line; each element of a list is one, so write the arguments into it"
    words = _WORD.findall(value)
    # quotes go before prefixes are looked for: "@/bin/a b" and @"/bin/a b" are the same to systemd
    program = re.sub("[\"']", "", words[0]).lstrip("@-:+!|") if words else ""
    if not program:
        return "a command line with a program in it"
    if "/" in program and not _ABSOLUTE.match(program):
        return "the absolute path of a program, or its bare name; begin it with /"
    return "a program; a path with / at its end is a folder" if program.endswith("/") else None


def _environment(_: Directive, value: object) -> str | None:
    fits = isinstance(value, str) and re.match(r"""["']?[A-Za-z_][A-Za-z0-9_]*=""", value)
    return None if fits else "NAME=value"


_PARTITIONS = frozenset(
    "root usr home srv esp xbootldr swap root-verity usr-verity root-verity-sig usr-verity-sig tmp"
    " var".split()
)
_USES = frozenset(
    "unprotected verity signed encrypted unused absent open ignore read-only-on read-only-off growfs-on"
    " growfs-off".split()
)


def _policy(_: Directive, value: object) -> str | None:
    """What may be in a disk image, systemd.image-policy(7). A wrong one keeps the unit from loading."""
    expected = 'an image policy; write text such as "root=verity+signed:swap=absent"'
    if not isinstance(value, str):
        return expected
    if value in ("*", "-", "~"):
        return None
    seen: set[str] = set()
    for rule in value.split(":"):
        partition, equals, uses = rule.partition("=")
        if not equals or partition in seen or partition not in (*_PARTITIONS, ""):
            return expected
        if not _USES.issuperset(filter(None, uses.split("+"))):
            return expected
        seen.add(partition)
    return None


def _condition(_: Directive, value: object) -> str | None:
    return None if isinstance(value, (str, int, PurePath)) else "text, a number or a boolean"


def _calendar(_: Directive, value: object) -> str | None:
    fits = isinstance(value, str) and value
    return None if fits else 'a calendar expression; write text such as "Mon *-*-* 04:00"'


def _unit(directive: Directive, value: object) -> str | None:
    if not isinstance(value, str):
        return "a unit's name"
    words = value.split() if directive.words else [value]
    bad = next((word for word in words if word and not _is_unit_name(word)), None)
    return None if bad is None else f"a unit's name with its suffix; {bad!r} is none"


def _is_unit_name(word: str) -> bool:
    """Would systemd take a word as a unit's name? What has specifiers in it is only known there."""
    if _SPECIFIER.search(word):
        return re.search(r"[^A-Za-z0-9:_.\\@/%-]", word) is None
    return unit_name_problem(word) is None


def _user(directive: Directive, value: object) -> str | None:
    expected = "a name or a number"
    if not isinstance(value, str):
        return None if whole(value) and value >= 0 and value not in _NO_USERS else expected
    names = value.split() if directive.words else [value]
    return None if all(map(_is_user, names)) else expected


_NO_USERS = frozenset({65535, 4294967295})
"""The numbers that stand for no user: (uid_t) -1 in 16 and in 32 bits (user-util.c)."""


def _is_user(name: str) -> bool:
    """Would systemd take it (valid_user_group_name, relaxed)? Specifiers are only known there."""
    if _SPECIFIER.search(name):
        return not re.search("[:/]", name)
    if re.fullmatch("[0-9]+", name):
        return (name == "0" or name[0] != "0") and int(name) not in _NO_USERS
    return name not in (".", "..") and not re.search(r"[:/\x00-\x1f\x7f]|^-?[0-9]*$", name)


_SCHEMES = ("http://", "https://", "file:/", "info:", "man:")
"""What systemd takes for documentation (documentation_url_is_valid)."""


def _uri(_: Directive, value: object) -> str | None:
    expected = f"addresses that begin with {', '.join(_SCHEMES[:-1])} or {_SCHEMES[-1]}"
    if not isinstance(value, str):
        return expected
    words = [word.strip("\"'") for word in _WORD.findall(value)]
    fits = all(_SPECIFIER.match(word) or word.startswith(_SCHEMES) for word in words)
    return None if fits else expected


CHECKS: dict[str, Callable[[Directive, object], str | None]] = {
    "boolean": _boolean,
    "integer": number,
    "unsigned": number,
    "text": _text,
    "path": _path,
    "seconds": span,
    "nanoseconds": span,
    "size": size,
    "mode": mode,
    "enum": _enum,
    "exec": _exec,
    "environment": _environment,
    "condition": _condition,
    "calendar": _calendar,
    "policy": _policy,
    "unit": _unit,
    "user": _user,
    "signal": signal_name,
    "percent": percent,
    "limit": limit,
    "uri": _uri,
}
"""Kind of a directive -> what it expects (and, behind `; `, what to write), None if that is so."""
