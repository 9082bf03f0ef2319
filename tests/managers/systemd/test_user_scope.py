"""A user's manager: its folders and targets, what it cannot keep, and what it cannot do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    File,
    Hardening,
    Host,
    HostSystemd,
    Identity,
    Process,
    Service,
    Systemd,
    SystemdHost,
    SystemdManager,
    SystemdService,
    TmpfilesRule,
    Unit,
    build,
    evaluate,
    systemd,
)
from modsvc_dsl.fleet.build import Built
from tests.services.saying import ARGV, said

FOLDER = "etc/systemd/user"


def built(*modules: Any, **options: Any) -> Built:
    """The tree of a user's manager with a service `it`."""
    service = Service(process=Process(argv=ARGV), imports=modules, **options)
    return build(evaluate(Host(manager=SystemdManager(scope="user"), services={"it": service})))


def unit(found: Built, name: str = "it.service") -> dict[str, str]:
    """The directives of a unit."""
    entry = found.trees["host"][f"{FOLDER}/{name}"]
    assert isinstance(entry, File)
    lines = entry.content.decode("utf-8").split("\n")
    return {key: value for key, eq, value in (line.partition("=") for line in lines) if eq}


def test_units_lie_in_the_users_folder_and_start_with_them() -> None:
    """The target is what a user's manager starts by itself."""
    assert list(built().trees["host"]) == [
        f"{FOLDER}/default.target.wants/it.service",
        f"{FOLDER}/it.service",
    ]


def test_a_target_that_somebody_names_is_kept() -> None:
    """Even the one that only the system has: they know best."""
    found = built(systemd(install={"WantedBy": ["multi-user.target"]}))
    assert f"{FOLDER}/multi-user.target.wants/it.service" in found.trees["host"]


def test_nobody_is_changed_to() -> None:
    """A user's manager runs everything as its user; filters of system calls it can keep."""
    found = unit(built())
    assert not {"User", "DynamicUser", "CapabilityBoundingSet", "ProtectSystem"} & found.keys()
    assert found["NoNewPrivileges"] == "true" and "SystemCallFilter" in found


def test_what_cannot_be_kept_is_listed() -> None:
    """One note for each unit, with the directives that are left out."""
    (note,) = built().notes["host"]
    assert note.startswith(
        "`services.it`: it.service: a user's manager cannot keep ProtectSystem, "
    )
    assert note.endswith("; left out")
    assert not built(hardening=Hardening(enable=False)).notes["host"]


def test_what_is_said_to_systemd_itself_stays() -> None:
    """A kernel with unprivileged user namespaces keeps it; specifiers are a user's own."""
    found = unit(built(systemd(service={"PrivateTmp": True, "WorkingDirectory": "%h/web"})))
    assert (found["PrivateTmp"], found["WorkingDirectory"]) == ("true", "%h/web")


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"identity": Identity(user="web")}, "identity.user"),
        ({"identity": Identity(group="web")}, "identity.group"),
        ({"imports": [systemd(service={"User": "web"})]}, "systemd.service.service.User"),
        ({"imports": [systemd(service={"DynamicUser": True})]}, "service.DynamicUser"),
        ({"hardening": Hardening(capabilities=["CAP_CHOWN"])}, "hardening.capabilities"),
    ],
)
def test_what_needs_other_rights_is_refused(options: dict[str, Any], path: str) -> None:
    """Where it was asked for."""
    modules = options.pop("imports", ())
    message = said(lambda: built(*modules, **options))[0]
    assert f"{path}`: a user's manager runs everything as its user, so there can be no " in message
    assert "test_user_scope.py" in message


def test_a_user_mounts_nothing() -> None:
    """There are no such units, and no rules that the whole host reads."""
    options = Systemd(
        mounts={"m": Unit(mount={"What": "/dev/a", "Where": "/m"})},
        swaps={"s": Unit(swap={"What": "/dev/a"})},
        tmpfiles=[TmpfilesRule(type="d", path=Path("/a"))],
    )
    found = said(lambda: built(SystemdService(systemd=options)))
    assert len(found) == 3
    assert [" has no mount units" in "".join(found), " has no swap units" in "".join(found)] == [
        True,
        True,
    ]


def test_a_host_may_have_units_for_all_users() -> None:
    """Beside its services."""
    manager = SystemdManager(scope="user")
    options = HostSystemd(targets={"a": Unit()}, settings={"DefaultTimeoutStopSec": "5s"})
    tree = build(evaluate(SystemdHost(manager=manager, systemd=options))).trees["host"]
    assert list(tree) == [f"{FOLDER}.conf.d/50-modsvc.conf", f"{FOLDER}/a.target"]


def test_a_scope_is_one_of_two() -> None:
    """The message names them."""
    (message,) = said(lambda: SystemdManager(scope="root"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert message.startswith("SystemdManager(scope='root'): no scope of systemd\n")
