"""What checkers must refuse where an option stands for its value."""

from __future__ import annotations

from modsvc_dsl import Network, Port, Process, Secret, Service, option, tcp


class Store(Service):
    port: Port = option(default=6379)
    name: str = option(default="store")
    size: int = option(default=name)  # refused
    password: Secret = option()
    network = Network(ports={"store": tcp(name)})  # refused
    credentials = {"password": name}  # refused
    process = Process(argv=["/usr/bin/store", port])  # refused


Process(argv=[Store.port])  # refused
Process(argv=[Store.prot])  # refused
