"""Profiles of hardening, to be imported: what a service may do beyond the usual, or less.

In: nothing. Out: modules of services. Each says in one word what several options of `hardening` say;
several can be imported, and a service's own `hardening` stands beside them.
"""

from __future__ import annotations

from .groups.hardening import Hardening
from .service import Service


class Hardened(Service):
    """What every service has by itself, insisted on: whoever switches it off is told."""

    hardening = Hardening(enable=True)


class Networked(Service):
    """Asks the kernel for addresses and routes as well, as many servers do when they start."""

    hardening = Hardening(
        network="host", address_families=["AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK"]
    )


class LocalOnly(Service):
    """Talks to this host only."""

    hardening = Hardening(peers=["localhost"])


class Offline(Service):
    """Has no network at all, and opens sockets of this host only."""

    hardening = Hardening(network="none", peers=[], address_families=["AF_UNIX"])


class JustInTime(Service):
    """Writes machine code and runs it: Java, Node.js, .NET, LuaJIT, PCRE's compiler."""

    hardening = Hardening(executable_memory=True)


class Monitoring(Service):
    """Sees the processes of others, and what the kernel tells of the whole system."""

    hardening = Hardening(
        proc="all", address_families=["AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK"]
    )


class Trusted(Service):
    """May do whatever its user may: read homes, write everywhere, run sudo, use devices.

    Its temporary files and its mounts are still its own. It has to say who it runs as: a user that
    exists, or one that is made for good.
    """

    hardening = Hardening(
        new_privileges=True,
        file_system="writable",
        home="visible",
        proc="all",
        devices=True,
        namespaces=True,
        executable_memory=True,
        realtime=True,
        system_calls=[],
    )


class Unconfined(Service):
    """Nothing is denied beyond what the manager denies by itself. For what nothing else fits."""

    hardening = Hardening(enable=False)
