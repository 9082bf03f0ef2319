"""One service, three instances: caches that differ in port, size and what they evict.

    apt install redis-server && systemctl disable --now redis-server
    modsvc build examples/instances.py --out out
    redis-cli -p 8131 config get maxmemory

In: a size and a policy for each cache. Out: the units `sessions`, `pages` and `thumbnails`. Refuses to
keep anything: a cache that restarts is empty.
"""

from __future__ import annotations

from typing import Annotated, Literal

from modsvc_dsl import (
    Between,
    ConfigFile,
    Host,
    Meta,
    NotificationProtocol,
    Port,
    Process,
    Service,
    define,
    option,
    systemd,
)


class Cache(Service):
    """A redis on the loopback that forgets rather than grows, and writes nothing to disk."""

    port: Port = option(description="TCP port to listen on.")
    megabytes: Annotated[int, Between(1)] = option(default=64, description="MiB of values to keep.")
    evict: Literal["allkeys-lru", "allkeys-lfu", "volatile-ttl"] = option(
        default="allkeys-lru", description="Which values go first when it is full."
    )
    notification_protocol = NotificationProtocol(systemd=True)

    @define(Process.argv)
    def _run(self) -> list[str]:
        return ["/usr/bin/redis-server", self.config_data["redis.conf"].path]

    @define(Service.config_data["redis.conf"])
    def _config(self) -> ConfigFile:
        lines = ["bind 127.0.0.1", f"port {self.port}", "supervised auto", 'save ""']
        lines += [f"maxmemory {self.megabytes}mb", f"maxmemory-policy {self.evict}"]
        return ConfigFile(text="\n".join(lines) + "\n")


host = Host(
    services={
        "sessions": Cache(port=8131, evict="volatile-ttl", meta=Meta(description="Sessions")),
        "pages": Cache(port=8132, megabytes=256),
        "thumbnails": Cache(
            port=8133,
            evict="allkeys-lfu",
            imports=[systemd(service={"MemoryMax": "200M", "OOMPolicy": "stop"})],
        ),
    }
)
