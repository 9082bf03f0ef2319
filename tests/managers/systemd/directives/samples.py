"""Values of every kind of directive, and units with a section that has them.

In: tables of directives. Out: lines, unit files, and what a verdict of `systemd-analyze verify` says of
the lines. Refuses to run it.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from modsvc_dsl import Specifiers, specifiers
from modsvc_dsl.managers.systemd.directives.problems import problem
from modsvc_dsl.managers.systemd.directives.table import Directive, Table
from modsvc_dsl.managers.systemd.directives.values import render

KINDS: Mapping[str, Sequence[object]] = {
    "boolean": [True, False, "yes", "off"],
    "integer": [3, "4", 0],
    "unsigned": [50, "60"],
    "text": ["abc"],
    "path": [Path("/srv/a"), "/srv/50%n", specifiers("/srv/%n")],
    "seconds": [5, 0.25, "1min 30s", timedelta(minutes=2), timedelta(milliseconds=1500)],
    "nanoseconds": [50000, "50us", timedelta(microseconds=3)],
    "size": [4096, "512M", "1.5G"],
    "mode": [0o750, "0640", 0],
    "exec": ["/bin/true %n", specifiers("/bin/true %n"), ["", "/bin/true a", "-/bin/true 'b c'"]],
    "environment": ["A=b", ['"A=b c"', "D=%n", specifiers("E=%H")]],
    "condition": ["abc", "!abc", "|abc"],
    "policy": ["*", "root=verity+signed:swap=absent", "usr=encrypted+growfs-off:=ignore", "~", ""],
    "calendar": ["daily", ["Mon *-*-* 04:00", "hourly"]],
    "unit": ["a.service"],
    "user": ["root", 0],
    "signal": ["SIGTERM", "HUP", "RTMIN+3", signal.SIGINT, 9],
    "percent": ["20%", "12.5%"],
    "limit": [1024, "1024:4096", "infinity"],
}
"""Values for every directive of a kind; enums take all of theirs."""

CONDITIONS: Mapping[str, Sequence[object]] = {
    "FirstBoot": [True, "!no"],
    "ACPower": [False],
    "Architecture": ["x86-64"],
    "Virtualization": [False, "vm"],
    "CPUs": [4, ">=2"],
    "Memory": [">=1G"],
    "KernelVersion": [">=4.0"],
    "User": ["root", 0],
    "Environment": ["A=b"],
    "NeedsUpdate": ["/etc"],
    "MemoryPressure": ["10%"],
    "CPUPressure": ["a.slice:10%/1min"],
    "IOPressure": ["10%/5min"],
    "OSRelease": ["ID=debian"],
}
SPECIAL: Mapping[str, Sequence[object]] = {
    **{f"Unit.{verb}{n}": v for verb in ("Condition", "Assert") for n, v in CONDITIONS.items()},
    "Unit.Documentation": ["man:x(8)", ["https://example.org/a", "man:x(8) info:y"]],
    "Service.BusName": ["org.example.App"],
    "Service.OpenFile": ["/etc/hosts:hosts:read-only"],
    "Service.SuccessExitStatus": [[1, "SIGKILL", "TEMPFAIL"], 250],
    "Service.RestartPreventExitStatus": [signal.SIGINT, "1 2 SIGKILL"],
    "Service.RestartForceExitStatus": [3],
    "Service.Sockets": ["a.socket b.socket", ["a.socket", "b.socket"]],
    "Socket.BindToDevice": ["lo"],
    "Socket.FileDescriptorName": ["web"],
    "Socket.ListenStream": [8080, "/run/a.sock", Path("/run/b.sock"), ["[::1]:80", 9000]],
    "Socket.ListenDatagram": [53],
    "Socket.ListenSequentialPacket": ["@abstract"],
    "Socket.ListenFIFO": ["/run/fifo"],
    "Socket.ListenSpecial": ["/dev/null"],
    "Socket.ListenNetlink": ["route 1"],
    "Socket.ListenMessageQueue": ["/queue"],
    "Socket.ListenUSBFunction": ["/run/usb"],
    "Socket.Service": ["a.service"],
    "Socket.Symlinks": [Path("/run/my link")],
    "Timer.Unit": ["a.service"],
    "Path.Unit": ["a.service"],
    "Slice.Slice": [],  # known to the parser, but the place of a slice is in its name
    "Slice": ["a-b.slice"],
    "KillMode": ["control-group", "mixed", "process"],  # none is taken, with a warning
    "SocketProtocol": ["udplite", "sctp"],  # mptcp only where the C library knows its number
    "RootImageOptions": ["root:ro home:nodev", "ro"],
    "NFTSet": ["cgroup:inet:filter:web", ["user:ip:a:b"]],
    "ManagedOOMMemoryPressureDurationSec": ["5s"],  # from one second on
    "RootHash": ["0" * 64, "/srv/hash"],
    "RootHashSignature": ["base64:aGVsbG8=", "/srv/signature"],
    "ExtensionImages": ["/a.raw", ["-/b.raw"]],
    "MountImages": ["/a.raw:/b", ["-/a.raw:/b"]],
    "SupplementaryGroups": ["root", ["root", 0]],
    "CoredumpFilter": ["private-anonymous elf-headers", "0x33"],
    "CPUAffinity": ["0-1 3", [0, 1], "numa"],
    "NUMAMask": ["0"],
    "PassEnvironment": ["A B", ["A", "B"]],
    "UnsetEnvironment": ["A B=c"],
    "EnvironmentFile": [Path("/etc/a b"), ["-/etc/x", "/etc/*.env"]],
    "StandardInputData": ["aGVsbG8="],
    "LogExtraFields": ["A=b", ['"A=b c"']],
    "LogNamespace": ["web"],
    "SecureBits": ["keep-caps noroot"],
    "CapabilityBoundingSet": ["CAP_CHOWN CAP_KILL", ["CAP_CHOWN", "~CAP_KILL"], ""],
    "AmbientCapabilities": [["CAP_CHOWN", "CAP_KILL"]],
    "SystemCallFilter": ["@system-service", ["@system-service", "~@privileged"], "~read:EPERM"],
    "SystemCallLog": ["~@mount"],
    "SystemCallArchitectures": ["native x86-64"],
    "SystemCallErrorNumber": ["EPERM", 1, "kill"],
    "RestrictNamespaces": [True, "user net", "~pid"],
    "RestrictAddressFamilies": ["AF_INET AF_INET6", "~AF_UNIX", "none"],
    "RestrictFileSystems": ["ext4 tmpfs", "~@network"],
    "RestrictNetworkInterfaces": ["lo", "~eth0"],
    "ReadWritePaths": ["/a /b", [Path("/my dir"), "-/c", "+/d"]],
    "BindPaths": ["/a:/b:norbind", ["/x:/y", "-/z"]],
    "BindReadOnlyPaths": ["/a"],
    "TemporaryFileSystem": ["/a:ro /b"],
    "LoadCredential": ["a:/b"],
    "LoadCredentialEncrypted": ["a:/b"],
    "SetCredential": ["a:b c"],
    "SetCredentialEncrypted": ["a:aGVsbG8="],
    "StateDirectory": ["app", ["a/b", "c:d"]],
    "RuntimeDirectory": ["app"],
    "CacheDirectory": [["app"]],
    "LogsDirectory": ["app"],
    "ConfigurationDirectory": ["app"],
    "WorkingDirectory": ["~", "-/srv", Path("/my dir")],
    "ExecSearchPath": ["/a:/b", ["/a", "/b"]],
    "Personality": ["x86-64"],
    "RuntimeMaxSec": ["infinity", 5],
    "CPUWeight": [50, "idle"],
    "TasksMax": [5, "10%", "infinity"],
    "MemoryMax": [4096, "50%", "infinity"],
    "AllowedCPUs": ["0-1", [0, 1]],
    "AllowedMemoryNodes": ["0"],
    "StartupAllowedCPUs": ["0-1"],
    "StartupAllowedMemoryNodes": [0],
    "IODeviceWeight": ["/dev/sda 100"],
    "IODeviceLatencyTargetSec": ["/dev/sda 25ms"],
    "DeviceAllow": ["/dev/null rw", ["char-pts", "/dev/zero r"]],
    "IPAddressAllow": ["localhost 10.0.0.0/8", ["any"]],
    "IPAddressDeny": ["any"],
    "IPIngressFilterPath": ["/sys/fs/bpf/a"],
    "BPFProgram": ["egress:/sys/fs/bpf/a"],
    "SocketBindAllow": ["ipv4:tcp:80", ["any"]],
    "SocketBindDeny": ["any"],
    "Delegate": [True, "cpu memory", False],
    "DisableControllers": ["cpu io"],
    "LimitNICE": ["+5", "20"],
    "LimitCPU": ["1h", 5],
    "LimitRTTIME": ["5ms", 5],
    "PAMName": ["login"],
    "UtmpIdentifier": ["tty1"],
    "AppArmorProfile": ["-web"],
    "SELinuxContext": ["-a"],
    "SmackProcessLabel": ["-web"],
    "NetworkNamespacePath": ["/run/netns/a"],
    "IPCNamespacePath": ["/run/ipc"],
    "Unit.RebootArgument": ["a"],
    "Manager.LogLevel": ["info", "debug", 3],  # what comes before a level differs by version
    "Mount.Options": ["ro,noexec"],
    "Mount.Type": ["tmpfs"],
    "Mount.What": ["tmpfs"],
    "Mount.Where": ["/srv/a"],
    "Automount.Where": ["/srv/a"],
    "Swap.What": ["/dev/sda1"],
}
"""Values for one directive, in one section or in all."""

IO_LIMITS = ("IOReadBandwidthMax", "IOWriteBandwidthMax", "IOReadIOPSMax", "IOWriteIOPSMax")
VERIFY = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no"]

NEEDED = {
    "Service": "[Service]\nExecStart=/bin/true\nType=oneshot\n",
    "Timer": "[Timer]\nOnBootSec=1\n",
    "Path": "[Path]\nPathExists=/a\n",
    "Socket": "[Socket]\nListenStream=1\n",
    "Automount": "[Automount]\nWhere=/srv/a\n",
    "Mount": "[Mount]\nWhat=tmpfs\nWhere=/srv/a\n",
    "Swap": "[Swap]\nWhat=/dev/sda1\n",
    "Scope": "[Scope]\n",
    "Slice": "[Slice]\n",
}
NAMES = {"Mount": "srv-a.mount", "Automount": "srv-a.automount", "Swap": "dev-sda1.swap"}

# What only some builds or machines have: the parser says so, and the value is not to blame.
ELSEWHERE = re.compile(r"not supported(?!$)|is not available|support not available|Not a directory")


def samples(section: str, directive: Directive) -> Sequence[object]:
    """Values that suit a directive: its own, or those of its kind."""
    for key in (f"{section}.{directive.name}", directive.name):
        if key in SPECIAL:
            return SPECIAL[key]
    if directive.name in IO_LIMITS:
        return ["/dev/sda 5M"]
    if directive.kind == "enum":
        flags: list[object] = [True, False] if directive.boolean else []
        prefixed = [f"{p}{'web' if p == 'fd:' else '/srv/a'}" for p in directive.prefixes]
        return [*directive.values, *prefixed, *flags, *([1] if directive.numbers else [])]
    if directive.kind == "condition" and re.search("Path|File", directive.name):
        return ["/a", "!/a", "|!/a", ["/a", Path("/b c")]]
    if directive.kind == "condition" and "Directory" in directive.name:
        return [Path("/a")]
    if directive.kind in ("integer", "unsigned") and directive.minimum is not None:
        return [value for value in (directive.minimum, directive.maximum) if value is not None]
    return [each for each in KINDS[directive.kind] if directive.specifiers or not living(each)]


def living(value: object) -> bool:
    """Has a value, or a part of it, specifiers?"""
    return isinstance(value, Specifiers) or (isinstance(value, list) and any(map(living, value)))


@dataclass(frozen=True)
class Trial:
    """A unit that has some lines in one section."""

    section: str
    lines: Sequence[str]

    @property
    def _kind(self) -> str:
        return self.section if self.section in NEEDED else "Service"

    @property
    def name(self) -> str:
        """The name of its file."""
        return NAMES.get(self._kind, f"web.{self._kind.lower()}")

    @property
    def _head(self) -> str:
        needed = NEEDED[self._kind]
        return needed if self._kind == self.section else f"{needed}[{self.section}]\n"

    @property
    def text(self) -> str:
        """What is in it."""
        return self._head + "\n".join(self.lines) + "\n"

    def complaints(self, said: str) -> list[str]:
        """What `systemd-analyze verify` says about the lines."""
        found = re.findall(rf"{re.escape(self.name)}:(\d+): (.*)", said)
        offset = self._head.count("\n") + 1
        return [
            f"{self.lines[int(line) - offset]}: {message}"
            for line, message in found
            if not ELSEWHERE.search(message)
        ]


def written(table: Table, section: str) -> tuple[list[str], set[str]]:
    """Lines for every directive of a section that is not legacy, and the names among them."""
    lines: list[str] = []
    names: set[str] = set()
    for name in table.names(section):
        directive = table.directive(section, name)
        assert directive is not None
        if directive.legacy:
            continue
        for value in samples(section, directive):
            assert problem(directive, value) is None, (name, value)
            lines += (f"{name}={text}" for text in render(directive, value))
            names.add(name)
    return lines, names


WRONG: list[tuple[str, str, object]] = [
    ("Service", "NoNewPrivileges", "maybe"),
    ("Service", "NoNewPrivileges", ""),
    ("Service", "Nice", 20),
    ("Service", "Nice", "five"),
    ("Service", "OOMScoreAdjust", 1001),
    ("Service", "CPUWeight", 0),
    ("Service", "CPUWeight", 10001),
    ("Service", "IOSchedulingPriority", 8),
    ("Service", "CPUSchedulingPriority", 100),
    ("Service", "TasksMax", 0),
    ("Service", "RestartSec", "5 parsecs"),
    ("Service", "RestartSec", -1),
    ("Service", "TimerSlackNSec", "x"),
    ("Service", "MemoryMax", "lots"),
    ("Service", "UMask", "0788"),
    ("Service", "UMask", "17777"),
    ("Service", "ProtectSystem", "strictly"),
    ("Service", "ProtectSystem", ""),
    ("Service", "Restart", "allways"),
    ("Service", "Restart", True),
    ("Service", "Type", ""),
    ("Service", "RootImagePolicy", "abc"),
    ("Service", "RootImagePolicy", "root"),
    ("Service", "RootImagePolicy", "disk=verity"),
    ("Service", "MountImagePolicy", "root=verity+sealed"),
    ("Service", "ExtensionImagePolicy", "root=verity:root=signed"),
    ("Service", "StandardOutput", "paper"),
    ("Service", "KillSignal", "SIGTREM"),
    ("Service", "KillSignal", "65"),
    ("Service", "CPUQuota", "20"),
    ("Service", "ManagedOOMMemoryPressureLimit", "120%"),
    ("Manager", "LogLevel", "loud"),
    ("Manager", "LogTarget", "paper"),
    ("Manager", "ShowStatus", "temporary"),
    ("Manager", "CrashChangeVT", "many"),
    ("Manager", "DefaultTimeoutStopSec", "5 parsecs"),
    ("Manager", "RuntimeWatchdogSec", "on"),
    ("Manager", "DefaultStandardOutput", "file:/a"),
    ("Manager", "DefaultStandardError", "paper"),
    ("Manager", "DefaultTasksMax", 0),
    ("Manager", "DefaultLimitNOFILE", "many"),
    ("Manager", "DefaultOOMPolicy", "panic"),
    ("Manager", "DefaultOOMScoreAdjust", 2000),
    ("Manager", "StatusUnitFormat", "long"),
    ("Manager", "WatchdogDevice", "watchdog"),
    ("Manager", "NUMAPolicy", "far"),
    ("Service", "LimitNOFILE", "many"),
    ("Service", "LimitNOFILE", "1:2:3"),
    ("Service", "ReadWritePaths", "srv"),
    ("Service", "Environment", "A"),
    ("Service", "Environment", "1A=x"),
    ("Service", "User", "a:b"),
    ("Service", "Personality", "z80"),
    ("Service", "MountFlags", "public"),
    ("Socket", "SocketProtocol", "udp"),
    ("Socket", "BindIPv6Only", "never"),
    ("Socket", "Timestamping", "ms"),
    ("Socket", "ReceiveBuffer", "big"),
    ("Swap", "Priority", 32768),
    ("Timer", "OnCalendar", ["x"]),
    ("Unit", "CollectMode", "never"),
    ("Unit", "SuccessAction", "dance"),
    ("Unit", "SuccessActionExitStatus", 256),
]
"""Section, directive and value that a systemd does not take which knows the directive."""
