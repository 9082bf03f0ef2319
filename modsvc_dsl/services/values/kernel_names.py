"""Names that the kernel has: capabilities, address families, system calls.

In: strings. Out: annotations of options that take such a name. Refuses names that no kernel knows, which
a manager would only ignore; a newer one's can be said in the manager's own words.
"""

from __future__ import annotations

from typing import Annotated, Any

from ...language.types.choices import Choice
from ...language.words import nearest
from .spelling import Spelt

_CAPABILITIES = (
    "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP "
    "LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER "
    "SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE "
    "SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP "
    "MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF "
    "CHECKPOINT_RESTORE"
)
"""As in capabilities(7), Linux 6.1, without CAP_."""

_FAMILIES = (
    "UNIX LOCAL FILE INET AX25 IPX APPLETALK NETROM BRIDGE ATMPVC X25 INET6 ROSE DECnet "
    "NETBEUI SECURITY KEY NETLINK ROUTE PACKET ASH ECONET ATMSVC RDS SNA IRDA PPPOX WANPIPE "
    "LLC IB MPLS CAN TIPC BLUETOOTH IUCV RXRPC ISDN PHONET IEEE802154 CAIF ALG NFC VSOCK "
    "KCM QIPCRTR SMC XDP MCTP"
)
"""As in address_families(7) and <sys/socket.h>, Linux 6.1, without AF_."""


class KernelName(Choice):
    """One of some names that begin alike; `what` says what they are, for messages."""

    def __init__(self, what: str, prefix: str, names: str) -> None:
        super().__init__([f"{prefix}{name}" for name in names.split()])
        self.what = what
        self.prefix = prefix

    def describe(self) -> str:
        return self.what

    def hint(self, value: Any) -> str:
        if not isinstance(value, str):
            return ""
        bare = value.strip().upper().removeprefix(self.prefix)
        for name in self.values:
            if name.upper() == self.prefix + bare:
                return f"write {name!r}"
        names = [name.removeprefix(self.prefix) for name in self.values]
        begun = [name for name in names if name.startswith(f"{bare}_")]
        near = begun or nearest(bare, names, limit=1)
        return f"did you mean {self.prefix + near[0]!r}?" if near else ""


CAPABILITY = KernelName(
    'the name of a capability, such as "CAP_NET_BIND_SERVICE"', "CAP_", _CAPABILITIES
)
"""The type of such names."""

Capability = Annotated[str, CAPABILITY]
AddressFamily = Annotated[
    str, KernelName('the name of an address family, such as "AF_INET"', "AF_", _FAMILIES)
]

_SETS = frozenset(
    f"@{name}"
    for name in (
        " aio basic-io chown clock cpu-emulation debug default file-system io-event ipc"
        " keyring known memlock module mount network-io obsolete pkey privileged process"
        " raw-io reboot resources sandbox setuid signal swap sync system-service timer"
    ).split()
)
"""The sets of systemd.exec(5), SystemCallFilter=, up to 257."""


class SystemCallName(Spelt):
    """A system call as it is spelt, or a set that there is."""

    def __init__(self) -> None:
        what = 'the name of a system call or of a set, such as "@system-service"'
        super().__init__(what, "@?_?[a-z][a-z0-9_-]*")

    def accepts(self, value: Any) -> bool:
        return super().accepts(value) and (not value.startswith("@") or value in _SETS)

    def hint(self, value: Any) -> str:
        if not isinstance(value, str) or not value.startswith("@"):
            return super().hint(value)
        near = nearest(value, _SETS, limit=1)
        return f"did you mean {near[0]!r}?" if near else f"the sets are {', '.join(sorted(_SETS))}"


SystemCall = Annotated[str, SystemCallName()]
"""As in syscalls(2), or a set with an @ before it."""
