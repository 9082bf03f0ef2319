"""Values of every kind of directive, made by chance, and what systemd says of them afterwards.

In: directives of the tables. Out: a value as a user writes it, and a reader of the property that
`systemctl show` has for it, which gives the same thing in one form for both. Refuses to know services.
"""

from __future__ import annotations

import random
import re
import signal
from collections.abc import Callable, Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

from modsvc_dsl.managers.systemd.directives.table import Directive

Pair = tuple[Any, Any]
"""A value as it is written, and what is to be found."""

_SECONDS = {
    **{"us": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600, "d": 86400, "w": 604800},
    **{"month": 2629800, "y": 31557600},
}
_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}


def value_of(directive: Directive, chance: random.Random) -> Pair | None:
    """A value of a directive, None for a kind that only examples have."""
    if directive.name in UNSEEN:
        return None
    make = OWN.get(directive.name) or MAKERS.get(directive.kind)
    return None if make is None else make(directive, chance)


def _boolean(_: Directive, chance: random.Random) -> Pair:
    meant = chance.random() < 0.5
    word = chance.choice([meant, "yes" if meant else "no", "on" if meant else "off"])
    return word, "yes" if meant else "no"


def _number(directive: Directive, chance: random.Random) -> Pair:
    low = directive.minimum if directive.minimum is not None else -1000
    high = directive.maximum if directive.maximum is not None else 60000
    number = chance.randint(low, high)
    return chance.choice([number, str(number)]), str(number)


def _mode(_: Directive, chance: random.Random) -> Pair:
    mode = chance.randint(0o2000, 0o7777)
    return chance.choice([mode, f"{mode:o}"]), f"{mode:04o}"


def _seconds(_: Directive, chance: random.Random) -> Pair:
    milliseconds = chance.randint(1, 10**7)
    span = timedelta(milliseconds=milliseconds)
    written = chance.choice([span, f"{milliseconds}ms", milliseconds / 1000])
    return written, milliseconds * 1000


def _nanoseconds(_: Directive, chance: random.Random) -> Pair:
    number = chance.randint(1, 10**9)
    return number, str(number)


def _size(_: Directive, chance: random.Random) -> Pair:
    number, unit = chance.randint(1, 2000), chance.choice(list(_UNITS))
    meant = number * _UNITS[unit] * (4096 if not unit else 1)
    return chance.choice([meant, f"{number}{unit}" if unit else str(meant)]), str(meant)


def _enum(directive: Directive, chance: random.Random) -> Pair | None:
    if not directive.values:
        return None
    word = chance.choice(directive.values)
    return word, NUMBERS.get(directive.name, {}).get(word, word)


def _unit(directive: Directive, chance: random.Random) -> Pair:
    names = [f"u{chance.randint(0, 999)}{s}.service" for s in ("", "@x", "\\x2d")]
    return (names, set(names)) if directive.many else (names[0], {names[0]})


def _path(directive: Directive, chance: random.Random) -> Pair:
    paths = [f"/srv/p%n{chance.randint(0, 999):03}", f"/srv/q %i{chance.randint(0, 999):03}/r"]
    if directive.relative:
        paths = [path[5:].replace(" ", "") for path in paths]
    if not directive.many:
        return chance.choice([paths[0], Path(paths[0])]), {paths[0]}
    return [Path(path) for path in paths], set(paths)


def _signal(_: Directive, chance: random.Random) -> Pair:
    found = chance.choice([signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGQUIT])
    return chance.choice([found, found.name, int(found)]), str(int(found))


def _limit(directive: Directive, chance: random.Random) -> Pair:
    number = chance.randint(21, 39) if directive.name == "LimitNICE" else chance.randint(50, 500)
    if directive.name in ("LimitCPU", "LimitRTTIME"):
        number *= 60
    return chance.choice([number, str(number)]), str(number)


def _text(directive: Directive, chance: random.Random) -> Pair | None:
    if directive.words or directive.numbers:
        return None
    text = f"text{chance.randint(0, 999)}" + ("" if directive.name in NAMES_OF_OTHERS else "%n")
    return text, {text}


def _of_device(_: Directive, chance: random.Random) -> Pair:
    number = chance.randint(1, 9999)
    return [f"/dev/null {number}"], {f"/dev/null {number}"}


def _words_of(*every: str) -> Callable[[Directive, random.Random], Pair]:
    """Some words, as one text or as a list."""

    def make(_: Directive, chance: random.Random) -> Pair:
        some = chance.sample(every, chance.randint(1, len(every)))
        return chance.choice([" ".join(some), some]), {word.lower() for word in some}

    return make


def _condition(directive: Directive, chance: random.Random) -> Pair | None:
    if not re.search("Path|File|Directory", directive.name):
        return None
    path = f"/srv/%n{chance.randint(0, 999)}"
    mark = chance.choice(["", "!", "|", "|!"])
    return f"{mark}{path}", f"{directive.name}: {mark}{path} "


def _policy(_: Directive, chance: random.Random) -> Pair:
    how = chance.choice(["verity", "signed", "encrypted"])
    return f"root={how}:=absent", {f"root={how}:", "=absent"}


def _command(_: Directive, chance: random.Random) -> Pair:
    words = ["/bin/echo", f"a{chance.randint(0, 99)}", "b c", "50%n"]
    return " ".join(f'"{word}"' for word in words), " ".join(words)


def _calendar(_: Directive, chance: random.Random) -> Pair:
    hour, minute = chance.randint(0, 23), chance.randint(0, 59)
    return f"Mon *-*-* {hour:02}:{minute:02}", f"Mon *-*-* {hour:02}:{minute:02}:00"


MAKERS: dict[str, Callable[[Directive, random.Random], Pair | None]] = {
    "boolean": _boolean,
    "integer": _number,
    "unsigned": _number,
    "mode": _mode,
    "seconds": _seconds,
    "nanoseconds": _nanoseconds,
    "size": _size,
    "enum": _enum,
    "unit": _unit,
    "path": _path,
    "signal": _signal,
    "limit": _limit,
    "text": _text,
    "condition": _condition,
    "exec": _command,
    "calendar": _calendar,
    "policy": _policy,
}


OWN: dict[str, Callable[[Directive, random.Random], Pair | None]] = {
    **dict.fromkeys(("IOReadBandwidthMax", "IOWriteBandwidthMax"), _of_device),
    **dict.fromkeys(("IOReadIOPSMax", "IOWriteIOPSMax", "IODeviceWeight"), _of_device),
    "Slice": lambda _, chance: (f"s{(n := chance.randint(0, 99))}.slice", {f"s{n}.slice"}),
    "DeviceAllow": lambda _, chance: (["/dev/null rw"], {"/dev/null rw"}),
    "PassEnvironment": _words_of("LANG", "TZ", "A_B"),
    "UnsetEnvironment": _words_of("LANG", "TZ", "A_B"),
    "CapabilityBoundingSet": _words_of("CAP_CHOWN", "CAP_KILL", "CAP_SYS_TIME"),
    "AmbientCapabilities": _words_of("CAP_CHOWN", "CAP_KILL", "CAP_SYS_TIME"),
    "RestrictAddressFamilies": _words_of("AF_INET", "AF_UNIX", "AF_NETLINK"),
    "RestrictNamespaces": _words_of("user", "net", "ipc"),
    "SystemCallArchitectures": _words_of("x86", "x86-64", "arm64"),
    "DisableControllers": _words_of("cpu", "io", "memory"),
    "BindPaths": _words_of("/srv/a%n:/srv/b%i", "/srv/c:/srv/d"),
    "BindReadOnlyPaths": _words_of("/srv/a:/srv/b", "/srv/c:/srv/d"),
    "TemporaryFileSystem": _words_of("/srv/a%n:size=5%", "/srv/b"),
    "IPAddressAllow": _words_of("192.0.2.0/24", "198.51.100.7/32"),
    "IPAddressDeny": _words_of("192.0.2.0/24", "198.51.100.7/32"),
    "RestrictNetworkInterfaces": _words_of("lo", "eth0"),
    "Documentation": _words_of("man:a(8)", "https://example.org/%n"),
    "LogExtraFields": _words_of("A=%b", "C_D=e"),
    "CPUAffinity": _words_of("0", "2", "5"),
    "AllowedCPUs": _words_of("0", "2", "5"),
    "AllowedMemoryNodes": _words_of("0", "2"),
    "SuccessExitStatus": _words_of("3", "42"),
    "RestartPreventExitStatus": _words_of("3", "42"),
    "RestartForceExitStatus": _words_of("3", "42"),
    "SupplementaryGroups": _words_of("adm", "tty"),
    "Environment": _words_of("A=1%n", "B_C=%%"),
    "Delegate": _boolean,
    "OpenFile": lambda _, chance: (
        f"/srv/p{(n := chance.randint(0, 999))}:name:read-only",
        {f"/srv/p{n}:name:read-only"},
    ),
    **{
        f"Listen{kind}": (
            lambda _, chance: ([f"/run/s%n{(n := chance.randint(0, 999))}"], {f"/run/s%n{n}"})
        )
        for kind in ("Stream", "Datagram", "SequentialPacket", "FIFO")
    },
}
"""Directive -> what makes its values, where its kind does not say enough."""

UNSEEN = frozenset(
    "BusName RootHash RootHashSignature Personality StandardInputText StandardInputData TTYRows"
    " TTYColumns SetCredential SetCredentialEncrypted LoadCredential LoadCredentialEncrypted"
    " IODeviceLatencyTargetSec BPFProgram SocketBindAllow SocketBindDeny Sockets"
    " StartupAllowedCPUs StartupAllowedMemoryNodes SELinuxContextFromNet"
    " TimeoutSec WatchdogSec Where What".split()
)
"""What has no property, or one that is not shown, or shown otherwise where something else is said."""

NAMES_OF_OTHERS = frozenset("BindToDevice TCPCongestion LogNamespace".split())
"""What can have no percent sign in it."""

NUMBERS: dict[str, dict[str, str]] = {
    "IOSchedulingClass": {"none": "2", "realtime": "1", "best-effort": "2", "idle": "3"},
    "CPUSchedulingPolicy": {"other": "0", "fifo": "1", "rr": "2", "batch": "3", "idle": "5"},
    "SocketProtocol": {"udplite": "136", "sctp": "132", "mptcp": "262"},
    "IPTOS": {"low-delay": "16", "throughput": "8", "reliability": "4", "low-cost": "2"},
    **{
        name: {
            word: str(number)
            for number, word in enumerate("emerg alert crit err warning notice info debug".split())
        }
        for name in ("SyslogLevel", "LogLevelMax")
    },
    "SyslogFacility": {
        word: str(number)
        for number, word in enumerate(
            "kern user mail daemon auth syslog lpr news uucp cron authpriv ftp - - - - local0"
            " local1 local2 local3 local4 local5 local6 local7".split()
        )
    },
}
"""Enums that systemd shows as the kernel's numbers (sched(7), ioprio_set(2), ip(7), syslog(3))."""

SHOWN_AS = {
    "EnvironmentFile": "EnvironmentFiles",
    "OnCalendar": "TimersCalendar",
    **{
        f"On{what}Sec": "TimersMonotonic"
        for what in ("Active", "Boot", "Startup", "UnitActive", "UnitInactive")
    },
    **dict.fromkeys(
        ("PathExists", "PathExistsGlob", "PathChanged", "PathModified", "DirectoryNotEmpty"),
        "Paths",
    ),
    "Service": "Triggers",
    **{f"Listen{kind}": "Listen" for kind in ("Stream", "Datagram", "SequentialPacket", "FIFO")},
}
"""Directive -> the property that has it, where that has another name."""


def property_of(directive: Directive, seen: Collection[str] = ()) -> str:
    """The property of a unit that a directive is seen in, of those that there are in all.

    What was a boolean once has another property with its words, called NameEx.
    """
    named = re.sub("(?<!N)Sec$", "USec", SHOWN_AS.get(directive.name, directive.name))
    extended = f"{named}Ex"
    return extended if directive.kind == "enum" and extended in seen else named


def agrees(directive: Directive, meant: Any, shown: str) -> bool:
    """Does a property say what was meant?"""
    if directive.kind == "seconds":
        found = re.search(r"\{ \w+=(.*?) ;", shown)
        return bool(abs(microseconds(found[1] if found else shown) - meant) <= 1)
    if directive.kind in ("exec", "calendar", "condition"):
        return str(meant) in shown
    if isinstance(meant, set):
        return all(_plain(item) in _plain(shown).lower() for item in meant)
    return str(meant) == str(shown)


def _plain(text: str) -> str:
    return text.replace("\\", "").replace('"', "")


def microseconds(span: str) -> int:
    """A span of time as systemd shows it, in microseconds; -1 for what is none."""
    parts = re.findall(r"([\d.]+)(us|ms|s|min|h|d|w|month|y)\b", span)
    if not parts:
        return int(span) if span.isdigit() else -1
    return round(sum(float(number) * _SECONDS[unit] for number, unit in parts) * 10**6)
