"""Which ports somebody listens on.

In: the text of /proc/net/tcp or tcp6. Out: port numbers. Refuses to know who listens.
"""

from __future__ import annotations

from pathlib import Path

_LISTEN = "0A"
"""TCP_LISTEN in the kernel's include/net/tcp_states.h, as proc(5) prints it."""


def listening_ports(table: str) -> set[int]:
    """Return the ports (1 to 65535) in state LISTEN in the text of one such table, proc(5)."""
    ports: set[int] = set()
    for line in table.splitlines()[1:]:
        _, local, _, state = line.split(maxsplit=4)[:4]
        if state == _LISTEN:
            ports.add(int(local.rpartition(":")[2], 16))
    return ports


def tcp_ports(process: int) -> set[int]:
    """Return the TCP ports listened on, over IPv4 or IPv6, in the network of a process."""
    ports: set[int] = set()
    for name in ("tcp", "tcp6"):
        table = Path(f"/proc/{process}/net/{name}")
        if table.exists():  # tcp6 is missing where the kernel was started without IPv6
            ports |= listening_ports(table.read_text())
    return ports
