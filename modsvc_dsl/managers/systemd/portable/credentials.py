"""The secrets that a service is handed, as directives.

In: the result of `credentials`. Out: directives of [Service], after systemd.exec(5). Refuses to read
secrets: systemd does, as root, when it starts the service.
`secret_command` has the units that a command needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ....language.evaluation.history import places
from ....services.placement import Unplaced, placement_of
from ....services.path import service_path
from ....services.values.secret import CommandSecret, Secret
from ....services.service import Service
from ..escaping import BadValue, untrimmed
from ..mistakes import BadDirective
from ..unit import Unit
from .secret_command import address, key, socket, template
from .translation import Directives, Translation

_DIRECTIVES = {
    "file": "LoadCredential",
    "encrypted": "LoadCredentialEncrypted",
    "stored": "LoadCredential",
    "command": "LoadCredential",
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

    def services(self, service: Service) -> Mapping[str, Unit]:
        return {
            f"{key(service, name)}@": template(service, name, secret)
            for name, secret in _commands(service)
        }

    def sockets(self, service: Service) -> Mapping[str, Unit]:
        return {
            key(service, name): socket(service, name, each) for name, each in _commands(service)
        }


def _commands(service: Service) -> Iterator[tuple[str, CommandSecret]]:
    """The secrets that are the output of a command, by name."""
    for name, secret in sorted(service.credentials.items()):
        if isinstance(secret, CommandSecret):
            yield name, secret


def _written(service: Service, name: str, secret: Secret) -> str:
    """Where a secret lies, as a unit says it. Raises BadDirective."""
    source = secret.source
    if isinstance(secret, CommandSecret):
        source = address(service, name)
        to = placement_of(service).credential(service_path(service), name)
        if isinstance(to, Unplaced):
            path = (*service.__node__.path, "credentials", name)
            raise BadDirective(path, _NOT_FOR_USERS, places(service, "credentials"))
    try:
        return untrimmed(source, "the path")
    except BadValue as bad:
        path = (*service.__node__.path, "credentials", name)
        raise BadDirective(path, str(bad), places(service, "credentials")) from None


_NOT_FOR_USERS = (
    "a user's manager cannot run a command as somebody else, from whom the service is kept apart;"
    " write secret_file(...), or manage the service with SystemdManager(), for the whole system"
)
