"""What the smaller rules find, and what they are content with."""

from __future__ import annotations

from pathlib import Path

import pytest

from modsvc_dsl import (
    Command,
    ConfigFile,
    Hardening,
    Host,
    Identity,
    JustInTime,
    KeyValue,
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
    SystemdManager,
    TimerSection,
    build,
    evaluate,
    force,
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


def test_low_port_of_a_user() -> None:
    """A user's manager gives nobody the capability, so that to declare a port is not enough."""
    web = Service(process=TRUE, network=Network(ports={"http": tcp(80), "alt": tcp(8080)}))
    result = evaluate(Host(services={"it": web}, manager=SystemdManager(scope="user")))
    build(result)
    found = [each.path for each in lint(result)["host"] if each.rule == "low-port"]
    assert found == [("services", "it", "network", "ports", "http")]


@pytest.mark.parametrize("name", ["web.service", "web.timer", "web.slice"])
def test_unit_suffix(name: str) -> None:
    """Of each kind of unit; other dots are fine, and so is a part of a name."""
    result = evaluate(Host(services={name: Service(process=TRUE), "web.v2": Service(process=TRUE)}))
    build(result)
    found = [each for each in lint(result)["host"] if each.rule == "unit-suffix"]
    assert [each.path for each in found] == [("services", name)]
    assert f"{name}.service" in found[0].report.headline


def test_unreadable_file() -> None:
    """Where the process is told of the file and is not whose the file is."""
    rule, told = "unreadable-file", Process(
        argv=["/bin/a", "--config=/etc/system-services/it/a.conf"]
    )

    def files(mode: int, group: str | None = None) -> dict[str, ConfigFile]:
        return {"a.conf": ConfigFile(text="a", mode=mode, group=group)}

    path = ["config_data.a.conf.mode"]
    assert options(rule, Service(process=told, config_data=files(0o600))) == path
    assert options(rule, Service(process=told, config_data=files(0o640))) == path
    by_variable = Process(argv=["/bin/a"], environment={"C": "/etc/system-services/it/a.conf"})
    assert options(rule, Service(process=by_variable, config_data=files(0o640))) == path
    assert options(rule, Service(process=told, config_data=files(0o644))) == []
    assert options(rule, Service(process=told, config_data=files(0o640, "web"))) == []
    assert options(rule, Service(process=TRUE, config_data=files(0o600))) == []
    root = Identity(user="root")
    assert options(rule, Service(process=told, config_data=files(0o600), identity=root)) == []
    reading = Hardening(capabilities=["CAP_DAC_READ_SEARCH"])
    assert options(rule, Service(process=told, config_data=files(0o600), hardening=reading)) == []
    raw = [systemd(service={"User": "root"})]
    assert options(rule, Service(process=told, config_data=files(0o600), imports=raw)) == []


def test_no_such_day() -> None:
    """Of schedules and of timers, each time once."""
    rule = "no-such-day"

    def scheduled(*times: str) -> Service:
        return Service(process=TRUE, lifecycle=ONCE, schedule=Schedule(calendar=[*times]))

    assert (
        options(rule, scheduled("*-02-30", "daily", "*-04-31 03:00")) == ["schedule.calendar"] * 2
    )
    assert options(rule, scheduled("*-02-29", "*-02~28", "Mon *-*-31")) == []
    timer = [systemd(timer={"OnCalendar": ["*-06-31"], "Persistent": True})]
    beside = Service(process=TRUE, lifecycle=ONCE, imports=timer)
    assert options(rule, beside) == ["systemd.timer.timer.OnCalendar"]


def test_started_again() -> None:
    """By a timer or a path that systemd is told of, where the service does not end for good."""
    rule, timer = "started-again", systemd(timer={"OnCalendar": ["daily"]})
    path = systemd(path={"PathChanged": ["/srv/in"]})
    assert options(rule, Service(process=TRUE, imports=[timer])) == ["systemd.timer.timer"]
    assert options(rule, Service(process=TRUE, imports=[path])) == ["systemd.path.path"]
    assert options(rule, Service(process=TRUE, lifecycle=ONCE, imports=[timer])) == []
    failing = Lifecycle(restart="on-failure")
    assert options(rule, Service(process=TRUE, lifecycle=failing, imports=[timer])) == []
    told = systemd(service={"Restart": force("no")})
    assert options(rule, Service(process=TRUE, imports=[timer, told])) == []
    assert options(rule, Service(process=TRUE, schedule=Schedule(calendar="daily"))) == []
    assert options(rule, Service(process=TRUE)) == []


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


def test_hidden_path() -> None:
    """Wherever the process is told of one; what only looks like one is none."""
    told = Service(
        process=Process(
            argv=["/home/ann/app", "--data=/root", "/dev/ttyUSB0", "/srv/home/a", "host:/home/a"],
            environment={"HOME": "/root", "EMPTY": None, "LOG": "/dev/stderr", "OUT": "/dev/fd/3"},
            working_directory=Path("/run/user/1000"),
        ),
        lifecycle=Lifecycle(
            before_start=[["/bin/ls", "/home"], Command(["/bin/ls", "/root"], privileged=True)]
        ),
        config_data={"a.json": ConfigFile(settings=settings({"a": {"b": "/home/b", "c": 1}}))},
    )
    assert options("hidden-path", told) == [
        "process.argv.0",
        "process.argv.1",
        "process.argv.2",
        "process.environment.HOME",
        "process.working_directory",
        "lifecycle.before_start",
        "config_data.a.json.settings.a.b",
    ]
    home, device = Process(argv=["/bin/a", "/home/a"]), Process(argv=["/bin/a", "/dev/sda"])
    assert options("hidden-path", Service(process=home)) == ["process.argv.1"]
    sees = Hardening(home="read-only", devices=[Path("/dev/sda")])
    bound = systemd(service={"BindReadOnlyPaths": ["/srv/homes:/home"]})
    for process in (home, device):
        assert options("hidden-path", Service(process=process, hardening=sees)) == []
        assert options("hidden-path", Service(process=process, imports=[bound])) == []


def test_nothing_is_hidden_from_services_of_users() -> None:
    """Their manager cannot, and supervisor does not."""
    process = Process(argv=["/usr/bin/node", "/home/a"], environment={"A": "/dev/sda"})
    for manager in (SystemdManager(scope="user"), SupervisorManager(user="nobody")):
        result = evaluate(Host(manager=manager, services={"it": Service(process=process)}))
        build(result)
        assert [each for each in lint(result)["host"] if each.rule == "hidden-path"] == []


@pytest.mark.parametrize(
    ("program", "writes"),
    [
        ("/usr/bin/java", True),
        ("/usr/bin/node", True),
        ("/usr/lib/postgresql/15/bin/postgres", True),
        ("/usr/sbin/php-fpm8.2", True),
        ("/usr/bin/pypy3.9", True),
        ("/usr/bin/python3", False),
        ("/usr/bin/javac-server", False),
    ],
)
def test_machine_code(program: str, writes: bool) -> None:
    """Programs that are known for it, by their names."""
    service = Service(process=Process(argv=[program]))
    assert options("machine-code", service) == (["process.argv.0"] if writes else [])


def test_machine_code_that_may_be_or_will_not_be_written() -> None:
    """By the profile, by nothing that denies it, by an argument or a line of a config file."""
    postgres = ["/usr/lib/postgresql/15/bin/postgres"]
    conf = KeyValue(separator=" = ", booleans="on/off")
    fine = [
        Service(process=Process(argv=postgres), imports=[JustInTime()]),
        Service(process=Process(argv=postgres), hardening=Hardening(enable=False)),
        Service(process=Process(argv=[*postgres, "-c", "jit=off"])),
        Service(
            process=Process(argv=postgres),
            config_data={"a": ConfigFile(settings=settings({"jit": False}), format=conf)},
        ),
        Service(process=Process(argv=["/usr/bin/node", "--jitless", "a.js"])),
        Service(
            process=Process(argv=["/usr/sbin/php-fpm8.2"]),
            config_data={"a": ConfigFile(text="php_admin_value[pcre.jit] = 0\n")},
        ),
    ]
    for service in fine:
        assert options("machine-code", service) == []
    on = ConfigFile(settings=settings({"jit": True}), format=conf)
    told = Service(process=Process(argv=postgres), config_data={"a": on})
    assert options("machine-code", told) == ["process.argv.0"]


def test_rules_look_at_services_whose_command_is_systemds() -> None:
    """They have no argument vector, and that is no mistake."""
    assert found("low-port", Service(imports=[systemd(main_exec_start="/bin/a")])) == []
