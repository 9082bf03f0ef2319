"""Who a service runs as: a user of its own unless said, and never root by omission."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Identity, Process, Service, check, default, evaluate
from tests.services.saying import ARGV, running, said_of


def as_user(**options: Any) -> Service:
    """A service with an identity. Any: its options have values of all kinds."""
    return Service(process=Process(argv=ARGV), identity=Identity(**options))


def test_a_service_has_a_user_of_its_own() -> None:
    """Where nobody names a user the manager makes one."""
    identity = check(evaluate(running())).identity
    assert (identity.user, identity.group) == (None, None)


@pytest.mark.parametrize("user", ["root", "www-data", "0", "_apt", "first.last@example.org", "pc$"])
def test_root_and_others_are_written_out(user: str) -> None:
    """A name or a number, as directories of users give them."""
    identity = check(evaluate(as_user(user=user, group=user))).identity
    assert (identity.user, identity.group) == (user, user)


@pytest.mark.parametrize("option", ["user", "group"])
@pytest.mark.parametrize("name", ["", " ", "a b", "a:b", "a/b", "-a", "a\n", "é", "a$b", "%u", "~"])
def test_a_name_is_one_word(name: str, option: str) -> None:
    """The message says what is expected, also for an empty name, which is not nobody."""
    (message,) = said_of(web=as_user(**{option: name}))
    assert message.startswith(
        f"`services.web.identity.{option}` expects the name or number of a {option}, such as "
        f'"www-data", or None\n  found {name!r} (a string)\n  defined at test_identity.py\n'
    )


def test_two_users_are_a_conflict_and_a_default_gives_way() -> None:
    """A mixin may suggest a user; two that insist are told."""
    mixin = Service(identity=Identity(user=default("www-data")))
    service = Service(process=Process(argv=ARGV), identity=Identity(user="web"), imports=[mixin])
    assert check(evaluate(service)).identity.user == "web"
    other = Service(identity=Identity(user="db"))
    wrong = Service(process=Process(argv=ARGV), identity=Identity(user="web"), imports=[other])
    (message,) = said_of(web=wrong)
    assert message.startswith(
        "`services.web.identity.user` has definitions that differ\n  'db' at "
    )
