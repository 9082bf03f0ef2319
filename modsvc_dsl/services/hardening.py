"""What a service may touch. Everything that is not said is denied.

In: nothing. Out: the group `hardening`. Refuses to know the directives that a manager
denies with; each option says what is allowed again.
"""

from __future__ import annotations

from typing import Literal

from ..language.module import Module
from ..language.option import option
from .spelling import AddressFamily, Capability, HostPath, SystemCall


class Hardening(Module):
    """The profile of a service: strict unless relaxed, one thing at a time."""

    enable: bool = option(
        default=True, description="Whether the profile is applied. False leaves all to the manager."
    )
    capabilities: list[Capability] = option(
        description='Capabilities that the process keeps, such as "CAP_NET_BIND_SERVICE".'
    )
    address_families: list[AddressFamily] = option(
        default=["AF_UNIX", "AF_INET", "AF_INET6"],
        description="Families of sockets that the process may open.",
    )
    writable_paths: list[HostPath] = option(
        description="Paths outside of the service's own folders that it may write to."
    )
    home: Literal["hidden", "read-only", "visible"] = option(
        default="hidden", description="What the process sees of the home folders."
    )
    devices: bool = option(default=False, description="Whether it sees the physical devices.")
    executable_memory: bool = option(
        default=False, description="Whether memory may be written and then executed, as by a JIT."
    )
    namespaces: bool = option(default=False, description="Whether it may make namespaces.")
    system_calls: list[SystemCall] = option(
        default=["@system-service"],
        description="System calls and sets of them that the process may use.",
    )
