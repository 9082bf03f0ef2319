"""What systemd would ignore or refuse in a unit as a whole.

In: a service, one of its units, the host's version of systemd. Out: mistakes and notes. Refuses to
look at single values, which were judged when they were merged: by the newest version that is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ...language.evaluation.configuration import once_per_touch, touched_names
from ...language.errors import Mistake
from ...language.errors.report import placed
from ...language.declaration.module import Module
from ...language.words import did_you_mean, show_value
from ...services.service import Service
from ..manager import written_at
from .assembly import Draft
from .demands import lines, unmet_demands, without_effect
from .directives.problems import problem
from .directives.table import Directive, load, versions
from .escaping import BadValue, section_name_problem
from .look_alikes import instances_of_none, plain_look_alikes
from .mistakes import BadLine
from .names import called, is_service
from .out_of_reach import HANDING, credentials_out_of_reach, environment_out_of_reach
from .section import known, names, problem_of
from .specifiers import has_specifiers
from .systemd import SystemdService
from .text import section_lines
from .trace import Trace, trace
from .unit import SECTIONS
from .units import FURTHER
from .versions import NEWEST

_OPTIONS = {section: option for option, section in SECTIONS.items()}
_ELSEWHERE = {suffix.capitalize(): option for option, suffix in FURTHER.items()}
"""Section of one type of units -> the option of `systemd` that holds these."""

_BESIDE = ("service", "socket", "timer", "path")
"""Types whose unit of the service's own name has an option of its own."""


_NONE: Mapping[str, Any] = {}


def mistakes(owner: Module, draft: Draft, version: int) -> Iterator[Mistake]:
    """Why a unit would not mean to systemd what it says."""
    anew = version < NEWEST  # else what the tables know was judged when the section was merged
    for section, directives in draft.sections.items():
        if section in _ELSEWHERE and section.lower() != draft.suffix:
            yield _foreign(owner, draft, section)
            continue
        if not directives:
            yield from _unnamable(owner, draft, section)
        if not directives.keys().isdisjoint(_LOADED):
            yield from _misread(owner, draft, section, version)
        if anew or section in draft.manner.extra:
            yield from _bad_lines(owner, draft, section, version)
    yield from unmet_demands(owner, draft)
    if not draft.sections.get("Service", _NONE).keys().isdisjoint(HANDING):
        yield from credentials_out_of_reach(owner, draft, version)


def _bad_lines(owner: Module, draft: Draft, section: str, version: int) -> Iterator[Mistake]:
    """A mistake for each line of a section that this version of systemd would not take, and for each
    of `extra` that none would."""
    extra = draft.manner.extra.get(section, {})
    for name, value in draft.sections[section].items():
        why = line_problem(section, name, value, version, name in extra, draft.manner.judged)
        if why or name in extra:
            found = traced(owner, draft, section, name)
            own: Mapping[str, Any] = getattr(draft.unit, _OPTIONS.get(section, "extra"))
            if not why and name in own and found.path[-2] == _OPTIONS.get(section):
                why = "is said here and in extra; keep one of them"
            if why:
                yield BadLine(found.path, why, found.places)


def traced(owner: Module, draft: Draft, section: str, name: str) -> Trace:
    """What says a directive of a unit, and where."""
    return trace(owner, draft.name, section, name, "")


def line_problem(
    section: str, name: str, value: Any, version: int, is_extra: bool, judged: bool = True
) -> str:
    """Why systemd would ignore or refuse a directive; those of `is_extra` were not judged before."""
    if is_extra:
        directive = known(section, name)
        if directive is None or not judged:
            return _unread_problem(section, name, value) or _writing_problem(section, name, value)
        found = problem_of(section, name, value)
        if found:
            return found
    return "" if version >= NEWEST else _version_problem(section, name, value, version)


def _unread_problem(section: str, name: str, value: Any) -> str:
    """Why specifiers make no sense where systemd itself reads nothing."""
    if section.startswith("X-") or name.startswith("X-"):
        if has_specifiers(value):
            return f"nothing expands specifiers in {name}=, which systemd does not read; write it plain"
    return ""


def _writing_problem(section: str, name: str, value: Any) -> str:
    """Why no line of a unit could hold something that no table knows."""
    try:
        section_lines(section, {name: value})
    except BadValue as bad:
        return f"{bad.what} {bad.found}; {bad.instead}"
    return ""


def _version_problem(section: str, name: str, value: Any, version: int) -> str:
    """Why the host's systemd, which is older than the newest table, would not take a directive."""
    since = _since(section, name, version)
    if since:
        return (
            f"systemd {version}, which this host has, knows no {name}=, and systemd {since} does; "
            f"leave it out, or write SystemdManager(version={since}) once the host has that"
        )
    older = _judging_otherwise(section, name, version)
    if older is None and has_specifiers(value):
        older = _known_to(section, name, version)
    why = problem(older, value) if older is not None else None
    if not why:
        return ""
    what, _, advice = why.partition("; ")
    return (
        f"systemd {version}, which this host has: {what}, and systemd {NEWEST} takes it; {advice}"
    )


@lru_cache(maxsize=4096)
def _since(section: str, name: str, version: int) -> int | None:
    """The first version known to have a directive, where `version` has not; None where it has."""
    directive = known(section, name)
    if directive is None or load(_table_of(version)).directive(section, name):
        return None
    first = directive.since or next(v for v in versions() if load(v).directive(section, name))
    return first if first > version else None


def _known_to(section: str, name: str, version: int) -> Directive | None:
    """A directive as a version of its own table knows it."""
    return load(version).directive(section, name) if version in versions() else None


@lru_cache(maxsize=4096)
def _judging_otherwise(section: str, name: str, version: int) -> Directive | None:
    """The same, where it differs from the newest in more than in its specifiers."""
    older, newest = _known_to(section, name, version), known(section, name)
    if older is None or newest is None:
        return older
    return None if older._replace(specifiers=newest.specifiers) == newest else older


def _table_of(version: int) -> int:
    """The newest version up to this one that has a table."""
    return max(each for each in versions() if each <= version)


_LOADED = frozenset({"LoadCredential", "LoadCredentialEncrypted"})

_EXECUTOR = 255
"""Since this version a program of its own, systemd-executor, starts processes. It is told the path of a
credential as it stands between blanks (exec_context_serialize), up to the newest version we know."""


def _misread(owner: Module, draft: Draft, section: str, version: int) -> Iterator[Mistake]:
    """A mistake for each credential of which systemd would read another file, or none."""
    for name in _LOADED & draft.sections[section].keys() if version >= _EXECUTOR else ():
        for line in lines(draft.sections[section][name]):
            path = str(line).partition(":")[2]
            if re.search(r"[\s\\]", path):
                found = traced(owner, draft, section, name)
                why = (
                    f"systemd {version}, which this host has, reads {path!r} as another path, for the"
                    " blanks or backslashes in it; keep the secret at a path without any"
                )
                yield BadLine(found.path, why, found.places)


def _unnamable(owner: Module, draft: Draft, section: str) -> Iterator[Mistake]:
    """An empty section that could have no header; in others, each directive tells so."""
    why = section_name_problem(section)
    if why:
        path = (*owner.__node__.path, *draft.option, "extra", section)
        yield BadLine(path, why, tuple(placed("written", written_at(draft.unit))))


def _foreign(owner: Module, draft: Draft, section: str) -> Mistake:
    """A section that units of this type do not have."""
    found = traced(owner, draft, section, next(iter(draft.sections[section]), ""))
    name = section.lower()
    why = (
        f"{draft.name} is no .{section.lower()} unit, and systemd ignores [{section}] in it; "
        f"write it for systemd.{name if name in _BESIDE else _ELSEWHERE[section]}"
    )
    return BadLine(found.path[:-1], why, found.places)


def said_twice(owner: Module, draft: Draft) -> Mistake:
    """A further unit of a name that the service has a unit of already."""
    key = str(draft.option[-1])
    advice = "keep one of them" if key else f"write it for systemd.{draft.suffix}"
    maker = "the service" if is_service(owner) else "the host"
    why = f"{show_value(key)} means {draft.name}, which {maker} has already; {advice}"
    return BadLine(
        (*owner.__node__.path, *draft.option), why, placed("written", written_at(draft.unit))
    )


# --- notes --------------------------------------------------------------------------------


def notes(owner: Module, draft: Draft, version: int) -> Iterator[str]:
    """What is taken as it is and does less than it says."""
    extra = draft.manner.extra
    for section, directives in extra.items() if extra else ():
        for name in directives:
            if section.startswith("X-") or name.startswith("X-"):
                continue
            if not known(section, name) and version <= NEWEST:
                where = _called(owner, draft)
                text = f"{where}: systemd {version} knows no {name}= in [{section}], and ignores it"
                meant = did_you_mean(name, names(section))
                yield f"{text}; {meant}" if meant else text
    if not is_service(owner):
        yield from _of_nobody(owner, draft)
    if not draft.manner.judged:
        where = _called(owner, draft)
        yield f"{where}: is not judged, so systemd may refuse it, or ignore a part of it"
    yield from without_effect(owner, draft)
    if not draft.sections.get("Service", _NONE).keys().isdisjoint(HANDING):
        yield from environment_out_of_reach(owner, draft, version)


def _of_nobody(owner: Module, draft: Draft) -> Iterator[str]:
    """What is said of a unit that belongs to no service."""
    where, service = _called(owner, draft), draft.sections.get("Service", {})
    if draft.suffix == "service" and draft.manner.enable and not draft.manner.drop_in:
        if service.keys().isdisjoint(("User", "DynamicUser")):
            yield f"{where}: runs as root, since it says neither User= nor DynamicUser="
    yield from _percent_signs(where, draft)


def _called(owner: Module, draft: Draft) -> str:
    return f"{called(owner)}: {draft.name}"


def _percent_signs(where: str, draft: Draft) -> Iterator[str]:
    """What the rules of services find in theirs, of a unit of the host's."""
    for each in plain_look_alikes(draft.unit):
        meant = "two percent signs" if each.found == "%%" else "no specifier"
        yield (
            f"{where}: {each.option[-1]}= is {show_value(each.value)}, and {each.found} in plain text"
            f" is {meant}; write specifiers({str(each.value)!r}) for what systemd puts there"
        )
    for each in instances_of_none(draft.name, draft.unit):
        yield (
            f"{where}: {each.option[-1]}= is {show_value(each.value)}, and {each.found} is empty in"
            " what is no template"
        )


def idle(service: Service, running: bool) -> Iterator[str]:
    """What is said of units that are not made of a service, `running` or not."""
    if not running:
        own = service[SystemdService].systemd.service
        if any(getattr(own, option) for option in SECTIONS):
            yield f"{called(service)}: has no process of its own, so systemd.service has no effect"
    for suffix in once_per_touch(service, _touched_units):
        unit = getattr(service[SystemdService].systemd, suffix)
        if not getattr(unit, suffix) and any(getattr(unit, option) for option in SECTIONS):
            section, where = suffix.capitalize(), called(service)
            yield f"{where}: systemd.{suffix} has nothing in [{section}], so no unit is made of it"


def _touched_units(service: Service) -> list[str]:
    """The units beside the service's own of which more may be said than what they are for."""
    systemd = service[SystemdService].systemd
    return [
        unit
        for unit in ("socket", "timer", "path")
        if touched_names(getattr(systemd, unit)) - {unit}
    ]
