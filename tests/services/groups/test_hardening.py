"""What a service may touch: strict unless relaxed, and every word is one word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import Hardening, Process, Service, check, evaluate, json_data
from tests.services.saying import ARGV, running, said_of


def hardened(**options: Any) -> Service:
    """A service with some options of the profile."""
    return Service(process=Process(argv=ARGV), hardening=Hardening(**options))


def test_the_profile_is_strict_unless_relaxed() -> None:
    """Nothing has to be said for it."""
    assert json_data(check(evaluate(running())).hardening) == {
        "enable": True,
        "capabilities": [],
        "new_privileges": False,
        "network": "host",
        "peers": None,
        "address_families": ["AF_UNIX", "AF_INET", "AF_INET6"],
        "file_system": "read-only",
        "writable_paths": [],
        "read_only_paths": [],
        "hidden_paths": [],
        "home": "hidden",
        "shared_tmp": False,
        "proc": "own",
        "devices": False,
        "host_users": True,
        "may_change": [],
        "executable_memory": False,
        "realtime": False,
        "namespaces": False,
        "system_calls": ["@system-service"],
    }


def test_definitions_replace_the_defaults_of_lists_and_join_each_other() -> None:
    """A mixin's family and the service's own are both there, without those of the default."""
    mixin = Service(hardening=Hardening(address_families=["AF_NETLINK"]))
    service = Service(
        process=Process(argv=ARGV),
        hardening=Hardening(address_families=["AF_UNIX"]),
        imports=[mixin],
    )
    assert check(evaluate(service)).hardening.address_families == ["AF_NETLINK", "AF_UNIX"]


WHAT = {
    "capabilities": 'the name of a capability, such as "CAP_NET_BIND_SERVICE"',
    "address_families": 'the name of an address family, such as "AF_INET"',
    "system_calls": 'the name of a system call or of a set, such as "@system-service"',
}


@pytest.mark.parametrize(
    ("option", "word"),
    [
        ("capabilities", "~CAP_SYS_ADMIN"),
        ("capabilities", "CAP_CHOWN CAP_KILL"),
        ("capabilities", "net_raw"),
        ("address_families", "~AF_INET"),
        ("address_families", "none"),
        ("system_calls", "~mount"),
        ("system_calls", "mount swapon"),
        ("system_calls", "mount:EPERM"),
    ],
)
def test_a_word_cannot_say_more_than_a_name(option: str, word: str) -> None:
    """A negation would allow what nobody named, and a blank would begin another word."""
    (message,) = said_of(web=hardened(**{option: [word]}))
    assert message.startswith(
        f"`services.web.hardening.{option}[0]` expects {WHAT[option]}\n"
        f"  found '{word}' (a string)\n  defined at test_hardening.py\n"
    )


@given(word=st.text(), option=st.sampled_from(["capabilities", "address_families", "system_calls"]))
def test_names_have_no_blanks_and_no_marks(word: str, option: str) -> None:
    """Whatever passes is letters, digits, _, - and for system calls an @ in front."""
    if not said_of(web=hardened(**{option: [word]})):
        assert word.removeprefix("@").replace("_", "").replace("-", "").isalnum() and word.isascii()


@pytest.mark.parametrize("word", ["@network-io", "clone3", "_sysctl", "@default"])
def test_system_calls_and_sets(word: str) -> None:
    """Both are named as systemd and the kernel do."""
    assert said_of(web=hardened(system_calls=[word])) == []


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("srv", "start it with /"),
        ("/a\nb", "write another one: it has a control character in it (U+000A)"),
        ("/a\0", "write another one: it has a control character in it (U+0000)"),
        ("/" + "a" * 4095, "write another one: it has more than 4095 bytes"),
    ],
)
def test_writable_paths_are_absolute_paths(path: str, advice: str) -> None:
    """They lie on the host, outside of the service's own folders."""
    (message,) = said_of(web=hardened(writable_paths=[Path(path)]))
    assert message.startswith(
        "`services.web.hardening.writable_paths[0]` expects an absolute path\n  found PosixPath("
    )
    assert message.endswith(f"\n  to fix: {advice}")


def test_devices_are_all_none_or_some() -> None:
    """Those of several modules join; what lies elsewhere is no device."""
    stick = Service(hardening=Hardening(devices=[Path("/dev/ttyUSB0")]))
    card = Service(hardening=Hardening(devices=[Path("/dev/dri/card0")]))
    both = Service(process=Process(argv=ARGV), imports=[stick, card])
    found = check(evaluate(both)).hardening.devices
    assert found == [Path("/dev/ttyUSB0"), Path("/dev/dri/card0")]
    (message,) = said_of(web=hardened(devices=[Path("/srv/card0")]))
    assert "`services.web.hardening.devices" in message
    assert "the path of a device, as /dev/ttyUSB0" in message


def test_what_homes_may_be() -> None:
    """Three words, and no boolean that could mean either."""
    (message,) = said_of(web=hardened(home="shown"))
    assert message.startswith(
        "`services.web.hardening.home` expects one of 'hidden', 'read-only' or 'visible'\n"
        "  found 'shown' (a string)\n"
    )


@pytest.mark.parametrize(
    ("options", "covered", "advice"),
    [
        (
            {"writable_paths": [Path("/home/ann/inbox")]},
            "'/home/ann/inbox' in writable_paths, and the service does not see it: home is \"hidden\"",
            'write home="read-only" beside it: what is in writable_paths can be written then',
        ),
        (
            {"read_only_paths": [Path("/root")]},
            "'/root' in read_only_paths, and the service does not see it: home is \"hidden\"",
            'write home="read-only" beside it: what is in writable_paths can be written then',
        ),
        (
            {"writable_paths": [Path("/srv/a/b")], "hidden_paths": [Path("/srv/a")]},
            "'/srv/a/b' in writable_paths, and the service does not see it: '/srv/a' is in hidden_paths",
            "hide what lies beside it instead, path by path",
        ),
        (
            {"writable_paths": [Path("/var/tmp/a")]},
            "'/var/tmp/a' in writable_paths, and the service does not see it: its temporary files are"
            " its own, and nobody else's",
            "write shared_tmp=True, or give the service a folder of its own in `directories`",
        ),
    ],
)
def test_what_may_be_written_is_seen(options: dict[str, Any], covered: str, advice: str) -> None:
    """systemd would leave the path out without a word, or the service would not start."""
    (message,) = said_of(web=hardened(**options))
    assert message.startswith(f"`services.web.hardening` has {covered}\n  defined at test_hard")
    assert message.endswith(f"\n  to fix: {advice}")


def test_what_is_seen_may_be_written() -> None:
    """Homes that are read-only, temporary files that are shared, what lies beside a hidden path."""
    fine = {
        "a": hardened(home="read-only", writable_paths=[Path("/home/ann/inbox")]),
        "b": hardened(shared_tmp=True, writable_paths=[Path("/tmp/a")]),
        "c": hardened(hidden_paths=[Path("/srv/a")], writable_paths=[Path("/srv/b"), Path("/tmp")]),
        "d": hardened(enable=False, writable_paths=[Path("/home/ann")]),
    }
    assert said_of(**fine) == []
