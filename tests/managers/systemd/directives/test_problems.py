"""What does not suit a directive is said, with what to write instead."""

from __future__ import annotations

import signal
from datetime import timedelta
from pathlib import Path

import pytest

from modsvc_dsl import Specifiers, specifiers
from modsvc_dsl.managers.systemd.directives.problems import CHECKS, problem
from modsvc_dsl.managers.systemd.directives.table import Directive, load, versions

NEWEST = load(versions()[-1])


def directive(name: str) -> Directive:
    section, _, short = name.rpartition(".")
    found = NEWEST.directive(section or "Service", short)
    assert found is not None
    return found


GOOD: list[tuple[str, object]] = [
    *(("NoNewPrivileges", value) for value in (True, False, "yes", "Off", "1", None)),
    *(("Nice", value) for value in (-20, 19, "5", "-0x4")),
    *(("CPUWeight", value) for value in (1, 10000, "idle", "100")),
    *(("TasksMax", value) for value in (1, "20%", "infinity")),
    *(
        ("RestartSec", value)
        for value in (0, 1.5, "5min 20s", "1h30m", ".5s", "infinity", "2 days")
    ),
    ("RestartSec", timedelta(days=1)),
    ("TimerSlackNSec", "50ns"),
    *(("RootImagePolicy", value) for value in ("*", "~", "root=verity+signed:=absent", "usr=", "")),
    *(("MemoryMax", value) for value in (0, "1.5G", "1G 512M", "infinity", "80%", "4096")),
    *(("UMask", value) for value in (0o77, 0o022, "0077", "22", 0)),
    *(("RuntimeDirectoryMode", value) for value in (0o755, 0o750, 0o644, 0o600, "755", 0o1777)),
    *(("ProtectSystem", value) for value in (True, "strict", "yes", "FALSE")),
    *(("Restart", value) for value in ("no", "on-failure")),
    *(
        ("StandardOutput", value)
        for value in ("journal", "file:/x", "append:/a%L/x", specifiers("append:%L/x"))
    ),
    *(("IOSchedulingClass", value) for value in (2, "2", "idle")),
    *(
        ("ExecStart", value)
        for value in ("/bin/a", ["", "-@/bin/a b"], specifiers("%h/bin/x"), "app")
    ),
    *(("Environment", value) for value in ("A=b", '"A=b c" D=e', "'A=1'", ["", "A=b"])),
    *(("Unit.ConditionFirstBoot", value) for value in (True, "!yes")),
    ("Unit.ConditionCPUs", 4),
    ("Unit.ConditionPathExists", [Path("/a"), "|!/b"]),
    ("Timer.OnCalendar", ["daily", "Mon *-*-* 04:00"]),
    *(("Unit.After", value) for value in ("a.service b.target", r"a\x2d.mount")),
    ("Unit.After", [specifiers("a@%i.service")]),
    *(
        ("User", value)
        for value in ("www-data", 0, specifiers("%i"), "CORP user", "50%", Specifiers("50%"))
    ),
    ("SupplementaryGroups", ["a b", 5]),
    *(("KillSignal", value) for value in ("SIGTERM", "TERM", "RTMIN+3", 9, "9", signal.SIGHUP)),
    *(("CPUQuota", value) for value in ("20%", "250.5%")),
    *(("LimitNOFILE", value) for value in (1024, "1024:4096", "infinity", "1K:infinity")),
    *(("LimitCPU", value) for value in ("1h 5min", "+5")),
    *(
        ("ReadWritePaths", value)
        for value in (specifiers("/a -/b +%S/c"), ["-+/a"], Path("/x y"), '"/a b"')
    ),
    *(("WorkingDirectory", value) for value in ("~", "-/a", Path("/a"), specifiers("%h"))),
    *(
        ("StateDirectory", value)
        for value in ("app", ["a/b", "c:d"], "a..b", specifiers("%N/x"), "50%/x")
    ),
    *(("ReadWritePaths", value) for value in ("/a..", "/a/..b")),
    *(("BindPaths", value) for value in ("/a:/b:norbind", "-/a..b")),
    ("EnvironmentFile", "-/etc/default/app"),
    *(
        ("ExecStart", value)
        for value in ('"/bin/a b" c', '"@/bin/a b" c d', "+/a/../b ../c", "-@/bin/a ../x")
    ),
    *(("User", value) for value in ("0", "-a", "1a", "a.b", "D\\u", "65534")),
    *(("Socket.ListenStream", value) for value in (80, "[::]:80", Path("/run/x"), [1, 2])),
    *(("RestrictNamespaces", value) for value in (True, "user net", "~pid")),
    *(("Delegate", value) for value in (False, "cpu memory")),
    ("Delegate", []),
    ("SuccessExitStatus", [1, "SIGKILL", signal.SIGINT]),
    ("User", ["root"]),
    ("AmbientCapabilities", ["CAP_CHOWN cap_kill", "", "40"]),
    ("CapabilityBoundingSet", "~CAP_SYS_ADMIN CAP_SYS_PTRACE"),
    *(("CapabilityBoundingSet", value) for value in ("", "~", "~ CAP_BPF", '"CAP_BPF"')),
]

BAD: list[tuple[str, object, str]] = [
    ("NoNewPrivileges", "x", "NoNewPrivileges= expects a boolean, found 'x'"),
    ("NoNewPrivileges", 1, "expects a boolean, found 1; write True"),
    ("NoNewPrivileges", "", "expects a boolean, found ''"),
    ("Nice", 20, "Nice= expects a whole number from -20 to 19, found 20"),
    ("Nice", True, "expects a whole number from -20 to 19, found True"),
    ("Nice", 1.0, "expects a whole number"),
    ("Nice", "089", "found '089'; a 0 in front makes it octal"),
    (
        "AmbientCapabilities",
        "CAP_NET_BIND",
        "expects names of capabilities, found 'CAP_NET_BIND'; ",
    ),
    (
        "CapabilityBoundingSet",
        ["~CAP_BPF CAP_KIL"],
        "found '~CAP_BPF CAP_KIL'; 'CAP_KIL' is none: did you mean 'CAP_KILL'?",
    ),
    ("CapabilityBoundingSet", "CAP_FOO", "'CAP_FOO' is none"),
    ("CapabilityBoundingSet", "CAP_NET_BIND", "did you mean 'CAP_NET_BIND_SERVICE'?"),
    ("CapabilityBoundingSet", "63", "'63' is none"),
    ("Nice", "five", "found 'five'"),
    ("CPUWeight", 0, "expects a whole number from 1 to 10000, or idle, found 0"),
    ("TasksMax", "x", "from 1 on, or infinity, or a percentage, found 'x'"),
    ("RestartSec", "5 parsecs", "expects a span of time, found '5 parsecs'; write a number of sec"),
    ("RestartSec", -1, "expects a span of time, found -1"),
    ("RestartSec", True, "expects a span of time, found True"),
    ("RestartSec", timedelta(-1), "RestartSec= is datetime.timedelta(days=-1), less than nothing"),
    ("TimerSlackNSec", "x", "write a number of nanoseconds"),
    ("MemoryMax", 1.5, 'found 1.5; write a number of bytes, or text such as "512M"'),
    ("MemoryMax", "lots", "MemoryMax= expects a size, or infinity, or a percentage, found 'lots'"),
    ("RuntimeDirectoryMode", 755, "found 755; write 0o755: the number 755 is 0o1363"),
    ("UMask", 77, "found 77; write 0o77: the number 77 is 0o115"),
    ("UMask", 37, "found 37; write 0o37: the number 37 is 0o45"),
    ("UMask", 0o10000, 'found 4096; write 0o640 or "0640"'),
    ("UMask", "0788", "expects permission bits"),
    ("ProtectSystem", "strictly", "full, strict, a boolean, found 'strictly'; did you mean \"stri"),
    ("ProtectSystem", 1, "expects one of full, strict, a boolean, found 1"),
    ("Restart", "allways", 'did you mean "always"?'),
    ("Restart", False, 'found False; write "no"'),
    ("Restart", True, "on-abort, always, found True"),
    ("Type", "", "expects one of simple"),
    ("StandardOutput", "file", "append:..., truncate:..., fd:..., found 'file'"),
    ("IOSchedulingClass", "slow", "a number, found 'slow'"),
    ("ExecStart", ["/bin/a", "--port", "80"], "expects a whole command line, found '--port'; each"),
    ("ExecStart", 5, "expects a command line, found 5"),
    ("Environment", "A", "Environment= expects NAME=value, found 'A'"),
    ("Environment", "1A=x", "expects NAME=value"),
    ("Unit.ConditionCPUs", 1.5, "expects text, a number or a boolean, found 1.5"),
    ("Timer.OnCalendar", 4, "expects a calendar expression, found 4"),
    ("Unit.After", "a.service,b.service", "found 'a.service,b.service'; 'a.service,b.service' is "),
    ("Unit.After", 5, "expects a unit's name, found 5"),
    ("Socket.Service", "a.service b.service", "expects a unit's name"),
    ("User", "a:b", "expects a name or a number, found 'a:b'"),
    ("User", -1, "expects a name or a number"),
    *(("User", value, "User= expects a name") for value in ("..", ".", "a/b", "007", "-1", "a\tb")),
    *(("Group", value, "Group= expects a name") for value in (65535, "65535", "4294967295")),
    ("SupplementaryGroups", "a b/c", "SupplementaryGroups= expects a name or a number"),
    (
        "StateDirectory",
        "../../etc",
        "expects a path without .. in it, found '../../etc'; write where",
    ),
    ("StateDirectory", "a:../b", "expects a path without .. in it"),
    ("CacheDirectory", "/a", "systemd's own folder, found '/a'; take the / at its start off"),
    ("LogsDirectory", "a private/b", "does not begin with private, which is systemd's own"),
    (
        "WorkingDirectory",
        "/a/../b",
        "expects a path without .. in it, or ~, or -~, found '/a/../b'",
    ),
    ("WorkingDirectory", '"/a b"', "expects an absolute path"),
    ("WorkingDirectory", Path("/.."), "expects a path without .. in it"),
    ("EnvironmentFile", "-/a/..", "expects a path without .. in it, found '-/a/..'"),
    ("ReadWritePaths", '/x "/a/../b"', "expects a path without .. in it"),
    ("BindPaths", "/a:/b/../c:norbind", "expects a path without .. in it"),
    ("Socket.ListenFIFO", "/a/../b", "expects a path without .. in it"),
    (
        "ExecStart",
        "bin/a",
        "the absolute path of a program, or its bare name, found 'bin/a'; begin",
    ),
    ("ExecStart", "-", "expects a command line with a program in it, found '-'"),
    (
        "ExecStart",
        "/bin/ x",
        "expects a program, found '/bin/ x'; a path with / at its end is a fo",
    ),
    ("User", ["a", "b"], "User= takes one value, found a list of 2"),
    ("KillSignal", "SIGTREM", "found 'SIGTREM'; write its name, such as \"SIGTERM\""),
    ("KillSignal", 0, "expects a signal"),
    ("KillSignal", "65", "expects a signal"),
    ("CPUQuota", 20, 'CPUQuota= expects a percentage, found 20; write "20%"'),
    ("CPUQuota", "20", 'write text such as "20%"'),
    ("ManagedOOMMemoryPressureLimit", "120%", "expects at most 100%, found '120%'"),
    ("LimitNOFILE", "many", "expects a limit, or infinity, found 'many'; write a number, text"),
    ("LimitNOFILE", "1:2:3", "expects a limit"),
    ("LimitNOFILE", True, "expects a limit"),
    ("ReadWritePaths", "/a b", "an absolute path, found '/a b'; begin it with /, or"),
    ("ReadWritePaths", Path("a"), "expects an absolute path"),
    ("ReadWritePaths", Path("%S/a"), "write specifiers('%S/a'): in plain text a % is a percent"),
    ("ReadWritePaths", "50%", "found '50%'; begin it with /"),
    *(
        (name, value, f"write specifiers({value!r}): in plain text a % is a percent sign")
        for name, value in (
            *(("ReadWritePaths", "%S/a"), ("ExecStart", "%h/bin/x"), ("WorkingDirectory", "%h")),
            *(("Unit.After", "a@%i.service"), ("Slice", "%i.slice"), ("Sockets", "%N.socket")),
            *(("StandardOutput", "append:%L/x"), ("Unit.RequiresMountsFor", "%S")),
            *(("Install.WantedBy", "a@%i.target"), ("Unit.Documentation", "%h")),
        )
    ),
    (
        "MemoryMax",
        specifiers("%i"),
        "has no specifiers, found specifiers('%i'); write it plain, '%i'",
    ),
    ("Restart", specifiers("%i%%"), "write it plain, '%i%'"),
    ("LogFilterPatterns", specifiers("%i"), "LogFilterPatterns= has no specifiers"),
    (
        "Unit.After",
        specifiers("%h.service"),
        "After= does not know %h, found specifiers('%h.service'); it has %A, %B,",
    ),
    ("Manager.DefaultEnvironment", specifiers("A=%i"), "DefaultEnvironment= does not know %i"),
    ("User", Specifiers("%e%Z%i"), "User= does not know %e and %Z, found"),
    ("TemporaryFileSystem", specifiers("/a:uid=%U"), "no specifiers behind the :"),
    ("SetCredential", specifiers("a:%i"), "no specifiers behind the :, where none is expanded"),
    ("StandardOutput", specifiers("jour%i"), "expects one of inherit, null"),
    ("StandardOutput", specifiers("file:a%i"), "expects an absolute path behind file:"),
    ("StateDirectory", specifiers("/a/%i"), "expects a path below systemd's own folder"),
    ("Unit.Documentation", "https://a b", "expects addresses that begin with http://"),
    ("ReadWritePaths", 5, "expects a path, found 5"),
    ("WorkingDirectory", "x", "expects an absolute path, or ~, or -~, found 'x'"),
    ("Unit.Description", 5, "Description= expects text, found 5"),
    ("Unit.Description", "a\nb", "Description= is 'a\\nb', and its character 1 is U+000A"),
    ("Unit.Description", {}, "Description= is {}, a dict"),
    *(
        ("RootImagePolicy", value, "expects an image policy, found")
        for value in (5, "root", "disk=verity", "root=locked", "root=open:root=open")
    ),
    ("Delegate", 5, "expects text, or a boolean, found 5"),
    ("BusPolicy", "x", "BusPolicy= has no effect in today's systemd; leave it out"),
    ("Capabilities", "x", "no effect in today's systemd; write CapabilityBoundingSet="),
]


@pytest.mark.parametrize(("name", "value"), GOOD)
def test_values_that_suit(name: str, value: object) -> None:
    assert problem(directive(name), value) is None


@pytest.mark.parametrize(("name", "value", "message"), BAD)
def test_values_that_do_not(name: str, value: object, message: str) -> None:
    assert message in (problem(directive(name), value) or "no problem")


def test_every_kind_is_checked() -> None:
    kinds = {
        found.kind
        for version in versions()
        for section in load(version).sections()
        for name in load(version).names(section)
        if (found := load(version).directive(section, name))
    }
    assert kinds == {*CHECKS, "ignored"}


def test_the_signals_are_those_of_linux() -> None:
    from modsvc_dsl.managers.systemd.directives.quantities import SIGNALS

    own = {s.name.removeprefix("SIG") for s in signal.Signals} - {"RTMIN", "RTMAX", "CLD", "POLL"}
    assert SIGNALS - {"IOT"} == own - {"IOT"}
