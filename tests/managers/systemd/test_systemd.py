"""What the portable service says to systemd, option by option."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    specifiers,
    Hardening,
    Host,
    Identity,
    Lifecycle,
    Network,
    Meta,
    NotificationProtocol,
    Process,
    Relations,
    Service,
    Socket,
    Systemd,
    SystemdManager,
    SystemdService,
    Unit,
    check,
    define,
    evaluate,
    force,
    host_unit,
    is_defined,
    json_data,
    systemd,
    when,
)
from modsvc_dsl.managers.systemd.unit import SECTIONS
from tests.managers.systemd.reading import (
    ARGV,
    links_of,
    running,
    texts,
    tree_of,
    unit_of,
    unit_text,
)
from tests.services.saying import said, said_of


def run(**options: Any) -> Service:
    """A service that runs, with some options."""
    return Service(process=Process(argv=ARGV), **options)


UNIT: dict[str, tuple[Service, str, list[str]]] = {
    "type": (run(lifecycle=Lifecycle(type="exec")), "Type", ["exec"]),
    "notify": (
        run(notification_protocol=NotificationProtocol(systemd=True)),
        "Type",
        ["notify"],
    ),
    "restart": (run(lifecycle=Lifecycle(restart="on-failure")), "Restart", ["on-failure"]),
    "restart no": (run(lifecycle=Lifecycle(restart="no")), "Restart", ["no"]),
    "no delay": (run(lifecycle=Lifecycle(restart="no")), "RestartSec", []),
    "delay": (run(lifecycle=Lifecycle(restart_delay=30)), "RestartSec", ["30"]),
    "oneshot": (run(lifecycle=Lifecycle(type="oneshot")), "Restart", []),
    "boot": (run(lifecycle=Lifecycle(start_at_boot=False)), "WantedBy", []),
    "description": (run(meta=Meta(description="100% ok")), "Description", ["100%% ok"]),
    "documentation": (
        run(meta=Meta(documentation=["man:a(1)", "https://a/%20?b='c'"])),
        "Documentation",
        ["man:a(1)", "\"https://a/%%20?b='c'\""],
    ),
    "user": (run(identity=Identity(user="root")), "User", ["root"]),
    "no dynamic": (run(identity=Identity(user="root")), "DynamicUser", []),
    "dynamic": (run(), "DynamicUser", ["true"]),
    "group": (run(identity=Identity(group="adm")), "Group", ["adm"]),
    "folder": (
        Service(process=Process(argv=ARGV, working_directory=Path("/srv/a b%"))),
        "WorkingDirectory",
        ["/srv/a b%%"],
    ),
    "environment": (
        Service(process=Process(argv=ARGV, environment={"B": "2 3", "A": "50%", "C": None})),
        "Environment",
        ["A=50%%", '"B=2 3"'],
    ),
    "unset": (
        Service(process=Process(argv=ARGV, environment={"B": None, "A": None})),
        "UnsetEnvironment",
        ["A", "B"],
    ),
    "home": (run(hardening=Hardening(home="read-only")), "ProtectHome", ["read-only"]),
    "devices": (run(hardening=Hardening(devices=True)), "PrivateDevices", ["false"]),
    "jit": (run(hardening=Hardening(executable_memory=True)), "MemoryDenyWriteExecute", ["false"]),
    "namespaces": (run(hardening=Hardening(namespaces=True)), "RestrictNamespaces", ["false"]),
    "families": (
        run(hardening=Hardening(address_families=["AF_UNIX", "AF_NETLINK"])),
        "RestrictAddressFamilies",
        ["AF_UNIX AF_NETLINK"],
    ),
    "no families": (
        run(hardening=Hardening(address_families=[])),
        "RestrictAddressFamilies",
        ["none"],
    ),
    "capabilities": (
        run(hardening=Hardening(capabilities=["CAP_KILL", "CAP_CHOWN"])),
        "AmbientCapabilities",
        ["CAP_KILL CAP_CHOWN"],
    ),
    "no capabilities": (run(), "CapabilityBoundingSet", [""]),
    "paths": (
        run(hardening=Hardening(writable_paths=[Path("/a b"), Path('/c"\\d%')])),
        "ReadWritePaths",
        ['"/a b"', '"/c\\"\\\\d%%"'],
    ),
    "no profile": (run(hardening=Hardening(enable=False)), "NoNewPrivileges", []),
    "profile": (run(), "NoNewPrivileges", ["true"]),
}


@pytest.mark.parametrize("case", UNIT)
def test_a_portable_option_is_a_directive(case: str) -> None:
    """The lines of one directive, in the unit of a service that says one thing."""
    service, directive, wanted = UNIT[case]
    assert texts(unit_of(service), directive) == wanted


def test_a_unit_that_says_nothing_has_the_defaults() -> None:
    """A name, a command, a type, the restart policy and the target; in this order."""
    lines = [f"{line.directive}={line.text}" for line in unit_of(run())]
    assert lines[:5] == [
        "Description=it",
        "ExecStart=/usr/bin/true",
        "Type=simple",
        "Restart=always",
        "RestartSec=5",
    ]
    assert lines[-1] == "WantedBy=multi-user.target"


def test_arguments_are_literal() -> None:
    """Specifiers, variables and quotes in them mean nothing."""
    service = Service(
        process=Process(argv=["/bin/echo", "%n", "$HOME", "a b", '"', "\\", ";", "\n"])
    )
    (command,) = texts(unit_of(service), "ExecStart")
    assert command == '/bin/echo %%n $$HOME "a b" "\\"" "\\\\" ";" "\\n"'


def test_main_exec_start_is_alive() -> None:
    """The door for those who want specifiers and variables: written as it is, beside an argv."""
    service = run(imports=[systemd(main_exec_start=specifiers("/bin/echo %n $HOME ${X}"))])
    assert texts(unit_of(service), "ExecStart") == ["/bin/echo %n $HOME ${X}"]


@pytest.mark.parametrize(
    ("said_", "commands"),
    [
        ({"ExecStart": ["/bin/second"]}, ["/usr/bin/true", "/bin/second"]),
        ({"ExecStart": force(["", "/bin/only"])}, ["", "/bin/only"]),
    ],
)
def test_commands_of_a_unit_join_the_main_one(said_: Any, commands: list[str]) -> None:
    """Plain ones come beside it, and force(...) takes its place."""
    service = run(imports=[systemd(service=said_)], lifecycle=Lifecycle(type="oneshot"))
    assert texts(unit_of(service), "ExecStart") == commands


@pytest.mark.parametrize(
    "argv", [["/a/b'c"], ["/bin/x", "\ud800"], ["/bin/x", "a" * 131072], ["/"]]
)
def test_what_no_unit_can_express_leads_to_the_option(argv: list[str]) -> None:
    """The message is about process.argv and this file, not about a line of a unit."""
    (message,) = said_of(web=Service(process=Process(argv=argv)))
    assert message.startswith("`services.web.process.argv`: argument ")
    assert "\n  defined at test_systemd.py\n" in message and "\n  to fix: " in message


@pytest.mark.parametrize(
    ("service", "path"),
    [
        (Service(process=Process(argv=ARGV, environment={"A": "\0"})), "process.environment"),
        (
            Service(process=Process(argv=ARGV, working_directory=Path("/a\n"))),
            "process.working_directory",
        ),
        (run(meta=Meta(description="a\tb\x01")), "meta.description"),
        (
            run(hardening=Hardening(writable_paths=[Path("/a"), Path("/\ufffe")])),
            "hardening.writable_paths[1]",
        ),
    ],
)
def test_a_text_that_no_line_holds_leads_to_the_option(service: Service, path: str) -> None:
    """Whoever reads the message can go to the definition."""
    (message,) = said_of(web=service)
    assert message.startswith(f"`services.web.{path}`")
    assert "\n  defined at test_systemd.py\n" in message


RELATIONS = {
    "after": "After",
    "before": "Before",
    "requires": "Requires",
    "wants": "Wants",
    "binds_to": "BindsTo",
    "part_of": "PartOf",
    "conflicts": "Conflicts",
}


@pytest.mark.parametrize("relation", RELATIONS)
def test_relations_name_units(relation: str) -> None:
    """An instance is its unit, a service that only groups is all its units, each once."""
    db = run()
    group = Service(
        services={"a": run(), "b": Service(services={"c": run()}), "d": Service(enable=False)}
    )
    related: Any = {relation: [db, group, host_unit("x.target"), db]}
    tree = tree_of({"db": db, "group": group, "web": run(relations=Relations(**related))})
    lines = [
        line for line in _lines(tree, "web.service") if line.startswith(RELATIONS[relation] + "=")
    ]
    names = ("db.service", "group-a.service", "group-b-c.service", "x.target")
    assert lines == [f"{RELATIONS[relation]}={name}" for name in names]


def _lines(tree: Any, name: str) -> list[str]:
    from tests.managers.systemd.reading import unit_text

    return unit_text(tree, name).split("\n")


def test_relations_and_directives_of_units_join() -> None:
    """What a relation says is not lost where the unit says more."""
    db = run()
    service = run(
        relations=Relations(after=[db]),
        imports=[systemd(unit={"After": ["network-online.target"]})],
    )
    lines = _lines(tree_of({"db": db, "web": service}), "web.service")
    assert [line for line in lines if line.startswith("After=")] == [
        "After=db.service",
        "After=network-online.target",
    ]


def test_environments_of_both_join() -> None:
    """Variables of the portable service stay where the unit has its own."""
    service = Service(
        process=Process(argv=ARGV, environment={"A": "1"}),
        imports=[systemd(service={"Environment": [specifiers("B=%n")]})],
    )
    assert texts(unit_of(service), "Environment") == ["A=1", "B=%n"]


def test_a_service_that_only_groups_has_no_directives() -> None:
    """And no main command."""
    group = Service(services={"a": run()})
    host = check(evaluate(Host(services={"group": group})))
    found = host.services["group"][SystemdService]
    assert not is_defined(found, "systemd.main_exec_start")
    assert not any(json_data(found.systemd.service)[section] for section in SECTIONS)


@pytest.mark.parametrize(
    ("said_", "unit"),
    [
        ({"socket": {"ListenStream": [80]}}, "it.socket"),
        ({"timer": {"OnCalendar": "daily"}}, "it.timer"),
    ],
)
def test_what_a_socket_or_timer_starts_does_not_start_at_boot(said_: Any, unit: str) -> None:
    """The unit beside it does, wanted by its own target."""
    links = links_of(tree_of({"it": run(imports=[systemd(**said_)])}))
    suffix = unit.rpartition(".")[2]
    assert links == {f"{suffix}s.target.wants/{unit}": f"../{unit}"}


@pytest.mark.parametrize(
    "options",
    [
        {"imports": [systemd(socket={"ListenStream": [80]})]},
        {"imports": [systemd(path={"PathExists": ["/a"]})]},
        {"network": Network(sockets={"": Socket(listen=[80])})},
        {"network": Network(sockets={"api": Socket(listen=[80])})},
    ],
)
def test_who_insists_starts_at_boot_as_well(options: dict[str, Any]) -> None:
    """Whatever the socket is called, and where a path starts it."""
    at_boot = Lifecycle(start_at_boot=True)
    links = links_of(tree_of({"it": run(lifecycle=at_boot, **options)}))
    assert "multi-user.target.wants/it.service" in links and len(links) == 2


class Portable(Service):
    process = Process(argv=ARGV)

    @define(Systemd.service, optional=True)
    def _unit(self) -> Unit:
        return Unit(service={"Nice": 5})


class Bound(Service):
    process = Process(argv=ARGV)

    @define(Systemd.service)
    def _unit(self) -> Unit:
        return Unit(service={"Nice": 5})


def test_an_optional_part_applies_where_systemd_is_the_manager() -> None:
    """Elsewhere it is skipped, and the result lists it."""
    assert texts(unit_of(Portable()), "Nice") == ["5"]
    alone = check(evaluate(Portable()))
    assert SystemdService not in alone
    assert [declared.place.locate().file for _, declared in alone.__node__.shape.skipped] == [
        __file__
    ]
    managed = check(evaluate(Portable(), manager=SystemdManager()))
    assert managed[SystemdService].systemd.service.service.get("Nice") == 5


def test_a_part_that_is_not_optional_says_where_it_could_stand() -> None:
    """As does reading the options of systemd where there are none."""
    message = said(lambda: check(evaluate(Bound())))[0]
    assert message.startswith(
        "Systemd.service is defined, but Systemd is no part of this evaluation\n"
        "  defined at test_systemd.py\n      @define(Systemd.service)\n"
        "  to fix: place the service on a Host that systemd manages, evaluate it with "
        "evaluate(service, manager=SystemdManager()), or skip the definition where it is absent: "
        "optional=True"
    )
    (message,) = said(lambda: evaluate(Portable())[SystemdService])
    assert message.endswith("evaluate(service, manager=SystemdManager())")


def test_a_command_in_systemds_syntax_is_enough() -> None:
    """process.argv need not be defined beside it; what else is portable still counts."""
    short = systemd(main_exec_start=specifiers("/bin/sleep %i"))
    service = Service(process=Process(environment={"A": "1"}), imports=[short])
    text = unit_text(tree_of({"it": service}), "it.service")
    assert "\nExecStart=/bin/sleep %i\n" in text
    assert "\nEnvironment=A=1\n" in text or '\nEnvironment="A=1"\n' in text
    group = Service(services={"below": running()}, imports=[systemd(service={"Nice": 5})])
    assert "etc/systemd/system/it.service" not in tree_of({"it": group})


def test_a_command_that_does_not_hold_runs_nothing() -> None:
    """A condition of it decides whether there is a process."""
    short = systemd(main_exec_start=when(False, "/bin/sleep"))
    assert said(lambda: tree_of({"it": Service(imports=[short])})) == [
        "`services.it.process.argv` has no value, and `services.it` has no services below it\n"
        "  service written at test_systemd.py\n"
        '      assert said(lambda: tree_of({"it": Service(imports=[short])})) == [\n'
        "  to fix: define process.argv, or place services in it if it only groups them"
    ]
