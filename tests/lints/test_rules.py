"""What the smaller rules find, and what they are content with."""

from __future__ import annotations

from pathlib import Path

import pytest

from modsvc_dsl import (
    ConfigFile,
    Hardening,
    Host,
    Identity,
    Lifecycle,
    Meta,
    Network,
    Port,
    Process,
    Relations,
    RestartLimit,
    Schedule,
    Service,
    Socket,
    SupervisorManager,
    TimerSection,
    build,
    evaluate,
    host_unit,
    lint,
    option,
    settings,
    systemd,
    tcp,
)
from tests.lints.finding import found, options

TRUE = Process(argv=["/bin/true"])
ONCE = Lifecycle(type="oneshot")


@pytest.mark.parametrize("user", ["root", "0"])
def test_root(user: str) -> None:
    """By name and by number; nobody else."""
    assert options("root", Service(process=TRUE, identity=Identity(user=user))) == ["identity.user"]
    assert options("root", Service(process=TRUE, identity=Identity(user="www-data"))) == []
    assert options("root", Service(process=TRUE)) == []


def test_no_hardening() -> None:
    """As a whole; relaxing one thing is fine."""
    off = Service(process=TRUE, hardening=Hardening(enable=False))
    assert options("no-hardening", off) == ["hardening.enable"]
    assert options("no-hardening", Service(process=TRUE, hardening=Hardening(devices=True))) == []


@pytest.mark.parametrize(
    ("argv", "is_script"),
    [
        (["/bin/sh", "-c", "true"], True),
        (["/bin/bash", "-euc", "true"], True),
        (["/usr/bin/env", "bash", "-c", "true"], True),
        (["/bin/busybox", "sh", "-c", "true"], True),
        (["/bin/sh", "/srv/script"], False),
        (["/usr/bin/web", "-c", "/etc/web.conf"], False),
        (["/usr/bin/env", "web", "sh", "-c"], False),
    ],
)
def test_shell_in_argv(argv: list[str], is_script: bool) -> None:
    """A shell that is given its script; a program that has a -c of its own is none."""
    assert bool(options("shell-in-argv", Service(process=Process(argv=argv)))) == is_script


@pytest.mark.parametrize(
    ("argument", "directory", "is_found"),
    [
        ("./a", None, True),
        ("../a", None, True),
        ("--config=./a", None, True),
        ("conf/web.toml", None, True),
        ("./a", Path("/srv"), False),
        ("~/a", Path("/srv"), True),
        ("text/html", None, False),
        ("https://example.org/a.json", None, False),
        ("--listen=0.0.0.0:80", None, False),
        (".", None, False),
        ("...", None, False),
    ],
)
def test_relative_path(argument: str, directory: Path | None, is_found: bool) -> None:
    """What is a path beyond doubt, from a folder that nobody says."""
    process = Process(argv=["/bin/a", argument], working_directory=directory)
    expected = ["process.argv.1"] if is_found else []
    assert options("relative-path", Service(process=process)) == expected


class Web(Service):
    """A service with a port of its own."""

    port: Port = option(default=80)
    smtp_port: Port = option(default=25)
    process = Process(argv=["/bin/web"])


def test_low_port() -> None:
    """Wherever a port to listen on is called so; once for each, and not where it may be had."""
    rule = "low-port"
    assert options(rule, Web()) == ["port"]
    assert options(rule, Web(port=8080)) == []
    assert options(rule, Web(network=Network(ports={"http": tcp(79, last=81)}))) == []
    assert options(rule, Web(identity=Identity(user="root"))) == []
    bind = Hardening(capabilities=["CAP_NET_BIND_SERVICE"])
    assert options(rule, Web(hardening=bind)) == []
    activated = Network(sockets={"http": Socket(listen=[80])})
    assert options(rule, Web(network=activated)) == []
    assert options(rule, Web(imports=[systemd(socket={"ListenStream": ["80"]})])) == []
    everywhere = Service(
        process=Process(
            argv=["/bin/a", "--port", "80", "--listen=0.0.0.0:443", "--http-port=8080", "-p", "22"],
            environment={"PORT": "81", "LISTEN": "[::]:82", "TIMEOUT": "83"},
        ),
        config_data={"a.json": ConfigFile(settings=settings({"web": {"listen": ":84", "n": 85}}))},
    )
    assert options(rule, everywhere) == [
        "process.argv.1",
        "process.argv.3",
        "process.environment.PORT",
        "process.environment.LISTEN",
        "config_data.a.json.settings.web.listen",
    ]


def test_a_folder_that_systemd_is_told_is_one() -> None:
    """Also where the portable option is not said."""
    told = systemd(service={"WorkingDirectory": "/srv"})
    service = Service(process=Process(argv=["/bin/a", "./a"]), imports=[told])
    assert options("relative-path", service) == []


def test_no_restart_limit() -> None:
    """Only where it starts again, and where nobody says anything."""
    assert options("no-restart-limit", Service(process=TRUE)) == [""]
    assert options("no-restart-limit", Service(process=TRUE, lifecycle=ONCE)) == []
    limits = RestartLimit(starts=5, within="1min")
    limited = Service(process=TRUE, lifecycle=Lifecycle(restart_limit=limits))
    assert options("no-restart-limit", limited) == []
    unlimited = Service(process=TRUE, lifecycle=Lifecycle(restart_limit="unlimited"))
    assert options("no-restart-limit", unlimited) == []


def test_unreachable_dependency() -> None:
    """What is off, and what nothing starts; a relation that starts it is enough."""
    off = Service(process=TRUE, enable=False)
    idle = Service(process=TRUE, lifecycle=Lifecycle(start_at_boot=False))
    timed = Service(process=TRUE, lifecycle=ONCE, schedule=Schedule(calendar=["daily"]))
    service = Service(
        process=TRUE,
        relations=Relations(
            after=[off, idle, timed, host_unit("network.target")], wants=[off], part_of=[idle]
        ),
    )
    others = {"off": off, "idle": idle, "timed": timed}
    rule = "unreachable-dependency"
    assert options(rule, service, **others) == [
        "relations.wants",
        "relations.part_of",
        "relations.after",
    ]
    other = Service(process=TRUE, relations=Relations(requires=[idle]))
    assert options(rule, service, other=other, **others) == ["relations.wants"]
    by_socket = Service(
        process=TRUE,
        lifecycle=Lifecycle(start_at_boot=False),
        imports=[systemd(socket={"ListenStream": ["/run/a"]})],
    )
    waiting = Service(process=TRUE, relations=Relations(after=[by_socket]))
    assert options(rule, waiting, by_socket=by_socket) == []


def test_no_persistence() -> None:
    """Points in time only, and where nothing is said; a portable schedule says it."""

    def job(timer: TimerSection) -> Service:
        return Service(process=TRUE, lifecycle=ONCE, imports=[systemd(timer=timer)])

    path = ["systemd.timer.timer.OnCalendar"]
    assert options("no-persistence", job({"OnCalendar": ["daily"]})) == path
    assert options("no-persistence", job({"OnCalendar": ["daily"], "Persistent": False})) == []
    assert options("no-persistence", job({"OnBootSec": "1min"})) == []
    assert (
        options("no-persistence", job({"OnCalendar": ["hourly", "*:0/5", "*-*-* *:30:00"]})) == []
    )
    assert options("no-persistence", job({"OnCalendar": ["hourly", "weekly"]})) == path
    portable = Service(process=TRUE, lifecycle=ONCE, schedule=Schedule(calendar=["daily"]))
    assert options("no-persistence", portable) == []


def test_services_that_only_group_others_have_nothing_to_find() -> None:
    """Those below them have."""
    group = Service(services={"web": Service(process=TRUE, identity=Identity(user="root"))})
    assert [each.path for each in found("root", group)] == [
        ("services", "it", "services", "web", "identity", "user")
    ]


def test_a_silence_holds_for_its_service_alone() -> None:
    """And one in vain is told, which nothing silences."""
    inner = Service(process=TRUE, identity=Identity(user="root"))
    meta = Meta(silenced={"root": "it is meant"})
    group = Service(services={"web": inner}, meta=meta)
    assert options("unused-silence", group) == ["meta.silenced.root"]
    assert len(found("root", group)) == 1
    silent = Service(process=TRUE, identity=Identity(user="root"), meta=meta)
    assert found("root", silent) == found("unused-silence", silent) == []


def test_rules_hold_under_every_manager() -> None:
    """Those about systemd's own options find nothing elsewhere."""
    web = Service(process=Process(argv=["/bin/sh", "-c", "true"]))
    result = evaluate(Host(manager=SupervisorManager(user="a"), services={"web": web}))
    build(result)
    rules = [each.rule for each in lint(result)["host"]]
    assert rules == ["shell-in-argv", "no-restart-limit"]
