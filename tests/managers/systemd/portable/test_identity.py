"""Who a service runs as, in directives."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Identity, Process, Service, systemd
from tests.managers.systemd.reading import section_of, tree_of, unit_text
from tests.services.saying import said_of

PROCESS = Process(argv=["/usr/bin/app"])


def users(service: Service, name: str) -> dict[str, list[str]]:
    """What the unit of a service says of its user."""
    found = section_of(unit_text(tree_of({name: service}), f"{name}.service"), "Service")
    return {key: found[key] for key in ("DynamicUser", "User") if key in found}


@pytest.mark.parametrize("name", ["root", "nobody", "mail", "www-data", "audio", "redis"])
def test_a_dynamic_user_is_none_that_the_host_has(name: str) -> None:
    """systemd would take a user of the unit's name that it finds, and run `root` as root."""
    service = Service(process=PROCESS)
    assert users(service, name) == {"DynamicUser": ["true"], "User": [f"{name}-service"]}
    assert users(service, "app") == {"DynamicUser": ["true"]}


def test_nested_names_are_joined_as_the_unit_s_is() -> None:
    """The user that systemd would look for has the name of the unit."""
    tree = tree_of({"www": Service(services={"data": Service(process=PROCESS)})})
    assert section_of(unit_text(tree, "www-data.service"), "Service")["User"] == [
        "www-data-service"
    ]


def test_who_says_a_user_has_it() -> None:
    """Also one that the host has, and also in systemd's own words."""
    assert users(Service(process=PROCESS, identity=Identity(user="mail")), "mail") == {
        "User": ["mail"]
    }
    by_hand = Service(process=PROCESS, imports=[systemd(service={"User": "postal"})])
    assert users(by_hand, "mail") == {"User": ["postal"]}


def test_a_user_that_is_made_for_good_is_no_user_of_the_host_s_by_accident() -> None:
    """Who means it says it."""
    made = Service(process=PROCESS, identity=Identity(create=True))
    (message,) = said_of(mail=made)
    assert message.startswith(
        "`services.mail.identity.user` is to be made, but 'mail' is one that hosts have for something"
    )
    assert not said_of(redis=made)
    assert not said_of(mail=Service(process=PROCESS, identity=Identity(user="mail", create=True)))


@pytest.mark.parametrize(
    ("said", "user"), [(True, ["mail-service"]), ("yes", ["mail-service"]), (False, None)]
)
def test_it_is_nobody_where_no_dynamic_user_is_made(said: Any, user: list[str] | None) -> None:
    """A user that nobody makes cannot be run as."""
    service = Service(process=PROCESS, imports=[systemd(service={"DynamicUser": said})])
    assert users(service, "mail").get("User") == user
