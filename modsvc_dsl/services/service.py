"""`Service`, the portable base of all services.

In: nothing. Out: the kind "service" with its fixed top level of options, and how services
relate to one another (here, since each of the two is made of the other). Refuses to know any
process manager: managers bring modules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..language.evaluation.configuration import once, written_at
from ..language.errors import Mistake
from ..language.function import reads
from ..language.evaluation.history import has_definition, places, standing, strength
from ..language.declaration.instance import option_names
from ..language.declaration.module import Importers, Module, define
from ..language.declaration.option import option
from ..language.properties import DEFAULT, OPTION_DEFAULT, override
from ..language.provenance import Place
from ..language.evaluation.renaming import Assertion
from ..language.types.refinements import Ref
from ..language.words import show_path, show_value
from .contradictions import of_conflict
from .groups.config_data import ConfigFile
from .groups.credentials import Credential, CredentialName
from .groups.directories import Directories
from .groups.endpoints import Endpoints
from .groups.hardening import Hardening
from .groups.identity import Account
from .mistakes.identity import NobodysIdentity, TwoIdentities
from .groups.lifecycle import Lifecycle, ServiceType
from .groups.logging import Logging
from .groups.metadata import Meta, NotificationProtocol
from .mistakes.services import BadReference, BadServiceName, NothingToRun
from .groups.network import Network, accepted_by_manager, starts_at_boot
from .path import KIND, host_of, service_name_problem, service_path
from .groups.process import Process
from .groups.resources import Resources
from .groups.schedule import Schedule, is_scheduled
from .values.spelling import HostPath

RELATIONS = (
    *("after", "before", "requires", "wants", "binds_to", "part_of", "conflicts", "on_failure"),
)
"""The options of `Relations` that refer to services, in order."""


_WEAK = OPTION_DEFAULT - 1
"""What an option takes from other groups counts more than its own default, and less than any user's."""


class Relations(Module):
    """Order and requirement among services. Being placed below a service implies neither."""

    @staticmethod
    def __instead__(value: object) -> str:
        """What to write for services alone."""
        several = value if isinstance(value, list) else [value]
        if not several or not all(isinstance(each, Service) for each in several):
            return ""
        shown = ", ".join(map(show_value, several))
        return f"needs({shown}), or uses({shown}) where it can do without"

    after: Sequence[Ref[Service]] = option(description="Services that start before this one.")
    before: Sequence[Ref[Service]] = option(description="Services that start after this one.")
    requires: Sequence[Ref[Service]] = option(
        description="Services that are started with this one, and whose failure to start is its own."
    )
    wants: Sequence[Ref[Service]] = option(
        description="Services that are started with this one, whatever becomes of them."
    )
    binds_to: Sequence[Ref[Service]] = option(
        description="As requires, and it ends whenever one of them ends."
    )
    part_of: Sequence[Ref[Service]] = option(
        description="Services whose stop and restart are its own stop and restart."
    )
    conflicts: Sequence[Ref[Service]] = option(
        description="Services that cannot run while this one does."
    )
    on_failure: Sequence[Ref[Service]] = option(
        description="Services that are started when this one is left failed."
    )
    requires_mounts_for: list[HostPath] = option(
        description=(
            "Paths whose file systems are mounted before this one starts, and without which it does "
            "not run."
        )
    )

    def __validate__(self) -> Iterator[Mistake]:
        """Each reference leads to another service of the same host, that runs where it has to."""
        service = self.__node__.main()
        for relation in RELATIONS if is_enabled(service) else ():
            for reference in getattr(self, relation):
                why, advice = reference_problem(service, relation, reference)
                if why:
                    path = ("relations", relation)
                    said = places(service, path)
                    yield BadReference((*service.__node__.path, *path), why, advice, said)
                elif relation == "conflicts" and _may_run(reference):
                    yield from of_conflict(self, reference)


class Identity(Account):
    """Who a service runs as: a user for itself alone, one of the host, or another service's."""

    @staticmethod
    def __instead__(value: object) -> str:
        """What to write for a user, or another service, alone."""
        if isinstance(value, Service):
            return f"Identity(same_as={show_value(value)})"
        return f"Identity(user={show_value(value)})" if isinstance(value, str) else ""

    same_as: Ref[Service] | None = option(
        default=None,
        description=(
            "Another service of the host, whose user this one runs as, however that is made. "
            "Unset: its own."
        ),
    )

    def __validate__(self) -> Iterator[Mistake]:
        """Another service's identity is one, and nothing else is said beside it."""
        if self.same_as is None:
            return
        service, path = self.__node__.main(), ("identity", "same_as")
        where = (*self.__node__.path, "identity")
        why, advice = reference_problem(service, "requires", self.same_as)
        why, advice = (why, advice) if why else _shared_problem(service, self.same_as)
        if why:
            advice = advice.replace("take it out of requires", "write who it runs as")
            yield NobodysIdentity((*where, "same_as"), why, advice, places(service, path))
            return
        taken: Any = self.same_as
        own = ("user", "group", "create", "uid", "home")
        said = [name for name in own if getattr(self, name) not in (None, False)]
        if said:
            found = [
                each for name in ("same_as", *said) for each in places(service, ("identity", name))
            ]
            yield TwoIdentities(where, said, taken.__reference_path__(), found)


def _shared_problem(service: Service, reference: Any) -> tuple[str, str]:
    """What is wrong with the identity of another service, and what to do; empty if nothing."""
    referred = reference.__referred__()
    if hasattr(referred, "__reference_target__"):
        what = f"`{referred.name}`, a unit of the host, of whose user nothing is known"
        return what, "write who it runs as: Identity(user=...)"
    name = show_path(reference.__reference_path__())
    if not runs(referred):
        return f"`{name}`, which only groups others", "refer to one of those that it groups"
    seen = [service.__node__]
    while referred.identity.same_as is not None:
        if referred.__node__ in seen:
            return f"`{name}`, which has it from this one", "say of one of them who it runs as"
        seen.append(referred.__node__)
        referred = referred.identity.same_as.__referred__()
    return "", ""


class Service(Module, kind="service"):
    """A service: a process, services below it, or both."""

    @staticmethod
    def __instead__(value: object) -> str:
        """What to write for a command line, or another part of a service, alone."""
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], Module):
            value = value[0]
        if isinstance(value, Module):
            parts = option_names(Service)
            name = next((n for n, part in parts.items() if part.group() is type(value)), "")
            return f"Service({name}={type(value).__name__}(...))" if name else ""
        process = Process.__instead__(value)
        return f"Service(process={process})" if process else ""

    @staticmethod
    def __refer_instead__(value: object) -> str:
        """What to write for the name of a unit, where a service is referred to."""
        if not isinstance(value, str) or not re.fullmatch(r"[\w@:.-]{1,80}", value):
            return ""
        unit = value if "." in value else f"{value}.service"
        return f'write host_unit("{unit}") for a unit of the host, or the service itself'

    imports: Sequence[Service] = ()

    if TYPE_CHECKING:

        @classmethod
        def __kind__(cls) -> Service: ...
        @classmethod
        def __importers__(cls) -> Importers[Service]: ...

    enable: bool = option(
        default=True,
        description="False: nothing is generated for this service and all services below it.",
    )
    process: Process = option()
    services: Mapping[str, Service] = option(
        description="Services that belong to this one. Belonging implies no order."
    )
    config_data: Mapping[str, ConfigFile] = option(description="Configuration files by key.")
    assertions: list[Assertion] = option(description="What has to hold.")
    warnings: list[str] = option(description="What its user should know.")
    meta: Meta = option()
    notification_protocol: NotificationProtocol = option()
    identity: Identity = option()
    directories: Directories = option()
    credentials: Mapping[CredentialName, Credential] = option(
        description=(
            "References to the secrets that the process is handed, by the names it finds them "
            "under. Unset: none."
        )
    )
    lifecycle: Lifecycle = option()
    relations: Relations = option()
    endpoints: Endpoints = option()
    hardening: Hardening = option()
    network: Network = option()
    schedule: Schedule = option()
    resources: Resources = option()
    logging: Logging = option()

    @define(Lifecycle.type)
    @reads("schedule", "notification_protocol", "network")
    def _type_by_protocol(self) -> ServiceType:
        if is_scheduled(self):
            return override(_WEAK, "oneshot")
        says_so = self.notification_protocol.systemd and accepted_by_manager(self) is None
        return override(_WEAK, "notify" if says_so else "simple")

    def __validate__(self) -> Iterator[Mistake]:
        """A service has a name that managers can use, and runs something or groups services."""
        node = self.__node__
        if not is_enabled(self):
            return
        name = service_path(self)[-1]
        why = service_name_problem(name)
        if why:
            yield BadServiceName(node.path, name, why, written_at(self))
        if not runs(self) and not self.services:
            yield NothingToRun(node.path, written_at(self))


def is_enabled(service: Service) -> bool:
    """Is a service switched on, and every service that it belongs to?"""
    node = service.__node__
    while node is not None and node.kind == KIND:
        if not node.main().enable:
            return False
        node = node.parent
    return True


def runs(service: Service) -> bool:
    """Has a service a process of its own, or does it only group others?

    It has where `process.argv` is defined, or a command in the words of a manager.
    """
    known: bool | None = service.__node__.noted.get(runs)
    if known is None:
        known = service.__node__.noted[runs] = _has_command(service.__node__.main())
    return known


def _has_command(service: Service) -> bool:
    return command_standing(service) is not None or _has_managers_command(service)


def command_standing(service: Service) -> tuple[int, Place] | None:
    """The priority and place of what defines `process.argv`, None where nothing does."""
    return once(service, _command_standing)


def _command_standing(service: Service) -> tuple[int, Place] | None:
    return standing(service, ("process", "argv"))


def _has_managers_command(service: Service) -> bool:
    """Does somebody but a manager's own module define the option of it that takes the command?

    The module says which it is: `_command: ClassVar[Path]`.
    """
    node = service.__node__
    for record in node.shape.records:
        said = vars(record.owner or object)
        if "_command" in said and record.base is None:
            if has_definition(service, said["_command"], record):
                return True
    return False


def enabled(services: Mapping[str, Service]) -> Sequence[Service]:
    """All services that are not switched off, parents before children, in order."""
    if not services:
        return ()
    around = next(iter(services.values())).__node__.parent
    if around is None:
        return [each for service in services.values() for each in once(service, _all_enabled)]
    known = around.noted.get(enabled)
    if known is None or known[0] is not services:  # all of them, or some that somebody chose
        found = [each for service in services.values() for each in once(service, _all_enabled)]
        known = around.noted[enabled] = services, found
    every: Sequence[Service] = known[1]
    return every


def _all_enabled(service: Service) -> Sequence[Service]:
    """A service that is not switched off, and those below it."""
    if not service.enable:
        return ()
    below = service.services
    return [service, *enabled(below)] if below else [service]


def reference_problem(service: Service, relation: str, reference: Any) -> tuple[str, str]:
    """What is wrong with a reference in a relation of a service, and what to do; empty if nothing.

    Nothing is started before or after what never starts, so a service that is switched off is no
    problem but where it is needed.
    """
    referred = reference.__referred__()
    if hasattr(referred, "__reference_target__"):
        return "", ""  # a unit of the host, which its manager knows
    name = f"`{show_path(referred.__node__.path)}`"
    if host_of(referred) is not host_of(service):
        return f"{name}, which is on another host", (
            "a manager knows the services of its own host: let the program wait for the other one"
        )
    if referred.__node__ is service.__node__:
        return "the service itself", "take it out"
    if relation not in ("requires", "binds_to", "on_failure"):
        return "", ""
    if not is_enabled(referred):
        return f"{name}, which is switched off", f"switch it on, or take it out of {relation}"
    if not runs_anything(referred):
        return f"{name}, which runs nothing", f"switch it on, or take it out of {relation}"
    if relation == "on_failure" and _starts_anyway(referred):
        advice = "write lifecycle=Lifecycle(start_at_boot=False) in it"
        return f"{name}, which starts with the host, whether this one fails or not", advice
    return "", ""


def _may_run(reference: Any) -> bool:
    """Is what is referred to a unit of the host, or a service that is not switched off?"""
    referred = reference.__referred__()
    return hasattr(referred, "__reference_target__") or is_enabled(referred)


def _starts_anyway(service: Service) -> bool:
    """Does a service start with the host, although nobody says so?"""
    said = strength(service, "lifecycle.start_at_boot") < DEFAULT
    return runs(service) and starts_at_boot(service) and not said and not is_scheduled(service)


def runs_anything(service: Service) -> bool:
    """Runs a service, or one of those below it that are switched on?"""
    below = (each for each in service.services.values() if each.enable)
    return runs(service) or any(map(runs_anything, below))
