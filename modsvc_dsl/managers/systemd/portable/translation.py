"""How one group of portable options becomes directives.

In: the result of a service. Out: directives of its units, and what each was made from. Refuses to
merge and to render: what is returned here competes with what users write in `systemd` themselves,
units and rules included, since all of it defines options of `Systemd`.
A new group is a file beside this one with one `Translation`, and a line in `every`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from ....language.evaluation.history import places
from ....language.provenance import Place
from ....language.words import Path
from ....services.values.command import Command, as_command
from ....services.service import Service
from ..escaping import BadValue, exec_line
from ..mistakes import BadDirective
from ..rules import SysusersRule, TmpfilesRule
from ..specifiers import Specifiers
from ..unit import Unit

Directives = Mapping[str, Any]
"""Directive -> value, as in `Unit`: a list for those that may be assigned several times."""


class Translation:
    """The directives of one group. What a method does not return is not said.

    The methods are asked only about services that run something. They raise BadDirective, or
    Mistakes for several, where systemd has no way to say a value.
    """

    group: ClassVar[str]
    """The group of options of `Service` that is translated."""

    made_from: ClassVar[Mapping[str, Path]] = {}
    """Directive -> the option that it carries the word of, whose strength and place it keeps."""

    or_from: ClassVar[Mapping[str, Sequence[Path]]] = {}
    """Directive -> options that it is made from where the one in `made_from` says nothing."""

    speaks_unasked: ClassVar[bool] = False
    """Whether it says something of a service that defines nothing of the group."""

    same_unasked: ClassVar[bool] = False
    """Whether that is the same for all such services, so that it is asked once."""

    also: ClassVar[tuple[str, ...]] = ()
    """Further groups that change what it says."""

    others: ClassVar[frozenset[str]] = frozenset()
    """Options of the group that it makes nothing of: who defines nothing beside them is not asked."""

    def speaks_of(self, service: Service) -> bool:
        """Whether it says something of services of one kind that define nothing of the group."""
        return False

    def said(self, service: Service, directive: str) -> tuple[int, Place] | None:
        """The strength and the place of a directive that comes from no option in `made_from`."""
        return None

    def unit(self, service: Service) -> Directives:
        """Directives of [Unit] of the service's own unit."""
        return {}

    def service(self, service: Service) -> Directives:
        """Directives of [Service] of the service's own unit."""
        return {}

    def socket(self, service: Service) -> Directives:
        """Directives of [Socket]; with at least one of them there is such a unit."""
        return {}

    def timer(self, service: Service) -> Directives:
        """Directives of [Timer]; with at least one of them there is such a unit."""
        return {}

    def services(self, service: Service) -> Mapping[str, Unit]:
        """Further service units, by what stands behind the service's name in theirs."""
        return {}

    def sockets(self, service: Service) -> Mapping[str, Unit]:
        """Further socket units, likewise."""
        return {}

    def timers(self, service: Service) -> Mapping[str, Unit]:
        """Further timer units, likewise."""
        return {}

    def tmpfiles(self, service: Service) -> Sequence[TmpfilesRule]:
        """Files and folders that are made when the host starts; each service has a file of them."""
        return ()

    def sysusers(self, service: Service) -> Sequence[SysusersRule]:
        """Users and groups that are made when the host starts, likewise."""
        return ()

    def notes(self, service: Service) -> Iterable[str]:
        """What systemd does otherwise than it is asked, for its user to know."""
        return ()

    def confinement(self, service: Service) -> Directives:
        """Those directives of [Service] that further service units of the service have as well."""
        return {}


def written(service: Service, path: Path, write: Any, *values: Any) -> Any:
    """What `write` makes of values, with a mistake that leads to where they were defined.

    `path` is that of the option from the service on. Raises BadDirective for each BadValue.
    """
    try:
        return write(*values)
    except BadValue as bad:
        why = f"{bad.what} {bad.found}; {bad.instead}"
        raise BadDirective((*service.__node__.path, *path), why, places(service, path)) from None


def command_line(service: Service, path: Path, run: list[str] | Command) -> str | Specifiers:
    """A command as a line of its own; `path` is that of the option that says it."""
    said = as_command(run)
    prefix = ("-" if said.may_fail else "") + ("+" if said.privileged else "")
    line: str | Specifiers = written(service, path, exec_line, said.argv)
    return prefix + line  # systemd takes quotes off before it looks at prefixes
