"""Services -> units, links and config files.

In: the evaluated services of one host, and its version of systemd. Out: `Emitted`. Refuses nothing
by itself that was not found before, except names: those are only known when all units are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ...language.errors import Mistake
from ...services.path import service_path
from ...services.service import Service, runs
from ..files import Claim, Files
from ..manager import Emitted, enabled, origin, written_at
from ..tree import File, Link
from ..unused import unused_options
from .activation import starts_nothing, wants_template
from .assembly import Draft, drafts
from .inspection import idle, mistakes, notes, said_twice, traced
from .install import Enabling, enablings
from .mistakes import BadLine
from .names import name_mistake, title
from .text import unit_text

UNITS = "etc/systemd/system"
"""Where units of the administrator lie (systemd.unit(5))."""


def emit(services: Mapping[str, Service], version: int) -> Emitted:
    """The files of all services of a host that are not switched off."""
    files = Files()
    told: list[str] = []
    for service in enabled(services):
        told += unused_options(service) if not runs(service) else ()
        told += idle(service)
        names: set[str] = set()
        units = list(drafts(service))
        made = {draft.name for draft in units}
        for draft in units:
            misnamed = name_mistake(draft.owner, draft.name)
            if misnamed is not None:
                files.mistakes.append(misnamed)
                continue
            told += notes(service, draft, version)
            found = list(_mistakes(service, draft, version))
            idle_note = starts_nothing(service, draft, made)
            told += [idle_note] if idle_note else []
            if draft.name in names:
                found.append(said_twice(service, draft))
            names.add(draft.name)
            files.mistakes += found
            if not found:
                _add(files, service, draft)
        files.add_config(service)
    return files.emitted(told)


def _mistakes(service: Service, draft: Draft, version: int) -> Iterator[Mistake]:
    """Everything that is wrong with one unit."""
    yield from mistakes(service, draft, version)
    impossible = wants_template(service, draft)
    if impossible is not None:
        yield impossible
    for enabling in enablings(draft.name, draft.sections.get("Install", {})):
        if enabling.problem:
            found = traced(service, draft, "Install", enabling.directive)
            yield BadLine(found.path, enabling.problem, found.places)


def _add(files: Files, service: Service, draft: Draft) -> None:
    """Take in one unit with the links that enable it."""
    owner = service_path(service)
    origins = tuple(map(origin, written_at(service)))
    text = unit_text(_comment(service), draft.sections)
    if not files.add(
        f"{UNITS}/{draft.name}", File(text.encode("utf-8"), owner, origins), draft.owner
    ):
        return
    for enabling in enablings(draft.name, draft.sections.get("Install", {})):
        link = Link(enabling.target, owner, origins)
        files.add(
            f"{UNITS}/{enabling.path}", link, service, partial(_link, service, draft, enabling)
        )


def _link(service: Service, draft: Draft, enabling: Enabling) -> Claim:
    """Whose a link is: the directive's that asks for it."""
    found = traced(service, draft, "Install", enabling.directive)
    advice = f"write another name in {enabling.directive}=, or leave it out"
    return Claim(found.path, found.places, advice)


def _comment(service: Service) -> str:
    return f"Made by modsvc for the service {title(service, ' / ')}. Changes here are lost."
