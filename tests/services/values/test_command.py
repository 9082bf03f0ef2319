"""Commands that run beside a process."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import (
    Command,
    Lifecycle,
    Network,
    Process,
    Service,
    Socket,
    check,
    evaluate,
    json_data,
)
from modsvc_dsl.services.values.command import as_command
from tests.services.saying import ARGV, said_of

TEXTS = st.text(st.characters(exclude_characters="\0"))


@given(arguments=st.lists(TEXTS), privileged=st.booleans(), may_fail=st.booleans())
def test_a_command_stays_what_it_says(
    arguments: list[str], privileged: bool, may_fail: bool
) -> None:
    """Byte for byte, as a list and as a Command."""
    argv = ["/bin/a", *arguments]
    command = Command(argv, privileged, may_fail)
    lifecycle = Lifecycle(before_start=[argv, command], stop_command=command)
    found = check(evaluate(Service(process=Process(argv=ARGV), lifecycle=lifecycle))).lifecycle
    assert found.before_start == [argv, command]
    assert found.stop_command == command
    assert json.loads(json.dumps(json_data(found)))["stop_command"] == {
        "argv": argv,
        "privileged": privileged,
        "may_fail": may_fail,
    }


def test_a_plain_list_is_neither_privileged_nor_forgiven() -> None:
    """Root is written out."""
    assert as_command(["/bin/a"]) == Command(["/bin/a"], privileged=False, may_fail=False)


def test_the_signs_of_units_have_words_of_their_own() -> None:
    """Also a line of a shell in a Command, and an address in the place of a socket."""
    hooks = Lifecycle(before_start=[["-/bin/ip", "x"], ["+/bin/ip", "y"], Command("/bin/a b")])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    messages = "\n".join(said_of(it=Service(process=Process(argv=ARGV), lifecycle=hooks)))
    assert "write Command(['/bin/ip', 'x'], may_fail=True)" in messages
    assert "write Command(['/bin/ip', 'y'], privileged=True)" in messages
    assert "write each argument by itself, as in ['/bin/a', 'b']" in messages
    main = said_of(it=Service(process=Process(argv=["-/bin/x"])))
    assert "may_fail" not in "".join(main)


@pytest.mark.parametrize(
    ("listen", "meant"),
    [
        ("127.0.0.1:80", "write InetSocket('127.0.0.1', 80)"),
        ("[::1]:80", "write InetSocket('::1', 80)"),
        (":80", "write the port alone: 80"),
        ("web", "write Path('web')"),
    ],
)
def test_an_address_as_a_text(listen: Any, meant: str) -> None:
    """What it is written as."""
    network = Network(sockets={"a": Socket(listen=[listen])})
    (message,) = said_of(it=Service(process=Process(argv=ARGV), network=network))
    assert meant in message
