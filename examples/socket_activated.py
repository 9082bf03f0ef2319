"""A web service that does not run until somebody asks: systemd listens, and hands the socket over.

    modsvc build examples/socket_activated.py --out out
    curl http://127.0.0.1:8110/world       # the first request starts the program

After a minute without requests the program ends by itself; systemd keeps listening. Since it is
given its socket, it runs without any right to open one.

In: requests on one port. Out: greetings. Refuses to start without systemd's socket.
"""

from __future__ import annotations

from typing import Annotated

from modsvc_dsl import (
    Between,
    ConfigFile,
    Hardening,
    Host,
    Lifecycle,
    Meta,
    Port,
    Process,
    Service,
    Systemd,
    Unit,
    define,
    option,
)

SERVER = '''\
"""Answer HTTP on the socket that systemd passes; end after so many idle seconds."""

import os
import socket
import sys
from http.server import BaseHTTPRequestHandler
from socketserver import BaseServer, TCPServer

PASSED = 3  # the first descriptor that is passed, sd_listen_fds(3)


class Greeting(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"Hello, {self.path.strip('/') or 'stranger'}!\\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Greeter(TCPServer):
    def __init__(self, idle):
        BaseServer.__init__(self, None, Greeting)  # makes no socket of its own
        self.socket = socket.socket(fileno=PASSED)
        self.timeout = idle

    def handle_timeout(self):
        sys.exit(0)


if os.environ.get("LISTEN_PID") != str(os.getpid()):
    sys.exit("no socket was passed: start the .socket unit instead")
server = Greeter(float(sys.argv[1]))
while True:
    server.handle_request()
'''


class Greeter(Service):
    """Greets whoever asks by name."""

    port: Port = option(default=8110, description="TCP port that systemd listens on.")
    idle: Annotated[int, Between(1)] = option(
        default=60, description="Seconds without a request after which the program ends."
    )
    meta = Meta(description="Greetings on demand")
    lifecycle = Lifecycle(restart="on-failure")  # its end in idle times is no failure
    hardening = Hardening(address_families=[])
    config_data = {"server.py": ConfigFile(text=SERVER)}

    @define(Process.argv)
    def _serve(self) -> list[str]:
        return ["/usr/bin/python3", self.config_data["server.py"].path, str(self.idle)]

    @define(Systemd.socket)
    def _listen(self) -> Unit:
        return Unit(socket={"ListenStream": [f"127.0.0.1:{self.port}"]})


host = Host(services={"greeter": Greeter()})
