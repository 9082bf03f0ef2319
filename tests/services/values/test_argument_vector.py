"""Command lines: never empty, never relative, merged in order, passed as they are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import Process, Service, after, before, evaluate, is_defined, order
from tests.services.saying import said_of

ADVICE = '  to fix: write the absolute path of the program first, as in "/usr/bin/server"'


@pytest.mark.parametrize(
    ("argv", "headline"),
    [
        ([], "is an empty list, and its first item is the program to run"),
        ([""], "starts with an empty string, where the program stands"),
        (["server"], "starts with 'server', which is no absolute path"),
        (["./server"], "starts with './server', which is no absolute path"),
        (["~/server", "-v"], "starts with '~/server', which is no absolute path"),
    ],
)
def test_a_command_line_starts_with_an_absolute_path(argv: list[str], headline: str) -> None:
    """An empty command line, an empty program and a relative one are refused in whole messages."""
    assert said_of(web=Service(process=Process(argv=argv))) == [
        f"`services.web.process.argv` {headline}\n"
        "  defined at test_argument_vector.py\n"
        "      assert said_of(web=Service(process=Process(argv=argv))) == [\n" + ADVICE
    ]


def test_a_nul_is_refused_where_it_stands() -> None:
    """No process can be given a NUL: the item is named."""
    assert said_of(web=Service(process=Process(argv=["/bin/x", "a", "b\0c"]))) == [
        "`services.web.process.argv[2]` holds a NUL, which ends a string\n"
        "  found 'b\\x00c'\n"
        "  defined at test_argument_vector.py\n"
        '      assert said_of(web=Service(process=Process(argv=["/bin/x", "a", "b\\0c"]))) == [\n'
        "  to fix: write a text without it"
    ]


def test_text_is_no_command_line() -> None:
    """A string is not split: the message says what to write."""
    wrong = Process(argv="/bin/x -v")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    (message,) = said_of(web=Service(process=wrong))
    assert message.startswith(
        "`services.web.process.argv` expects a list of strings that starts with the absolute path "
        "of a program\n  found '/bin/x -v' (a string)\n"
    )
    assert message.endswith(
        "\n  to fix: no shell splits it: write each argument by itself, as in ['/bin/x', '-v']"
    )


def test_an_item_that_is_no_text_is_named() -> None:
    """The path leads to the item."""
    wrong = Process(argv=["/bin/x", 3])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    (message,) = said_of(web=Service(process=wrong))
    assert message.startswith("`services.web.process.argv[1]` expects a string\n  found 3 ")
    assert message.endswith('\n  to fix: write "3" in quotes, or str(...)')


class Server(Service):
    process = Process(argv=["/bin/server"])


class Verbose(Server):
    process = Process(argv=after(["-v"]))


class Wrapped(Verbose):
    process = Process(argv=before(["/bin/env", "-i"]))


def test_definitions_are_joined_in_order() -> None:
    """Modules add arguments before and behind, and the whole must start with a program."""
    argv = evaluate(Wrapped(process=Process(argv=order(700, ["A=b"])))).process.argv
    assert argv == ["/bin/env", "-i", "A=b", "/bin/server", "-v"]


def test_an_absent_command_line_has_no_value() -> None:
    """It is no empty list: nothing is defined, as for services that only group others."""
    service = evaluate(Service(services={"a": Server()}))
    assert not is_defined(service, "process.argv")
    assert is_defined(service.services["a"], "process.argv")


@given(arguments=st.lists(st.text(st.characters(exclude_characters="\0"))))
def test_every_text_is_an_argument(arguments: list[str]) -> None:
    """Nothing is split, quoted, expanded or lost."""
    argv = ["/bin/server", *arguments]
    assert evaluate(Service(process=Process(argv=argv))).process.argv == argv


def test_a_whole_command_line_is_told_to_be_written_in_parts() -> None:
    """In brackets alone it would be a program with blanks in its name."""
    line: Any = "/usr/bin/app --port 80"
    [text] = said_of(it=Service(process=Process(argv=line)))
    advice = "write each argument by itself, as in ['/usr/bin/app', '--port', '80']"
    assert text.endswith(f"no shell splits it: {advice}")
