"""HAProxy before two web servers: it says when it is ready, and reloads without dropping a connection.

    apt install haproxy && systemctl disable --now haproxy
    modsvc build examples/balancer.py --out out
    systemctl reload balancer       # refused where its configuration is wrong

Whoever listens says so once: the balancer reads the addresses of its servers from them, and starts after
them. Its master process is told to stop, and stops its workers itself.

In: requests on one port. Out: answers of the servers in turn, of the others where one is down. Refuses a
configuration that HAProxy would not start with, and goes on with the one before.
"""

from __future__ import annotations

from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Endpoints,
    Host,
    HttpEndpoint,
    Lifecycle,
    Meta,
    Network,
    Port,
    Process,
    Service,
    Wants,
    define,
    endpoint,
    option,
    tcp,
    this_file,
)

CONFIG = """\
global
    log stderr format raw daemon notice
defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
    retries 2
    option redispatch
frontend web
    bind 127.0.0.1:{port}
    default_backend servers
backend servers
{servers}"""


class Pages(Service):
    """Something to balance between: the documents of a host."""

    port: Port = option(description="TCP port to listen on.")
    meta = Meta(description="Pages")
    endpoints = Endpoints(provides={"http": HttpEndpoint(port=port)})
    network = Network(ports={"http": tcp(port, address="127.0.0.1")})
    process = Process(
        argv=["/usr/bin/python3", "-m", "http.server"],
        flags={"bind": "127.0.0.1", "directory": "/usr/share/doc/haproxy"},
    )

    @define(Process.argv)
    def _port(self) -> list[str]:
        return [str(self.port)]


class Balancer(Service):
    """HAProxy, spreading requests over servers."""

    port: Port = option(description="TCP port to listen on.")
    servers: list[Wants[HttpEndpoint]] = option(description="Those that requests go to.")
    meta = Meta(description="Load balancer", documentation=["man:haproxy(1)"])
    network = Network(ports={"http": tcp(port, address="127.0.0.1")})
    directories = Directories(runtime=Directory())
    lifecycle = Lifecycle(
        type="notify",
        stop_processes="main-first",
        stop_signal="SIGUSR1",  # finish what is under way
        stop_timeout="1min",
        success_exit_status=[143],
    )
    _haproxy = ["/usr/sbin/haproxy", "-f", Service.config_data["haproxy.cfg"].path]
    process = Process(
        argv=[*_haproxy, "-Ws"],
        before_reload=[[*_haproxy, "-c", "-q"]],
        reload_signal="SIGUSR2",
    )

    @define(Service.config_data["haproxy.cfg"])
    def _config(self) -> ConfigFile:
        lines = (f"    server {n} {each.authority} check\n" for n, each in enumerate(self.servers))
        return ConfigFile(
            text=CONFIG.format(port=self.port, servers="".join(lines)),
            validator=["/usr/sbin/haproxy", "-c", "-q", "-f", this_file],
        )


one, other = Pages(port=8201), Pages(port=8202)
host = Host(
    services={
        "pages-one": one,
        "pages-other": other,
        "balancer": Balancer(
            port=8200, servers=[endpoint(each, HttpEndpoint) for each in (one, other)]
        ),
    }
)
