"""A service whose connections systemd accepts: a socket and a template, of the service's own name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Endpoint,
    Endpoints,
    Host,
    Identity,
    Logging,
    Network,
    Process,
    Relations,
    Service,
    Socket,
    SystemdManager,
    TcpEndpoint,
    Wants,
    build,
    check,
    define,
    endpoint,
    evaluate,
    host_unit,
    option,
    secret_command,
    systemd,
)
from modsvc_dsl.managers.tree import Link
from tests.managers.systemd.reading import ARGV, section_of, tree_of, unit_text
from tests.services.saying import said

UNITS = "etc/systemd/system/"


def accepting(how: str = "stdio", **options: Any) -> Service:
    """A service of which systemd starts a process for each connection."""
    socket: dict[str, Any] = {"listen": [9418], "accept": how}
    network = Network(sockets={"any-name": Socket(**socket)})
    said: dict[str, Any] = {"process": Process(argv=ARGV), "network": network, **options}
    return Service(**said)


def test_the_units_have_one_name_and_the_socket_alone_is_enabled() -> None:
    """By which systemd finds the template; both are nothing without the other."""
    tree = tree_of({"git": accepting()})
    units = {path.removeprefix(UNITS) for path in tree}
    assert units == {"git.socket", "git@.service", "sockets.target.wants/git.socket"}
    assert isinstance(tree[f"{UNITS}sockets.target.wants/git.socket"], Link)
    assert section_of(unit_text(tree, "git.socket"), "Socket") == {
        "ListenStream": ["9418"],
        "Accept": ["true"],
    }


def test_a_connection_is_the_input_and_the_output() -> None:
    """And complaints are for the host, unless they are sent elsewhere."""
    kept = Logging(stderr=Path("/var/log/git"))
    streams = {"StandardInput": ["socket"], "StandardOutput": ["socket"]}
    for service, stderr in (
        (accepting(), "journal"),
        (accepting(logging=kept), "append:/var/log/git"),
    ):
        found = section_of(unit_text(tree_of({"git": service}), "git@.service"), "Service")
        assert {k: v for k, v in found.items() if k.startswith("Standard")} == {
            **streams,
            "StandardError": [stderr],
        }
        assert "Restart" not in found and "Sockets" not in found
    passed = unit_text(tree_of({"git": accepting("descriptor")}), "git@.service")
    assert "Standard" not in passed and "CollectMode=inactive-or-failed\n" in passed


def test_all_processes_are_one_user() -> None:
    """By the service's name, where systemd makes it; a name that cannot be one is told."""

    def users(**identity: Any) -> dict[str, list[str]]:
        service = accepting(identity=Identity(**identity))
        found = section_of(unit_text(tree_of({"git": service}), "git@.service"), "Service")
        return {name: found[name] for name in ("DynamicUser", "User") if name in found}

    assert users() == {"DynamicUser": ["true"], "User": ["git-service"]}
    assert users(user="games") == {"User": ["games"]}
    assert users(create=True) == {"User": ["git"]}
    (message,) = said(lambda: tree_of({"9pfs": accepting()}))
    assert message.startswith(
        '`services["9pfs"].network.sockets`: `services["9pfs"]` has a user that cannot go by its '
    )
    assert 'identity=Identity(user="...", create=True)' in message


def test_who_shares_its_user_is_that_user() -> None:
    git = accepting()
    shared = Service(process=Process(argv=ARGV), identity=Identity(same_as=git))
    tree = tree_of({"git": git, "other": shared})
    assert section_of(unit_text(tree, "other.service"), "Service")["User"] == ["git-service"]


def test_other_services_mean_the_socket() -> None:
    """In all relations, and who connects to an endpoint of it; its own relations are the template's."""

    class Git(Service):
        @define(Endpoints.provides["git"])
        def _git(self) -> Endpoint:
            return TcpEndpoint(port=9418)

        relations = Relations(after=[host_unit("network.target")])

    class Mirror(Service):
        git: Wants[TcpEndpoint] = option(description="The server.")
        process = Process(argv=ARGV)

    git = Git(imports=[accepting()])
    names = ("after", "requires", "wants", "binds_to", "part_of")
    every: Any = {name: [git] for name in names}
    tree = tree_of(
        {
            "git": git,
            "other": Service(process=Process(argv=ARGV), relations=Relations(**every)),
            "rival": Service(process=Process(argv=ARGV), relations=Relations(conflicts=[git])),
            "mirror": Mirror(git=endpoint(git, TcpEndpoint)),
        }
    )
    found = section_of(unit_text(tree, "other.service"), "Unit")
    directives = ("After", "Requires", "Wants", "BindsTo", "PartOf")
    assert {name: found[name] for name in directives} == dict.fromkeys(directives, ["git.socket"])
    assert section_of(unit_text(tree, "rival.service"), "Unit")["Conflicts"] == ["git.socket"]
    assert section_of(unit_text(tree, "mirror.service"), "Unit")["After"] == ["git.socket"]
    assert section_of(unit_text(tree, "git@.service"), "Unit")["After"] == ["network.target"]


def test_what_is_said_to_systemd_joins_both_units() -> None:
    """The service's own unit is the template, `socket` the socket beside it."""
    more = systemd(
        service={"IPAddressDeny": ["any"]},
        unit={"CollectMode": "inactive"},
        socket={"KeepAlive": True, "MaxConnections": 7},
    )
    tree = tree_of({"git": accepting(imports=[more])})
    template = unit_text(tree, "git@.service")
    assert "IPAddressDeny=any\n" in template and "CollectMode=inactive\n" in template
    found = section_of(unit_text(tree, "git.socket"), "Socket")
    assert (found["KeepAlive"], found["MaxConnections"]) == (["true"], ["7"])


def test_a_mistake_in_the_template_leads_to_its_line() -> None:
    """As in any unit of a service."""
    young = systemd(service={"RestartSteps": 5})
    (message,) = said(lambda: tree_of({"git": accepting(imports=[young])}, version=252))
    assert message.startswith("`services.git.systemd.service.service.RestartSteps`: systemd 252")
    assert "young = systemd(service={" in message


def test_secrets_of_commands_are_there_before_the_socket() -> None:
    """A template cannot be waited for, what starts it can."""
    tree = tree_of({"git": accepting(credentials={"key": secret_command(["/bin/echo"])})})
    secret = unit_text(tree, "git-secret:key.socket")
    assert section_of(secret, "Unit")["Before"] == ["git.socket"]
    assert section_of(secret, "Install")["RequiredBy"] == ["git.socket"]
    assert f"{UNITS}git.socket.requires/git-secret:key.socket" in tree


@pytest.mark.parametrize("scope", ["system", "user"])
def test_users_have_such_services_too(scope: Any) -> None:
    """Of whose units only the filters of the profile are left, as of others."""
    host = Host(services={"git": accepting()}, manager=SystemdManager(scope=scope))
    tree = build(check(evaluate(host))).trees["host"]
    folder = f"etc/systemd/{scope}"
    assert {f"{folder}/git.socket", f"{folder}/git@.service"} < tree.keys()
