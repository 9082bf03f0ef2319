"""Who provides endpoints, and who wants them.

In: definitions of options annotated `Wants[...]`. Out: the group `endpoints`, and references that read
as the endpoint itself, whose kind checkers know. Refuses to connect anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Annotated, Any, Protocol, TypeVar, cast

from ...language.arguments import refuses_others
from ...language.definition import Definition
from ...language.errors import Conflict
from ...language.cells.evaluated import Evaluated
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.provenance import call_site
from ...language.cells.reference import Reference
from ...language.types.option_type import OptionType, Refinement, Spot, valued
from ...language.types.submodule import Submodule, is_module, module_name, plainly
from ...language.words import Path, show_found, with_article
from ..values.endpoint import Endpoint
from ..mistakes.endpoints import BadWant, unmet
from ..path import KIND

T = TypeVar("T")
E = TypeVar("E", bound=Endpoint)


@dataclass(frozen=True, eq=False)
class Offer:
    """What `endpoint(...)` means: an endpoint of a kind that a service provides."""

    __in_words__: ClassVar[str] = "an endpoint of a service"

    service: Any
    kind: type[Endpoint]
    name: str | None
    ordered: bool

    def __reduce__(self) -> Any:
        return str, (repr(self),)  # histories that were kept tell what was written

    def __repr__(self) -> str:
        name = "" if self.name is None else f", {self.name!r}"
        return f"endpoint({module_name(self.service)}, {self.kind.__name__}{name})"


class Providing(Protocol):
    """What is common to services, whose class is made with this file's."""

    @property
    def endpoints(self) -> Endpoints:
        """What it provides."""
        ...


@refuses_others
def endpoint(
    service: Providing, kind: type[E], name: str | None = None, *, ordered: bool = True
) -> E:
    """The endpoint of a kind that a service provides, for an option annotated `Wants[...]`.

    `name` says which, where it provides several of the kind. `ordered` says whether the service
    that wants it starts after the one that provides it. Raises BadWant.
    """
    wrong = _problem(service, kind, name)
    if wrong:
        raise BadWant(*wrong, call_site(2))
    return cast(E, Offer(service, kind, name, ordered))


def _problem(service: Any, kind: Any, name: Any) -> tuple[str, str] | None:
    """What is wrong with the arguments of `endpoint`, and what to write instead."""
    if not (isinstance(kind, type) and issubclass(kind, Endpoint)):
        return (
            f"takes a class of endpoints, and this is {show_found(kind)}",
            "write endpoint(service, TcpEndpoint), or a class of it; a name comes behind that",
        )
    if hasattr(service, "__reference_target__"):
        return (
            "takes a service, and a unit of the host provides nothing that is known here",
            f"write {kind.__name__}(...) with its address instead",
        )
    if isinstance(service, type) or not _is_service(service):
        what = f"takes a service that is placed in the tree, and this is {show_found(service)}"
        return what, _instance_of(service)
    if name is not None and not isinstance(name, str):
        return "takes the name of an endpoint", 'write a text, such as "sql"'
    return None


def _instance_of(value: Any) -> str:
    """What to write where an instance of a service should be."""
    if not isinstance(value, type):
        return "write the instance of the service that provides it"
    name = value.__name__
    return f"write the instance that is placed there: {name.lower()} = {name}(...) provides, a class does not"


def _is_service(value: Any) -> bool:
    """Is it a reference, or an instance or a result of a service?"""
    node = getattr(value, "__node__", None)
    record = getattr(value, "__module_record__", None)
    kind = node.kind if node is not None else getattr(record, "kind", None)
    return hasattr(type(value), "__reference_path__") or kind == KIND


class EndpointReference(Reference):
    """An endpoint that another service provides; attributes are those of its result.

    In JSON, in comparisons and in a pickle it is a path. What it has of its own begins with `_`, as no
    option of an endpoint does.
    """

    __slots__ = ("_kind", "_name", "_ordered")

    def __init__(
        self, reader: Evaluated, reading: Path, value: Any, definition: Definition, kind: Any
    ) -> None:
        is_offer = isinstance(value, Offer)
        super().__init__(reader, reading, value.service if is_offer else value, definition)
        self._kind = value.kind if is_offer else kind
        self._name = value.name if is_offer else None
        self._ordered = value.ordered if is_offer else True

    def _found(self) -> Evaluated:
        node: Evaluated | None = getattr(self._value, "__node__", None)
        node = _followed(self, self._value) if node is None else node
        return unmet(self._reading, self._definition, self._reader, self._kind, self._name, node)

    def _provider(self) -> Any:
        self.__reference_path__()
        node = self._node
        while node is not None and node.kind != KIND:
            node = node.parent
        return None if node is None else node.main()


def comes_first(reference: EndpointReference) -> Any:
    """The result of the service that provides it, None where who wants it need not wait for that.

    Raises what is wrong with the reference.
    """
    return reference._provider() if reference._ordered else None


def _followed(reference: EndpointReference, value: Any) -> Evaluated:
    """The place of an instance, or of what another reference leads to."""
    if hasattr(type(value), "__reference_path__"):
        node: Evaluated = value.__referred__().__node__
        return node
    return Reference._found(reference)


class WantType(OptionType):
    """An endpoint of a kind: one that a service provides, or one that is written out."""

    simple = False

    def __init__(self, plain: Submodule) -> None:
        self.plain = plain
        self.kind: type[Endpoint] = plain.modules[0]

    def describe(self) -> str:
        return f"{with_article(self.kind.__name__)} that a service provides"

    def describe_many(self) -> str:
        return f"{self.kind.__name__} objects that services provide"

    def hint(self, value: Any) -> str:
        name = self.kind.__name__
        if getattr(getattr(value, "__module_record__", None), "kind", None) == KIND:
            instance = isinstance(value, type)
            called = f"{value.__name__.lower()}" if instance else "service"
            also = f", with {called} = {value.__name__}(...) placed in the tree" if instance else ""
            return f"write endpoint({called}, {name}): the endpoint, not the service{also}"
        if isinstance(value, Offer):
            return f"it is a {value.kind.__name__}: write endpoint(service, {name})"
        meant = plainly(self.kind, value)
        if meant:
            return f"write endpoint(service, {name}), or {meant} for one that no service provides"
        return f"write endpoint(service, {name}), or {name}(...) for one that no service provides"

    def accepts(self, value: Any) -> bool:
        if isinstance(value, Offer):
            return issubclass(value.kind, self.kind)
        node = getattr(value, "__node__", None)
        if hasattr(type(value), "__reference_path__") or node is not None:
            return isinstance(value, (EndpointReference, Endpoint))
        return self.plain.fits(value) and (is_module(value) or isinstance(value, Mapping))

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        written = [d for d in definitions if _is_written_out(d.value)]
        if len(written) == len(definitions):
            return self.plain.merge(spot, definitions)
        if len(definitions) > 1:
            raise Conflict(spot.path, valued(definitions))
        reader: Evaluated = cast(Any, spot).node
        value = definitions[0].value
        return EndpointReference(reader, spot.path, value, definitions[0], self.kind)

    def key(self) -> object:
        return type(self), id(self.kind)


def _is_written_out(value: Any) -> bool:
    """Is an endpoint described here, so that no service provides it?"""
    placed = getattr(value, "__node__", None) is not None
    return not (isinstance(value, Offer) or placed or hasattr(type(value), "__reference_path__"))


class IsWanted(Refinement):
    """An endpoint that a service wants."""

    def refine(self, plain: OptionType) -> OptionType:
        kind = plain.modules[0] if isinstance(plain, Submodule) and plain.modules else None
        if not (isinstance(kind, type) and issubclass(kind, Endpoint)):
            raise TypeError("Wants[...] takes a class of endpoints")
        assert isinstance(plain, Submodule)
        return WantType(plain)


Wants = Annotated[T, IsWanted()]
"""`Wants[HttpEndpoint]`: an endpoint that a service provides; to a checker simply `HttpEndpoint`."""


class Endpoints(Module):
    """What a service provides to others, and what it wants from them."""

    provides: Mapping[str, Endpoint] = option(
        description="What others can connect to, by name: TcpEndpoint(port=5432), or a kind of your own."
    )
    wants: Mapping[str, Wants[Endpoint]] = option(
        description=(
            "What it connects to, by name. A class of services has options annotated "
            "Wants[...] for the same, whose kind checkers know."
        )
    )
