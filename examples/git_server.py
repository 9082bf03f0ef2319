"""Repositories for everybody to read, by a git daemon that runs for each connection alone.

    apt install git
    modsvc build examples/git_server.py --out out
    git clone git://127.0.0.1:8180/project.git     # of /srv/git/project.git

systemd listens, accepts, and starts a process for each clone, with the connection as its standard input
and output: as inetd did, and each on its own, so that none can keep another one waiting. How many there
may be, in all and for one address, is said once.

In: connections by git's own protocol. Out: what they ask for of the repositories in one folder. Refuses
to write to them.
"""

from __future__ import annotations

from pathlib import Path

from modsvc_dsl import (
    FlagFormat,
    Hardening,
    Host,
    InetSocket,
    Meta,
    Network,
    Port,
    Process,
    Resources,
    Service,
    Socket,
    define,
    option,
)


class GitServer(Service):
    """git-daemon(1), one process a connection."""

    port: Port = option(default=8180, description="TCP port that systemd listens on.")
    repositories: Path = option(description="The folder that the repositories are in.")
    meta = Meta(description="Repositories to read", documentation=["man:git-daemon(1)"])
    hardening = Hardening(address_families=[])  # the connection is there already
    resources = Resources(memory_max="256M", tasks_max=16)  # of each connection

    @define(Service.process)
    def _process(self) -> Process:
        return Process(
            argv=["/usr/bin/git", "daemon", "--inetd", "--export-all"],
            flags={"base-path": self.repositories},
            flag_format=FlagFormat.EQUALS,
            # they belong to somebody else, which git would else refuse to read
            environment={
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": "*",
            },
        )

    @define(Network.sockets["git"])
    def _listen(self) -> Socket:
        return Socket(
            listen=[InetSocket("127.0.0.1", self.port)],
            accept="stdio",
            max_connections=32,
            max_connections_per_source=8,
        )


host = Host(services={"repositories": GitServer(repositories=Path("/srv/git"))})
