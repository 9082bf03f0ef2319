"""What the tests of the command share: a folder to run it in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.modsvc import Modsvc


@pytest.fixture
def modsvc(tmp_path: Path) -> Modsvc:
    """The command in an empty folder."""
    return Modsvc(tmp_path)
