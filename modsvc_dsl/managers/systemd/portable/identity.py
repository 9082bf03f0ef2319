"""Who a service runs as, in directives.

In: the result of `identity`. Out: directives of [Service], and the users and groups that the host gets.
Names and meanings are those of systemd.exec(5) and sysusers.d(5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ....language.evaluation.history import places
from ....language.words import Path, show_path
from ....services.groups.identity import NEW_NAME, new_name_problem, user_name, whose
from ....services.groups.network import accepted_by_manager
from ....services.service import Service
from ....services.values.host_names import HOST_NAMES
from ..mistakes import BadDirective
from ..names import base_name
from ..rules import SysusersRule
from .translation import Directives, Translation


class IdentityTranslation(Translation):
    """User and groups, or a user made by systemd."""

    group = "identity"
    made_from = {
        "User": ("identity", "user"),
        "DynamicUser": ("identity", "user"),
        "Group": ("identity", "group"),
        "SupplementaryGroups": ("identity", "groups"),
    }
    speaks_unasked = True
    same_unasked = True
    also = ("network",)

    def confinement(self, service: Service) -> Directives:
        owner = whose(service)
        user = user_name(owner)
        found: dict[str, Any] = {}
        if user is None:
            found["DynamicUser"] = True
            if owner.__node__ is not service.__node__:
                found["User"] = _dynamic_name(service, owner, ("identity", "same_as"))
            elif accepted_by_manager(service) is not None:
                # else each process would be somebody else, and none could keep what others made
                found["User"] = _dynamic_name(service, owner, ("network", "sockets"))
        else:
            found["User"] = user
        if owner.identity.group is not None:
            found["Group"] = owner.identity.group
        groups = dict.fromkeys((*owner.identity.groups, *service.identity.groups))
        if groups:
            found["SupplementaryGroups"] = [" ".join(groups)]
        return found

    def sysusers(self, service: Service) -> Sequence[SysusersRule]:
        identity = service.identity
        if not identity.create:
            return ()
        names = [user_name(service), identity.group, *identity.groups]
        # names that cannot be made are told where the identity says them, and make no rules
        if any(new_name_problem(name) for name in names if name is not None):
            return ()
        return list(_rules(service))


def _rules(service: Service) -> Iterator[SysusersRule]:
    """The user that a service makes, its group, and the groups that it is in."""
    identity = service.identity
    user = user_name(service)
    number = "-" if identity.uid is None else str(identity.uid)
    if identity.group is not None and identity.group != user:
        yield SysusersRule(type="g", name=identity.group)
        number += f":{identity.group}"
    yield SysusersRule(type="u", name=user, id=number, home=identity.home)
    for group in identity.groups:
        yield SysusersRule(type="m", name=user, id=group)


FREE_USER = {"User": "DynamicUser"}
"""What `free_user` says is nobody where somebody makes no dynamic user of it."""


def free_user(service: Service) -> Directives:
    """The user of a service that says none, where the host may have one of its unit's name.

    systemd would take that one; everywhere else it makes one of the unit's name by itself.
    """
    name = _free_name(service)
    if name == base_name(service) or user_name(whose(service)) is not None:
        return {}
    return {"User": name}


def _free_name(service: Service) -> str:
    """What the user that systemd makes for a service is called."""
    name = base_name(service)
    return f"{name}-service" if name.partition("@")[0] in HOST_NAMES else name


def _dynamic_name(service: Service, owner: Service, said: Path) -> str:
    """The name of the user that systemd makes for a service.

    `said` is the option of `service` for which it has to be known.

    Raises BadDirective where that could be no user's name, and systemd takes a number made from it.
    """
    name = _free_name(owner)
    if not re.fullmatch(NEW_NAME, name):
        path = (*service.__node__.path, *said)
        who = show_path(owner.__node__.path)
        why = (
            f"`{who}` has a user that cannot go by its name, {name!r};"
            ' let it say one: identity=Identity(user="...", create=True)'
        )
        raise BadDirective(path, why, places(service, said))
    return name
