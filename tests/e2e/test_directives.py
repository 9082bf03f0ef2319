"""`systemctl show` agrees with the definitions: directives and portable options mean what they say.

In: directives under systemd's own names with Python's values, and portable options. Out: verdicts from
the properties of units that a booted systemd has read. Refuses to start anything.

A row is a directive, the value that a user writes, and what systemd says afterwards: `Name=value`
is a whole property, `Name~value` one word of a property that systemd adds to.
"""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from modsvc_dsl import (
    Hardening,
    Host,
    Identity,
    Lifecycle,
    Meta,
    NotificationProtocol,
    Process,
    Relations,
    Service,
    SystemdService,
    build,
    check,
    evaluate,
    exec_line,
    host_unit,
    module,
    specifiers,
)
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine

Row = tuple[str, object, str]

UNIT: list[Row] = [
    ("Description", "Shown to people, 100%n", "Description=Shown to people, 100%n"),
    (
        *("Documentation", ["man:systemd(1)", "https://example.org/a"]),
        'Documentation="man:systemd(1)" https://example.org/a',
    ),
    ("After", ["network.target", specifiers("%N-other.service")], "After~shown-other.service"),
    ("Before", ["printer.target"], "Before~printer.target"),
    ("Wants", ["tmp.mount"], "Wants=tmp.mount"),
    ("Conflicts", ["rescue.target"], "Conflicts~rescue.target"),
    ("PartOf", ["multi-user.target"], "PartOf=multi-user.target"),
    ("OnFailure", "rescue.service", "OnFailure=rescue.service"),
    ("RequiresMountsFor", ["/srv"], "RequiresMountsFor~/srv"),
    ("StartLimitIntervalSec", 60, "StartLimitIntervalUSec=1min"),
    ("StartLimitBurst", 9, "StartLimitBurst=9"),
    ("JobTimeoutSec", timedelta(minutes=2), "JobTimeoutUSec=2min"),
    ("CollectMode", "inactive-or-failed", "CollectMode=inactive-or-failed"),
    ("RefuseManualStop", True, "RefuseManualStop=yes"),
    ("IgnoreOnIsolate", False, "IgnoreOnIsolate=no"),
]

LIFE: list[Row] = [
    ("Type", "exec", "Type=exec"),
    ("Restart", "on-abnormal", "Restart=on-abnormal"),
    ("RestartSec", timedelta(milliseconds=1500), "RestartUSec=1.500000s"),
    ("TimeoutStartSec", 30, "TimeoutStartUSec=30s"),
    ("TimeoutStopSec", "1min 30s", "TimeoutStopUSec=1min 30s"),
    ("RuntimeMaxSec", 3600, "RuntimeMaxUSec=1h"),
    ("RestartPreventExitStatus", "3 SIGKILL", "RestartPreventExitStatus=3 KILL"),
    ("SuccessExitStatus", [42], "SuccessExitStatus=42"),
    ("GuessMainPID", False, "GuessMainPID=no"),
    ("PIDFile", Path("/run/shown.pid"), "PIDFile=/run/shown.pid"),
    ("NotifyAccess", "main", "NotifyAccess=main"),
    ("OOMPolicy", "kill", "OOMPolicy=kill"),
    ("KillMode", "mixed", "KillMode=mixed"),
    ("KillSignal", signal.SIGINT, "KillSignal=2"),
    ("FinalKillSignal", "SIGABRT", "FinalKillSignal=6"),
    ("SendSIGHUP", True, "SendSIGHUP=yes"),
    ("SendSIGKILL", False, "SendSIGKILL=no"),
    ("ExecStartPre", [r"/bin/echo 50% \x25n"], "ExecStartPre~argv[]=/bin/echo 50% %n "),
    (
        *("ExecCondition", [exec_line(["/bin/echo", "%n", specifiers("%n 50%%")])]),
        "ExecCondition~argv[]=/bin/echo %n shown.service 50% ;",
    ),
    ("ExecStartPost", ["-/bin/echo post"], "ExecStartPost~ignore_errors=yes"),
    ("ExecReload", "/bin/kill -HUP $MAINPID", "ExecReload~argv[]=/bin/kill -HUP $MAINPID"),
    ("ExecStop", ["/bin/echo 'a b'", "/bin/echo c"], "ExecStop~argv[]=/bin/echo c"),
]

LIMITS: list[Row] = [
    ("Nice", 7, "Nice=7"),
    ("OOMScoreAdjust", -100, "OOMScoreAdjust=-100"),
    ("IOSchedulingClass", "idle", "IOSchedulingClass=3"),
    ("CPUSchedulingPolicy", "batch", "CPUSchedulingPolicy=3"),
    ("LimitNOFILE", 4096, "LimitNOFILE=4096"),
    ("LimitNPROC", "100:200", "LimitNPROCSoft=100"),
    ("LimitCORE", 0, "LimitCORE=0"),
    ("UMask", 0o027, "UMask=0027"),
    ("MemoryMax", "256M", "MemoryMax=268435456"),
    ("MemoryHigh", 200 * 2**20, "MemoryHigh=209715200"),
    ("TasksMax", 64, "TasksMax=64"),
    ("CPUWeight", 50, "CPUWeight=50"),
    ("IOWeight", 200, "IOWeight=200"),
    ("CPUQuota", "25%", "CPUQuotaPerSecUSec=250ms"),
    ("CPUAffinity", [0], "CPUAffinity=0"),
    ("Slice", "apps.slice", "Slice=apps.slice"),
    ("StandardOutput", "null", "StandardOutput=null"),
    ("SyslogIdentifier", "shown-log", "SyslogIdentifier=shown-log"),
    ("LogLevelMax", "notice", "LogLevelMax=5"),
    ("LogRateLimitIntervalSec", 10, "LogRateLimitIntervalUSec=10s"),
    ("TimerSlackNSec", "1ms", "TimerSlackNSec=1000000"),
    ("CoredumpFilter", "default", "CoredumpFilter=0x33"),
]

CONFINEMENT: list[Row] = [
    ("PrivateNetwork", True, "PrivateNetwork=yes"),
    ("PrivateUsers", True, "PrivateUsers=yes"),
    ("ProtectHome", "read-only", "ProtectHome=read-only"),
    ("ProtectKernelTunables", False, "ProtectKernelTunables=no"),
    ("LockPersonality", False, "LockPersonality=no"),
    ("ReadWritePaths", [Path("/srv/a"), Path("/srv/b c")], "ReadWritePaths~/srv/b c"),
    ("InaccessiblePaths", ["-/srv/d"], "InaccessiblePaths=-/srv/d"),
    (
        *("TemporaryFileSystem", ["/srv/e%n:size=10%", specifiers("/srv/%N:size=20%%")]),
        "TemporaryFileSystem=/srv/e%n:size=10% /srv/shown:size=20%",
    ),
    ("LogsDirectory", [specifiers("%N/50%%")], "LogsDirectory=shown/50%"),
    ("WorkingDirectory", "/srv/%i/" + specifiers("%N"), "WorkingDirectory=/srv/%i/shown"),
    ("Environment", ["A=%n", specifiers("B=%n")], "Environment=A=%n B=shown.service"),
    ("UtmpIdentifier", "%n", "UtmpIdentifier=%n"),
    ("BindReadOnlyPaths", ["/etc/hosts:/srv/h"], "BindReadOnlyPaths=/etc/hosts:/srv/h:rbind"),
    (
        "StateDirectory",
        ["shown", specifiers("shown/%N"), "a%N"],
        "StateDirectory=a%N shown shown/shown",
    ),
    ("StateDirectoryMode", 0o700, "StateDirectoryMode=0700"),
    ("RuntimeDirectory", "shown", "RuntimeDirectory=shown"),
    ("RuntimeDirectoryPreserve", "restart", "RuntimeDirectoryPreserve=restart"),
    ("CacheDirectory", "shown", "CacheDirectory=shown"),
    ("SecureBits", "keep-caps", "SecureBits=16"),
    ("SystemCallErrorNumber", "EACCES", "SystemCallErrorNumber=13"),
    ("IPAddressAllow", ["192.0.2.0/24"], "IPAddressAllow=192.0.2.0/24"),
    ("DevicePolicy", "closed", "DevicePolicy=closed"),
    ("DeviceAllow", ["/dev/null rw"], "DeviceAllow~/dev/null rw"),
    ("PassEnvironment", ["TZ", "LC_TIME"], "PassEnvironment=TZ LC_TIME"),
    (
        *("EnvironmentFile", ["-/etc/default/shown"]),
        "EnvironmentFiles=/etc/default/shown (ignore_errors=yes)",
    ),
    ("SupplementaryGroups", ["adm"], "SupplementaryGroups=adm"),
    ("KeyringMode", "shared", "KeyringMode=shared"),
    ("Personality", "x86-64", "Personality=x86-64"),
]

SOCKET: list[Row] = [
    ("ListenStream", ["127.0.0.1:9999", "/run/a %n.sock"], "Listen~/run/a %n.sock (Stream)"),
    ("ListenDatagram", "[::1]:9998", "Listen~[::1]:9998 (Datagram)"),
    ("Backlog", 77, "Backlog=77"),
    ("SocketMode", 0o660, "SocketMode=0660"),
    ("SocketGroup", "adm", "SocketGroup=adm"),
    ("KeepAlive", True, "KeepAlive=yes"),
    ("FreeBind", True, "FreeBind=yes"),
    ("BindIPv6Only", "ipv6-only", "BindIPv6Only=ipv6-only"),
    ("FileDescriptorName", specifiers("%N%%n"), "FileDescriptorName=shown%n"),
    ("RemoveOnStop", True, "RemoveOnStop=yes"),
    ("TriggerLimitIntervalSec", timedelta(seconds=3), "TriggerLimitIntervalUSec=3s"),
    ("DirectoryMode", "0750", "DirectoryMode=0750"),
]

TIMER: list[Row] = [
    ("OnCalendar", ["Mon *-*-* 04:00:00"], "TimersCalendar~OnCalendar=Mon *-*-* 04:00:00"),
    ("OnBootSec", "5min", "TimersMonotonic~OnBootUSec=5min"),
    ("OnUnitActiveSec", timedelta(hours=1), "TimersMonotonic~OnUnitActiveUSec=1h"),
    ("AccuracySec", 1, "AccuracyUSec=1s"),
    ("RandomizedDelaySec", 30, "RandomizedDelayUSec=30s"),
    ("FixedRandomDelay", True, "FixedRandomDelay=yes"),
    ("Persistent", True, "Persistent=yes"),
    ("RemainAfterElapse", False, "RemainAfterElapse=no"),
]

TABLES: Mapping[str, tuple[str, list[Row]]] = {
    "unit": ("shown.service", UNIT),
    "life": ("shown.service", LIFE),
    "limits": ("shown.service", LIMITS),
    "confinement": ("shown.service", CONFINEMENT),
    "socket": ("shown.socket", SOCKET),
    "timer": ("shown.timer", TIMER),
}

STRICT = """
DynamicUser=yes NoNewPrivileges=yes ProtectSystem=strict ProtectHome=yes PrivateTmp=yes
PrivateDevices=yes PrivateMounts=yes ProtectClock=yes ProtectControlGroups=yes ProtectHostname=yes
ProtectKernelLogs=yes ProtectKernelModules=yes ProtectKernelTunables=yes ProtectProc=invisible
ProcSubset=pid RestrictRealtime=yes RestrictSUIDSGID=yes LockPersonality=yes RemoveIPC=yes
KeyringMode=private UMask=0077 MemoryDenyWriteExecute=yes RestrictNamespaces=yes
CapabilityBoundingSet= AmbientCapabilities= SystemCallArchitectures=native
RestrictAddressFamilies~AF_UNIX RestrictAddressFamilies~AF_INET RestrictAddressFamilies~AF_INET6
SystemCallFilter~read SystemCallFilter~socket SystemCallErrorNumber=1
Type=simple Restart=always RestartUSec=5s WorkingDirectory= Environment= Description=plain
""".split()

SAID = [
    *("User=games", "Group=adm", "DynamicUser=no", "Type=notify", "Restart=on-failure"),
    *("RestartUSec=17s", "WorkingDirectory=/srv", r'Environment=EMPTY= "SAID=50% of \$x"'),
    *("UnsetEnvironment=LANG PATH", "Description=Said in 100 % of cases", "ProtectHome=read-only"),
    *("PrivateDevices=no", "DevicePolicy=closed", "DeviceAllow~/dev/ttyUSB0 rw"),
    *("MemoryDenyWriteExecute=no", "RestrictNamespaces=no"),
    *("ReadWritePaths~/srv/a b", "CapabilityBoundingSet=cap_net_bind_service"),
    *("AmbientCapabilities=cap_net_bind_service", "RestrictAddressFamilies=AF_NETLINK"),
    *("SystemCallFilter~ chroot ", "SystemCallFilter~ chmod "),
    *("Documentation=https://example.org/said", "After~plain.service", "Before~shown.service"),
    *("Requires~plain.service", "Wants~network-online.target", "BindsTo=plain.service"),
    *("PartOf=plain.service", "Conflicts~rescue.service", "WantedBy="),
]


def written(rows: list[Row]) -> dict[str, object]:
    """A section with the directives of a table."""
    return {name: value for name, value, _ in rows}


def everything_said(plain: Service, shown: Service) -> Service:
    """A service that sets nearly every portable option, next to two others."""
    return Service(
        process=Process(
            argv=["/bin/true"],
            environment={"SAID": "50% of $x", "EMPTY": "", "LANG": None, "PATH": None},
            working_directory=Path("/srv"),
        ),
        identity=Identity(user="games", group="adm"),
        lifecycle=Lifecycle(restart="on-failure", restart_delay=17, start_at_boot=False),
        meta=Meta(description="Said in 100 % of cases", documentation=["https://example.org/said"]),
        notification_protocol=NotificationProtocol(systemd=True),
        hardening=Hardening(
            home="read-only",
            devices=[Path("/dev/null"), Path("/dev/ttyUSB0")],
            executable_memory=True,
            namespaces=True,
            writable_paths=[Path("/srv/a b")],
            capabilities=["CAP_NET_BIND_SERVICE"],
            address_families=["AF_NETLINK"],
            system_calls=["@system-service", "chroot"],
        ),
        relations=Relations(
            after=[plain],
            before=[shown],
            requires=[plain],
            wants=[host_unit("network-online.target")],
            binds_to=[plain],
            part_of=[plain],
            conflicts=[host_unit("rescue.service")],
        ),
    )


def services() -> Mapping[str, Service]:
    """One service at its defaults, one that says all that a portable one can, one with all directives."""
    plain = Service(process=Process(argv=["/bin/true"]))
    sections = {
        ("service", "unit"): UNIT,
        ("service", "service"): LIFE + LIMITS + CONFINEMENT,
        ("socket", "socket"): SOCKET,
        ("timer", "timer"): TIMER,
    }
    definitions = {("systemd", *path): written(rows) for path, rows in sections.items()}
    # module() takes paths and plain values: no checker can know the rows of a table
    shown = Service(
        process=Process(argv=["/bin/sleep", "1"]),
        imports=[module("rows", definitions=definitions, imports=[SystemdService])],
    )
    return {"plain": plain, "shown": shown, "said": everything_said(plain, shown)}


@pytest.fixture(scope="module")
def host(each_machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine that has read the units, and started none."""
    folder = tmp_path_factory.mktemp("directives")
    publish(build(check(evaluate(Host(services=services())))).trees, folder / "out", base=folder)
    each_machine.copy_tree(folder / "out" / "host")
    each_machine.daemon_reload()
    return each_machine


def disagreements(properties: Mapping[str, str], expected: Sequence[str]) -> list[str]:
    """What of `expected` systemd does not say, with what it says instead."""
    found: list[str] = []
    for each in expected:
        name, sign, value = each.partition("=" if "~" not in each.split("=")[0] else "~")
        said = properties.get(name, "")  # systemctl leaves out what is empty
        if not (value in said if sign == "~" else value == said):
            found.append(f"{each}, but {name} is {said}")
    return found


@pytest.mark.parametrize("table", TABLES)
def test_directives_are_read_as_they_were_written(host: Machine, table: str) -> None:
    """Every row of the table."""
    unit, rows = TABLES[table]
    properties = host.unit_properties(unit)
    assert properties["LoadState"] == "loaded"
    assert disagreements(properties, [expected for _, _, expected in rows]) == []


def test_what_nobody_said_is_the_strict_profile(host: Machine) -> None:
    """A service with nothing but a command line."""
    assert disagreements(host.unit_properties("plain.service"), STRICT) == []
    assert "mount" not in host.unit_properties("plain.service")["SystemCallFilter"].split()


def test_portable_options_are_read_as_they_were_written(host: Machine) -> None:
    """A service that says something else than the default of nearly every option."""
    properties = host.unit_properties("said.service")
    assert disagreements(properties, SAID) == []
    assert not {"pivot_root", "setpriority"} & set(properties["SystemCallFilter"].split())


def test_what_is_enabled_and_what_is_not(host: Machine) -> None:
    """By the links in the tree alone."""
    asked = ["plain.service", "said.service", "shown.service", "shown.socket", "shown.timer"]
    states = host.execute(["systemctl", "is-enabled", *asked]).stdout.split()
    assert states == ["enabled", "static", "static", "enabled", "enabled"]


def test_there_are_several_dozen() -> None:
    """Of the directives, and of what is said about the profile."""
    assert sum(len(rows) for _, rows in TABLES.values()) > 100
    assert len(STRICT) > 30 and len(SAID) > 20


def test_a_disagreement_is_seen() -> None:
    """In a whole property, in a word of one, in one that is not there."""
    properties = {"Restart": "no", "After": "a.target b.target"}
    assert disagreements(properties, ["Restart=no", "After~b.target"]) == []
    found = disagreements(properties, ["Restart=always", "After~c.target", "Nice=7"])
    assert [each.partition(", but ")[2] for each in found] == [
        *("Restart is no", "After is a.target b.target", "Nice is "),
    ]
