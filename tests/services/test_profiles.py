"""Profiles of hardening: each is imported, says what its name says, and joins with others."""

from __future__ import annotations

from pathlib import Path

import pytest

from modsvc_dsl import (
    Hardened,
    Hardening,
    Identity,
    JustInTime,
    LocalOnly,
    Monitoring,
    Networked,
    Offline,
    Process,
    Service,
    Trusted,
    Unconfined,
    check,
    evaluate,
    imports,
)
from modsvc_dsl.services import profiles
from tests.services.saying import ARGV, said_of

PROFILES = [
    *(Hardened, JustInTime, LocalOnly, Monitoring, Networked, Offline, Trusted, Unconfined),
]


def with_profiles(*given: type[Service], hardening: Hardening | None = None) -> Service:
    """A service that imports profiles, as a user of the host."""
    return Service(
        process=Process(argv=ARGV),
        identity=Identity(user="app"),
        hardening=hardening or Hardening(),
        imports=[profile() for profile in given],
    )


def test_all_profiles_are_known_here() -> None:
    """Whoever adds one adds it to the facade and to the page, too."""
    own = [
        each
        for each in vars(profiles).values()
        if isinstance(each, type) and each.__module__ == profiles.__name__
    ]
    assert sorted(map(str, own)) == sorted(map(str, PROFILES))


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_is_a_service_module_that_changes_no_other_option(profile: type[Service]) -> None:
    """It can be imported by an instance and by a class alike."""

    @imports(profile)
    class Importing(Service):
        process = Process(argv=ARGV)
        identity = Identity(user="app")

    one = check(evaluate(with_profiles(profile))).hardening
    other = check(evaluate(Importing())).hardening
    assert one.enable == other.enable == (profile is not Unconfined)
    assert one.network == other.network == ("none" if profile is Offline else "host")


def test_profiles_and_a_service_s_own_words_are_joined() -> None:
    """Lists are joined, and one that says more than the others adds it."""
    own = Hardening(address_families=["AF_VSOCK"])
    hardening = check(evaluate(with_profiles(Monitoring, JustInTime, hardening=own))).hardening
    assert hardening.executable_memory
    assert {"AF_NETLINK", "AF_VSOCK"} <= {*hardening.address_families}


@pytest.mark.parametrize(
    ("one", "other", "option"),
    [(Offline, Networked, "network"), (Hardened, Unconfined, "enable")],
)
def test_profiles_that_contradict_are_told(
    one: type[Service], other: type[Service], option: str
) -> None:
    """Neither wins by standing last."""
    (message,) = said_of(web=with_profiles(one, other))
    assert message.startswith(f"`services.web.hardening.{option}` has definitions that differ\n")


def test_privileges_are_gained_by_users_that_stay_only() -> None:
    """A user that is made while the service runs never can."""
    dynamic = Service(process=Process(argv=ARGV), hardening=Hardening(new_privileges=True))
    (message,) = said_of(web=dynamic)
    assert message.startswith(
        "`services.web.hardening.new_privileges` is on for a user that is made while the service"
        " runs, and that no program can give more rights\n  defined at test_profiles.py\n"
    )
    assert said_of(web=with_profiles(Trusted)) == []


def test_a_path_is_one_thing() -> None:
    """Below a path something else can be said."""
    data = Path("/srv/data")
    own = Hardening(writable_paths=[data], hidden_paths=[data])
    (message,) = said_of(web=with_profiles(hardening=own))
    assert message.startswith(
        "`services.web.hardening` has '/srv/data' both in writable_paths and in hidden_paths\n"
    )
    below = Hardening(writable_paths=[data], hidden_paths=[data / "keys"])
    assert said_of(web=with_profiles(hardening=below)) == []


@pytest.mark.parametrize("peer", ["example.org", "10.0.0.1/8", "1.2.3", "", "any\n", "::g", "*"])
def test_a_peer_is_an_address_or_a_network(peer: str) -> None:
    """Names of hosts are the program's to find out."""
    (message,) = said_of(web=with_profiles(hardening=Hardening(peers=[peer])))
    assert "expects an address or a network, such as" in message
    assert "\n  to fix: write " in message
