"""pytest fixtures over `Machine`: `machine`, one for the whole session, and `machine_factory`.

In: the tests that ask for a machine. Out: a booted one; a skip with the reason where this host
cannot boot one, or a failure where `MODSVC_REQUIRE_MACHINE=1` says that it must (as in continuous
integration, where a skip would go unnoticed); beside the report of a failed test, what its machines
were doing. Refuses to know what is tested.

Not an entry point yet: a conftest.py imports the three names `machine`, `machine_factory` and
`pytest_runtest_makereport`.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

import pytest

from modsvc_dsl.testing.errors import MachineError, Unsupported
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.overlay import HOST

__all__ = ["MachineFactory", "machine", "machine_factory", "pytest_runtest_makereport"]

REQUIRE = "MODSVC_REQUIRE_MACHINE"
"""The environment variable that turns a skip into a failure when it is `1`."""


class MachineFactory:
    """Boots machines, and stops those that are left at the end of the session.

    A call returns a booted machine of the caller's own; a `with` block stops it early. Where none
    can be booted, the call skips or fails the test that made it, as `refuse` says.
    """

    def __init__(self, undo: ExitStack) -> None:
        self._undo = undo
        self._made: list[Machine] = []

    @property
    def running(self) -> list[Machine]:
        """The machines that run now, oldest first."""
        return [made for made in self._made if made.running]

    def __call__(
        self, name: str = "machine", *, root: Path = HOST, read_only: Sequence[Path] = ()
    ) -> Machine:
        """Boot a machine; the arguments are those of `Machine`. Raises what its `start` raises."""
        made = Machine(name, root=root, read_only=read_only)
        try:
            made.start()
        except Unsupported as lack:
            refuse(lack.reason, os.environ.get(REQUIRE))
        self._undo.callback(made.stop)
        self._made.append(made)
        return made


def refuse(reason: str, required: str | None) -> NoReturn:
    """Skip the test for `reason`; fail it where `required`, the environment variable, is `1`."""
    if required == "1":
        pytest.fail(f"{REQUIRE}=1, but no machine can be booted here: {reason}", pytrace=False)
    pytest.skip(f"no machine can be booted here: {reason}")


@pytest.fixture(scope="session")
def machine_factory() -> Iterator[MachineFactory]:
    """Boots a fresh machine at each call, in half a second; for tests that reboot or break it."""
    with ExitStack() as undo:
        yield MachineFactory(undo)


@pytest.fixture(scope="session")
def machine(machine_factory: MachineFactory) -> Machine:
    """The machine that all tests of the session share: they use unit and file names of their own."""
    return machine_factory()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the diagnosis of each machine that a failed test had to its report."""
    report = yield
    if report.failed:
        for each in machines_of(item):
            report.sections.append((f"machine {each.name}", describe(each)))
    return report


def machines_of(item: pytest.Item) -> list[Machine]:
    """Return the running machines that a test got by a fixture of whatever name."""
    found: dict[int, Machine] = {}
    for value in getattr(item, "funcargs", {}).values():
        given = value.running if isinstance(value, MachineFactory) else [value]
        found.update({id(one): one for one in given if isinstance(one, Machine) and one.running})
    return list(found.values())


def describe(machine: Machine) -> str:
    """Return the machine's diagnosis, or why there is none: the test's own failure comes first."""
    try:
        return machine.diagnosis()
    except MachineError as error:
        return f"no diagnosis: {error}"
