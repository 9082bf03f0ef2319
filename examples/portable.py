"""A portable service with an optional systemd part: it runs wherever a manager can start a process.

    modsvc build examples/portable.py --out out
    curl --head http://127.0.0.1:8150/anything

`Redirect` says what runs and names no manager, but for one definition that is `optional=True`: on a
host with systemd it applies, elsewhere it is left out and listed as such.

In: where visitors shall go. Out: a redirect for each request. Refuses to know its manager.
"""

from __future__ import annotations

from modsvc_dsl import ConfigFile, Host, Meta, Port, Process, Service, Systemd, Unit, define, option

SERVER = '''\
"""Send whoever asks on 127.0.0.1:argv[1] to the same path below argv[2]."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

PORT, TARGET = int(sys.argv[1]), sys.argv[2].rstrip("/")


class Redirect(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(301)
        self.send_header("Location", TARGET + self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET


HTTPServer(("127.0.0.1", PORT), Redirect).serve_forever()
'''


class Redirect(Service):
    """Sends visitors elsewhere."""

    port: Port = option(default=8150, description="TCP port to listen on.")
    target: str = option(description="Address that the path of each request is added to.")
    meta = Meta(description="Redirect")
    config_data = {"redirect.py": ConfigFile(text=SERVER)}

    @define(Process.argv)
    def _run(self) -> list[str]:
        script = self.config_data["redirect.py"].path
        return ["/usr/bin/python3", script, str(self.port), self.target]

    @define(Systemd.service, optional=True)
    def _unit(self) -> Unit:
        return Unit(unit={"StartLimitIntervalSec": 0}, service={"MemoryMax": "64M"})


host = Host(services={"moved": Redirect(target="https://www.example.org/")})
