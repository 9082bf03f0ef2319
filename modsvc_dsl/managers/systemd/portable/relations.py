"""Order and requirement among services, as directives.

In: the result of `relations`. Out: directives of [Unit]. Refuses references that no unit of this
host stands for.
"""

from __future__ import annotations

from ....language.errors import Mistake, Mistakes
from ....services.mistakes import BadReference
from ....services.service import RELATIONS, Service
from ..names import units_meant
from .translation import Directives, Translation

DIRECTIVES: dict[str, str] = dict(
    zip(RELATIONS, ("After", "Before", "Requires", "Wants", "BindsTo", "PartOf", "Conflicts"))
)
"""Relation -> directive of [Unit] (systemd.unit(5))."""


class RelationsTranslation(Translation):
    """All relations; all mistakes in them at once."""

    group = "relations"
    made_from = {directive: ("relations", name) for name, directive in DIRECTIVES.items()}

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
        return {name: list(dict.fromkeys(units)) for name, units in found.items() if units}
