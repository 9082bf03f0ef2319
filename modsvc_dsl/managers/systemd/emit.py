"""Services and their host -> units, links, rules and config files.

In: the evaluated services of one host, the host's own options of systemd, its version and scope. Out:
`Emitted`. Refuses to judge single units: `inspection` does. Only what is known when all units are is
found here: whose names meet, and what is to be enabled and not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from ...language.errors import Mistake
from ...language.declaration.module import Module
from ...services.path import service_path
from ...services.service import Service, runs
from ..files import NO_CONTENTS, Claim, Contents, Files
from ..manager import Emitted, enabled, origins_of, written_at
from ..tree import File, Link
from ..triggers import triggers
from ..unused import unused_options
from .activation import STARTING, no_template, starts_nothing, wanted_template
from .assembly import Draft, Sections, drafts
from .host_options import environment_lines, host_files, host_mistakes, with_options
from .inspection import idle, mistakes, notes, said_twice, traced
from .install import Enabling, also, also_problem, enablings, instances_problem
from .mistakes import BadLine, BadUnit
from .portable.every import differences
from .names import called, is_service, name_mistake, title
from .restart_mode import with_direct_restarts
from .rule_files import USERS, USERS_AT_EACH_BOOT, rule_files, rule_mistakes
from .scope import SYSTEM, Scope
from .special import takes_the_place
from .specifiers import Specifiers
from .text import unit_text
from .versions import NEWEST

DROP_IN = "50-modsvc.conf"
"""The name of drop-ins; a number in front, as is the custom, leaves room on both sides."""


def emit(
    services: Mapping[str, Service],
    version: int,
    scope: Scope = SYSTEM,
    host: Module | None = None,
    contents: Contents = NO_CONTENTS,
) -> Emitted:
    """The files of all services of a host that are not switched off, and of the host itself.

    `host` is its result where these are all of its services; `contents` is what was read from the
    sources of config files.
    """
    whole, host = host is not None, with_options(host)
    wrong = list(host_mistakes(host, version, scope))
    lines = () if wrong else environment_lines(host)
    emission = Emission(version, scope, lines, contents)
    emission.files.mistakes += wrong
    for service in enabled(services):
        running = runs(service)
        emission.told += unused_options(service) if not running else ()
        emission.told += idle(service, running)
        told = differences(service)
        emission.told += [f"{called(service)}: {note}" for note in told] if told else ()
        emission.add_units(service)
        emission.files.add_config(service)
    if host is not None and not wrong:
        emission.add_units(host)
        emission.take(host, host_files(host, scope))
    emission.files.mistakes += emission.not_enabled() if whole else ()
    return emission.close()


class Emission:
    """The files of a host while they are made, with what there is to say of them."""

    def __init__(
        self,
        version: int,
        scope: Scope,
        environment: Sequence[str | Specifiers],
        contents: Contents = NO_CONTENTS,
    ) -> None:
        self.version = version
        self.scope = scope
        self.environment = environment
        self.files = Files(contents)
        self.told: list[str] = []
        self._makers: dict[str, Module] = {}
        self._named: set[str] = set()
        self._also: list[tuple[Module, Draft, str]] = []
        self._templates: dict[str, Callable[[], Mistake]] = {}
        self._with_users: Module | None = None

    def close(self) -> Emitted:
        """All of it, and what nobody made after all."""
        if self._with_users is not None:
            self.take(self._with_users, USERS_AT_EACH_BOOT)
        missing = (tell for name, tell in self._templates.items() if name not in self._named)
        self.files.mistakes += [tell() for tell in missing]
        return self.files.emitted(self.told)

    def add_units(self, owner: Module) -> None:
        """Take in the units of a service, or those of the host itself, and the rules beside them."""
        names: set[str] = set()
        units = self._fitting(owner)
        self._named.update(map(attrgetter("name"), units))
        for draft in units:
            misnamed = (
                _misnamed(owner, draft) if draft.problem else name_mistake(draft.owner, draft.name)
            )
            if misnamed is not None:
                self.files.mistakes.append(misnamed)
                continue
            self.told += notes(owner, draft, self.version)
            links = _enablings(draft)
            found = list(self._mistakes(owner, draft, links))
            if draft.suffix in STARTING:
                self._look_at_started(owner, draft, units)
            replaced = takes_the_place(owner, draft)
            self.told += [replaced] if replaced else ()
            if draft.name in names:
                found.append(said_twice(owner, draft))
            names.add(draft.name)
            self.files.mistakes += found
            if not found:
                self._add(owner, draft, links)
        if self.version < NEWEST:
            self.files.mistakes += rule_mistakes(owner, self.version)
        rules = rule_files(owner)
        if rules:
            self.take(owner, rules)

    def _look_at_started(self, owner: Module, draft: Draft, units: Sequence[Draft]) -> None:
        """See whether what a unit starts is made."""
        note = starts_nothing(owner, draft, [each.name for each in units])
        self.told += [note] if note else ()
        template = wanted_template(draft)
        if template:
            self._templates[template] = partial(no_template, owner, draft, template)

    def _fitting(self, owner: Module) -> list[Draft]:
        """The units of an owner, as the manager of this scope can have them."""
        found = drafts(owner, self.scope.target, self.environment)
        if self.scope is SYSTEM:
            return found
        from .user_scope import fitted, refused_rules

        self.files.mistakes += refused_rules(owner)
        every = [fitted(owner, draft) for draft in found]
        for each in every:
            self.files.mistakes += each.mistakes
            self.told += each.notes
        return [each.draft for each in every if not each.mistakes]

    def _mistakes(
        self, owner: Module, draft: Draft, links: Sequence[Enabling]
    ) -> Iterator[Mistake]:
        """Everything that is wrong with one unit."""
        yield from mistakes(owner, draft, self.version)
        instances = draft.manner.instances
        why = instances_problem(draft.name, instances) if instances else ""
        if why:
            path = (*owner.__node__.path, *draft.option, "instances")
            yield BadUnit(path, why, written_at(draft.unit))
        for enabling in links:
            if enabling.problem:
                found = traced(owner, draft, "Install", enabling.directive)
                yield BadLine(found.path, enabling.problem, found.places)

    def _add(self, owner: Module, draft: Draft, links: Sequence[Enabling]) -> None:
        """Take in one unit with the links that enable it."""
        path, first = f"{self.scope.units}/{draft.name}", self._makers.get(draft.name)
        if first is not None and first is not draft.owner:
            self.files.refuse(path, first, draft.owner)
            return
        self._makers[draft.name] = draft.owner
        install = draft.sections.get("Install", {})
        for name in also(draft.name, install) if "Also" in install else ():
            self._also.append((owner, draft, name))
        own = is_service(owner)
        origins = origins_of(owner if own else draft.unit)
        service = service_path(owner) if own else ()
        if not draft.manner.enable:
            self.files.add(path, Link("/dev/null", service, origins), draft.owner)
            return
        sections = with_triggers(owner, draft, self.files.contents)
        if "OnFailure" in sections.get("Unit", ()):
            sections = with_direct_restarts(owner, draft, sections, self.version)
        text = unit_text(_comment(owner), sections).encode("utf-8")
        path += f".d/{DROP_IN}" if draft.manner.drop_in else ""
        if not self.files.add(path, File(text, service, origins), draft.owner):
            return
        for enabling in links:
            link = Link(enabling.target, service, origins)
            telling = partial(_claim, owner, draft, enabling)
            self.files.add(f"{self.scope.units}/{enabling.path}", link, draft.owner, telling)

    def not_enabled(self) -> Iterator[Mistake]:
        """A mistake for each unit that was to be enabled with another one, and is not made here.

        Those that are have links by what their own [Install] says, as all units of a tree.
        """
        for owner, draft, name in self._also:
            if name not in self._named:
                found = traced(owner, draft, "Install", "Also")
                yield BadLine(found.path, also_problem(name), found.places)

    def take(self, owner: Module, files: Mapping[str, str]) -> None:
        """Take in further files of an owner, as text by path."""
        origins = origins_of(owner)
        path_in_services = service_path(owner) if is_service(owner) else ()
        for path, text in files.items():
            if path.startswith(USERS) and self._with_users is None:
                self._with_users = owner
            content = f"# {_comment(owner)}\n\n{text}".encode()
            self.files.add(path, File(content, path_in_services, origins), owner)


TRIGGERS = {"reload": "X-Reload-Triggers", "restart": "X-Restart-Triggers"}
"""What a change of a file leads to -> the line that changes with it; the names are those of NixOS
and of sd-switch, which compare the lines of two units."""


def with_triggers(owner: Any, draft: Draft, contents: Contents) -> Sections:
    """The sections of a unit; a service's own says with which files it is to be reloaded."""
    if draft.owner is not owner or draft.suffix != "service" or not owner.config_data:
        return draft.sections
    unit = dict(draft.sections.get("Unit", {}))
    for action, files in triggers(owner, contents).items():
        name = TRIGGERS[action]
        unit[name] = " ".join([*([str(unit[name])] if name in unit else []), *files])
    return {**draft.sections, "Unit": unit} if unit else draft.sections


def _claim(owner: Module, draft: Draft, enabling: Enabling) -> Claim:
    """Whose a link is: the directive's that asks for it."""
    found = traced(owner, draft, "Install", enabling.directive)
    advice = f"write another name in {enabling.directive}=, or leave it out"
    return Claim(found.path, found.places, advice)


def _enablings(draft: Draft) -> list[Enabling]:
    """The links of a unit; a template that is not judged may get its instance elsewhere."""
    found = enablings(draft.name, draft.sections.get("Install", {}), draft.manner.instances)
    if draft.manner.judged:
        return found
    return [e for e in found if e.directive == "Alias" or not e.path.endswith("/")]


def _misnamed(owner: Module, draft: Draft) -> Mistake:
    """Why a unit can have no name."""
    path = (*owner.__node__.path, *draft.option)
    return BadUnit(path, draft.problem, written_at(draft.unit))


def _comment(owner: Module) -> str:
    whose = f"the service {title(owner, ' / ')}" if is_service(owner) else called(owner)
    return f"Made by modsvc for {whose}. Changes here are lost."
