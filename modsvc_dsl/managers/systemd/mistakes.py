"""What can be wrong with units.

In: paths, names, places. Out: one `Mistake` class each. Refuses to detect.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.errors import Mistake, Report
from ...language.errors.report import names, parts, placed
from ...language.provenance import Location, Place
from ...language.words import Path, all_of, did_you_mean, show_path, show_value
from ...services.values.spelling import LONGEST_NAME

HOMES = (
    *("Unit", "Service", "Socket", "Timer", "Path", "Mount"),
    *("Automount", "Swap", "Slice", "Install"),
)
"""The sections that `Unit` has options for."""

Places = tuple[tuple[str, Location], ...]
"""Locations, each with what happened there."""


_QUOTED = r"""(?<!\w)'(?:[^'\\]|\\.)*'|(?<!\w)"(?:[^"\\]|\\.)*\""""
"""A text of the user's in a message, as repr() shows it."""


def parted(why: str) -> tuple[str, str]:
    """What is wrong, and behind the first `; ` outside of quotes what to write instead."""
    bare = re.sub(_QUOTED, lambda quoted: "_" * len(quoted[0]), why)
    end = bare.find("; ")
    return (why, "") if end < 0 else (why[:end], why[end + 2 :])


class BadDirective(Mistake):
    """A value that a directive does not take, or that no line of a unit could hold."""

    category = "type"

    def __init__(self, path: Path, why: str, places: Sequence[Place]) -> None:
        what, advice = parted(why)
        headline = f"`{show_path(path)}`: {what}"
        super().__init__(Report(headline, (), parts("defined", places, path), (advice,)), path)


class UnknownDirective(Mistake):
    """A name that is no directive of the section it stands in.

    `homes` are the sections that have it, `known` the names that the section has, `elsewhere`
    those of other sections, as in "Description of [Unit]".
    """

    category = "missing-option"

    def __init__(
        self,
        path: Path,
        section: str,
        homes: Sequence[str],
        known: Sequence[str],
        elsewhere: Sequence[str],
        places: Sequence[Place],
    ) -> None:
        name = str(path[-1])
        headline = f"`{show_path(path)}` is no directive of [{section}]"
        extra = f'Unit(extra={{"{section}": {{"{name}": ...}}}})'
        if section == "Manager":
            extra = f'extra_settings={{"{name}": ...}}'
        if name.startswith("X-"):
            headline += ": names that begin with X- are nobody's but yours"
            advice = f"write {extra}"
        elif list(homes) == ["Manager"]:
            headline += ", but a setting of the manager"
            advice = f'write SystemdHost(systemd=HostSystemd(settings={{"{name}": ...}}))'
        elif homes:
            near = [home for home in homes if home in HOMES] or list(homes)
            headline += f", but of {all_of(f'[{home}]' for home in near)}"
            advice = f'write Unit({near[0].lower()}={{"{name}": ...}})'
            if near[0] not in HOMES:
                advice = f"leave it out: it is for .{near[0].lower()} units"
        else:
            advice = did_you_mean(name, known) or did_you_mean(name, elsewhere)
            advice = advice or f"if it is newer than this library, write {extra}"
        super().__init__(Report(headline, (), names("written", places, path), (advice,)), path)


class BadSpecifiers(Mistake):
    """A text with specifiers that has something else in it."""

    category = "type"

    def __init__(self, why: str, advice: str, place: Place) -> None:
        headline = f"specifiers(...) {why}"
        super().__init__(Report(headline, (), placed("written", [place]), (advice,)))


class SpecifiersAsText(Mistake):
    """A value with specifiers where a plain text stands, in which a `%` is a `%`."""

    category = "type"

    def __init__(self, shown: str, advice: str, place: Place) -> None:
        headline = f"{shown} is no plain text: in one, each % would stand for itself"
        super().__init__(Report(headline, (), placed("used", [place]), (advice,)))


class BadUnitName(Mistake):
    """A service, or a further unit of one, that systemd would refuse for its name."""

    def __init__(self, path: Path, unit: str, why: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` makes the unit {show_value(unit)}: {why}"
        further = len(path) > 2 and path[-3] == "systemd"
        called, label = ("unit", "written") if further else ("service", "placed")
        advice = f"name the {called} with letters, digits, - and _"
        if len(unit) > LONGEST_NAME:
            advice = f"give the {called} a shorter name, or place it below fewer services"
        super().__init__(Report(headline, (), placed(label, places), (advice,)), path)


class BadLine(Mistake):
    """A line of a unit that systemd would ignore or refuse; `places` are those that say it."""

    category = "type"

    def __init__(self, path: Path, why: str, places: Places) -> None:
        what, advice = parted(why)
        super().__init__(Report(f"`{show_path(path)}`: {what}", (), places, (advice,)), path)


class Unquotable(Mistake, ValueError):
    """A text that no line of a unit could hold, given to a function that writes one."""

    category = "type"

    def __init__(self, function: str, why: str, place: Place) -> None:
        what, advice = parted(why)
        places = placed("written", [place])
        super().__init__(Report(f"{function}(...): {what}", (), places, (advice,)))


class BadVersion(Mistake):
    """A version of systemd that the library does not know enough about."""

    category = "type"

    def __init__(self, version: object, oldest: int, place: Place) -> None:
        headline = f"SystemdManager(version={show_value(version)}): no version that is known"
        advice = (
            f"write the host's version as a whole number, from {oldest} on: systemctl --version"
        )
        super().__init__(Report(headline, (), placed("written", [place]), (advice,)))


class BadUnit(Mistake):
    """A unit, or a rule of tmpfiles.d or sysusers.d, that cannot be as it is written."""

    category = "type"

    def __init__(self, path: Path, why: str, places: Sequence[Place]) -> None:
        what, advice = parted(why)
        headline = f"`{show_path(path)}`: {what}"
        super().__init__(Report(headline, (), placed("written", places), (advice,)), path)


class BadScope(Mistake):
    """A scope that systemd has no manager for."""

    category = "type"

    def __init__(self, scope: object, place: Place) -> None:
        headline = f"SystemdManager(scope={show_value(scope)}): no scope of systemd"
        advice = 'write "system" for the whole host, or "user" for the manager that each user has'
        super().__init__(Report(headline, (), placed("written", [place]), (advice,)))
