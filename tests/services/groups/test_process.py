"""What a service runs: its environment and its folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Lifecycle,
    OptionalFile,
    Process,
    Service,
    check,
    default,
    evaluate,
    force,
)
from tests.services.saying import ARGV, running, said_of


class Located(Service):
    process = Process(argv=ARGV, environment={"LANG": "C", "HOME": None, "MODE": default("slow")})


def test_environments_are_merged_by_name() -> None:
    """A module adds variables, overrides defaults, and None stays None: it unsets."""
    more = Service(process=Process(environment={"MODE": "fast", "TZ": "UTC"}))
    process = check(evaluate(Located(imports=[more]))).process
    assert process.environment == {"LANG": "C", "HOME": None, "MODE": "fast", "TZ": "UTC"}


def test_two_values_of_a_variable_are_a_conflict() -> None:
    """Setting and unsetting one variable is one, too; both lines are named."""
    service = Located(process=Process(environment={"MODE": "fast", "LANG": "de"}))
    assert said_of(web=service) == [
        "`services.web.process.environment.LANG` has definitions that differ\n"
        "  'C' at test_process.py\n"
        '      process = Process(argv=ARGV, environment={"LANG": "C", "HOME": None, "MODE": default("slow")})\n'
        "  'de' at test_process.py\n"
        '      service = Located(process=Process(environment={"MODE": "fast", "LANG": "de"}))\n'
        "  to fix: remove one of them, weaken one with default(...), or let one win with force(...)"
    ]
    (message,) = said_of(web=Located(process=Process(environment={"HOME": "/srv"})))
    assert message.startswith(
        "`services.web.process.environment.HOME` is defined both as None and as something\n"
    )
    forced = Located(process=Process(environment={"HOME": force("/srv")}))
    assert check(evaluate(forced)).process.environment["HOME"] == "/srv"


@pytest.mark.parametrize("name", ["", "A B", "A=B", "1A", "É", "A\n", "\0"])
def test_names_of_variables(name: str) -> None:
    """Letters, digits and _, no digit first: what every shell and manager takes."""
    service = Service(process=Process(argv=ARGV, environment={name: "x"}))
    (message,) = said_of(web=service)
    assert message.startswith(
        "`services.web.process.environment` expects keys that are each the name of a variable: "
        f"letters, digits and _, no digit first\n  found {name!r} (a string)\n"
        "  defined at test_process.py\n"
    )


@pytest.mark.parametrize("name", ["A", "_", "a_1", "PATH"])
def test_other_names_are_taken(name: str) -> None:
    """Small letters are fine."""
    service = Service(process=Process(argv=ARGV, environment={name: "x\n=\0 y"[:3]}))
    assert check(evaluate(service)).process.environment == {name: "x\n="}


@pytest.mark.parametrize(
    ("folder", "advice"),
    [("srv", "start it with /"), ("~/x", "write the home directory out: a service has no ~")],
)
def test_the_folder_is_absolute(folder: str, advice: str) -> None:
    """A relative folder would depend on where the manager runs."""
    service = Service(process=Process(argv=ARGV, working_directory=Path(folder)))
    assert said_of(web=service) == [
        "`services.web.process.working_directory` expects an absolute path or None\n"
        f"  found PosixPath('{folder}') (a PosixPath)\n"
        "  defined at test_process.py\n"
        "      service = Service(process=Process(argv=ARGV, working_directory=Path(folder)))\n"
        f"  to fix: {advice}"
    ]


def test_nothing_is_passed_that_nobody_says() -> None:
    """Without a definition the environment is empty and the folder the manager's choice."""
    process = check(evaluate(running())).process
    assert process.environment == {} and process.working_directory is None
    assert process.environment_files == [] and process.umask is None
    assert process.flags == {} and process.argv == ARGV
    assert process.reload_signal is None and process.reload_command is None


@pytest.mark.parametrize("mask", [0o027, "027", "0027", "0o027"])
def test_a_umask_is_a_number_however_it_is_written(mask: int | str) -> None:
    """Texts are octal, as people write masks."""
    assert check(evaluate(Service(process=Process(argv=ARGV, umask=mask)))).process.umask == 0o027


def test_two_spellings_of_a_umask_are_no_conflict() -> None:
    """What counts is the mask."""
    module = Service(process=Process(argv=ARGV, umask="0027"))
    assert evaluate(Service(process=Process(umask=0o27), imports=[module])).process.umask == 0o27
    (message,) = said_of(web=Service(process=Process(umask=0o22), imports=[module]))
    assert message.startswith("`services.web.process.umask` has definitions that differ\n")


@pytest.mark.parametrize(
    ("mask", "shown", "advice"),
    [
        ("77", "'77' (a string)", "write three octal digits, perhaps with a 0 before them"),
        ("0088", "'0088' (a string)", "write three octal digits, perhaps with a 0 before them"),
        (0o1077, "575 (an integer)", "it has nine bits at the most: 0o777"),
        (-1, "-1 (an integer)", "it is not negative"),
    ],
)
def test_what_is_no_umask(mask: Any, shown: str, advice: str) -> None:
    """Sticky bits, signs, digits that are not octal."""
    assert said_of(web=Service(process=Process(argv=ARGV, umask=mask))) == [
        '`services.web.process.umask` expects a mask of permissions, such as 0o077 or "0077", or '
        f"None\n  found {shown}\n  defined at test_process.py\n"
        "      assert said_of(web=Service(process=Process(argv=ARGV, umask=mask))) == [\n"
        f"  to fix: {advice}"
    ]


def test_files_of_variables_may_be_optional() -> None:
    """They join in order; a relative path is none on a host."""
    files: list[Path | OptionalFile] = [
        Path("/etc/default/web"),
        OptionalFile(Path("/run/web.env")),
    ]
    service = Service(process=Process(argv=ARGV, environment_files=files))
    assert check(evaluate(service)).process.environment_files == files
    wrong = Process(argv=ARGV, environment_files=[Path("a"), OptionalFile(Path("b"))])
    heads = [message.split("\n")[0] for message in said_of(web=Service(process=wrong))]
    assert heads == [
        "`services.web.process.environment_files[0]` expects an absolute path or an OptionalFile",
        "`services.web.process.environment_files[1].path` expects an absolute path",
    ]


def test_there_is_one_way_to_reload() -> None:
    """The message has the line of each."""
    module = Service(process=Process(reload_signal="SIGHUP"))
    service = Service(
        process=Process(argv=ARGV, reload_command=["/usr/bin/web", "reload"]), imports=[module]
    )
    assert said_of(web=service) == [
        "`services.web.process` is reloaded in two ways, by a signal and by a command\n"
        "  `reload_signal` defined at test_process.py\n"
        '      module = Service(process=Process(reload_signal="SIGHUP"))\n'
        "  `reload_command` defined at test_process.py\n"
        '      process=Process(argv=ARGV, reload_command=["/usr/bin/web", "reload"]), imports=[module]\n'
        "  to fix: keep one of them, or say None for the other with force(None)"
    ]


@pytest.mark.parametrize(
    ("signal", "advice"),
    [
        ("HUP", "write 'SIGHUP'"),
        ("sighup", "write 'SIGHUP'"),
        ("SIGKILL", "no process can handle that one"),
        ("SIGUSR3", "did you mean 'SIGUSR2'?"),
    ],
)
def test_signals_have_their_names(signal: Any, advice: str) -> None:
    """And a process can handle them."""
    (message,) = said_of(web=Service(process=Process(argv=ARGV, reload_signal=signal)))
    assert message.startswith(
        "`services.web.process.reload_signal` expects the name of a signal, such as 'SIGHUP', or None\n"
    )
    assert message.endswith(f"\n  to fix: {advice}")


def test_what_comes_before_a_reload_needs_one() -> None:
    """And is refused for a type that systemd itself sends the signal to, which it does first."""
    before = Process(argv=ARGV, before_reload=[["/usr/bin/web", "check"]])
    (message,) = said_of(web=Service(process=before))
    assert message == (
        "`services.web.process` has something to do before a reload, and nothing that reloads it\n"
        "  `before_reload` defined at test_process.py\n"
        '      before = Process(argv=ARGV, before_reload=[["/usr/bin/web", "check"]])\n'
        "  to fix: write reload_signal or reload_command beside it, or take it away"
    )
    signal = Process(argv=ARGV, reload_signal="SIGHUP", before_reload=[["/usr/bin/web", "check"]])
    service = Service(process=signal, lifecycle=Lifecycle(type="notify-reload"))
    (message,) = said_of(web=service)
    assert message.startswith("`services.web` is of type notify-reload, which is reloaded by a sig")
    assert message.endswith('type="notify" to have the command run, or take before_reload away')
