"""What can be wrong with a service beyond the types of its options.

In: paths, values, places. Out: one `Mistake` class each. Refuses to detect: the options'
own files do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ...language.errors import Mistake, Report
from ...language.errors.report import parts
from ...language.provenance import Location, Place
from ...language.words import Path, show_found, show_path, show_value


def _places(label: str, places: Sequence[Place]) -> tuple[tuple[str, Location], ...]:
    return tuple(dict.fromkeys((label, place.locate()) for place in places))


_PREFIXES = {"-": "may_fail", "+": "privileged"}
"""Prefix of a command in a unit (systemd.service(5)) -> the option of `Command` that means it."""


class BadProgram(Mistake):
    """An argument vector whose first element names no program."""

    category = "type"

    def __init__(
        self, path: Path, argv: Sequence[Any], places: Sequence[Place], prefixed: bool = False
    ) -> None:
        """`prefixed` tells of a command that could be a `Command`, which has words for prefixes."""
        name, program = show_path(path), argv[0] if argv else None
        if program is None:
            headline = f"`{name}` is an empty list, and its first item is the program to run"
        elif program == "":
            headline = f"`{name}` starts with an empty string, where the program stands"
        else:
            headline = f"`{name}` starts with {show_value(program)}, which is no absolute path"
        likely = str(program or "").rstrip("/").rpartition("/")[2]
        if not re.fullmatch(r"[\w.+-]+", likely):
            likely = "server"
        advice = f'write the absolute path of the program first, as in "/usr/bin/{likely}"'
        meant = _PREFIXES.get(str(program or "")[:1]) if prefixed else None
        if meant and str(program)[1:2] == "/":
            rest = [str(program)[1:], *argv[1:]]
            advice = (
                f"write Command({show_value(rest)}, {meant}=True) for what the sign says to systemd"
            )
        super().__init__(Report(headline, (), _places("defined", places), (advice,)), path)


class BadCharacter(Mistake):
    """A text that no process could be given."""

    category = "type"

    def __init__(self, path: Path, value: Any, what: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` {what}"
        found = (f"found {show_value(value)}",)
        advice = "write a text without it"
        super().__init__(Report(headline, found, _places("defined", places), (advice,)), path)


class BadFlagName(Mistake):
    """A flag that is named with the dashes that its format adds."""

    category = "type"

    def __init__(self, path: Path, bare: str, prefix: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` is named with its dashes, and flag_format adds {prefix!r}"
        advice = f"write {bare!r}, or say flag_format=FlagFormat.VERBATIM"
        super().__init__(Report(headline, (), _places("defined", places), (advice,)), path)


class FlagBeforeProgram(Mistake):
    """A flag whose order puts it where the program stands."""

    category = "conflict"

    def __init__(self, path: Path, flag: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` would start with the flag {flag!r}, before its program"
        advice = (
            "take before(...) off the flags, or put before(...) around the program as well: of one "
            "order, arguments come before flags"
        )
        super().__init__(Report(headline, (), _places("defined", places), (advice,)), path)


class Contradiction(Mistake):
    """Options that cannot be kept together.

    `said` has each of them as it is written, such as "reload_signal", with where that is defined.
    """

    category = "conflict"

    def __init__(
        self, path: Path, why: str, said: Sequence[tuple[str, Sequence[Place]]], advice: str
    ) -> None:
        headline = f"`{show_path(path)}` {why}"
        found = tuple(
            each
            for name, defined in said
            for each in parts(f"`{name}` defined", defined, (*path, *name.split(".")))
        )
        super().__init__(Report(headline, (), found, (advice,)), path)


class NothingToRun(Mistake):
    """A service that neither runs a process nor groups services."""

    category = "undefined"

    def __init__(self, path: Path, written: Sequence[Place]) -> None:
        name = show_path((*path, "process", "argv"))
        headline = f"`{name}` has no value, and `{show_path(path)}` has no services below it"
        advice = "define process.argv, or place services in it if it only groups them"
        super().__init__(Report(headline, (), _places("service written", written), (advice,)), path)


class BadHostUnit(Mistake):
    """A unit of the host whose name is no text."""

    category = "type"

    def __init__(self, found: object, place: Place) -> None:
        headline = f"host_unit(...) takes the name of a unit, found {show_found(found)}"
        advice = 'write it as the host knows it: host_unit("network-online.target")'
        super().__init__(Report(headline, (), _places("written", [place]), (advice,)))


class BadServiceName(Mistake):
    """A service whose name could not be part of a path or of another name."""

    category = "type"

    def __init__(self, path: Path, name: str, why: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` is a service with a name that {why}"
        advice = "name it with letters, digits, - and _"
        super().__init__(Report(headline, (), _places("placed", places), (advice,)), path)


class BadFileName(Mistake):
    """The name of a config file that is not a relative path below its service's folder."""

    category = "type"

    def __init__(self, path: Path, name: str, why: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` has the file name {show_value(name)}, which {why}"
        advice = 'write a relative path that stays in its folder, as in "server.conf"'
        super().__init__(Report(headline, (), _places("written", places), (advice,)), path)


class NoSingleContent(Mistake):
    """A config file that has several of text, source and settings, none stronger than the others."""

    category = "conflict"

    def __init__(self, path: Path, said: Sequence[str], places: Sequence[Place]) -> None:
        few = " and ".join([", ".join(said[:-1]), said[-1]])
        headline = f"`{show_path(path)}` has {few}, and a file has one content"
        advice = "keep one of them"
        super().__init__(Report(headline, (), _places("written", places), (advice,)), path)


class NoContent(Mistake):
    """A config file that has none of text, source and settings."""

    category = "undefined"

    def __init__(self, path: Path, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` has neither a text nor a source nor settings"
        advice = (
            'write ConfigFile(text="..."), ConfigFile(source=Path("...")) or '
            "ConfigFile(settings=...)"
        )
        super().__init__(Report(headline, (), _places("written", places), (advice,)), path)


class Ring(Mistake):
    """Services each of which comes before the next, in a ring."""

    category = "infinite-recursion"

    def __init__(
        self, what: str, joint: str, chain: Sequence[tuple[Path, Path, Sequence[Place]]]
    ) -> None:
        """`what` says what no service can do, `joint` stands between two of them.

        `chain` has for each step the path of a service, the path of the option by which it comes
        before the next one, and where that is defined.
        """
        names = [show_path(service) for service, _, _ in chain]
        headline = f"`{names[0]}` {what}"
        ring = f" {joint} ".join([*names, names[0]])
        places = tuple(
            each
            for _, option, defined in chain
            for each in _places(f"`{show_path(option)}` defined", defined)
        )
        advice = "take one of these relations away"
        super().__init__(Report(headline, (ring,), places, (advice,)), chain[0][0])


class BadReference(Mistake):
    """A relation to something that it cannot be kept with."""

    def __init__(self, path: Path, why: str, advice: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` refers to {why}"
        super().__init__(Report(headline, (), _places("defined", places), (advice,)), path)
