"""The machine fixtures for the tests in this directory, each of which is marked as `e2e`.

Most tests boot what is installed here. A test that takes `root` or `each_machine` runs twice: on that,
and on Debian 13, whose systemd is a later one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.overlay import HOST
from modsvc_dsl.testing.plugin import (
    MachineFactory,
    machine,
    machine_factory,
    pytest_runtest_makereport,
)
from tests.e2e.releases import root_of_debian_13

__all__ = ["machine", "machine_factory", "pytest_runtest_makereport"]

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here, and what takes a machine, so that `-m 'not needs_machine'` leaves it out."""
    for item in items:
        if _HERE not in item.path.parents:
            continue  # pytest hands over the tests of the whole session
        item.add_marker(pytest.mark.e2e)
        if "machine_factory" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.needs_machine)


@pytest.fixture(scope="session", params=["installed", "debian-13"])
def root(request: pytest.FixtureRequest) -> Path:
    """The root directory of what is installed here, and that of Debian 13."""
    return HOST if request.param == "installed" else root_of_debian_13()


@pytest.fixture(scope="session")
def debian_13(machine_factory: MachineFactory) -> Machine:
    """The Debian 13 that all tests of the session share, as they share `machine`."""
    return machine_factory("trixie", root=root_of_debian_13())


@pytest.fixture(scope="session")
def each_machine(
    machine_factory: MachineFactory, root: Path, request: pytest.FixtureRequest
) -> Machine:
    """The shared machine of each of the two."""
    found: Machine = request.getfixturevalue("machine" if root == HOST else "debian_13")
    return found
