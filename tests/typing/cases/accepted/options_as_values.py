"""Options that stand for their values where they are named."""

from __future__ import annotations

from pathlib import Path

from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Endpoints,
    KeyValue,
    ListenPort,
    Network,
    Port,
    Process,
    Ref,
    Secret,
    Service,
    TcpEndpoint,
    Wants,
    default,
    endpoint,
    imports,
    merged,
    needs,
    option,
    settings,
    systemd,
    tcp,
    when,
)


class Store(Service):
    """A store: all of it is said where it is declared."""

    port: Port = option(default=6379)
    admin_port: Port = option(default=port)
    password: Secret = option()
    verbose: bool = option(default=False)
    folder: Path = option(default=Path("/srv"))
    directories = Directories(state=Directory())
    credentials = {"password": password}
    network = Network(ports={"store": tcp(port)})
    endpoints = Endpoints(provides={"store": TcpEndpoint(port=port, password=password)})
    config_data = {
        "store.conf": ConfigFile(
            settings=settings({"port": port, "dir": Service.directories.state.path}),
            format=KeyValue(" "),
        )
    }
    process = Process(
        argv=["/usr/bin/store", Service.config_data["store.conf"].path],
        flags={"port": port, "folder": folder, "verbose": verbose},
        environment={"STATE": default(Service.directories.state.path)},
        reload_signal=when(verbose, "SIGHUP"),
    )


@imports(systemd(service={"ReadOnlyPaths": [Service.directories.state.path]}))
class Client(Service):
    """A client that takes over what the store says."""

    store: Wants[TcpEndpoint] = option()
    friend: Ref[Service] = option()
    process = Process(argv=merged(["/usr/bin/client", store.authority], ["--verbose"]))
    relations = needs(friend)


class Both(Service):
    """A composition in which parts are named twice."""

    port: Port = option(default=80)
    password: Secret = option()
    _store = Store(port=port, password=password)
    services = {
        "store": _store,
        "client": Client(friend=_store, store=endpoint(_store, TcpEndpoint)),
    }


listens: ListenPort = tcp(Store.port)
