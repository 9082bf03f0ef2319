"""The standard work: N services with typed options, a sub-service and a config file each.

`python3 benchmarks/services.py N [--json]` evaluates N services, makes the texts of all 2 N
units and N config files, and says what it took. Histories, checks, validation and directive
tables are on. The cyclic collector is off while it runs, as in the command.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

START = time.perf_counter()
if __name__ == "__main__":
    gc.disable()  # in the first line, as the command does
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for `benchmarks`, as a script

from modsvc_dsl import (  # noqa: E402
    ConfigFile,
    File,
    Host,
    Module,
    Port,
    Process,
    Service,
    SubmoduleOf,
    Systemd,
    Unit,
    build,
    check,
    default,
    define,
    evaluate,
    force,
    option,
    systemd,
)


class Tls(Module):
    """How the server speaks TLS."""

    enable: bool = option(default=False)
    certificate: Path | None = option(default=None)
    protocols: list[str] = option(default=["TLSv1.3"])


class Exporter(Service):
    """Watches the server beside it."""

    watched: int = option(description="Port of the server.")

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return ["/usr/bin/exporter", "--target", f"http://localhost:{self.watched}/"]

    @define(Systemd.service)
    def _unit(self) -> Unit:
        return Unit(service={"Restart": "on-failure"})


class HttpServer(Service):
    """The module that every service imports."""

    package: str = option(default="/opt/http-server")
    port: Port = option(default=8000)
    directory: Path = option(default=Path("/srv/www"))
    tls: SubmoduleOf[Tls] = option(description="TLS settings.")

    @define(Process.argv)
    def _argv(self) -> list[str]:
        argv = [f"{self.package}/bin/http-server", "--port", str(self.port)]
        argv += ["--directory", str(self.directory)]
        if self.tls.enable:
            argv += ["--tls", str(self.tls.certificate)]
        return [*argv, "--config", self.config_data["server.conf"].path]

    @define(Service.config_data["server.conf"])
    def _config(self) -> ConfigFile:
        protocols = " ".join(self.tls.protocols)
        return ConfigFile(text=f"port = {self.port}\nprotocols = {protocols}\n")

    @define(Systemd.service)
    def _unit(self) -> Unit:
        return Unit(
            unit={"Description": f"HTTP server on {self.port}", "After": ["network.target"]},
            service={
                "DynamicUser": True,
                "ProtectSystem": "strict",
                "RestartSec": force(2),
                "AmbientCapabilities": ["CAP_NET_BIND_SERVICE"],
            },
        )

    @define(Service.services["exporter"])
    def _exporter(self) -> Service:
        return Exporter(watched=self.port)


def services(count: int) -> dict[str, Service]:
    """The services `web1` to `webN`."""
    return {
        f"web{i}": HttpServer(
            port=8000 + i % 1000,
            directory=Path(f"/srv/site-{i}"),
            tls=Tls(enable=i % 2 == 0, certificate=Path(f"/etc/ssl/{i}.pem")),
            imports=[systemd(service={"MemoryMax": default("128M")})],
        )
        for i in range(1, count + 1)
    }


def texts(count: int) -> dict[str, str]:
    """The texts of all units and config files, by path."""
    host = check(evaluate(Host(services=services(count))))
    files = build(host).trees["host"]
    return {
        path: file.content.decode()
        for path, file in files.items()
        if isinstance(file, File)  # and not the links that enable units
    }


def work(count: int) -> dict[str, int]:
    """Do it all; the number of units and config files, and the bytes in them."""
    made = texts(count)
    configs = len([path for path in made if path.startswith("etc/system-services/")])
    assert configs == count and len(made) == 3 * count
    return {
        "units": len(made) - configs,
        "configs": configs,
        "bytes": sum(map(len, made.values())),
    }


if __name__ == "__main__":
    from benchmarks.measure import report

    report(__doc__, START, work, int)
