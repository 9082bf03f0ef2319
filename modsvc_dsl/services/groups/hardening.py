"""What a service may touch. Everything that is not said is denied.

In: nothing. Out: the group `hardening`. Refuses to know the directives that a manager
denies with; each option says what is allowed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from ...language import words
from ...language.errors import Mistake
from ...language.evaluation.history import places
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.provenance import is_ours
from ..mistakes.hardening import NothingToGain, NoUseOfCapabilities, OutOfSight, TwoWordsOnPath
from ..path import KIND
from .identity import user_name
from ..values.network_address import Peer
from ..values.kernel_names import AddressFamily, Capability, SystemCall
from ..values.spelling import DevicePath, HostPath

HostPart = Literal[
    "clock", "control-groups", "hostname", "kernel-logs", "kernel-modules", "kernel-settings"
]
"""What of a host a service can be let to change."""

_OF_PATHS = ("writable_paths", "read_only_paths", "hidden_paths")

HOMES = (Path("/home"), Path("/root"), Path("/run/user"))
"""The folders that `home` is about (systemd.exec(5), ProtectHome=)."""

_TEMPORARY = (Path("/tmp"), Path("/var/tmp"))


class Hardening(Module):
    """The profile of a service: strict unless relaxed, one thing at a time."""

    @staticmethod
    def __instead__(value: object) -> str:
        """What to write for a profile."""
        record: Any = getattr(value, "__module_record__", None)
        if getattr(record, "kind", None) != KIND:
            return ""
        return f"imports=[{record.name}()] beside it: a profile is a module of a service"

    enable: bool = option(
        default=True, description="Whether the profile is applied. False leaves all to the manager."
    )
    capabilities: list[Capability] = option(
        description=(
            'Capabilities that the process keeps, such as "CAP_NET_BIND_SERVICE", with the system '
            "calls and the parts of the host that are of no use without them."
        )
    )
    new_privileges: bool = option(
        default=False,
        description=(
            "Whether programs that it runs may have more rights than it has, as sudo. No filter of "
            "system calls can then be on; capabilities are limited only if some are said."
        ),
    )
    network: Literal["host", "none"] = option(
        default="host",
        description="Whether it has the host's network, or a loopback of its own and nothing else.",
    )
    peers: list[Peer] | None = option(
        default=None,
        description=(
            "Addresses and networks that it may exchange packets with, such as "
            '"192.0.2.0/24" or "localhost". Unset: all; empty: none.'
        ),
    )
    address_families: list[AddressFamily] = option(
        default=["AF_UNIX", "AF_INET", "AF_INET6"],
        description="Families of sockets that the process may open.",
    )
    file_system: Literal["read-only", "writable"] = option(
        default="read-only",
        description=(
            "Whether it may write wherever its user may, or to its own directories and "
            "writable_paths only."
        ),
    )
    writable_paths: list[HostPath] = option(
        description="Paths outside of the service's own folders that it may write to."
    )
    read_only_paths: list[HostPath] = option(
        description="Paths that it may only read, inside of what it may write to."
    )
    hidden_paths: list[HostPath] = option(description="Paths that it does not see.")
    home: Literal["hidden", "read-only", "visible"] = option(
        default="hidden", description="What the process sees of the home folders."
    )
    shared_tmp: bool = option(
        default=False, description="Whether /tmp and /var/tmp are those of the host."
    )
    proc: Literal["own", "system", "all"] = option(
        default="own",
        description=(
            "What /proc shows: the service's own processes; what it says of the system, too, such "
            "as memory and load; the processes of others, too."
        ),
    )
    devices: bool | Sequence[DevicePath] = option(
        default=False,
        description=(
            "Whether it sees the physical devices, or which of them it may use; its user has to be "
            "let to as well, by a group such as dialout."
        ),
    )
    host_users: bool = option(
        default=True,
        description=(
            "Whether it sees the users of the host. False: all but its own and root are nobody, "
            "and capabilities are of no use outside."
        ),
    )
    may_change: list[HostPart] = option(
        description='Parts of the host that it may change, such as "clock", if it has the right to.'
    )
    executable_memory: bool = option(
        default=False, description="Whether memory may be written and then executed, as by a JIT."
    )
    realtime: bool = option(
        default=False, description="Whether it may ask to be scheduled in real time."
    )
    namespaces: bool = option(default=False, description="Whether it may make namespaces.")
    system_calls: list[SystemCall] = option(
        default=["@system-service"],
        description="System calls and sets of them that the process may use.",
    )

    def __validate__(self) -> Iterator[Mistake]:
        """What is said of a path is one thing, and what is allowed is good for something."""
        service, where = self.__node__.main(), (*self.__node__.path, "hardening")
        said: dict[Path, str] = {}
        for option_ in _OF_PATHS:
            for path in getattr(self, option_):
                other = said.setdefault(path, option_)
                if other != option_:
                    found = [p for n in (other, option_) for p in places(service, ("hardening", n))]
                    yield TwoWordsOnPath(where, str(path), other, option_, found)
        if self.enable and (self.writable_paths or self.read_only_paths):
            yield from _out_of_sight(self, where)
        if self.enable and self.new_privileges and user_name(service) is None:
            found = list(places(service, ("hardening", "new_privileges")))
            written = [record.place for record in self.__node__.placed]
            yield NothingToGain((*where, "new_privileges"), found, written)
        if self.capabilities and not self.host_users:
            names = ("capabilities", "host_users")
            found = [each for n in names for each in places(service, ("hardening", n))]
            yield NoUseOfCapabilities(where, self.capabilities, found)


def _out_of_sight(hardening: Hardening, where: words.Path) -> Iterator[Mistake]:
    """What may be written or read in folders that are hidden, or others than those of the host."""
    service = hardening.__node__.main()
    for name in ("writable_paths", "read_only_paths"):
        for path in getattr(hardening, name):
            found = _covering(hardening, path)
            if found:
                option_, covered_by, advice = found
                said = [p for n in (name, option_) for p in places(service, ("hardening", n))]
                said = [each for each in said if not is_ours(each.locate().file)]
                yield OutOfSight(where, str(path), name, covered_by, advice, said)


def _covering(hardening: Hardening, path: Path) -> tuple[str, str, str] | None:
    """The option that keeps a path out of sight, with the words for it; None where none does."""
    for hidden in hardening.hidden_paths:
        if hidden in path.parents:
            said = f"{str(hidden)!r} is in hidden_paths"
            return "hidden_paths", said, "hide what lies beside it instead, path by path"
    if hardening.home == "hidden" and any(home in (path, *path.parents) for home in HOMES):
        advice = 'write home="read-only" beside it: what is in writable_paths can be written then'
        return "home", 'home is "hidden"', advice
    if not hardening.shared_tmp and any(each in path.parents for each in _TEMPORARY):
        advice = "write shared_tmp=True, or give the service a folder of its own in `directories`"
        return "shared_tmp", "its temporary files are its own, and nobody else's", advice
    return None
