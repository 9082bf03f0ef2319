"""What is said of a service whose connections its manager accepts, and does not go together.

In: the result of a socket, and the service that it is of. Out: mistakes with the lines of all that is
involved. Refuses to judge other sockets.

There is a process for each connection, from its start to its end. So nothing can be said that one process
of the service would have to do for all, or that would outlast a connection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from ..language.errors import Mistake
from ..language.evaluation.configuration import is_untouched
from ..language.evaluation.history import places, strength
from ..language.properties import DEFAULT
from ..language.provenance import Place, is_ours
from .mistakes.services import Contradiction

# Any: the classes of the groups import this file
Socket: TypeAlias = Any
Service: TypeAlias = Any

_LIMITS = ("max_connections", "max_connections_per_source")

_OF_ALL = {
    "process.reload_signal": "new connections find what is new by themselves: take it away",
    "process.reload_command": "new connections find what is new by themselves: take it away",
    "lifecycle.restart_limit": "take it away, and limit the connections: max_connections=64",
    "lifecycle.restart_delay": "take it away: nothing is started again",
    "lifecycle.restart_prevent_exit_status": "take it away: nothing is started again",
    "lifecycle.before_first_start": "let a service of its own do it, of type oneshot",
}
"""Options that mean nothing where each process is for one connection, and what to do instead."""


_HOOKS = ("before_start", "after_start", "after_stop", "stop_command")


def of_socket(socket: Socket) -> Iterator[Mistake]:
    """Everything that is wrong about who accepts the connections of a socket."""
    if socket.accept is None:
        for name in _LIMITS:
            if getattr(socket, name) is not None:
                why = f"has {name}, and the process accepts its connections itself"
                yield _of_socket(
                    socket, why, [name], f'write accept="stdio" beside it, or take {name} away'
                )
        return
    if socket.type == "datagram":
        why = "has connections accepted, and datagrams have none"
        yield _of_socket(
            socket, why, ["accept", "type"], 'write type="stream", or take accept away'
        )
    if strength(socket, "descriptor_name") < DEFAULT:
        why = "names a descriptor, and each process is handed its connection and nothing else"
        yield _of_socket(socket, why, ["accept", "descriptor_name"], "take descriptor_name away")
    service = socket.__node__.parent.main()
    if len(service.network.sockets) > 1:
        why = "has connections accepted, and the service has other sockets, which no process of it has"
        advice = "let one socket listen on all addresses, or make a service for each"
        yield _of_socket(socket, why, ["accept"], advice)
    yield from _of_service(socket, service)


def _of_service(socket: Socket, service: Service) -> Iterator[Mistake]:
    yield from _of_life(socket, service)
    for name, advice in _OF_ALL.items():
        if _is_said(service, name):
            yield _against(socket, service, f"{name} of", [name], advice)
    for name in ("calendar", "after_boot", "after_start", "every", "after_end"):
        if not is_untouched(service.schedule) and _is_said(service, f"schedule.{name}"):
            advice = "take one of the two away: who connects starts it"
            yield _against(socket, service, "a schedule for", [f"schedule.{name}"], advice)
    yield from _of_streams(socket, service)
    runtime = service.directories.runtime
    if runtime.enable and service.directories.runtime_stays != "until-shutdown":
        why = "a runtime directory, which goes with the first process that ends, for"
        advice = 'write runtime_stays="until-shutdown" beside it'
        yield _against(socket, service, why, ["directories.runtime.enable"], advice)
    for key, file in service.config_data.items():
        if file.enable and file.on_change != "nothing":
            said = [(f'config_data["{key}"].on_change', places(file, "on_change"))]
            advice = "take it away: each process reads the file when it starts"
            yield _mistake(socket, service, f"a {file.on_change} of", said, advice)


def _of_life(socket: Socket, service: Service) -> Iterator[Mistake]:
    lifecycle = service.lifecycle
    said = strength(service, "lifecycle.type") < DEFAULT
    if said and lifecycle.type not in ("simple", "exec"):
        advice = 'write type="simple", which it is unless said'
        yield _against(
            socket, service, f"the type {lifecycle.type} for", ["lifecycle.type"], advice
        )
    if lifecycle.restart != "no":
        advice = "take restart away: a connection does not come again"
        yield _against(socket, service, "a restart of", ["lifecycle.restart"], advice)
    if lifecycle.start_at_boot and strength(service, "lifecycle.start_at_boot") < DEFAULT:
        advice = "take start_at_boot away: its socket is there when the host has started"
        yield _against(socket, service, "a start at boot of", ["lifecycle.start_at_boot"], advice)


def _of_streams(socket: Socket, service: Service) -> Iterator[Mistake]:
    if socket.accept != "stdio":
        return
    for name in _HOOKS:
        if _is_said(service, f"lifecycle.{name}"):
            why = f"a {name}, which would be handed the connection as well, beside"
            advice = 'have the program do it, or write accept="descriptor"'
            yield _against(socket, service, why, [f"lifecycle.{name}"], advice)
    for name in () if is_untouched(service.logging) else ("stdout", "stderr"):
        said = strength(service, f"logging.{name}") < DEFAULT
        if said and (name == "stdout" or service.logging.stderr == "stdout"):
            advice = f'take {name} away, or write accept="descriptor"'
            why = f"a place for the {name} of"
            yield _against(socket, service, why, [f"logging.{name}"], advice)


def _is_said(service: Service, name: str) -> bool:
    """Does somebody say an option, and not that there is nothing of it?"""
    value = service
    for step in name.split("."):
        value = getattr(value, step)
    return value not in (None, [], ()) and strength(service, name) < DEFAULT


def _of_socket(socket: Socket, why: str, names: Sequence[str], advice: str) -> Mistake:
    said = [(name, places(socket, name)) for name in names]
    return Contradiction(socket.__node__.path, why, said, advice)


def _against(
    socket: Socket, service: Service, what: str, names: Sequence[str], advice: str
) -> Mistake:
    said = [(name, places(service, tuple(name.split(".")))) for name in names]
    return _mistake(socket, service, what, said, advice)


def _mistake(
    socket: Socket,
    service: Service,
    what: str,
    said: Sequence[tuple[str, Sequence[Place]]],
    advice: str,
) -> Mistake:
    """A mistake of the service: `what` ends before "a process that is there for one connection"."""
    users = [(name, [e for e in found if not is_ours(e.locate().file)]) for name, found in said]
    accepts = ("network.sockets.accept", places(socket, "accept"))
    why = f"says {what} a process that is there for one connection"
    return Contradiction(service.__node__.path, why, [*users, accepts], advice)
