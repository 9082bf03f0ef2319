"""Services -> files of programs and config files.

In: the evaluated services of one host, and the user of those that name none. Out: `Emitted`.
Refuses nothing by itself but names: those are only known when all programs are.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...language.evaluation.history import places
from ...language.provenance import is_ours
from ...language.words import Path
from ...language.errors import Mistake, Mistakes, flatten
from ...services.groups.identity import user_name
from ...services.path import service_path
from ...services.service import Service, runs
from ..files import Files
from ..manager import Emitted, enabled, origin, written_at
from ..tree import File, Origin
from .differences import differences
from .mistakes import BadProgramName, NoUser
from .names import name_problem, program_name
from .order import Order
from .program import section, settings
from .refusals import refusals

PROGRAMS = "etc/supervisor/conf.d"
"""Where Debian's supervisord.conf includes files from, in order of their names."""


def emit(
    services: Mapping[str, Service], user: str | None, directories_exist: bool = False
) -> Emitted:
    """The files of all services of a host that are not switched off, one for each program."""
    every = list(enabled(services))
    order = Order([service for service in every if runs(service)])
    files = Files()
    nobodys = [each for each in every if runs(each) and user_name(each) is None]
    if nobodys and user is None:
        files.mistakes.append(NoUser([(each.__node__.path, written_at(each)) for each in nobodys]))
    notes: list[str] = []
    for service in every:
        notes += differences(service, user, directories_exist)
        if runs(service):
            _add_program(files, service, user, order, directories_exist)
        files.add_config(service)
    files.mistakes += order.mistakes
    return files.emitted((*notes, *order.notes))


def _add_program(
    files: Files, service: Service, user: str | None, order: Order, directories_exist: bool
) -> None:
    """Take in one program, if supervisor can run it."""
    name = program_name(service)
    problem = name_problem(name)
    try:
        mistakes = list(refusals(service, directories_exist))
    except (Mistake, Mistakes) as error:  # a command that is said to another manager is none here
        mistakes = list(flatten(error))
    if problem:
        path = service.__node__.path
        mistakes.append(BadProgramName(path, name, problem, written_at(service)))
    if mistakes:
        files.mistakes += mistakes
        return
    identity = user_name(service) or user or ""
    text, options = section(service, settings(service, identity, order.priority(service)))
    lines = {line: found for line, path in options.items() if (found := _origin(service, path))}
    origins = tuple(map(origin, written_at(service)))
    file = File(text.encode("utf-8"), service_path(service), origins, lines)
    files.add(f"{PROGRAMS}/{name}.conf", file, service)


def _origin(service: Service, path: Path) -> Origin | None:
    """Where a user defined an option first, None where only defaults speak."""
    found = (origin(place) for place in places(service, path))
    return next((each for each in found if not is_ours(each.file)), None)
