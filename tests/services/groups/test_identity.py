"""Who a service runs as: a user of its own unless said, and never root by omission."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Host,
    Identity,
    Process,
    Service,
    check,
    default,
    define,
    evaluate,
    host_unit,
    later,
)
from modsvc_dsl.services.groups.identity import user_name, whose
from tests.services.saying import ARGV, on_host, running, said_of


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


def test_a_user_that_is_made_can_be_made() -> None:
    """Root, numbers and odd names are refused where they are written."""
    wrong = {
        "root": "is one that every host has",
        "1000": "is a number; a name has it with uid=",
        "a.b": "is none that hosts take: up to 31 letters, digits, _ and -, no digit first",
        "a" * 32: "is none that hosts take: up to 31 letters, digits, _ and -, no digit first",
    }
    for name, why in wrong.items():
        for option in ("user", "group", "groups"):
            value = [name] if option == "groups" else name
            options = {"user": "app", "create": True, option: value}
            (message,) = said_of(web=as_user(**options))
            assert message.startswith(
                f"`services.web.identity.{option}` is to be made, but {name!r} {why}\n"
                "  defined at test_identity.py\n"
            )


def test_the_name_of_the_service_is_that_of_a_user_that_has_none() -> None:
    """Where it cannot be, create=True is to blame."""
    assert user_name(on_host(as_user(create=True))) == "it"
    (message,) = said_of(**{"9web": as_user(create=True)})
    assert message.startswith(
        "`services[\"9web\"].identity.user` is to be made, but '9web' is none"
    )


@pytest.mark.parametrize("options", [{"uid": 480}, {"home": Path("/srv")}])
def test_only_a_user_that_is_made_has_a_number_and_a_home(options: dict[str, Any]) -> None:
    """One that exists has them already, and one made for a while gets them anew."""
    (name,) = options
    (dynamic,) = said_of(web=as_user(**options))
    assert dynamic.startswith(
        f"`services.web.identity` says {name} of a user that is made while the service runs\n"
    )
    (existing,) = said_of(web=as_user(user="app", **options))
    assert existing.startswith(f"`services.web.identity` says {name} of a user that exists\n")
    assert said_of(web=as_user(create=True, **options)) == []


def test_a_shared_identity_is_followed_to_its_owner() -> None:
    """Over several steps, whatever the owner says of itself."""
    web = as_user(user="app", create=True)
    cron = as_user(same_as=web)
    host = check(evaluate(Host(services={"web": web, "cron": cron, "it": as_user(same_as=cron)})))
    assert [user_name(each) for each in host.services.values()] == ["app"] * 3
    assert whose(host.services["it"]).__node__ is host.services["web"].__node__


def test_a_ring_of_identities_is_refused_at_each_of_them() -> None:
    """None of them says who it is."""

    class Ring(Service):
        @define(Service.services["a"])
        def _a(self) -> Service:
            return as_user(same_as=later(lambda: self.services["b"]))

        @define(Service.services["b"])
        def _b(self) -> Service:
            return as_user(same_as=self.services["a"])

    one, other = said_of(ring=Ring())
    assert one.startswith(
        "`services.ring.services.a.identity.same_as` refers to `services.ring.services.b`, which has"
        " it from this one\n"
    )
    assert other.startswith("`services.ring.services.b.identity.same_as` refers to ")


def test_nobody_s_identity_cannot_be_shared() -> None:
    """What groups, what is off, what is elsewhere, and the service itself."""
    inner = running()
    group = Service(services={"inner": inner})
    off = Service(process=Process(argv=ARGV), enable=False)
    (grouping,) = said_of(group=group, web=as_user(same_as=group))
    assert "which only groups others\n" in grouping
    (switched_off,) = said_of(off=off, web=as_user(same_as=off))
    assert "which is switched off\n" in switched_off
    (unit,) = said_of(web=as_user(same_as=host_unit("a.service")))
    assert "`a.service`, a unit of the host, of whose user nothing is known\n" in unit
    assert said_of(group=group, web=as_user(same_as=inner)) == []


def test_groups_may_stand_beside_a_shared_identity_and_nothing_else() -> None:
    """A user of its own would be another identity."""
    web = running()
    assert said_of(web=web, cron=as_user(same_as=web, groups=["adm"])) == []
    (message,) = said_of(web=web, cron=as_user(same_as=web, user="a", group="b"))
    assert message.startswith(
        "`services.cron.identity` is the same as that of `services.web`, and says user and group of"
        " its own\n"
    )


def test_a_number_that_is_no_users() -> None:
    """systemd-sysusers refuses it, and with it the file that has it."""
    (message,) = said_of(it=as_user(user="u", create=True, uid=65535))
    assert "65535" in message and "which stands for no user" in message
    assert said_of(it=as_user(user="u", create=True, uid=65534)) == []
