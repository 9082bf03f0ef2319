"""What keeps the handlers of a failure waiting until a service is left failed.

In: the sections of a service's unit, and the host's version. Out: the same, with `RestartMode=` where
that version has it. Refuses to touch what users say to systemd themselves.

Before 254, systemd started what `OnFailure=` names when a unit had failed for good. Since then a service
that is started again is a failed one in between, which starts them each time, unless the restart is
direct (systemd.service(5), RestartMode=).
"""

from __future__ import annotations

from ...services.service import Service
from .assembly import Draft, Sections

_SINCE = 254


def with_direct_restarts(owner: object, draft: Draft, sections: Sections, version: int) -> Sections:
    """The sections of the own unit of a service whose failure is handled, as the version wants them."""
    service = sections.get("Service", {})
    if version < _SINCE or draft.owner is not owner or not isinstance(owner, Service):
        return sections
    if not owner.relations.on_failure or "RestartMode" in service:
        return sections
    if service.get("Restart") in (None, "no"):
        return sections
    return {**sections, "Service": {**service, "RestartMode": "direct"}}
