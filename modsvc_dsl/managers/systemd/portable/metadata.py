"""What a service says of itself to people, as directives.

In: the result of `meta`. Out: directives of [Unit]. Refuses to know who reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....language.evaluation.configuration import touched_names
from ....services.service import Service
from ..escaping import untrimmed, quoted
from ..names import title
from .translation import Directives, Translation, written


class MetaTranslation(Translation):
    """Description and documentation."""

    group = "meta"
    made_from = {
        "Description": ("meta", "description"),
        "Documentation": ("meta", "documentation"),
    }
    speaks_unasked = True

    def unit(self, service: Service) -> Directives:
        if "meta" not in touched_names(service):
            return {"Description": title(service)}  # as there is nothing else
        meta = service.meta
        said = meta.description
        path = self.made_from["Description"]
        description = written(service, path, untrimmed, said) if said else title(service)
        found: dict[str, Any] = {"Description": description}
        if meta.documentation:
            found["Documentation"] = [quoted(address) for address in meta.documentation]
        return found


class NotificationTranslation(Translation):
    """The protocol of systemd decides the type, which is lifecycle's; others it does not speak."""

    group = "notification_protocol"

    def notes(self, service: Service) -> Iterator[str]:
        protocols = service.notification_protocol
        if protocols.s6 and not protocols.systemd:
            yield "counts as started when its process runs: systemd does not read s6's line"
