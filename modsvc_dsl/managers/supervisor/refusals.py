"""What supervisor is asked for and cannot do.

In: the result of a service that runs. Out: a mistake for each such thing. Refuses to look at
other services: `order` does. What is only done differently is in `differences`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...language.evaluation.configuration import is_untouched
from ...language.errors import Mistake
from ...language.evaluation.history import places, strength
from ...language.properties import OPTION_DEFAULT
from ...services.groups.directories import asked_for
from ...services.groups.network import accepted_by_manager, is_activated
from ...services.service import Service
from .lifecycle import started_as
from .mistakes import BadText, CannotHonour
from .text import ENV, argument_problem, command_line, text_problem

_TYPES = {
    "forking": (
        "it takes the end of the process for the end of the service",
        'let the program stay in the foreground, and write type="simple"',
    ),
    **dict.fromkeys(
        ("notify", "notify-reload"),
        (
            "it gives the process no socket in NOTIFY_SOCKET to say that it is ready",
            'write type="simple": then it counts as started when its process runs',
        ),
    ),
    "dbus": (
        "it does not look at the bus",
        'write type="simple": then it counts as started when its process runs',
    ),
}

_COMMANDS = {
    "before_first_start": "run it once by hand, or from the program itself",
    "before_start": "have the program do it, or let a service before this one",
    "after_start": "have the program do it, or let a service after this one",
    "after_stop": "have the program do it when it ends",
    "stop_command": "say stop_signal, and have the program end by that",
}
"""Option -> what to do instead of a command that nobody would run."""


def refusals(service: Service, directories_exist: bool) -> Iterator[Mistake]:
    """Everything about one service. `directories_exist` says that the host has its directories."""
    yield from _process(service)
    yield from _environment(service)
    yield from _files(service)
    yield from _identity(service)
    yield from _owners(service)
    if not directories_exist:
        yield from _directories(service)
    yield from _credentials(service)
    yield from _lifecycle(service)
    yield from _surroundings(service)
    yield from _schedule(service)
    yield from _sockets(service)


def _process(service: Service) -> Iterator[Mistake]:
    path = (*service.__node__.path, "process")
    said = places(service, "process.argv")
    for index, argument in enumerate(service.process.argv):
        problem = argument_problem(argument)
        if problem:
            yield BadText((*path, "argv", index), argument, problem, said)
    program = service.process.argv[0]
    command, _ = command_line([program], service.process.environment)
    if "=" in program and command.startswith(f"{ENV} "):
        why = f"{ENV}, which sets its environment, would take the = in {program!r} for a variable"
        advice = "run the program by a path without =, such as a symbolic link"
        yield CannotHonour((*path, "argv"), why, advice, said)
    directory = service.process.working_directory
    if directory is not None:
        said = places(service, "process.working_directory")
        problem = text_problem(str(directory))
        if problem:
            yield BadText((*path, "working_directory"), str(directory), problem, said)


def _files(service: Service) -> Iterator[Mistake]:
    """Files of variables would have to be read before the program starts."""
    if service.process.environment_files:
        path = (*service.__node__.path, "process", "environment_files")
        why = "it reads no files of variables"
        advice = "write the variables into process.environment, or have the program read the file"
        yield CannotHonour(path, why, advice, places(service, "process.environment_files"))


def _environment(service: Service) -> Iterator[Mistake]:
    path = (*service.__node__.path, "process", "environment")
    said = places(service, "process.environment")
    for name, value in service.process.environment.items():
        problem = argument_problem(f"{name}={value}") if value is not None else ""
        if value is not None and problem:
            yield BadText((*path, name), value, problem, said)


def _owners(service: Service) -> Iterator[Mistake]:
    for file in service.config_data.values():
        for name in ("user", "group"):
            if file.enable and getattr(file, name) is not None:
                path = (*file.__node__.path, name)
                advice = f"take {name} away, and let whoever places the file give it to its owner"
                yield CannotHonour(path, "it gives files to nobody", advice, places(file, name))


def _identity(service: Service) -> Iterator[Mistake]:
    path = (*service.__node__.path, "identity")
    if service.identity.group is not None:
        why = "it runs a program in the groups of its user"
        advice = "take identity.group away, and let the host give that user the group"
        said = places(service, "identity.group")
        yield CannotHonour((*path, "group"), why, advice, said)
    if service.identity.groups:
        why = "it runs a program in the groups of its user"
        advice = "take identity.groups away, and let the host put that user into them"
        said = places(service, "identity.groups")
        yield CannotHonour((*path, "groups"), why, advice, said)
    if service.identity.create:
        why = "it makes no users"
        advice = "let the host make the user, name it with user=, and leave create out"
        yield CannotHonour((*path, "create"), why, advice, places(service, "identity.create"))


def _directories(service: Service) -> Iterator[Mistake]:
    if is_untouched(service.directories):
        return
    for kind, directory in asked_for(service.directories):
        path = ("directories", kind)
        why = "it makes no directories"
        advice = (
            f"let the host make {directory.path}, and say that it does:"
            " SupervisorManager(directories_exist=True)"
        )
        said = places(service, (*path, "enable"))
        yield CannotHonour((*service.__node__.path, *path), why, advice, said)


def _credentials(service: Service) -> Iterator[Mistake]:
    if service.credentials:
        path = (*service.__node__.path, "credentials")
        why = "it hands no secrets over"
        advice = "let the program read a file that the host has and that its user can read"
        yield CannotHonour(path, why, advice, places(service, "credentials"))


def _lifecycle(service: Service) -> Iterator[Mistake]:
    path = (*service.__node__.path, "lifecycle")
    type_ = started_as(service)
    if type_ in _TYPES:
        why, advice = _TYPES[type_]
        yield CannotHonour((*path, "type"), why, advice, places(service, "lifecycle.type"))
    for name, advice in _COMMANDS.items():
        if getattr(service.lifecycle, name):
            why = "it runs a program and nothing beside it"
            said = places(service, ("lifecycle", name))
            yield CannotHonour((*path, name), why, advice, said)
    yield from _ends(service)
    signal = service.lifecycle.stop_signal
    if signal is not None and "+" in signal:
        why = f"it knows no signal {signal}, only those with a name of their own"
        said = places(service, "lifecycle.stop_signal")
        yield CannotHonour((*path, "stop_signal"), why, 'write "SIGTERM", for example', said)


def _ends(service: Service) -> Iterator[Mistake]:
    """How a program ended, where supervisor asks only whether its status is one of some numbers."""
    lifecycle, path = service.lifecycle, (*service.__node__.path, "lifecycle")
    if lifecycle.restart == "on-abnormal":
        why = "it does not ask whether a program chose to end as it did"
        advice = 'write restart="on-failure", or restart="always"'
        yield CannotHonour((*path, "restart"), why, advice, places(service, "lifecycle.restart"))
    for name in ("success_exit_status", "restart_prevent_exit_status"):
        said = places(service, ("lifecycle", name))
        signals = [each for each in getattr(lifecycle, name) if isinstance(each, str)]
        if signals:
            why = f"a program that was ended by {signals[0]} has failed"
            advice = "leave signals out, and have the program end with a status when it gets one"
            yield CannotHonour((*path, name), why, advice, said)
    if lifecycle.restart_prevent_exit_status and lifecycle.restart == "always":
        said = places(service, "lifecycle.restart_prevent_exit_status")
        why = "it starts what is to restart always, whatever it ended with"
        advice = 'write restart="on-failure" beside it'
        yield CannotHonour((*path, "restart_prevent_exit_status"), why, advice, said)


def _surroundings(service: Service) -> Iterator[Mistake]:
    """What has to be so on the host, of which supervisor knows nothing."""
    watchdog, mounts = ("lifecycle", "watchdog"), ("relations", "requires_mounts_for")
    if service.lifecycle.watchdog is not None:
        path = (*service.__node__.path, *watchdog)
        why = "it does not listen to what a program says of itself"
        advice = "take it away, and let the program end when it hangs: it is started again"
        yield CannotHonour(path, why, advice, places(service, watchdog))
    if service.relations.requires_mounts_for:
        path = (*service.__node__.path, *mounts)
        why = "it knows no file systems, and would start the program without them"
        advice = "have the host mount them before supervisord starts, and take the paths away"
        yield CannotHonour(path, why, advice, places(service, mounts))


def _schedule(service: Service) -> Iterator[Mistake]:
    schedule = service.schedule
    for name in () if is_untouched(schedule) else schedule.__group__.children:
        said = places(service, ("schedule", name)) if _is_said(service, name) else ()
        if said:
            why = "it starts no program at a time of its own"
            advice = "take the schedule away, and let cron or a manager with timers run it"
            path = (*service.__node__.path, "schedule", name)
            yield CannotHonour(path, why, advice, said)


def _is_said(service: Service, name: str) -> bool:
    return strength(service, ("schedule", name)) < OPTION_DEFAULT


def _sockets(service: Service) -> Iterator[Mistake]:
    if is_activated(service):
        why = "it opens no sockets for programs, and starts none when somebody connects"
        advice = "let the program listen by itself, and name its ports in network.ports"
        if accepted_by_manager(service) is not None:
            why = "it starts a program once, and not for each connection"
            advice = (
                "have it started by a program that listens, such as `socat`, run as the service"
            )
        path = (*service.__node__.path, "network", "sockets")
        yield CannotHonour(path, why, advice, places(service, ("network", "sockets")))
