"""unbound as the resolver of a network: port 53, DNSSEC, a zone of its own, and no root.

    apt install unbound dns-root-data && systemctl disable --now unbound
    modsvc build examples/resolver.py --out out
    dig @127.0.0.1 printer.home.arpa

It asks the kernel which addresses there are, which the profile `Networked` allows, and listens on port
53 by the one capability for that. What looks up names waits for it.

In: questions on one address. Out: answers, of the root servers and those below them, or of the local zone.
Refuses to answer other hosts than those of `clients`.
"""

from __future__ import annotations

from collections.abc import Mapping
from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Host,
    Lifecycle,
    ListenPort,
    Meta,
    Network,
    Networked,
    Process,
    Relations,
    Service,
    define,
    host_unit,
    imports,
    option,
    tcp,
    udp,
)

CONFIG = """\
server:
    interface: {address}
    username: ""
    chroot: ""
    pidfile: ""
    use-syslog: no
    directory: {state}
    auto-trust-anchor-file: root.key
    local-zone: "{zone}" static
"""


@imports(Networked)
class Resolver(Service):
    """unbound, with the names of a local zone."""

    address: str = option(default="127.0.0.1", description="Address to listen on.")
    clients: list[str] = option(default=["127.0.0.0/8"], description="Networks that may ask.")
    zone: str = option(default="home.arpa", description="The zone whose names are known here.")
    names: dict[str, str] = option(description="The address of each name in the zone.")
    meta = Meta(description="DNS resolver", documentation=["man:unbound(8)"])
    directories = Directories(state=Directory())
    relations = Relations(
        wants=[host_unit("nss-lookup.target")], before=[host_unit("nss-lookup.target")]
    )
    lifecycle = Lifecycle(
        type="notify",
        before_start=[
            ["/usr/bin/cp", "--update", "/usr/share/dns/root.key", Service.directories.state.path]
        ],
    )
    _config = Service.config_data["unbound.conf"].path
    process = Process(
        argv=["/usr/sbin/unbound", "-d", "-p", "-c", _config],
        before_reload=[["/usr/sbin/unbound-checkconf", _config]],
        reload_signal="SIGHUP",
    )

    @define(Network.ports)
    def _ports(self) -> Mapping[str, ListenPort]:
        return {"udp": udp(53, address=self.address), "tcp": tcp(53, address=self.address)}

    @define(Service.config_data["unbound.conf"])
    def _text(self) -> ConfigFile:
        state = self.directories.state.path
        text = CONFIG.format(address=self.address, state=state, zone=self.zone)
        for network in self.clients:
            text += f"    access-control: {network} allow\n"
        for name, address in self.names.items():
            text += f'    local-data: "{name}.{self.zone}. A {address}"\n'
        return ConfigFile(text=text)


host = Host(services={"resolver": Resolver(names={"printer": "192.0.2.7"})})
