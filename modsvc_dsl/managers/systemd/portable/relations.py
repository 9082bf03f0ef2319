"""Order and requirement among services, as directives.

In: the result of `relations`. Out: directives of [Unit]. Refuses references that no unit of this
host stands for.
"""

from __future__ import annotations

from ....language.errors import Mistake, Mistakes
from ....language.evaluation.history import places
from ....language.properties import PLAIN
from ....language.provenance import Place
from ....services.groups.endpoints import comes_first
from ....services.mistakes.services import BadReference
from ....services.order import running
from ....services.service import RELATIONS, Service
from ....services.wants import wanted, wanting
from ..names import unit_referred_to, units_meant
from .translation import Directives, Translation

DIRECTIVES: dict[str, str] = dict(
    zip(RELATIONS, ("After", "Before", "Requires", "Wants", "BindsTo", "PartOf", "Conflicts"))
)
"""Relation -> directive of [Unit] (systemd.unit(5))."""


class RelationsTranslation(Translation):
    """All relations; all mistakes in them at once."""

    group = "relations"
    made_from = {directive: ("relations", name) for name, directive in DIRECTIVES.items()}

    def speaks_of(self, service: Service) -> bool:
        return bool(wanting(service))

    def said(self, service: Service, directive: str) -> tuple[int, Place] | None:
        wants = wanting(service) if directive == "After" else ()
        return (PLAIN, places(service, wants[0].path)[0]) if wants else None

    def unit(self, service: Service) -> Directives:
        found: dict[str, list[str]] = {}
        mistakes: list[Mistake] = []
        for relation, directive in DIRECTIVES.items():
            for reference in getattr(service.relations, relation):
                try:
                    units = units_meant(service, relation, reference)
                except BadReference as mistake:
                    mistakes.append(mistake)
                else:
                    found.setdefault(directive, []).extend(units)
        if mistakes:
            raise Mistakes(mistakes)
        for _, reference in wanted(service):
            provider = comes_first(reference)
            for other in () if provider is None else running(service, provider):
                found.setdefault("After", []).append(unit_referred_to(other))
        return {name: list(dict.fromkeys(units)) for name, units in found.items() if units}
