"""A fleet: five hosts, four roles, and a loop.

    modsvc build examples/fleet.py --out out     # out/web1, out/web2, ... one tree per host

A role is a function from a host's name to services; a host is the sum of its roles. Adding a host is
one line in `PLAN`. Two roles that give one service's name to different things are refused.

In: a table of hosts. Out: a `Fleet`. Refuses to know how trees travel to the hosts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Fleet,
    Host,
    Lifecycle,
    Meta,
    NotificationProtocol,
    Port,
    Process,
    Service,
    Systemd,
    Unit,
    define,
    option,
)


class Site(Service):
    """Pages for people."""

    port: Port = option(default=8160, description="TCP port to listen on.")
    title: str = option(description="Title of the first page.")

    @define(Process.argv)
    def _run(self) -> list[str]:
        pages = str(Path(self.config_data["index.html"].path).parent)
        return ["/usr/bin/python3", "-m", "http.server", str(self.port), "--directory", pages]

    @define(Service.config_data["index.html"])
    def _index(self) -> ConfigFile:
        return ConfigFile(text=f"<!doctype html>\n<title>{self.title}</title>\n")


class Redis(Service):
    """A store on the loopback."""

    port: Port = option(default=8161, description="TCP port to listen on.")
    notification_protocol = NotificationProtocol(systemd=True)
    directories = Directories(state=Directory())

    @define(Process.argv)
    def _run(self) -> list[str]:
        return ["/usr/bin/redis-server", self.config_data["redis.conf"].path]

    @define(Service.config_data["redis.conf"])
    def _config(self) -> ConfigFile:
        folder = self.directories.state.path
        text = f"bind 127.0.0.1\nport {self.port}\nsupervised auto\ndir {folder}\n"
        return ConfigFile(text=text)


class DiskUsage(Service):
    """Writes how full the disks are to the journal, every hour."""

    meta = Meta(description="Disk usage")
    lifecycle = Lifecycle(type="oneshot")
    process = Process(argv=["/bin/df", "--human-readable", "--exclude-type=tmpfs"])

    @define(Systemd.timer)
    def _hourly(self) -> Unit:
        return Unit(timer={"OnCalendar": ["hourly"], "RandomizedDelaySec": "5min"})


Role = Callable[[str], Mapping[str, Service]]


def web(host: str) -> Mapping[str, Service]:
    """What every web server runs."""
    return {"site": Site(title=f"Served by {host}")}


def staging(host: str) -> Mapping[str, Service]:
    """Beside the site of `web`, the next one."""
    return {"next": Site(port=8162, title=f"Next week on {host}")}


def store(_host: str) -> Mapping[str, Service]:
    """Where sessions are kept."""
    return {"sessions": Redis()}


def watched(_host: str) -> Mapping[str, Service]:
    """What every host runs."""
    return {"disk-usage": DiskUsage()}


PLAN: dict[str, list[Role]] = {
    **{f"web{number}": [web, watched] for number in (1, 2, 3)},
    "staging": [web, staging, store, watched],
    "store": [store, watched],
}


def host_of(name: str, roles: list[Role]) -> Host:
    """A host with the services of its roles."""
    return Host(imports=[Host(services=role(name)) for role in roles])


fleet = Fleet(hosts={name: host_of(name, roles) for name, roles in PLAN.items()})
