"""A composition: nginx in front, an application behind it, redis behind that.

    apt install nginx redis-server && systemctl disable --now nginx redis-server
    modsvc build examples/visits.py --out out
    curl http://127.0.0.1:8120/            # You are visitor 1.

Ports are said once: the application reads the port of its redis, the front that of its application.
Each part is a service of its own (`visits-redis`, `visits-app`, `visits-front`) with a user of its
own; none runs as root.

In: requests on one port. Out: how many came before. Refuses to know where in a host it is placed, so
that a host can have several of it.
"""

from __future__ import annotations

from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Host,
    Meta,
    NotificationProtocol,
    Port,
    Process,
    Relations,
    Service,
    define,
    option,
)


class Redis(Service):
    """Debian's redis, on the loopback, with its data in a directory of its own."""

    port: Port = option(default=6379, description="TCP port to listen on.")
    meta = Meta(description="Key-value store")
    notification_protocol = NotificationProtocol(systemd=True)
    directories = Directories(state=Directory())

    @define(Process.argv)
    def _run(self) -> list[str]:
        return ["/usr/bin/redis-server", self.config_data["redis.conf"].path]

    @define(Service.config_data["redis.conf"])
    def _config(self) -> ConfigFile:
        lines = ["bind 127.0.0.1", f"port {self.port}", "supervised auto", "appendonly yes"]
        lines += [f"dir {self.directories.state.path}"]
        return ConfigFile(text="\n".join(lines) + "\n")


APPLICATION = '''\
"""Answer on 127.0.0.1:argv[1] with the number of the visit, which the redis at argv[2] counts."""

import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT, REDIS = map(int, sys.argv[1:])


def count():
    with socket.create_connection(("127.0.0.1", REDIS), timeout=5) as redis:
        redis.sendall(b"INCR visits\\r\\n")
        answer = redis.makefile("rb").readline()
    if not answer.startswith(b":"):
        raise RuntimeError(f"redis said {answer!r}")
    return int(answer[1:])


class Visit(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"You are visitor {count()}.\\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("127.0.0.1", PORT), Visit).serve_forever()
'''


class Application(Service):
    """Counts visits."""

    port: Port = option(description="TCP port to listen on.")
    redis_port: Port = option(description="TCP port of the redis that counts.")
    meta = Meta(description="Visit counter")
    config_data = {"app.py": ConfigFile(text=APPLICATION)}

    @define(Process.argv)
    def _run(self) -> list[str]:
        script = self.config_data["app.py"].path
        return ["/usr/bin/python3", script, str(self.port), str(self.redis_port)]


class Front(Service):
    """nginx as a reverse proxy that needs no root."""

    port: Port = option(description="TCP port to listen on.")
    behind: Port = option(description="TCP port of the server that the requests go to.")
    meta = Meta(description="Web front")
    directories = Directories(runtime=Directory())

    @define(Process.argv)
    def _run(self) -> list[str]:
        config = self.config_data["nginx.conf"].path
        folder = self.directories.runtime.path
        return ["/usr/sbin/nginx", "-p", folder, "-e", "stderr", "-c", config, "-g", "daemon off;"]

    @define(Service.config_data["nginx.conf"])
    def _config(self) -> ConfigFile:
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = "".join(f"  {kind}_temp_path {kind};\n" for kind in kinds)
        server = f"listen 127.0.0.1:{self.port}; location / {{ proxy_pass {self._origin()}; }}"
        http = f"{folders}  access_log off;\n  server {{ {server} }}\n"
        return ConfigFile(text=f"pid nginx.pid;\nevents {{}}\nhttp {{\n{http}}}\n")

    def _origin(self) -> str:
        return f"http://127.0.0.1:{self.behind}"


class Visits(Service):
    """A front, an application and a redis, linked."""

    port: Port = option(default=8120, description="TCP port that visitors use.")

    @define(Service.services["redis"])
    def _redis(self) -> Service:
        return Redis(port=self.port + 2)

    @define(Service.services["app"])
    def _app(self) -> Service:
        redis = self.services["redis"]
        return Application(
            port=self.port + 1,
            redis_port=redis[Redis].port,
            relations=Relations(requires=[redis], after=[redis]),
        )

    @define(Service.services["front"])
    def _front(self) -> Service:
        app = self.services["app"]
        return Front(
            port=self.port,
            behind=app[Application].port,
            relations=Relations(wants=[app], after=[app]),
        )


host = Host(services={"visits": Visits()})
