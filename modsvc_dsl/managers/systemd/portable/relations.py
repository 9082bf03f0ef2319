"""Order and requirement among services, as directives.

In: the result of `relations`. Out: directives of [Unit]. Refuses references that no unit of this
host stands for.
"""

from __future__ import annotations

from ....language.errors import Mistake, Mistakes
from ....language.evaluation.configuration import is_untouched, touched_names
from ....language.evaluation.history import places, standing
from ....language.properties import PLAIN
from ....language.provenance import Place
from ....services.groups.endpoints import comes_first
from ....services.mistakes.services import BadReference
from ....services.order import running
from ....services.service import RELATIONS, Service
from ....services.wants import wanted, wanting
from ..escaping import quoted_path
from ..names import unit_referred_to, units_meant
from .translation import Directives, Translation

DIRECTIVES: dict[str, str] = dict(
    zip(
        RELATIONS,
        (
            *("After", "Before", "Requires", "Wants", "BindsTo", "PartOf", "Conflicts"),
            "OnFailure",
        ),
        strict=True,
    )
)
"""Relation -> directive of [Unit] (systemd.unit(5))."""


_BY_NETWORK = ("Wants", "After")
"""What a service says to be started after the target that the host's own network manager reaches when it
is online, and to have it waited for (systemd.special(7))."""


class RelationsTranslation(Translation):
    """All relations; all mistakes in them at once."""

    group = "relations"
    made_from = {
        **{directive: ("relations", name) for name, directive in DIRECTIVES.items()},
        "RequiresMountsFor": ("relations", "requires_mounts_for"),
    }

    def speaks_of(self, service: Service) -> bool:
        return bool(wanting(service)) or "wait_online" in touched_names(service.network)

    def said(self, service: Service, directive: str) -> tuple[int, Place] | None:
        wants = wanting(service) if directive == "After" else ()
        if wants:
            return PLAIN, places(service, wants[0].path)[0]
        return standing(service, ("network", "wait_online")) if _waits_online(service) else None

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
        for path in service.relations.requires_mounts_for:
            found.setdefault("RequiresMountsFor", []).append(quoted_path(str(path)))
        for directive in _BY_NETWORK if _waits_online(service) else ():
            found.setdefault(directive, []).append("network-online.target")
        for _, reference in wanted(service):
            provider = comes_first(reference)
            for other in () if provider is None else running(service, provider):
                found.setdefault("After", []).append(unit_referred_to(other))
        return {name: list(dict.fromkeys(units)) for name, units in found.items() if units}


def _waits_online(service: Service) -> bool:
    return not is_untouched(service.network) and service.network.wait_online
