"""Short spellings of the relations that most services have.

In: services. Out: what `relations=` takes. Refuses to know how relations are kept: `needs(db)` is
`Relations(requires=[db], after=[db])`, and `uses(db)` is `Relations(wants=[db], after=[db])`.
"""

from __future__ import annotations

from typing import Any, cast

from ..language.arguments import refuses_others
from ..language.provenance import call_site
from ..language.declaration.reading import declared
from ..language.declaration.record import Record
from .service import Relations, Service


@refuses_others
def needs(*services: Service) -> Relations:
    """Services that this one cannot do without: started with it, before it, and it fails with them."""
    return _related("needs(...)", "requires", services)


@refuses_others
def uses(*services: Service) -> Relations:
    """Services that this one makes use of: started with it, before it, whatever becomes of them."""
    return _related("uses(...)", "wants", services)


def _related(name: str, relation: str, services: tuple[Service, ...]) -> Relations:
    site = call_site(3)
    definitions = [declared((each,), list(services), site) for each in (relation, "after")]
    record: Any = Record(name, site, definitions=definitions)
    return cast("Relations", record)
