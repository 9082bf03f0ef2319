"""A user's manager: its folders and targets, what it cannot keep, and what it cannot do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    specifiers,
    ConfigFile,
    File,
    Hardening,
    Host,
    HostSystemd,
    Identity,
    Network,
    Process,
    Relations,
    Service,
    Socket,
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
    assert note.startswith("it.service: a user's manager cannot keep ProtectSystem, ")
    assert note.endswith("; left out")
    assert not built(hardening=Hardening(enable=False)).notes["host"]


def test_what_is_said_to_systemd_itself_stays() -> None:
    """A kernel with unprivileged user namespaces keeps it; specifiers are a user's own."""
    found = unit(
        built(systemd(service={"PrivateTmp": True, "WorkingDirectory": specifiers("%h/web")}))
    )
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


def test_a_user_that_is_to_be_made_is_refused_where_it_is_asked_for() -> None:
    """At the line of the user, never at one of the library's."""
    found = said(lambda: built(identity=Identity(user="web", create=True)))
    assert len(found) == 2
    (create,) = [message for message in found if "identity.create" in message]
    assert create.startswith(
        "`services.it.identity.create`: a user's manager makes no users, and runs everything as its own\n"
    )
    assert "defined at " in create and "test_user_scope.py" in create
    assert create.endswith(
        "leave it out, or manage the service with SystemdManager(), for the whole system"
    )
    assert not any("(modsvc_dsl)" in message for message in found)


def test_all_rules_that_nobody_reads_are_shown() -> None:
    """Each line that has one."""
    rules = [
        TmpfilesRule(type="d", path=Path("/a")),
        TmpfilesRule(type="d", path=Path("/b")),
    ]
    (message,) = said(lambda: built(SystemdService(systemd=Systemd(tmpfiles=rules))))
    assert message.count("written at ") == 2


def test_config_files_lie_where_every_user_can_read_them() -> None:
    """Apart from those of the system, so that both may be on one machine."""
    found = built(config_data={"a.conf": ConfigFile(text="a")})
    assert "etc/user-services/it/a.conf" in found.trees["host"]
    service = Service(process=Process(argv=ARGV), config_data={"a.conf": ConfigFile(text="a")})
    alone: Any = evaluate(service, manager=SystemdManager(scope="user"))
    assert alone.config_data["a.conf"].path.startswith("/etc/user-services/")
    system = build(evaluate(Host(manager=SystemdManager(), services={"it": service})))
    assert "etc/system-services/it/a.conf" in system.trees["host"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mode": 0o640}, ".mode`: 0o640 lets no user read the file, which is root's\n"),
        ({"user": "web"}, ".user`: config files of users' services are root's, since every user"),
        ({"group": "web"}, ".group`: config files of users' services are root's, since every"),
    ],
)
def test_config_files_that_some_users_could_not_read(options: dict[str, Any], message: str) -> None:
    """Are refused at the option that says so; one that is switched off is no matter."""
    (found,) = said(lambda: built(config_data={"a": ConfigFile(text="a", **options)}))
    assert found.startswith(f"`services.it.config_data.a{message}")
    assert "test_user_scope.py" in found
    assert built(config_data={"a": ConfigFile(text="a", enable=False, **options)}).trees


@pytest.mark.parametrize(
    ("options", "name", "what"),
    [
        ({"network": Network(wait_online=True)}, "network.wait_online", "the host's network"),
        (
            {"relations": Relations(requires_mounts_for=[Path("/srv")])},
            "relations.requires_mounts_for",
            "mounts of the host",
        ),
    ],
)
def test_what_only_the_hosts_manager_knows_is_refused(
    options: dict[str, Any], name: str, what: str
) -> None:
    """It would be passed over."""
    (message,) = said(lambda: built(**options))
    assert message.startswith(f"`services.it.{name}`: a user's manager knows nothing of {what}\n")
    assert "to fix: leave it out, or manage the service with SystemdManager()" in message


def test_a_socket_of_somebody_else_is_refused() -> None:
    """The manager could not give it away."""
    socket = Socket(listen=[Path("/run/user/1000/a.sock")], group="www-data")
    (message,) = said(lambda: built(network=Network(sockets={"": socket})))
    assert "there can be no SocketGroup=" in message and "test_user_scope.py" in message
