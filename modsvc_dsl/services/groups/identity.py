"""Who a service runs as.

In: nothing. Out: `Account`, the options of a user with its groups; `Identity` in `service` adds to
them whose user it is. Refuses root by omission: it is written out, or it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from ...language.errors import Mistake
from ...language.evaluation.history import places, strength
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.properties import OPTION_DEFAULT
from ...language.types.refinements import Between, Passing, Unique
from ..mistakes.identity import BadNewName, NotCreated
from ..path import service_path
from ..values.host_names import HOSTS_OWN
from ..values.spelling import GroupName, HostPath, UserName

NEW_NAME = r"[A-Za-z_][A-Za-z0-9_-]{0,30}"
"""The names of users and groups that can be made on any Linux: as systemd's, USER_NAMES, has it."""

_NO_NAMES = frozenset({"root", "nobody", "nogroup"})
"""Names that every host has, and none of which is for a service's own user."""


def _is_user(number: int) -> bool:
    """May a number be a user's? systemd refuses this one: with 16 bits it was -1 (UIDS_AND_GIDS)."""
    return number != 0xFFFF


class Account(Module):
    """A user with its groups."""

    user: UserName | None = option(
        default=None,
        description=(
            "A user by name or number; root has to be written out. Unset: one made for this "
            "service alone while it runs, or with create, one of the service's name."
        ),
    )
    group: GroupName | None = option(
        default=None, description="The main group of the process. Unset: the user's own."
    )
    groups: Annotated[list[GroupName], Unique()] = option(
        description="Groups that the process is in besides. Unset: none but the user's own."
    )
    create: bool = option(
        default=False,
        description=(
            "Whether the user and the groups are made on the host if it has none of these names. "
            "They stay there for good. False: they exist."
        ),
    )
    uid: (
        Annotated[
            int,
            Between(1, 2**32 - 2),
            Passing(_is_user, "it is not 65535, which stands for no user"),
        ]
        | None
    ) = option(
        default=None, description="The number of a user that is made. Unset: the host chooses."
    )
    home: HostPath | None = option(
        default=None, description="The home folder of a user that is made. Unset: /."
    )

    def __validate__(self) -> Iterator[Mistake]:
        """What is to be made can be made; what is said of it means something."""
        service = self.__node__.main()
        where = (*self.__node__.path, "identity")
        if is_shared(self):
            return
        if not self.create:
            said = [name for name in ("uid", "home") if getattr(self, name) is not None]
            if said:
                found = [each for name in said for each in places(service, ("identity", name))]
                yield NotCreated(where, said, self.user, found)
            return
        for name, option_ in _made(self):
            why, found = new_name_problem(name), list(places(service, ("identity", option_)))
            if strength(service, ("identity", option_)) >= OPTION_DEFAULT:
                why, found = why or _unsaid_problem(name), list(
                    places(service, ("identity", "create"))
                )
            if why:
                yield BadNewName((*where, option_), name, why, found)


def is_shared(account: Account) -> bool:
    """Is it another service's account, so that nothing more is said of it?"""
    return getattr(account, "same_as", None) is not None


def _made(account: Account) -> Iterator[tuple[str, str]]:
    """The names that are to exist, each with the option that says it."""
    yield account.user or own_name(account), "user"
    if account.group is not None:
        yield account.group, "group"
    for name in account.groups:
        yield name, "groups"


def new_name_problem(name: str) -> str:
    """Why no user or group can be made with a name; empty if one can."""
    if name in _NO_NAMES:
        return "is one that every host has"
    if name.isdigit():
        return "is a number; a name has it with uid="
    if not re.fullmatch(NEW_NAME, name):
        return "is none that hosts take: up to 31 letters, digits, _ and -, no digit first"
    return ""


def _unsaid_problem(name: str) -> str:
    """Why a user that is made does not just go by the name of its service; empty if it may."""
    return (
        "is one that hosts have for something else; say user=, be it this"
        if name in HOSTS_OWN
        else ""
    )


# Any: the result of a service, or of a group of one
def own_name(view: Any) -> str:
    """The name of a user that is made for a service which does not name it."""
    return "-".join(service_path(view))


# Any: services are made of their identities
def user_name(service: Any) -> str | None:
    """Who a service runs as, None for a user that is made while it runs."""
    identity = whose(service).identity
    if identity.user is None and identity.create:
        return own_name(identity)
    user: str | None = identity.user
    return user


def whose(service: Any) -> Any:
    """The service whose user it is that a service runs as: its own, or another one's.

    In a ring of services, which `Identity` refuses, it is any of them; a unit of the host, which it
    refuses as well, has no part in it.
    """
    seen: list[Any] = []
    while service.identity.same_as is not None and service.__node__ not in seen:
        seen.append(service.__node__)
        referred = service.identity.same_as.__referred__()
        service = referred if hasattr(referred, "__node__") else service
    return service
