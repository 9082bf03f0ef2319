"""The values directives take.

Made by `python3 -m scripts.directives` from systemd 252 and 257: do not edit. In: nothing. Out: types
for checkers; nothing imports this file while a program runs. Refuses to know what a value becomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from modsvc_dsl.managers.systemd.specifiers import Specifiers

Boolean: TypeAlias = bool | None
Integer: TypeAlias = int | None
Amount: TypeAlias = int | str | None
Percent: TypeAlias = str | None
Text: TypeAlias = str | Path | None
Number: TypeAlias = int | str | Path | None
Command: TypeAlias = str | None
Span: TypeAlias = int | float | str | timedelta | None
Condition: TypeAlias = bool | int | str | Path | None
Amounts: TypeAlias = Amount | Sequence[int | str]
Texts: TypeAlias = Text | Sequence[str | Path]
Numbers: TypeAlias = Number | Sequence[int | str | Path]
Commands: TypeAlias = Command | Sequence[str]
Spans: TypeAlias = Span | Sequence[int | float | str | timedelta]
Conditions: TypeAlias = Condition | Sequence[bool | int | str | Path]
AmountsOrSpecifiers: TypeAlias = Amount | Specifiers | Sequence[int | str | Specifiers]
TextsOrSpecifiers: TypeAlias = Text | Specifiers | Sequence[str | Path | Specifiers]
NumbersOrSpecifiers: TypeAlias = Number | Specifiers | Sequence[int | str | Path | Specifiers]
CommandsOrSpecifiers: TypeAlias = Command | Specifiers | Sequence[str | Specifiers]
SpansOrSpecifiers: TypeAlias = (
    Span | Specifiers | Sequence[int | float | str | timedelta | Specifiers]
)
ConditionsOrSpecifiers: TypeAlias = (
    Condition | Specifiers | Sequence[bool | int | str | Path | Specifiers]
)

JobModeChoice: TypeAlias = (
    Literal[
        "fail",
        "replace",
        "replace-irreversibly",
        "isolate",
        "flush",
        "ignore-dependencies",
        "ignore-requirements",
        "triggering",
        "restart-dependencies",
    ]
    | None
)
EmergencyActionChoice: TypeAlias = (
    Literal[
        "none",
        "exit",
        "exit-force",
        "reboot",
        "reboot-force",
        "reboot-immediate",
        "poweroff",
        "poweroff-force",
        "poweroff-immediate",
        "soft-reboot",
        "soft-reboot-force",
        "kexec",
        "kexec-force",
        "halt",
        "halt-force",
        "halt-immediate",
    ]
    | None
)
CollectModeChoice: TypeAlias = Literal["inactive", "inactive-or-failed"] | None
ServiceTimeoutFailureModeChoice: TypeAlias = Literal["terminate", "abort", "kill"] | None
ServiceTypeChoice: TypeAlias = (
    Literal["simple", "forking", "oneshot", "dbus", "notify", "notify-reload", "idle", "exec"]
    | None
)
ServiceExitTypeChoice: TypeAlias = Literal["main", "cgroup"] | None
ServiceRestartChoice: TypeAlias = (
    Literal["no", "on-success", "on-failure", "on-abnormal", "on-watchdog", "on-abort", "always"]
    | None
)
NotifyAccessChoice: TypeAlias = Literal["none", "main", "exec", "all"] | None
OomPolicyChoice: TypeAlias = Literal["continue", "stop", "kill"] | None
IoprioClassChoice: TypeAlias = Literal["none", "realtime", "best-effort", "idle", ""] | int | None
SchedPolicyChoice: TypeAlias = Literal["other", "batch", "idle", "fifo", "rr", ""] | int | None
MpolChoice: TypeAlias = Literal["default", "preferred", "bind", "interleave", "local", ""] | None
ExecInputChoice: TypeAlias = (
    Literal["null", "tty", "tty-force", "tty-fail", "socket", "fd", "data"]
    | str
    | Specifiers
    | None
)
ExecOutputChoice: TypeAlias = (
    Literal[
        "inherit",
        "null",
        "tty",
        "kmsg",
        "kmsg+console",
        "journal",
        "journal+console",
        "socket",
        "fd",
    ]
    | str
    | Specifiers
    | None
)
LogFacilityUnshiftedChoice: TypeAlias = (
    Literal[
        "kern",
        "user",
        "mail",
        "daemon",
        "auth",
        "syslog",
        "lpr",
        "news",
        "uucp",
        "cron",
        "authpriv",
        "ftp",
        "local0",
        "local1",
        "local2",
        "local3",
        "local4",
        "local5",
        "local6",
        "local7",
    ]
    | int
    | None
)
LogLevelChoice: TypeAlias = (
    Literal["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"] | int | None
)
ExecKeyringModeChoice: TypeAlias = Literal["inherit", "private", "shared"] | None
ProtectProcChoice: TypeAlias = Literal["default", "noaccess", "invisible", "ptraceable"] | None
ProcSubsetChoice: TypeAlias = Literal["all", "pid"] | None
PrivateTmpChoice: TypeAlias = Literal["connected", "disconnected"] | bool | None
ProtectControlGroupsChoice: TypeAlias = Literal["private", "strict"] | bool | None
PrivateUsersChoice: TypeAlias = Literal["self", "identity"] | bool | None
ProtectSystemChoice: TypeAlias = Literal["full", "strict"] | bool | None
ProtectHomeChoice: TypeAlias = Literal["read-only", "tmpfs"] | bool | None
MountFlagsChoice: TypeAlias = Literal["shared", "slave", "private"] | None
ArchitectureChoice: TypeAlias = (
    Literal[
        "arm64",
        "arm64-be",
        "arm",
        "arm-be",
        "alpha",
        "arc",
        "arc-be",
        "cris",
        "x86-64",
        "x86",
        "ia64",
        "loongarch64",
        "m68k",
        "mips64-le",
        "mips64",
        "mips-le",
        "mips",
        "nios2",
        "parisc64",
        "parisc",
        "ppc64-le",
        "ppc64",
        "ppc",
        "ppc-le",
        "riscv32",
        "riscv64",
        "s390x",
        "s390",
        "sh64",
        "sh",
        "sparc64",
        "sparc",
        "tilegx",
        "",
    ]
    | None
)
ExecPreserveModeChoice: TypeAlias = Literal["restart"] | bool | None
ExecUtmpModeChoice: TypeAlias = Literal["init", "login", "user"] | None
CgroupDevicePolicyChoice: TypeAlias = Literal["auto", "closed", "strict"] | None
ManagedOomModeChoice: TypeAlias = Literal["auto", "kill", ""] | None
ManagedOomPreferenceChoice: TypeAlias = Literal["none", "avoid", "omit"] | None
KillModeChoice: TypeAlias = Literal["control-group", "process", "mixed", "none", ""] | None
SocketProtocolChoice: TypeAlias = Literal["udplite", "sctp", "mptcp"] | None
SocketAddressBindIpv6OnlyChoice: TypeAlias = Literal["default", "both", "ipv6-only"] | bool | None
IpTosChoice: TypeAlias = (
    Literal["low-delay", "throughput", "reliability", "low-cost", ""] | int | None
)
SocketTimestampingChoice: TypeAlias = Literal["us", "ns"] | bool | None
ManagerLogLevelChoice: TypeAlias = (
    Literal["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"]
    | int
    | str
    | None
)
LogTargetChoice: TypeAlias = (
    Literal[
        "console",
        "console-prefixed",
        "kmsg",
        "journal",
        "journal-or-kmsg",
        "syslog",
        "syslog-or-kmsg",
        "auto",
        "null",
    ]
    | None
)
ShowStatusChoice: TypeAlias = Literal["error", "auto"] | bool | None
StatusUnitFormatChoice: TypeAlias = Literal["name", "description", "combined"] | None
RuntimeWatchdogPreGovernorChoice: TypeAlias = Literal["noop", "panic", ""] | None
ManagerExecOutputChoice: TypeAlias = (
    Literal["inherit", "null", "tty", "kmsg", "kmsg+console", "journal", "journal+console"] | None
)
ServiceRestartModeChoice: TypeAlias = Literal["normal", "direct", "debug"] | None
CgroupPressureWatchChoice: TypeAlias = Literal["auto", "skip"] | bool | None
CrashActionChoice: TypeAlias = Literal["freeze", "reboot", "poweroff", ""] | None
