"""What can be wrong between one who wants an endpoint and one who provides it.

In: a want, and the service or endpoint that it leads to. Out: the place of the endpoint, or one
`Mistake` with the lines of both. Refuses to follow references: they come followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...language.definition import Definition
from ...language.errors import Mistake, Report
from ...language.errors.report import placed
from ...language.cells.evaluated import Evaluated
from ...language.provenance import Place
from ...language.words import Path, all_of, did_you_mean, show_path, with_article
from ..path import KIND, host_of


class BadWant(Mistake):
    """A call of endpoint(...) that leads to nothing."""

    category = "type"

    def __init__(self, why: str, advice: str, place: Place) -> None:
        places = placed("written", [place])
        super().__init__(Report(f"endpoint(...) {why}", (), places, (advice,)))


class UnmetWant(Mistake):
    """An endpoint that is wanted, and not provided so that it could be used."""

    category = "undefined"

    def __init__(
        self,
        path: Path,
        why: str,
        wanted: Sequence[Place],
        provided: Sequence[tuple[str, Sequence[Place]]],
        advice: str,
    ) -> None:
        """`provided` has what there is on the other side, with where it was written."""
        places = placed("wanted", wanted)
        for label, where in provided:
            places += placed(label, where)
        headline = f"`{show_path(path)}` wants {why}"
        super().__init__(Report(headline, (), places, (advice,)), path)


def unmet(
    path: Path,
    definition: Definition,
    reader: Evaluated,
    kind: Any,
    name: str | None,
    to: Evaluated,
) -> Evaluated:
    """The place of an endpoint of a kind. Raises UnmetWant with the lines of both sides.

    `to` is the place of the service that provides it, or of the endpoint itself.
    """
    want = _Want(path, definition, kind, name)
    node = want.chosen(to) if to.kind == KIND else to
    problem = want.problem(node, _service_of(node), _service_of(reader))
    if problem is not None:
        raise problem
    return node


def _service_of(node: Evaluated) -> Evaluated:
    """The service that a place is part of."""
    while node.parent is not None and node.kind != KIND:
        node = node.parent
    return node


class _Want:
    """One want, which knows how to say what is wrong with what it leads to."""

    def __init__(self, path: Path, definition: Definition, kind: Any, name: str | None) -> None:
        self.path = path
        self.wanted = [definition.place]
        self.kind = kind
        self.name = name

    @property
    def called(self) -> str:
        """What is wanted, in words."""
        return with_article(self.kind.__name__)

    def chosen(self, service: Evaluated) -> Evaluated:
        """The endpoint of a service that is meant."""
        provides = service.main().endpoints.provides
        where = f"`{show_path(service.path)}`"
        if self.name is not None:
            if self.name in provides:
                found: Evaluated = provides[self.name].__node__
                return found
            near = did_you_mean(self.name, provides) or self._instead(provides)
            why = f"the endpoint {self.name!r} of {where}, which provides no such one"
            raise self._wrong(why, _sides(service), near)
        fitting = [key for key in provides if isinstance(provides[key], self.kind)]
        if len(fitting) == 1:
            only: Evaluated = provides[fitting[0]].__node__
            return only
        if fitting:
            names = all_of(map(repr, fitting))
            why = f"{self.called} of {where}, which provides {len(fitting)}: {names}"
            raise self._wrong(why, _sides(service), "say which one: endpoint(..., name=...)")
        raise self._wrong(
            f"{self.called} of {where}, which provides none",
            _sides(service),
            self._instead(provides),
        )

    def _instead(self, provides: Any) -> str:
        """What to do where nothing fits."""
        kinds = [f"{key!r}, {with_article(type(provides[key]).__name__)}" for key in provides]
        there = f"; it provides {all_of(kinds)}" if kinds else ""
        return f"let it provide one: endpoints.provides[...] = {self.kind.__name__}(...){there}"

    def problem(self, node: Evaluated, service: Evaluated, reader: Evaluated) -> Mistake | None:
        """What is wrong with the endpoint that was found."""
        view = node.main()
        what = f"`{show_path(node.path)}`"
        if not isinstance(view, self.kind):
            why = f"{self.called}, and {what} is {with_article(type(view).__name__)}"
            advice = f"want {with_article(type(view).__name__)}, or name another endpoint"
            return self._wrong(why, _provided(node), advice)
        if not _is_on(service):
            why = f"{what}, whose service is switched off"
            return self._wrong(why, _written(service), "switch it on, or want another one")
        local = view.only_local() if host_of(reader.main()) is not host_of(service.main()) else ""
        if local:
            why = f"{what} of another host, and that {local}"
            advice = "give it an address that other hosts reach, or place both on one host"
            return self._wrong(why, _provided(node), advice)
        return None

    def _wrong(
        self, why: str, provided: Sequence[tuple[str, Sequence[Place]]], advice: str
    ) -> UnmetWant:
        return UnmetWant(self.path, why, self.wanted, provided, advice)


Sides = list[tuple[str, Sequence[Place]]]
"""What there is on the other side, with where it was written."""


def _provided(node: Evaluated) -> Sides:
    return [("provided", [record.place for record in node.placed])]


def _written(service: Evaluated) -> Sides:
    name = f"`{show_path(service.path)}` written"
    return [(name, [record.place for record in service.placed])]


def _sides(service: Evaluated) -> Sides:
    """Where the endpoints of a service are, or itself where it has none."""
    provides = service.main().endpoints.provides
    return list(_each(provides)) or _written(service)


def _each(provides: Any) -> Iterator[tuple[str, Sequence[Place]]]:
    for key in provides:
        yield f"{key!r} provided", [record.place for record in provides[key].__node__.placed]


def _is_on(service: Evaluated) -> bool:
    """Is a service switched on, and every service that it belongs to?"""
    node: Evaluated | None = service
    while node is not None and node.kind == KIND:
        if not node.main().enable:
            return False
        node = node.parent
    return True
