"""The secrets that a service is handed, as directives.

In: the result of `credentials`. Out: directives of [Service], after systemd.exec(5). Refuses to read
secrets: systemd does, as root, when it starts the service.
"""

from __future__ import annotations

from typing import Any

from ....services.service import Service
from ..escaping import literal
from .translation import Directives, Translation, written

_DIRECTIVES = {
    "file": "LoadCredential",
    "encrypted": "LoadCredentialEncrypted",
    "stored": "LoadCredential",
}


class CredentialsTranslation(Translation):
    """One line for each secret."""

    group = "credentials"
    made_from = {
        "LoadCredential": ("credentials",),
        "LoadCredentialEncrypted": ("credentials",),
    }

    def service(self, service: Service) -> Directives:
        found: dict[str, Any] = {}
        for name, secret in sorted(service.credentials.items()):
            path = ("credentials", name)
            source = written(service, path, literal, secret.source)
            found.setdefault(_DIRECTIVES[secret.kind], []).append(f"{name}:{source}")
        return found
