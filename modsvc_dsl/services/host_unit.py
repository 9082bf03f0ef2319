"""Units that a host has already.

In: a name that the host's manager knows. Out: something that stands where a reference to a
service may stand. Refuses to know what the unit is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, cast

from ..language.arguments import refuses_others
from ..language.provenance import call_site
from .mistakes.services import BadHostUnit

if TYPE_CHECKING:
    from .service import Service


class HostUnit:
    """A unit that the host has already, by the name that its manager knows."""

    __in_words__ = "a unit of the host"

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def __reference_target__(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def __stands_for__(self) -> type[Service]:
        from .service import Service  # which knows references, and so these

        return Service

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{self!r} is a unit of the host, of which only the name is known")

    def __repr__(self) -> str:
        return f"host_unit({self.name!r})"


@refuses_others
def host_unit(name: str) -> Service:
    """A unit of the host in the place of a service: `host_unit("network-online.target")`.

    Raises BadHostUnit for what is no text.
    """
    given: object = name
    if not isinstance(given, str):
        raise BadHostUnit(given, call_site(2))
    unit: Any = HostUnit(name)
    return cast("Service", unit)
