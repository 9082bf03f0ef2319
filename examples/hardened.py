"""A service hardened by mixins: what it may reach and use is said in modules that others import too.

    modsvc build examples/hardened.py --out out
    systemd-analyze security --offline=true out/host/etc/systemd/system/notes.service

Every service is confined by default already. The profile `LocalOnly` and a mixin of the house, `Frugal`,
go further; the service imports both, sets one of their options, and changes one directive with `force`.

In: lines over HTTP. Out: the lines so far. Refuses connections from other hosts, twice over.
"""

from __future__ import annotations

from typing import Annotated

from modsvc_dsl import (
    Between,
    ConfigFile,
    Directories,
    Directory,
    Host,
    LocalOnly,
    Meta,
    Port,
    Process,
    Service,
    Systemd,
    Unit,
    define,
    force,
    imports,
    option,
)


class Frugal(Service):
    """Uses little, and ends rather than use more."""

    memory: Annotated[int, Between(16)] = option(default=64, description="MiB it may use.")

    @define(Systemd.service, optional=True)
    def _limits(self) -> Unit:
        return Unit(
            service={
                "MemoryMax": f"{self.memory}M",
                "MemorySwapMax": 0,
                "TasksMax": 16,
                "CPUQuota": "50%",
                "LimitNOFILE": 256,
                "RestartSec": 1,
            }
        )


SERVER = '''\
"""Keep lines in the state directory: POST / adds one, GET / returns them all."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

NOTES = Path(sys.argv[2], "notes.txt")


class Notes(BaseHTTPRequestHandler):
    def do_GET(self):
        self.reply(NOTES.read_bytes() if NOTES.exists() else b"")

    def do_POST(self):
        line = self.rfile.read(int(self.headers["Content-Length"]))
        with NOTES.open("ab") as notes:
            notes.write(line.rstrip(b"\\n") + b"\\n")
        self.reply(b"noted\\n")

    def reply(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("127.0.0.1", int(sys.argv[1])), Notes).serve_forever()
'''


@imports(LocalOnly, Frugal)
class Notes(Service):
    """Notes of whoever is logged in on this host."""

    port: Port = option(default=8140, description="TCP port to listen on.")
    meta = Meta(description="Notes")
    directories = Directories(state=Directory())
    config_data = {"notes.py": ConfigFile(text=SERVER)}

    @define(Process.argv)
    def _run(self) -> list[str]:
        script, folder = self.config_data["notes.py"].path, self.directories.state.path
        return ["/usr/bin/python3", script, str(self.port), folder]

    @define(Frugal.memory)
    def _enough_for_python(self) -> int:
        return 96

    @define(Systemd.service)
    def _few(self) -> Unit:
        return Unit(service={"TasksMax": force(4)})


host = Host(services={"notes": Notes()})
