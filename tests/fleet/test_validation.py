"""Validators of config files: run where somebody asks, without a shell, and in time."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from modsvc_dsl import (
    ConfigFile,
    Host,
    Mistake,
    Mistakes,
    Process,
    Service,
    ThisFile,
    build,
    check,
    evaluate,
    flatten,
    settings,
    this_file,
    validate,
    Validated,
)
from tests.services.saying import ARGV, said, said_of


def validated(
    validator: list[str | ThisFile], patience: float = 60, name: str = "a.conf"
) -> Validated:
    """What comes of a file `a.conf` beside another one."""
    files = {
        "a": ConfigFile(text="one\n", validator=validator, name=name),
        "b.json": ConfigFile(settings=settings({"x": 1})),
        "off": ConfigFile(text="", enable=False, validator=["/bin/false", this_file]),
    }
    host = Host(services={"web": Service(process=Process(argv=ARGV), config_data=files)})
    result = check(evaluate(host))
    return validate(result, build(result), patience)


def objections(validator: list[str | ThisFile], patience: float = 60) -> tuple[Mistake, ...]:
    """What is wrong with the file."""
    with pytest.raises((Mistake, Mistakes)) as caught:
        validated(validator, patience)
    assert isinstance(caught.value, (Mistake, Mistakes))
    return flatten(caught.value)


def test_a_file_that_its_validator_is_content_with() -> None:
    """The command sees the file's content under its own name, and the other files beside it."""
    script = 'test "$(cat "$1")" = one && test -f "$(dirname "$1")/../b.json" && test "$0" = "-c$1"'
    command: list[str | ThisFile] = ["/bin/sh", "-c", script, ThisFile("-c"), this_file]
    assert validated(command, name="etc/a b") == Validated({}, 1)


def test_a_file_that_its_validator_objects_to() -> None:
    """The message has what it printed, with the file's own name, and the user's lines."""
    (found,) = objections(["/bin/sh", "-c", 'echo "bad: $1" >&2; echo more; exit 3', "", this_file])
    lines = str(found).splitlines()
    assert lines[:3] == [
        "`services.web.config_data.a` is refused by its validator: /bin/sh ended with 3",
        "  bad: a.conf",
        "  more",
    ]
    assert lines[3].startswith(f"  defined at {__file__}:")


def test_a_program_that_is_not_here_is_a_note() -> None:
    """The machine that builds need not have what the host has."""
    found = validated(["no-such-program", this_file])
    assert found.run == 0
    assert found.notes == {
        "host": (
            "`services.web.config_data.a` is not validated: no-such-program is not installed here",
        )
    }


def test_a_validator_that_does_not_end(tmp_path: Path) -> None:
    """It is ended, with what it started; the time is said."""
    (found,) = objections(["/bin/sh", "-c", "sleep 1000 & sleep 1000", this_file], 0.2)
    assert str(found).splitlines()[0].endswith("/bin/sh did not end within 0.2 seconds")


def test_a_validator_that_leaves_something_running() -> None:
    """Nobody waits for that, though it holds what the command wrote to."""
    (found,) = objections(["/bin/sh", "-c", "setsid sleep 1000 & echo $!; exit 3", this_file])
    headline, left, *_ = str(found).splitlines()
    assert headline.endswith("/bin/sh ended with 3")
    os.kill(int(left), signal.SIGKILL)  # it is there


def test_a_validator_that_a_signal_ends() -> None:
    """The signal is named."""
    (found,) = objections(["/bin/sh", "-c", "kill -TERM $$", this_file])
    assert str(found).splitlines()[0].endswith("/bin/sh was ended by SIGTERM")


def test_no_shell_reads_the_command() -> None:
    """Arguments arrive as they are."""
    script = 'test "$1" = \'$(x) `y` ; "\''
    assert validated(["/bin/sh", "-c", script, "", '$(x) `y` ; "', this_file]).run == 1


@pytest.mark.parametrize(
    ("command", "why", "advice"),
    [
        (
            ["/bin/true"],
            "does not say where the path of the file stands",
            'write this_file among the arguments: ["...", this_file]',
        ),
        (
            ["bin/true", this_file],
            "starts with 'bin/true', which is neither an absolute path nor the name of a program",
            'write the program first, as in ["/usr/sbin/nginx", ...]',
        ),
        (
            [this_file],
            "starts with ThisFile(prefix='', suffix=''), which is neither an absolute path nor the"
            " name of a program",
            'write the program first, as in ["/usr/sbin/nginx", ...]',
        ),
        (
            ["/bin/true", this_file, "a\0"],
            "has a NUL in it, which ends a string",
            "write it without",
        ),
    ],
)
def test_commands_that_could_not_be_run(
    command: list[str | ThisFile], why: str, advice: str
) -> None:
    """They are mistakes of the configuration, whether anybody validates or not."""
    file = ConfigFile(text="", validator=command)
    web = Service(process=Process(argv=ARGV), config_data={"a.conf": file})
    assert said_of(web=web) == [
        f'`services.web.config_data["a.conf"].validator` {why}\n'
        "  defined at test_validation.py\n"
        '      file = ConfigFile(text="", validator=command)\n'
        f"  to fix: {advice}"
    ]


def test_two_commands_are_not_joined_to_one() -> None:
    """Lists join; a command is one."""
    other = Service(config_data={"a": ConfigFile(validator=["/bin/a", this_file])})
    file = ConfigFile(text="", validator=["/bin/b", this_file])
    web = Service(process=Process(argv=ARGV), config_data={"a": file}, imports=[other])
    (message,) = said_of(web=web)
    assert "takes a single definition: a command is one list" in message


def test_nothing_is_run_by_building() -> None:
    """Only who asks runs a program."""
    file = ConfigFile(text="", validator=["/bin/false", this_file])
    web = Service(process=Process(argv=ARGV), config_data={"a": file})
    assert said(lambda: build(evaluate(Host(services={"web": web})))) == []
