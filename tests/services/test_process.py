"""What a service runs: its environment and its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from modsvc_dsl import Process, Service, check, default, evaluate, force
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
