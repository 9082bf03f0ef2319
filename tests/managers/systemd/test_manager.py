"""systemd as a manager: a version, modules, and emission."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from modsvc_dsl import Host, Mistake, SystemdManager, SystemdService, evaluate, json_data
from modsvc_dsl.managers.systemd.directives.table import versions
from modsvc_dsl.managers.systemd.versions import NEWEST, OLDEST
from tests.managers.systemd.reading import running
from tests.services.saying import said


def test_a_host_has_the_newest_known_systemd_unless_said() -> None:
    """The manager is plain data: it compares, pickles, and is JSON."""
    host = evaluate(Host())
    assert host.manager == SystemdManager(version=NEWEST) == SystemdManager()
    assert pickle.loads(pickle.dumps(host.manager)) == host.manager
    assert json_data(host)["manager"] == {"version": NEWEST, "scope": "system"}
    assert host.manager.name == "systemd" and host.manager != SystemdManager(version=OLDEST)


def test_it_brings_its_module_to_every_service() -> None:
    """Also to those below others."""
    assert SystemdManager().modules() == (SystemdService,)
    host = evaluate(Host(services={"a": running()}))
    assert SystemdService in host.services["a"]


@pytest.mark.parametrize("version", [251, 0, -1, "252", 252.0, True, None])
def test_a_version_is_one_that_tables_reach(version: Any) -> None:
    """Older ones, and what is no whole number, are refused where they are written."""
    assert said(lambda: SystemdManager(version=version)) == [
        f"SystemdManager(version={version!r}): no version that is known\n"
        "  written at test_manager.py\n"
        "      assert said(lambda: SystemdManager(version=version)) == [\n"
        "  to fix: write the host's version as a whole number, from 252 on: systemctl --version"
    ]


@pytest.mark.parametrize("version", [252, 255, 257, 300])
def test_versions_between_and_after_the_tables_are_fine(version: int) -> None:
    """A Fedora or an Ubuntu between two Debians, and what comes later."""
    assert SystemdManager(version=version).version == version


def test_an_old_version_is_a_mistake_like_any_other() -> None:
    """The command shows it without a traceback."""
    with pytest.raises(Mistake):
        SystemdManager(version=1)


def test_nothing_is_emitted_for_no_services() -> None:
    """A host may be empty."""
    emitted = SystemdManager().emit({})
    assert (dict(emitted.files), emitted.sources, emitted.notes, emitted.mistakes) == (
        {},
        (),
        (),
        (),
    )


def test_the_oldest_and_the_newest_version_have_tables() -> None:
    """The numbers of `versions` are those of the tables beside it."""
    assert (OLDEST, NEWEST) == (versions()[0], versions()[-1])
