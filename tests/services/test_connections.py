"""Services of which the manager starts a process for each connection: what follows, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Fleet,
    Host,
    Lifecycle,
    Logging,
    Network,
    NotificationProtocol,
    Process,
    RestartLimit,
    Schedule,
    Service,
    Socket,
    check,
    default,
    evaluate,
    secret_file,
)
from modsvc_dsl.services.groups.network import accepted_by_manager, starts_at_boot
from modsvc_dsl.services.mistakes.secrets import NoPathOfSecret
from tests.services.saying import ARGV, on_host, running, said_of

STDIO = Network(sockets={"a": Socket(listen=[8080], accept="stdio")})
PASSED = Network(sockets={"a": Socket(listen=[8080], accept="descriptor")})


def accepting(network: Network = STDIO, **options: Any) -> Service:
    """A service that is started for each connection."""
    said: dict[str, Any] = {"process": Process(argv=ARGV), "network": network, **options}
    return Service(**said)


def with_socket(**options: Any) -> Service:
    """One of a socket with these options."""
    said: dict[str, Any] = {"listen": [8080], **options}
    return accepting(Network(sockets={"a": Socket(**said)}))


@pytest.mark.parametrize(("network", "how"), [(STDIO, "stdio"), (PASSED, "descriptor")])
def test_what_follows_from_it(network: Network, how: str) -> None:
    """Nothing of it is started again, reloaded, or started with the host."""
    file = ConfigFile(text="x")
    service = on_host(accepting(network, config_data={"f": file}))
    socket = accepted_by_manager(service)
    assert socket is not None and socket.accept == how
    assert (service.lifecycle.type, service.lifecycle.restart) == ("simple", "no")
    assert service.config_data["f"].on_change == "nothing"
    assert not starts_at_boot(service)
    assert (socket.max_connections, socket.max_connections_per_source) == (None, None)


def test_other_services_are_as_they_were() -> None:
    """With a socket whose connections the process accepts, or none."""
    for service in (on_host(running()), on_host(with_socket())):
        assert accepted_by_manager(service) is None
        assert service.lifecycle.restart == "always"
    check(evaluate(with_socket(accept=default("stdio"))))


def test_a_program_that_says_when_it_is_ready_is_not_waited_for() -> None:
    """Who has connected waits for it by himself."""
    says = NotificationProtocol(systemd=True)
    assert on_host(accepting(notification_protocol=says)).lifecycle.type == "simple"


def test_secrets_are_in_a_folder_of_each_process() -> None:
    """So that no path of theirs can be written down."""
    service = on_host(accepting(credentials={"key": secret_file("/etc/key")}))
    with pytest.raises(NoPathOfSecret) as caught:
        service.credentials["key"].path
    told = str(caught.value)
    assert "each connection has a process of its own, and that a folder of its own" in told
    assert told.endswith("to fix: let the program look in the folder $CREDENTIALS_DIRECTORY")


OF_SOCKETS: list[tuple[dict[str, Any], str, str]] = [
    (
        {"max_connections": 5},
        "has max_connections, and the process accepts its connections itself",
        'write accept="stdio" beside it, or take max_connections away',
    ),
    (
        {"max_connections_per_source": 5},
        "has max_connections_per_source, and the process accepts its connections itself",
        'write accept="stdio" beside it, or take max_connections_per_source away',
    ),
    (
        {"accept": "stdio", "type": "datagram"},
        "has connections accepted, and datagrams have none",
        'write type="stream", or take accept away',
    ),
    (
        {"accept": "descriptor", "descriptor_name": "b"},
        "names a descriptor, and each process is handed its connection and nothing else",
        "take descriptor_name away",
    ),
]


@pytest.mark.parametrize(("options", "why", "advice"), OF_SOCKETS)
def test_what_no_such_socket_can_have(options: dict[str, Any], why: str, advice: str) -> None:
    """With the lines of all that is involved."""
    (message,) = said_of(web=with_socket(**options))
    first, *_, last = message.split("\n")
    assert first == f"`services.web.network.sockets.a` {why}"
    assert last == f"  to fix: {advice}"
    assert message.count("defined at test_connections.py") == len(options)


def test_there_is_one_such_socket_and_no_other() -> None:
    """What is passed to a process is one connection."""
    other = Socket(listen=[8081])
    both = Network(sockets={"a": Socket(listen=[8080], accept="stdio"), "b": other})
    (message,) = said_of(web=accepting(both))
    assert message.startswith(
        "`services.web.network.sockets.a` has connections accepted, and the service has other "
        "sockets, which no process of it has\n"
    )
    assert message.endswith("let one socket listen on all addresses, or make a service for each")


def lived(**options: Any) -> dict[str, Any]:
    return {"lifecycle": Lifecycle(**options)}


ECHO = [["/bin/echo"]]
OF_SERVICES: list[tuple[dict[str, Any], str, str]] = [
    (lived(type="exec", restart="always"), "a restart of", "lifecycle.restart"),
    (lived(type="oneshot"), "the type oneshot for", "lifecycle.type"),
    (lived(type="notify"), "the type notify for", "lifecycle.type"),
    (lived(type="dbus", bus_name="org.a"), "the type dbus for", "lifecycle.type"),
    (lived(start_at_boot=True), "a start at boot of", "lifecycle.start_at_boot"),
    (
        lived(restart_prevent_exit_status=[3]),
        "lifecycle.restart_prevent_exit_status of",
        "lifecycle.restart_prevent_exit_status",
    ),
    (lived(restart_delay=3), "lifecycle.restart_delay of", "lifecycle.restart_delay"),
    (
        lived(restart_limit=RestartLimit(starts=5, within="1h")),
        "lifecycle.restart_limit of",
        "lifecycle.restart_limit",
    ),
    (
        {
            **lived(before_first_start=ECHO),
            "directories": Directories(state=Directory()),
        },
        "lifecycle.before_first_start of",
        "lifecycle.before_first_start",
    ),
    *(
        (
            lived(**{name: ECHO if name != "stop_command" else ECHO[0]}),
            f"a {name}, which would be handed the connection as well, beside",
            f"lifecycle.{name}",
        )
        for name in ("before_start", "after_start", "after_stop", "stop_command")
    ),
    (
        {"process": Process(argv=ARGV, reload_signal="SIGHUP")},
        "process.reload_signal of",
        "process.reload_signal",
    ),
    (
        {"process": Process(argv=ARGV, reload_command=["/bin/echo"])},
        "process.reload_command of",
        "process.reload_command",
    ),
    ({"logging": Logging(stdout="null")}, "a place for the stdout of", "logging.stdout"),
    ({"logging": Logging(stderr="stdout")}, "a place for the stderr of", "logging.stderr"),
    (
        {"directories": Directories(runtime=Directory())},
        "a runtime directory, which goes with the first process that ends, for",
        "directories.runtime.enable",
    ),
    (
        {"config_data": {"f": ConfigFile(text="x", on_change="restart")}},
        "a restart of",
        'config_data["f"].on_change',
    ),
]


@pytest.mark.parametrize(("options", "what", "name"), OF_SERVICES)
def test_what_no_process_of_one_connection_can_have(
    options: dict[str, Any], what: str, name: str
) -> None:
    """One mistake, with the line that says so and the one that has connections accepted."""
    (message,) = said_of(web=accepting(**options))
    first, *_, last = message.split("\n")
    assert first == f"`services.web` says {what} a process that is there for one connection"
    assert f"  `{name}` defined at test_connections.py" in message
    assert "  `network.sockets.accept` defined at test_connections.py" in message
    assert last.startswith("  to fix: ")


@pytest.mark.parametrize("time", ["calendar", "after_boot", "every"])
def test_a_schedule_starts_nothing_that_waits_for_connections(time: str) -> None:
    """It is told alone, although a type follows from it that would not do either."""
    schedule = Schedule(**{time: "daily" if time == "calendar" else "1h"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    (message,) = said_of(web=accepting(schedule=schedule))
    why = "`services.web` says a schedule for a process that is there for one connection"
    assert message.split("\n")[0] == why


@pytest.mark.parametrize(
    "options",
    [
        lived(before_start=ECHO, after_stop=ECHO, restart="no", type="exec"),
        {"logging": Logging(stdout="null", stderr="stdout")},
        {"directories": Directories(runtime=Directory(), runtime_stays="until-shutdown")},
        {"config_data": {"f": ConfigFile(text="x", on_change="nothing")}},
    ],
)
def test_what_a_process_with_a_descriptor_can_have(options: dict[str, Any]) -> None:
    """Its streams are its own, and commands beside it are not handed the connection."""
    assert said_of(web=accepting(PASSED, **options)) == []


def test_what_goes_to_files_may_be_complaints() -> None:
    """Of a program whose output is the connection."""
    kept = Logging(stderr=Path("/var/log/a"))
    assert said_of(web=accepting(logging=kept)) == []


def test_two_services_still_listen_on_one_port_only_once() -> None:
    """Whoever accepts the connections."""
    assert len(said_of(web=accepting(), other=accepting())) == 1
    check(evaluate(Fleet(hosts={name: Host(services={"web": accepting()}) for name in "ab"})))
