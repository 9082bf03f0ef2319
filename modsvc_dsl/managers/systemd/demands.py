"""What systemd demands of a unit as a whole before it loads it, and what it then passes over.

In: one unit of a service. Out: a mistake for each demand that is not met, and notes on directives that
have no effect beside others. Refuses to judge single values, and what only some versions demand.

The demands are those of service_verify, socket_verify, timer_verify and path_verify in systemd's sources, the same
in 252 and 257; what DynamicUser= implies is in systemd.exec(5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from ...language.errors import Mistake
from ...language.errors.report import placed
from ...language.declaration.module import Module
from ..manager import written_at
from .assembly import Draft
from .given import TRUE
from .mistakes import BadLine
from .names import called
from .specifiers import raw
from .trace import trace

Directives = Mapping[str, Any]


class Unmet(NamedTuple):
    """A demand that is not met: `why` with what to write behind `; `, and who says so.

    `said` are the directives to blame, each with its section; `whole` says that it is not the first of
    them above all that is wrong, but the unit.
    """

    why: str
    said: tuple[tuple[str, str], ...] = ()
    whole: bool = False


def unmet_demands(owner: Module, draft: Draft) -> Iterator[Mistake]:
    """A mistake for everything that would keep systemd from loading the unit.

    A masked unit is not loaded at all, and what a drop-in adds to is the host's.
    """
    if draft.manner.drop_in or not draft.manner.enable or not draft.manner.judged:
        return
    unmet_ones = [*_DEMANDS.get(draft.suffix, _nothing)(draft.sections)]
    if draft.suffix in _LIMITED:
        unmet_ones += _of_its_type(draft.suffix, draft.sections)
    for unmet in unmet_ones:
        found = [trace(owner, draft.name, *said, "") for said in unmet.said]
        places = [place for each in found for place in each.places]
        places = places or list(placed("written", written_at(draft.owner)))
        unit = (*owner.__node__.path, *draft.option)
        path = unit if unmet.whole else found[0].path
        yield BadLine(path, unmet.why, tuple(dict.fromkeys(places)))


def without_effect(owner: Module, draft: Draft) -> Iterator[str]:
    """A note for each directive that systemd passes over beside another one, or doubts."""
    directives = draft.sections.get("Service", {})
    for name, beside, what in _passed_over(directives):
        places: list[str] = []
        for each in (name, beside):
            found = trace(owner, draft.name, "Service", each, "")
            places += [str(location) for _, location in found.places]
        lines = ", ".join(dict.fromkeys(places))
        yield (
            f"{called(owner)}: {draft.name}: {name}= has no effect beside"
            f" {beside}=: {what} ({lines})"
        )
    if directives.get("Type") == "dbus" and directives.get("DynamicUser") in TRUE:
        places = [str(at) for _, at in trace(owner, draft.name, "Service", "Type", "").places]
        yield (
            f"{called(owner)}: {draft.name}: waits for its name on the bus, where dbus-daemon, unlike"
            " dbus-broker, lets nobody on who is made while the service runs; write"
            f" identity=Identity(create=True) ({', '.join(places)})"
        )
    for name in ("User", "Group"):
        if name in directives and len(raw(directives[name]).split()) > 1:
            yield (
                f"{called(owner)}: {draft.name}: {name}={raw(directives[name])} has a"
                " blank in it; systemd takes it as one name, which useradd(8) would not make"
            )


# --- services -----------------------------------------------------------------------------


def _of_service(sections: Mapping[str, Directives]) -> Iterator[Unmet]:
    service = sections.get("Service", {})
    commands = lines(service.get("ExecStart"))
    kind = service.get("Type") or ("simple" if commands else "oneshot")
    if not commands:
        yield from _without_command(service, sections.get("Unit", {}), kind)
    elif len(commands) > 1 and kind != "oneshot":
        yield Unmet(
            f"has {len(commands)} commands, which systemd runs for Type=oneshot only; write what comes"
            " before or after it as ExecStartPre= or ExecStartPost=, and what takes its place as"
            " systemd.main_exec_start",
            (("Service", "ExecStart"),),
        )
    if kind == "oneshot":
        yield from _of_oneshot(service)
    if kind == "dbus" and not service.get("BusName"):
        yield Unmet(
            "Type=dbus waits for a name on the bus, and none is said; write BusName=",
            (("Service", "Type"),),
        )


def _without_command(service: Directives, unit: Directives, kind: str) -> Iterator[Unmet]:
    """A service unit that starts nothing may still be there for what happens at its end."""
    stops = lines(service.get("ExecStop"))
    ends = unit.get("SuccessAction") not in (None, "", "none")
    said = tuple(("Service", name) for name in ("ExecStart", "ExecStop") if name in service)
    if not stops and not ends:
        why = "has no command, and systemd refuses such a unit; write ExecStart="
        yield Unmet(why, said, whole=True)
    elif kind != "oneshot":
        why = f"has no command, which Type={kind} cannot do without; write ExecStart="
        yield Unmet(why, (("Service", "Type"),))
    elif not ends and service.get("RemainAfterExit") not in TRUE:
        why = "has a command for its end and none for its start, so it ends at once; "
        yield Unmet(f"{why}write ExecStart=, or RemainAfterExit=True", said, whole=True)


def _of_oneshot(service: Directives) -> Iterator[Unmet]:
    restart = service.get("Restart")
    if restart in ("always", "on-success"):
        why = (
            f"starts again what has ended well, and a oneshot is done then: systemd refuses"
            f" Restart={restart} with Type=oneshot; write on-failure or no, or have a timer start it"
        )
        yield Unmet(why, (("Service", "Restart"), ("Service", "Type")))
    if service.get("ExitType") == "cgroup":
        why = "systemd refuses ExitType=cgroup with Type=oneshot; leave one of them out"
        yield Unmet(why, (("Service", "ExitType"), ("Service", "Type")))


# --- what starts services -----------------------------------------------------------------


def _of_socket(sections: Mapping[str, Directives]) -> Iterator[Unmet]:
    socket = sections.get("Socket", {})
    if not any(lines(value) for name, value in socket.items() if name.startswith("Listen")):
        why = "listens nowhere, and systemd refuses such a socket; write ListenStream= or another"
        yield Unmet(f"{why} Listen...=", _all("Socket", socket), whole=True)


_EVENTS = ("OnClockChange", "OnTimezoneChange")


def _of_timer(sections: Mapping[str, Directives]) -> Iterator[Unmet]:
    timer = sections.get("Timer", {})
    times = (name for name in timer if name.startswith("On") and name not in _EVENTS)
    if not any(lines(timer[name]) for name in times):
        if not any(timer.get(name) in TRUE for name in _EVENTS):
            why = "elapses never, and systemd refuses such a timer; write OnCalendar= or another"
            yield Unmet(f"{why} On...=", _all("Timer", timer), whole=True)


def _of_path(sections: Mapping[str, Directives]) -> Iterator[Unmet]:
    path = sections.get("Path", {})
    if not any(lines(path.get(name)) for name in _WATCHED):
        why = "watches nothing, and systemd refuses such a unit; write PathExists= or another path"
        yield Unmet(why, _all("Path", path), whole=True)


_WATCHED = (
    "PathExists",
    "PathExistsGlob",
    "PathChanged",
    "PathModified",
    "DirectoryNotEmpty",
)


def _all(section: str, directives: Directives) -> tuple[tuple[str, str], ...]:
    return tuple((section, name) for name in directives)


NOT_FOR = {
    **dict.fromkeys(
        ("Delegate", "DelegateSubgroup"), frozenset({"socket", "mount", "swap", "slice"})
    ),
    **dict.fromkeys(
        (
            *("ManagedOOMSwap", "ManagedOOMMemoryPressure", "ManagedOOMMemoryPressureLimit"),
            "ManagedOOMMemoryPressureDurationSec",
        ),
        frozenset({"socket", "mount", "swap"}),
    ),
}
"""Directive -> the types of units in which systemd knows it, and passes over it: their processes have
no groups of their own, or systemd-oomd does not watch them (can_delegate, can_set_managed_oom)."""


_LIMITED = frozenset[str]().union(*NOT_FOR.values())
"""The types of units in which systemd does not know all of them."""


def _of_its_type(suffix: str, sections: Mapping[str, Directives]) -> Iterator[Unmet]:
    section = suffix.capitalize()
    directives = sections.get(section, {})
    for name, suffixes in NOT_FOR.items():
        if suffix in suffixes and directives.get(name) is not None:
            why = f"systemd passes over {name}= in a .{suffix} unit; write it for a service"
            yield Unmet(why, ((section, name),))


def _nothing(_: Mapping[str, Directives]) -> Iterator[Unmet]:
    return iter(())


_DEMANDS: Mapping[str, Callable[[Mapping[str, Directives]], Iterator[Unmet]]] = {
    "service": _of_service,
    "socket": _of_socket,
    "timer": _of_timer,
    "path": _of_path,
}
"""Suffix of a unit -> what systemd finds missing in its sections."""


# --- what has no effect -------------------------------------------------------------------

_IMPLIED: Mapping[str, str] = {
    "PrivateTmp": "its folders for temporary files are its own",
    "RemoveIPC": "what it leaves in IPC is removed",
    "NoNewPrivileges": "it gains no privileges",
    "RestrictSUIDSGID": "it sets no SUID and SGID bits",
    "ProtectSystem": "the whole file system is read-only to it",
    "ProtectHome": "the home folders are at most read-only to it",
}
"""Directive that DynamicUser= overrules where it is off -> what holds for every dynamic user."""

_OFF = (None, "", False, "0", "no", "n", "false", "f", "off")
"""Unset, and the words for false; `PrivateTmp=` and `ProtectHome=` have others that are neither."""


def _passed_over(service: Directives) -> Iterator[tuple[str, str, str]]:
    """The directives that have no effect, beside which other one, and why."""
    if service.get("DynamicUser") in TRUE:
        weaker = service.get("ProtectSystem", "strict") != "strict"
        said = map(service.get, _IMPLIED, repeat(True))
        for name in _IMPLIED if weaker or any(map(_OFF.__contains__, said)) else ():
            if (weaker and name == "ProtectSystem") or service.get(name, True) in _OFF:
                yield name, "DynamicUser", f"{_IMPLIED[name]}, unless it runs as a user of the host"
    if service.get("Type") == "oneshot" and service.get("RuntimeMaxSec") not in (None, "infinity"):
        yield "RuntimeMaxSec", "Type", "a oneshot is limited by TimeoutStartSec="


def lines(value: Any) -> Sequence[Any]:
    """The lines of a directive that count: an empty one takes away those before."""
    if value is None:
        return []
    every = value if isinstance(value, (list, tuple)) else [value]
    if "" not in every:
        return every
    resets = [number for number, line in enumerate(every, 1) if line == ""]
    return every[resets[-1] :]
