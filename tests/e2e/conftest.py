"""The machine fixtures for the tests in this directory, each of which is marked as `e2e`."""

from __future__ import annotations

from pathlib import Path

import pytest

from modsvc_dsl.testing.plugin import machine, machine_factory, pytest_runtest_makereport

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
