"""One probe for each portable option: services that differ in that option alone.

In: the path of an option. Out: what a manager makes of a host without and with the option set.
Refuses to know which manager it is, and what it ought to make of an option.

Whoever adds a portable option adds its probe here, and says in each manager's test of all options
whether that manager honours it, lists it or refuses it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from modsvc_dsl import (
    Assertion,
    ConfigFile,
    Endpoint,
    Endpoints,
    FlagFormat,
    Directories,
    Directory,
    Hardening,
    Host,
    Identity,
    Lifecycle,
    Logging,
    Manager,
    Meta,
    Network,
    NotificationProtocol,
    Process,
    Relations,
    Resources,
    Schedule,
    RestartLimit,
    Service,
    Socket,
    TcpEndpoint,
    endpoint,
    evaluate,
    host_unit,
    secret_file,
    tcp,
    udp,
    settings,
    this_file,
)
from modsvc_dsl.managers.manager import Emitted
from modsvc_dsl.managers.tree import File, Link
from modsvc_dsl.services.groups.directories import KINDS
from modsvc_dsl.services.formats.every import FormatName

Changed = Callable[[Service], Service]
"""From another service of the host, which nothing is said about, to the service with the option."""


def service(
    argv: str = "/bin/a",
    *,
    environment: dict[str, str | None] | None = None,
    directory: Path | None = None,
    identity: Identity | None = None,
    lifecycle: Lifecycle | None = None,
    hardening: Hardening | None = None,
    relations: Relations | None = None,
    config: ConfigFile | None = None,
) -> Service:
    """A service that runs `argv`; with everything else left out it is the one to compare with."""
    process = Process(argv=[argv], environment=environment or {}, working_directory=directory)
    return Service(
        process=process,
        identity=identity or Identity(),
        lifecycle=lifecycle or Lifecycle(),
        hardening=hardening or Hardening(),
        relations=relations or Relations(),
        config_data={} if config is None else {"a": config},
    )


def in_format(name: FormatName) -> ConfigFile:
    """A config file of settings."""
    return ConfigFile(settings=settings({"key": 1}), format=name)


def process(**options: Any) -> Service:
    """A service with options of its process; the flag is what a flag format makes a difference to."""
    flags = options.pop("flags", {"flag": 1} if "flag_format" in options else {})
    return Service(process=Process(argv=["/bin/a"], flags=flags, **options))


def living(**options: Any) -> Service:
    """A service with options of its lifecycle."""
    return service(lifecycle=Lifecycle(**options))


def initialised(*commands: list[str]) -> Service:
    """A service with a state directory, and something to do in it before its first start."""
    return Service(
        process=Process(argv=["/bin/a"]),
        directories=Directories(state=Directory()),
        lifecycle=Lifecycle(before_first_start=[*commands]),
    )


def limited(starts: int, within: int) -> Service:
    """A service that is started so often at the most."""
    return living(restart_limit=RestartLimit(starts=starts, within=within))


def _said(**options: Any) -> Changed:
    """The service with one of its own options."""
    run = Process(argv=["/bin/a"])
    return lambda other: Service(process=run, **options)


def _set(group: str, cls: Any, options: dict[str, Any]) -> Changed:
    """The service with options of one of its groups."""
    return _said(**{group: cls(**options)})


def _directories(option: str, directory: Directory) -> dict[str, Changed]:
    """The probes of one option of a directory, for each kind of them."""
    kinds: list[dict[str, Any]] = [{kind: directory} for kind in KINDS]
    return {
        f"directories.{kind}.{option}": _said(directories=Directories(**said))
        for said in kinds
        for kind in said
    }


_PROVIDER = Service(
    process=Process(argv=["/bin/p"]),
    endpoints=Endpoints(provides={"a": TcpEndpoint(port=80)}),
)


def _wanting(wants: dict[str, Endpoint]) -> Service:
    """The service beside one that provides an endpoint, both in one."""
    return Service(
        process=Process(argv=["/bin/a"]),
        services={"provider": _PROVIDER},
        endpoints=Endpoints(wants=wants),
    )


_SOCKETS: dict[str, dict[str, Any]] = {
    "listen": {},
    "type": {"type": "datagram"},
    "descriptor_name": {"descriptor_name": "b"},
    "mode": {"mode": 0o600},
    "user": {"user": "games"},
    "group": {"group": "games"},
    "accept": {"accept": "stdio"},
    "max_connections": {"accept": "stdio", "max_connections": 3},
    "max_connections_per_source": {"accept": "stdio", "max_connections_per_source": 3},
}


def _socket(options: dict[str, Any]) -> Changed:
    """The service with a socket that the manager opens."""
    said: dict[str, Any] = {"listen": [Path("/run/a")], **options}
    return _set("network", Network, {"sockets": {"a": Socket(**said)}})


PROBES: dict[str, Changed] = {
    **_directories("enable", Directory()),
    **_directories("mode", Directory(mode=0o711)),
    **_directories("name", Directory(name="b")),
    **_directories("subdirectories", Directory(subdirectories=["b"])),
    "directories.runtime_stays": _said(
        directories=Directories(runtime=Directory(), runtime_stays="over-restarts")
    ),
    "credentials": _said(credentials={"a": secret_file("/etc/keys/a")}),
    "assertions": _said(assertions=[Assertion(True, "holds")]),
    "config_data.*.enable": lambda _: service(config=ConfigFile(text="", enable=False)),
    "config_data.*.format": lambda _: service(config=in_format("toml")),
    "config_data.*.group": lambda _: service(config=ConfigFile(text="", group="games")),
    "config_data.*.mode": lambda _: service(config=ConfigFile(text="", mode=0o600)),
    "config_data.*.user": lambda _: service(config=ConfigFile(text="", user="games")),
    "config_data.*.name": lambda _: service(config=ConfigFile(text="", name="b")),
    "config_data.*.on_change": lambda _: service(config=ConfigFile(text="", on_change="nothing")),
    "config_data.*.settings": lambda _: service(config=in_format("json")),
    "config_data.*.source": lambda _: service(config=ConfigFile(source=Path(__file__))),
    "config_data.*.validator": lambda _: service(
        config=ConfigFile(text="", validator=["/bin/true", this_file])
    ),
    "config_data.*.text": lambda _: service(config=ConfigFile(text="more")),
    "enable": _said(enable=False),
    "endpoints.wants": lambda _: _wanting({"a": endpoint(_PROVIDER, TcpEndpoint)}),
    "hardening.address_families": lambda _: service(hardening=Hardening(address_families=[])),
    "hardening.capabilities": lambda _: service(hardening=Hardening(capabilities=["CAP_CHOWN"])),
    "hardening.devices": lambda _: service(hardening=Hardening(devices=True)),
    "hardening.enable": lambda _: service(hardening=Hardening(enable=False)),
    "hardening.executable_memory": lambda _: service(hardening=Hardening(executable_memory=True)),
    "hardening.file_system": lambda _: service(hardening=Hardening(file_system="writable")),
    "hardening.hidden_paths": lambda _: service(hardening=Hardening(hidden_paths=[Path("/a")])),
    "hardening.host_users": lambda _: service(hardening=Hardening(host_users=False)),
    "hardening.may_change": lambda _: service(hardening=Hardening(may_change=["clock"])),
    "hardening.network": lambda _: service(hardening=Hardening(network="none")),
    "hardening.new_privileges": lambda _: service(hardening=Hardening(new_privileges=True)),
    "hardening.peers": lambda _: service(hardening=Hardening(peers=["localhost"])),
    "hardening.proc": lambda _: service(hardening=Hardening(proc="all")),
    "hardening.read_only_paths": lambda _: service(
        hardening=Hardening(read_only_paths=[Path("/a")])
    ),
    "hardening.realtime": lambda _: service(hardening=Hardening(realtime=True)),
    "hardening.shared_tmp": lambda _: service(hardening=Hardening(shared_tmp=True)),
    "hardening.home": lambda _: service(hardening=Hardening(home="visible")),
    "hardening.namespaces": lambda _: service(hardening=Hardening(namespaces=True)),
    "hardening.system_calls": lambda _: service(hardening=Hardening(system_calls=["@basic-io"])),
    "hardening.writable_paths": lambda _: service(hardening=Hardening(writable_paths=[Path("/a")])),
    "identity.create": lambda _: service(identity=Identity(create=True)),
    "identity.groups": lambda _: service(identity=Identity(groups=["games"])),
    "identity.home": lambda _: service(identity=Identity(create=True, home=Path("/srv"))),
    "identity.same_as": lambda other: service(identity=Identity(same_as=other)),
    "identity.uid": lambda _: service(identity=Identity(create=True, uid=444)),
    "identity.group": lambda _: service(identity=Identity(group="games")),
    "lifecycle.after_start": lambda _: living(after_start=[["/bin/b"]]),
    "lifecycle.after_stop": lambda _: living(after_stop=[["/bin/b"]]),
    "lifecycle.before_first_start": lambda _: initialised(["/bin/b"]),
    "lifecycle.before_start": lambda _: living(before_start=[["/bin/b"]]),
    "lifecycle.bus_name": lambda _: living(type="dbus", bus_name="org.example.Name"),
    "lifecycle.pid_file": lambda _: living(type="forking", pid_file=Path("/run/a.pid")),
    "lifecycle.restart_limit": lambda _: limited(5, 60),
    "lifecycle.restart_limit.starts": lambda _: limited(4, 60),
    "lifecycle.restart_limit.within": lambda _: limited(5, 90),
    "lifecycle.start_timeout": lambda _: living(start_timeout="5min"),
    "lifecycle.stop_command": lambda _: living(stop_command=["/bin/b"]),
    "lifecycle.stop_signal": lambda _: living(stop_signal="SIGINT"),
    "lifecycle.stop_timeout": lambda _: living(stop_timeout="5min"),
    "lifecycle.watchdog": _said(
        lifecycle=Lifecycle(watchdog="5min"),
        notification_protocol=NotificationProtocol(systemd=True),
    ),
    "identity.user": lambda _: service(identity=Identity(user="news")),
    "lifecycle.stop_processes": lambda _: living(stop_processes="main-only"),
    "lifecycle.success_exit_status": lambda _: living(success_exit_status=[143]),
    "lifecycle.restart_prevent_exit_status": lambda _: living(
        restart="on-failure", restart_prevent_exit_status=[255]
    ),
    "lifecycle.remain_after_exit": lambda _: living(type="oneshot", remain_after_exit=True),
    "lifecycle.restart": lambda _: service(lifecycle=Lifecycle(restart="no")),
    "lifecycle.restart_delay": lambda _: service(lifecycle=Lifecycle(restart_delay=7)),
    "lifecycle.start_at_boot": lambda _: service(lifecycle=Lifecycle(start_at_boot=False)),
    "lifecycle.type": lambda _: service(lifecycle=Lifecycle(type="oneshot")),
    **{
        f"logging.{name}": _set("logging", Logging, {name: value})
        for name, value in {
            "stdout": "null",
            "stderr": "null",
            "identifier": "it",
            "level_max": "error",
            "rate_burst": 5,
            "rate_interval": "5s",
        }.items()
    },
    "meta.description": _said(meta=Meta(description="A service")),
    "meta.documentation": _said(meta=Meta(documentation=["man:a(8)"])),
    "meta.maintainers": _said(meta=Meta(maintainers=["me"])),
    "meta.silenced": _said(meta=Meta(silenced={"root": "it is meant"})),
    "meta.unsupported": _said(meta=Meta(unsupported={"supervisor": "no", "systemd": "no"})),
    **{
        f"network.ports.*.{name}": _set("network", Network, {"ports": {"a": port}})
        for name, port in {
            "number": tcp(80),
            "last": tcp(8080, last=8081),
            "protocol": udp(8080),
            "address": tcp(8080, address="::1"),
            "purpose": tcp(8080, purpose="pages"),
        }.items()
    },
    **{f"network.sockets.*.{name}": _socket(said) for name, said in _SOCKETS.items()},
    "network.wait_online": _said(network=Network(wait_online=True)),
    "notification_protocol.s6": _said(notification_protocol=NotificationProtocol(s6=True)),
    "notification_protocol.systemd": _said(
        notification_protocol=NotificationProtocol(systemd=True)
    ),
    "process.argv": lambda _: service("/bin/b"),
    "process.environment": lambda _: service(environment={"A": "b"}),
    "process.environment_files": lambda _: process(environment_files=[Path("/a")]),
    "process.flag_format": lambda _: process(flag_format=FlagFormat.EQUALS),
    "process.flags": lambda _: process(flags={"a": 2}),
    "process.before_reload": lambda _: process(reload_signal="SIGHUP", before_reload=[["/bin/b"]]),
    "process.reload_command": lambda _: process(reload_command=["/bin/a"]),
    "process.reload_signal": lambda _: process(reload_signal="SIGHUP"),
    "process.umask": lambda _: process(umask=0o027),
    "process.working_directory": lambda _: service(directory=Path("/srv")),
    "relations.after": lambda other: service(relations=Relations(after=[other])),
    "relations.before": lambda other: service(relations=Relations(before=[other])),
    "relations.binds_to": lambda other: service(relations=Relations(binds_to=[other])),
    "relations.conflicts": lambda other: service(relations=Relations(conflicts=[other])),
    "relations.on_failure": lambda _: service(
        relations=Relations(on_failure=[host_unit("a.service")])
    ),
    "relations.part_of": lambda other: service(relations=Relations(part_of=[other])),
    "relations.requires": lambda other: service(relations=Relations(requires=[other])),
    "relations.requires_mounts_for": lambda _: service(
        relations=Relations(requires_mounts_for=[Path("/a")])
    ),
    "relations.wants": lambda other: service(relations=Relations(wants=[other])),
    **{
        f"resources.{name}": _set("resources", Resources, {name: value})
        for name, value in {
            "memory_max": "64M",
            "memory_high": "64M",
            "memory_low": "64M",
            "swap_max": 0,
            "cpu_quota": 50,
            "cpu_weight": 50,
            "io_weight": 50,
            "io_class": "idle",
            "nice": 5,
            "oom_score": 100,
            "tasks_max": 5,
            "open_files": 4096,
            "locked_memory": "1M",
            "core_dumps": False,
        }.items()
    },
    **{
        f"schedule.{name}": _set("schedule", Schedule, {"calendar": "daily", name: value})
        for name, value in {
            "calendar": "weekly",
            "after_boot": "5s",
            "after_start": "5s",
            "every": "5s",
            "after_end": "5s",
            "persistent": False,
            "random_delay": "5s",
            "accuracy": "5s",
        }.items()
    },
    "services": _said(services={"below": service()}),
    "warnings": _said(warnings=["careful"]),
}
READ_ONLY = frozenset(
    {"config_data.*.content", "config_data.*.path", *(f"directories.{kind}.path" for kind in KINDS)}
)
"""Options that nobody can set."""


def outcome(option: str, manager: Manager) -> str:
    """What comes of setting a portable option, as `compare` says."""
    return compare(manager, lambda _: _baseline(option), PROBES[option])


def compare(manager: Manager, without: Changed, having: Changed) -> str:
    """What becomes of the second service's difference: "refused", "honoured", "listed" or "nothing".

    It is honoured where files change, also if something is listed beside.
    """
    before, after = _emitted(manager, without), _emitted(manager, having)
    assert not before.mistakes, before.mistakes
    if after.mistakes:
        return "refused"
    if (before.files, before.sources) != (after.files, after.sources):
        return "honoured"
    return "nothing" if before.notes == after.notes else "listed"


def _baseline(option: str) -> Service:
    """The service to compare with: it has a config file, or a flag, where the option is of those."""
    if option == "config_data.*.format":
        return service(config=in_format("json"))
    if option.startswith("lifecycle.restart_limit."):
        return limited(5, 60)
    if option == "process.flag_format":
        return process(flags={"flag": 1})
    if option == "process.before_reload":
        return process(reload_signal="SIGHUP")
    if option == "lifecycle.remain_after_exit":
        return living(type="oneshot")
    if option == "lifecycle.restart_prevent_exit_status":
        return living(restart="on-failure")
    if option == "endpoints.wants":
        return _wanting({})
    if option.startswith("network.ports."):
        return _set("network", Network, {"ports": {"a": tcp(8080)}})(service())
    return service(config=ConfigFile(text="") if option.startswith("config_data.") else None)


def _emitted(manager: Manager, make: Changed) -> Emitted:
    """What a manager emits, without where it was written, which always differs."""
    other = Service(process=Process(argv=["/bin/other"]), identity=Identity(user="games"))
    host = Host(manager=manager, services={"other": other, "it": make(other)})
    found = manager.emit(evaluate(host).services)
    files = {path: _without_origins(entry) for path, entry in found.files.items()}
    return found._replace(files=files)


def _without_origins(entry: File | Link) -> File | Link:
    if isinstance(entry, Link):
        return entry._replace(origins=())
    return entry._replace(origins=(), lines={})
