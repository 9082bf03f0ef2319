"""Every text that a process can be given is read back as it was, and every other is refused.

In: awkward texts. Out: what a reader that follows supervisor's rules makes of them. Refuses to run
supervisor: `test_with_supervisord` does.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given, strategies

from modsvc_dsl.managers.supervisor import text
from modsvc_dsl.managers.supervisor.text import (
    argument_problem,
    command_line,
    comment,
    setting,
    text_problem,
)
from modsvc_dsl.services.values.argument_vector import LONGEST_ARGUMENT
from tests.managers.supervisor.awkward import TEXTS
from tests.managers.supervisor.reader import Program, read

ARGUMENTS = strategies.lists(TEXTS, max_size=4)
ENVIRONMENTS = strategies.dictionaries(
    strategies.sampled_from(["A", "B_1", "_c", "PATH"]), strategies.none() | TEXTS, max_size=4
)


def section(**settings: str) -> Program:
    """What is read of a program with some settings."""
    lines = [f"{key}={value}" for key, value in settings.items()]
    written = "\n".join(["[program:it]", *lines, "=".join(text.RETURN_SECTION_LINE), ""])
    return read(written.encode())


@given(ARGUMENTS)
@example([""])
@example(["a ; b", "a # b", ";", "#", "\n;", "x\n  y \n\n z"])
@example(["%(here)s", "%%(here)s", "%", "%%", "%(program_name).0s", "%(process_num)c"])
@example(["\r", "\r\n", "it's", '"', "'\"", "\\", "\\n", "$A `b` $(c)"])
def test_an_argument_vector_arrives(arguments: list[str]) -> None:
    """Each argument, and no other."""
    argv = ["/bin/program", *arguments]
    command, assignments = command_line(argv, {})
    assert section(command=setting(command)).argv == argv
    assert assignments == {}


@given(TEXTS)
def test_a_directory_arrives(directory: str) -> None:
    """A setting that is not split into words is the same text."""
    program = section(command="/bin/a", directory=setting(directory))
    assert program.directory == directory


@given(ENVIRONMENTS)
@example({"A": "'", "B_1": '"', "_c": "a'b\"c", "PATH": "'a b'"})
@example({"A": "", "B_1": "a'b", "_c": 'a"b', "PATH": None})
def test_an_environment_arrives(environment: dict[str, str | None]) -> None:
    """Each variable by `environment=`, or by env in front of the command."""
    command, assignments = command_line(["/bin/program", "x"], environment)
    written = {"environment": setting(",\n".join(assignments.values()))} if assignments else {}
    program = section(command=setting(command), **written)
    argv, unset, given_ = program.argv, [], dict(program.environment)
    if argv[0] == text.ENV:
        argv = argv[1:]
        while argv[0] == "-u":
            unset.append(argv[1])
            argv = argv[2:]
        while "=" in argv[0]:
            name, _, value = argv.pop(0).partition("=")
            given_[name] = value
    assert argv == ["/bin/program", "x"]
    assert given_ == {name: value for name, value in environment.items() if value is not None}
    assert unset == sorted(name for name, value in environment.items() if value is None)


def test_what_needs_no_care_looks_as_written() -> None:
    """No quotes, no env, no tricks where none is needed."""
    command, assignments = command_line(["/bin/a", "--b=c", "d e"], {"F": "g h"})
    assert setting(command) == "/bin/a --b=c 'd e'"
    assert assignments == {"F": 'F="g h"'}


def test_what_needs_care_is_parted_at_one_place() -> None:
    """The tricks, as the document describes them."""
    assert setting("a ; b") == "a %(program_name).0s; b"
    assert setting("50% of %(here)s") == "50%% of %%%(program_name).0s(here)s"
    assert setting("a\n b\r") == "a\n    %(program_name).0s b%(process_num)c"
    assert command_line(["/bin/a"], {"B": None, "C": "'\""}) == (
        "/usr/bin/env -u B 'C='\"'\"'\"' /bin/a",
        {},
    )


@pytest.mark.parametrize("bad", ["\0", "a\0b", "\ud800", "\udfff"])
def test_what_no_process_can_be_given_is_refused(bad: str) -> None:
    """Both by those who ask first, and by the renderer."""
    assert text_problem(bad)
    assert argument_problem(bad)
    with pytest.raises(ValueError, match="NUL|surrogate"):
        setting(bad)


def test_an_argument_has_a_longest_length() -> None:
    """In bytes of UTF-8, as the kernel counts."""
    assert not argument_problem("a" * LONGEST_ARGUMENT)
    assert f"has {LONGEST_ARGUMENT + 1} bytes" in argument_problem("a" * (LONGEST_ARGUMENT + 1))
    assert argument_problem("é" * (LONGEST_ARGUMENT // 2 + 1))


@given(TEXTS)
def test_a_comment_is_one_line(words: str) -> None:
    """Nothing in it can become a setting or a section."""
    line = comment(f"{words}\ud800")
    assert line.startswith("; ")
    assert len(line.encode().decode().splitlines()) == 1
    program = read(f"{line}\n[program:it]\ncommand=/bin/a\n".encode())
    assert program.settings == {"command": "/bin/a"}
