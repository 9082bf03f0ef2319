"""`low-port`: a port below 1024 that the process may not listen on.

In: a service. Out: a finding for each such port that it seems to listen on. Refuses to guess from
numbers alone: an option, a flag, a variable or a setting has to be called as ports to listen on are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ..language.evaluation.configuration import is_result, items
from ..language.evaluation.history import has_option
from ..language.words import Path
from ..services.groups.config_data import contents
from ..services.groups.network import BIND, LAST_PRIVILEGED, is_activated
from ..services.service import Service, runs
from ..services.settings import option_steps, plain
from .rule import Finding, Rule, command_of
from .units import is_of_user

_NAME = re.compile(
    r"(?:(?:https?|web|server|listen|bind|tcp|udp)[_-]?)?(?:port|listen|bind)"
    r"|(?:web|http|server)?[._-]?listen[._-](?:address|port)",
    re.IGNORECASE,
)
_PORT = re.compile(r"(?:[\w.*-]*:|\[[0-9a-fA-F:]*\]:)?(?P<port>\d{1,5})")
_FLAG = re.compile(r"--?(?P<name>[A-Za-z][\w.-]*)(?:=(?P<value>.*))?", re.DOTALL)


class LowPort(Rule):
    """A port below 1024, neither in `network.ports` nor with the capability for it."""

    name = "low-port"

    def find(self, service: Service) -> Iterator[Finding]:
        if not runs(service) or _may_bind(service):
            return
        if is_of_user(service):
            yield from self._declared(service)
        ports = service.network.ports.values()
        known = {n for each in ports for n in range(each.number, (each.last or each.number) + 1)}
        told: set[int] = set()
        for option, value in _named(service):
            port = _port(value)
            if 0 < port <= LAST_PRIVILEGED and port not in known | told:
                told.add(port)
                what = f"is port {port}, on which only root listens without {BIND}"
                advice = f'declare it: Network(ports={{"...": tcp({port})}}) gives the capability'
                yield self.finding(service, option, what, advice)

    def _declared(self, service: Service) -> Iterator[Finding]:
        """Ports that are declared where the manager itself may give nobody the capability."""
        for key, each in service.network.ports.items():
            if 0 < each.number <= LAST_PRIVILEGED:
                what = f"is port {each.number}, and a user's manager cannot give {BIND}"
                advice = (
                    f"take a port above {LAST_PRIVILEGED}; silence the rule where the host lets users "
                    "listen on it (net.ipv4.ip_unprivileged_port_start)"
                )
                yield self.finding(service, ("network", "ports", key), what, advice)


def _may_bind(service: Service) -> bool:
    """May the process listen on all ports, or does its manager do it for it?"""
    if service.identity.user in ("root", "0") or BIND in service.hardening.capabilities:
        return True
    # Any: what a manager's own module adds to services, which this room need not load
    view: Any = service
    by_hand = has_option(service, ("systemd", "socket"))
    return is_activated(service) or (by_hand and bool(view["systemd"].socket.socket))


@lru_cache(maxsize=4096)  # services of one class have one set of names
def _is_of_port(name: str) -> bool:
    """Is a name one for a port to listen on?"""
    return bool(_NAME.fullmatch(name))


def _port(value: Any) -> int:
    """The port that a value names, 0 where it names none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = _PORT.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(found["port"]) if found else 0


def _named(service: Service) -> Iterator[tuple[Path, Any]]:
    """The values that are called as ports are, each with its option."""
    for name, value in items(service, _is_of_port):
        if not is_result(value):
            yield (name,), value
    argv = command_of(service)
    for index, argument in enumerate(argv):
        flag = _FLAG.fullmatch(argument)
        if flag and _is_of_port(flag["name"]):
            after = argv[index + 1] if index + 1 < len(argv) else ""
            yield ("process", "argv", index), after if flag["value"] is None else flag["value"]
    for name, value in service.process.environment.items():
        if _is_of_port(name):
            yield ("process", "environment", name), value
    for key, file in service.config_data.items():
        if file.enable and contents(file) == ["settings"]:
            for steps, value in _settings(plain(file.settings), ()):
                yield ("config_data", key, "settings", *option_steps(file.settings, steps)), value


def _settings(value: Mapping[Any, Any], steps: Path) -> Iterator[tuple[Path, Any]]:
    for key, item in value.items():
        if isinstance(item, Mapping):
            yield from _settings(item, (*steps, key))
        elif _is_of_port(str(key)):
            yield (*steps, key), item
