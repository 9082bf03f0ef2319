"""The secrets that a service is handed, as directives.

In: the result of `credentials`. Out: directives of [Service], after systemd.exec(5). Refuses to read
secrets: systemd does, as root, when it starts the service.
"""

from __future__ import annotations

from typing import Any

from ....language.evaluation.history import places
from ....services.values.secret import Secret
from ....services.service import Service
from ..escaping import BadValue, literal
from ..mistakes import BadDirective
from .translation import Directives, Translation

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
            line = f"{name}:{_written(service, name, secret)}"
            found.setdefault(_DIRECTIVES[secret.kind], []).append(line)
        return found


def _written(service: Service, name: str, secret: Secret) -> str:
    """Where a secret lies, as a unit says it. Raises BadDirective."""
    try:
        return literal(secret.source, "the path")
    except BadValue as bad:
        path = (*service.__node__.path, "credentials", name)
        raise BadDirective(path, str(bad), places(service, "credentials")) from None
