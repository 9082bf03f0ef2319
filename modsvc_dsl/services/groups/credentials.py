"""The secrets that a service is handed, by the names it knows them under.

In: definitions of entries of `credentials`. Out: the option type of one: a secret that knows where the
process finds it. Refuses to show what stands where a secret should: it may be one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from ...language.definition import Definition
from ...language.types.option_type import Spot
from .network import accepted_by_manager
from ..path import service_path
from ..placement import Unplaced, placement_of
from ..values.secret import Secret, SecretReference, handed_over
from ..values.spelling import CREDENTIAL_NAME, Spelt


class SecretType(SecretReference):
    """A reference to a secret, which is handed to the service whose option it is."""

    simple = False  # what a definition says is not yet the value

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        secret = super().merge(spot, definitions)
        service = service_path(spot.result)
        to = placement_of(spot.result).credential(service, str(spot.path[-1]))
        if accepted_by_manager(spot.result) is not None:
            to = _OF_EACH_CONNECTION
        return handed_over(secret, spot.path, to)


_OF_EACH_CONNECTION = Unplaced(
    "each connection has a process of its own, and that a folder of its own",
    "let the program look in the folder $CREDENTIALS_DIRECTORY",
)

CredentialName = Annotated[
    str,
    Spelt('the name of a secret: letters, digits and _.-, such as "db-password"', CREDENTIAL_NAME),
]
"""A name of a file, as the process finds it in a folder."""

Credential = Annotated[Secret, SecretType()]
"""A secret that a service is handed."""
