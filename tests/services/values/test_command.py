"""Commands that run beside a process."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import Command, Lifecycle, Process, Service, check, evaluate, json_data
from modsvc_dsl.services.values.command import as_command
from tests.services.saying import ARGV

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
