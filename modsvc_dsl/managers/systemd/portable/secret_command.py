"""The units that run a command whose output is a secret.

In: a secret of a service, and its name. Out: a socket from which systemd reads the secret when it starts
the service, and the template of what answers there. Refuses to run the command, and to know the line
in the service's own unit that leads here. By systemd.exec(5), LoadCredential=, and systemd.socket(5),
Accept=.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any, cast

from ....language.evaluation.evaluate import evaluate
from ....services.groups.hardening import Hardening
from ....services.service import Service
from ....services.values.secret import CommandSecret
from ..escaping import exec_line, untrimmed
from ..names import title, unit_name, unit_referred_to
from ..unit import Unit
from ....services.values.spelling import LONGEST_ADDRESS
from .hardening import HardeningTranslation, confined
from .identity import IdentityTranslation
from .translation import written

_FOLDER = "/run/modsvc-credentials"

_LONGEST_NAME = 200
"""Bytes of the socket's name: of 255, an instance needs some for the numbers of its connection."""

_SPOIL = 'test "$SERVICE_RESULT" = success || head -c 2097152 /dev/zero 2>/dev/null || true'
"""What makes a failure known to the reader: systemd takes a secret of at most 1 MiB, and what a command
wrote before it failed, be it nothing, would else be one. What kept the command from running must not keep
this from it, so it runs as root, and not confined."""


def key(service: Service, name: str) -> str:
    """What stands behind the service's name in the names of both units, without their types.

    No name of a socket has a colon, so that none of the service's own meets it.
    """
    plain = f"secret:{name}"
    if len(unit_name(service, plain, "socket").encode()) <= _LONGEST_NAME:
        return plain
    return f"secret:{sha256(name.encode()).hexdigest()[:32]}"


def address(service: Service, name: str) -> str:
    """The path of the socket."""
    unit = unit_name(service, key(service, name), "socket").removesuffix(".socket")
    path = f"{_FOLDER}/{unit}.sock"
    if len(path.encode()) <= LONGEST_ADDRESS:
        return path
    return f"{_FOLDER}/{sha256(unit.encode()).hexdigest()}.sock"


def socket(service: Service, name: str, secret: CommandSecret) -> Unit:
    """The socket, which only root can connect to, and without which the service does not start."""
    own = unit_referred_to(service)
    directives: dict[str, Any] = {
        "ListenStream": [address(service, name)],
        "Accept": True,
        "SocketMode": "0600",
        "DirectoryMode": "0700",
        "RemoveOnStop": True,
    }
    if secret.user is not None:
        # fails where there is no such user, as whom nothing could say that the command did not run
        directives |= {"User": secret.user, "ExecStartPre": ["/usr/bin/test 1"]}
    return Unit(
        unit=cast("Any", {"Before": [own]}),
        socket=cast("Any", directives),
        install=cast("Any", {"RequiredBy": [own]}),
    )


def template(service: Service, name: str, secret: CommandSecret) -> Unit:
    """What runs the command for each connection, as confined as a service that says nothing.

    Raises BadDirective for a command that no line can hold.
    """
    path = ("credentials", name)
    identity = {"DynamicUser": True} if secret.user is None else {"User": secret.user}
    directives = {
        **_OF_THE_SERVICE,
        **_profile(),
        **identity,
        "Type": "oneshot",
        "ExecStart": [written(service, path, exec_line, secret.argv)],
        "ExecStopPost": ["+" + exec_line(["/bin/sh", "-c", _SPOIL])],
        "StandardInput": "null",
        "StandardOutput": "socket",
        "StandardError": "journal",  # by itself it would go where the output goes
        "TimeoutStartSec": "90s",
    }
    description = f"Secret {name} of {title(service, ' / ')}"
    unit = {
        "Description": written(service, path, untrimmed, description),
        "CollectMode": "inactive-or-failed",  # else each failure would leave an instance behind
    }
    return Unit(unit=cast("Any", unit), service=cast("Any", directives))


_OF_THE_SERVICE: dict[str, Any] = dict.fromkeys(
    [*HardeningTranslation.made_from, *IdentityTranslation.made_from]
)
"""What further units have of their service's, taken away: the command is somebody else, and what the
service was let do is not for it."""


@cache
def _profile() -> dict[str, Any]:
    return confined(evaluate(Hardening()), [])
