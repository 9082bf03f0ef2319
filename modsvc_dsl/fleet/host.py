"""`Host` and `Fleet`: services in their places.

In: services by name. Out: the kinds "host" and "fleet". Refuses to know how a manager works.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..language.errors import Mistake
from ..language.declaration.module import Importers, Module
from ..language.declaration.option import option
from ..language.evaluation.renaming import Assertion
from ..managers.manager import Manager, written_at
from ..managers.systemd.manager import SystemdManager
from ..output.contents import MANIFEST, NAME_BYTES
from ..services.path import service_name_problem
from ..services.service import Service
from ..services.together import mistakes_together
from .mistakes import BadHostName


class Host(Module, kind="host"):
    """A machine with its services."""

    imports: Sequence[Host] = ()

    if TYPE_CHECKING:

        @classmethod
        def __kind__(cls) -> Host: ...
        @classmethod
        def __importers__(cls) -> Importers[Host]: ...

    name: str = option(
        compute=lambda self: str(self.__node__.path[-1]) if self.__node__.path else "host",
        description="Its name. Unset: its key in the fleet, or host where there is none.",
    )
    manager: Manager = option(default=SystemdManager(), description="What runs its services.")
    services: Mapping[str, Service] = option(description="Its services by name.")
    assertions: list[Assertion] = option(description="What has to hold.")
    warnings: list[str] = option(description="What its administrator should know.")

    def __validate__(self) -> Iterator[Mistake]:
        """A host has a name that a folder can have, and services that can be there together."""
        why = host_name_problem(self.name)
        if why:
            yield BadHostName(self.__node__.path, self.name, why, written_at(self))
        yield from mistakes_together(self.services)


def host_name_problem(name: str) -> str:
    """Why a host cannot have a name, which is that of its folder in a build; empty if it can."""
    if name == MANIFEST:
        return "is that of the manifest, which lies beside the folders of the hosts"
    if len(name.encode("utf-8", "replace")) > NAME_BYTES:
        return f"has more than {NAME_BYTES} bytes"
    return service_name_problem(name)


class Fleet(Module, kind="fleet"):
    """Hosts that are evaluated together."""

    imports: Sequence[Fleet] = ()

    if TYPE_CHECKING:

        @classmethod
        def __kind__(cls) -> Fleet: ...
        @classmethod
        def __importers__(cls) -> Importers[Fleet]: ...

    hosts: Mapping[str, Host] = option(description="The hosts by name.")
    assertions: list[Assertion] = option(description="What has to hold.")
    warnings: list[str] = option(description="What its administrator should know.")
