"""What supervisor cannot do is refused in words that say what to write instead.

In: services that ask for it. Out: the whole message of each mistake, its places shortened.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from modsvc_dsl import (
    Directories,
    Directory,
    Host,
    Identity,
    Lifecycle,
    Mistake,
    Mistakes,
    Network,
    NotificationProtocol,
    Process,
    Relations,
    Service,
    Socket,
    SupervisorManager,
    SystemdService,
    build,
    evaluate,
    force,
    host_unit,
    secret_file,
    systemd,
)
from tests.managers.supervisor.hosts import Plain, refused, tree

CASES: dict[str, tuple[Service, str]] = {
    "watchdog": (
        Plain(
            lifecycle=Lifecycle(watchdog="5s", type="simple"),
            notification_protocol=NotificationProtocol(systemd=True),
        ),
        "`services.it.lifecycle.watchdog` cannot be honoured by supervisor: it does not listen to "
        "what a program says of itself\n"
        "  defined\n"
        "  to fix: take it away, and let the program end when it hangs: it is started again",
    ),
    "mounts": (
        Plain(relations=Relations(requires_mounts_for=[Path("/srv")])),
        "`services.it.relations.requires_mounts_for` cannot be honoured by supervisor: it knows no "
        "file systems, and would start the program without them\n"
        "  defined\n"
        "  to fix: have the host mount them before supervisord starts, and take the paths away",
    ),
    "on failure": (
        Plain(relations=Relations(on_failure=[host_unit("mail.service")])),
        "`services.it.relations.on_failure` cannot be honoured by supervisor: it starts no program "
        "because another has failed\n"
        "  defined\n"
        "  to fix: take the relation away on this host",
    ),
    "a process for each connection": (
        Plain(network=Network(sockets={"a": Socket(listen=[80], accept="stdio")})),
        "`services.it.network.sockets` cannot be honoured by supervisor: it starts a program once, "
        "and not for each connection\n"
        "  defined\n"
        "  to fix: have it started by a program that listens, such as `socat`, run as the service",
    ),
    "group": (
        Plain(identity=Identity(group="games")),
        "`services.it.identity.group` cannot be honoured by supervisor: it runs a program in the "
        "groups of its user\n"
        "  defined\n"
        "  to fix: take identity.group away, and let the host give that user the group",
    ),
    "groups": (
        Plain(identity=Identity(groups=["games"])),
        "`services.it.identity.groups` cannot be honoured by supervisor: it runs a program in the "
        "groups of its user\n"
        "  defined\n"
        "  to fix: take identity.groups away, and let the host put that user into them",
    ),
    "user that is made": (
        Plain(identity=Identity(user="games", create=True)),
        "`services.it.identity.create` cannot be honoured by supervisor: it makes no users\n"
        "  defined\n"
        "  to fix: let the host make the user, name it with user=, and leave create out",
    ),
    "directory": (
        Plain(directories=Directories(state=Directory())),
        "`services.it.directories.state` cannot be honoured by supervisor: it makes no directories\n"
        "  defined\n"
        "  to fix: let the host make /var/lib/it, and say that it does: "
        "SupervisorManager(directories_exist=True)",
    ),
    "secret": (
        Plain(credentials={"a": secret_file("/etc/keys/a")}),
        "`services.it.credentials` cannot be honoured by supervisor: it hands no secrets over\n"
        "  defined\n"
        "  to fix: let the program read a file that the host has and that its user can read",
    ),
    "forking": (
        Plain(lifecycle=Lifecycle(type="forking", pid_file=Path("/run/it.pid"))),
        "`services.it.lifecycle.type` cannot be honoured by supervisor: it takes the end of the "
        "process for the end of the service\n"
        "  defined\n"
        '  to fix: let the program stay in the foreground, and write type="simple"',
    ),
    "notify": (
        Plain(lifecycle=Lifecycle(type="notify")),
        "`services.it.lifecycle.type` cannot be honoured by supervisor: it gives the process no "
        "socket in NOTIFY_SOCKET to say that it is ready\n"
        "  defined\n"
        '  to fix: write type="simple": then it counts as started when its process runs',
    ),
    "dbus": (
        Plain(lifecycle=Lifecycle(type="dbus", bus_name="org.example.It")),
        "`services.it.lifecycle.type` cannot be honoured by supervisor: it does not look at the bus\n"
        "  defined\n"
        '  to fix: write type="simple": then it counts as started when its process runs',
    ),
    "before_start": (
        Plain(lifecycle=Lifecycle(before_start=[["/bin/a"]])),
        "`services.it.lifecycle.before_start` cannot be honoured by supervisor: it runs a program "
        "and nothing beside it\n"
        "  defined\n"
        "  to fix: have the program do it, or let a service before this one",
    ),
    "stop_command": (
        Plain(lifecycle=Lifecycle(stop_command=["/bin/a"])),
        "`services.it.lifecycle.stop_command` cannot be honoured by supervisor: it runs a program "
        "and nothing beside it\n"
        "  defined\n"
        "  to fix: say stop_signal, and have the program end by that",
    ),
    "stop_signal": (
        Plain(lifecycle=Lifecycle(stop_signal="SIGRTMIN+3")),
        "`services.it.lifecycle.stop_signal` cannot be honoured by supervisor: it knows no signal "
        "SIGRTMIN+3, only those with a name of their own\n"
        "  defined\n"
        '  to fix: write "SIGTERM", for example',
    ),
    "on-abnormal": (
        Plain(lifecycle=Lifecycle(restart="on-abnormal")),
        "`services.it.lifecycle.restart` cannot be honoured by supervisor: it does not ask whether a "
        "program chose to end as it did\n"
        "  defined\n"
        '  to fix: write restart="on-failure", or restart="always"',
    ),
    "signal as a good end": (
        Plain(lifecycle=Lifecycle(success_exit_status=[143, "SIGUSR1"])),
        "`services.it.lifecycle.success_exit_status` cannot be honoured by supervisor: a program that "
        "was ended by SIGUSR1 has failed\n"
        "  defined\n"
        "  to fix: leave signals out, and have the program end with a status when it gets one",
    ),
    "last end of many": (
        Plain(lifecycle=Lifecycle(restart_prevent_exit_status=[255])),
        "`services.it.lifecycle.restart_prevent_exit_status` cannot be honoured by supervisor: it "
        "starts what is to restart always, whatever it ended with\n"
        "  defined\n"
        '  to fix: write restart="on-failure" beside it',
    ),
    "environment_files": (
        Plain(process=Process(environment_files=[Path("/etc/a")])),
        "`services.it.process.environment_files` cannot be honoured by supervisor: it reads no files "
        "of variables\n"
        "  defined\n"
        "  to fix: write the variables into process.environment, or have the program read the file",
    ),
    "working directory": (
        Plain(process=Process(working_directory=Path("/a\0b"))),
        "`services.it.process.working_directory` has a NUL in it, which ends every text that a "
        "process is given\n"
        "  found '/a\\x00b'\n"
        "  defined",
    ),
    "surrogate": (
        Service(process=Process(argv=["/bin/a", "\ud800"])),
        "`services.it.process.argv[1]` has a surrogate in it, which is no character and cannot be "
        "written as UTF-8\n"
        "  found '\\ud800'\n"
        "  defined",
    ),
    "environment": (
        Plain(process=Process(environment={"A": "\0"})),
        "`services.it.process.environment.A` has a NUL in it, which ends every text that a process "
        "is given\n"
        "  found '\\x00'\n"
        "  defined",
    ),
    "equals": (
        Service(process=Process(argv=["/opt/a=b"], environment={"A": None})),
        "`services.it.process.argv` cannot be honoured by supervisor: /usr/bin/env, which sets its "
        "environment, would take the = in '/opt/a=b' for a variable\n"
        "  defined\n"
        "  to fix: run the program by a path without =, such as a symbolic link",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused(case: str) -> None:
    """The one mistake of a service, whole."""
    service, message = CASES[case]
    assert refused({"it": service}) == [message]


def test_all_mistakes_of_a_host_come_at_once() -> None:
    """One service's do not hide another's."""
    services = {name: CASES[name][0] for name in ("group", "forking")}
    assert len(refused(services)) == 2


def test_nobody_runs_as_root_by_omission() -> None:
    """Where neither the service nor the manager says who runs it."""
    assert refused({"it": Plain()}, user=None) == [
        "`services.it.identity.user` has no value, and supervisor makes no users: it would run as "
        "root\n"
        "  service written\n"
        '  to fix: write identity=Identity(user="...") in the service, or '
        'SupervisorManager(user="...") for all that say none'
    ]
    both = refused({"a": Plain(), "b": Plain(), "c": Plain(identity=Identity(user="c"))}, user=None)
    assert both[0].startswith(
        "2 services say no user, and supervisor makes no users: they would run as root\n"
        "  services.a.identity.user\n"
        "  services.b.identity.user\n"
    )
    assert tree({"a": Plain(identity=Identity(user="root"))}, user=None)


@pytest.mark.parametrize("name", ["a b", "a:b", "a]", "[a", "a%b", "a,b", "a;b", "*", "é", ".a"])
def test_a_name_that_supervisor_misreads_is_refused(name: str) -> None:
    """Names stand in headers, in files' names and in commands."""
    (message,) = refused({name: Plain()})
    assert "has a character that supervisor or its commands would read as something else" in message
    assert "to fix: name the service with letters, digits, - and _" in message


def test_a_name_that_means_all_programs_is_refused() -> None:
    """supervisorctl would take it for all programs."""
    assert refused({"all": Plain()}) == [
        "`services.all` makes the program 'all', which is what supervisorctl calls all programs: "
        '"supervisorctl stop all"\n'
        "  placed\n"
        "  to fix: name the service with letters, digits, - and _"
    ]


def test_a_name_that_leaves_no_room_for_logs_is_refused() -> None:
    """The name of a log has to fit a file system."""
    assert tree({"a" * 200: Plain()})
    assert "has 201 characters" in refused({"a" * 201: Plain()})[0]


def test_two_services_of_one_name_are_refused() -> None:
    """Both are named."""
    services = {"a": Service(services={"b": Plain()}), "a-b": Plain()}
    assert refused(services) == [
        "`services.a.services.b` and `services.a-b` both make etc/supervisor/conf.d/a-b.conf\n"
        "  `services.a.services.b` placed\n"
        "  `services.a-b` placed\n"
        "  to fix: rename one of them; the names on a service's path are joined by dashes"
    ]


def test_a_manager_refuses_a_user_that_cannot_be() -> None:
    """Where it is written."""
    with pytest.raises(Mistake) as found:
        SupervisorManager(user="a b")
    text = str(found.value)
    assert text.startswith(
        'SupervisorManager(user=...) expects the name or number of a user, such as "www-data"\n'
        "  found 'a b' (a string)\n"
        f"  written at {__file__}:"
    )


def test_set_options_of_systemd_are_refused() -> None:
    """A module of systemd that is imported here would be obeyed by nobody."""
    set_ = Plain(imports=[systemd(service={"Nice": 5})])
    (message,) = refused({"it": set_})
    assert message.startswith(
        "`services.it.systemd` sets options of systemd, but supervisor manages this host\n"
    )
    assert "@define(..., optional=True) instead of an import" in message
    assert tree({"it": Plain(imports=[SystemdService()])})


def test_a_service_on_another_host_is_refused() -> None:
    """supervisor knows the programs of one host."""
    from modsvc_dsl import Fleet

    far = Plain()
    near = Plain(relations=Relations(after=[far]))
    manager = SupervisorManager("nobody")
    hosts = {
        "one": Host(manager=manager, services={"near": near}),
        "two": Host(manager=manager, services={"far": far}),
    }
    with pytest.raises(Mistakes) as found:
        build(evaluate(Fleet(hosts=hosts)))
    assert str(found.value).startswith(
        "`hosts.one.services.near.relations.after` refers to `hosts.two.services.far`, which is on "
        "another host\n"
    )


def test_what_is_on_by_default_may_be_refused_where_it_is_forced() -> None:
    """A protocol that a program can speak is no demand; a type that somebody insists on is."""
    speaks = NotificationProtocol(systemd=True)
    assert tree({"it": Plain(notification_protocol=speaks)})
    insists = Plain(notification_protocol=speaks, lifecycle=Lifecycle(type=force("notify")))
    assert len(refused({"it": insists})) == 1


def test_directories_that_the_host_has_are_listed() -> None:
    """Each with the owner and the mode that the service expects; then nothing is refused."""
    directories = Directories(
        state=Directory(subdirectories=["data"]), configuration=Directory(name="shop")
    )
    manager = SupervisorManager(user="nobody", directories_exist=True)
    services = {
        "it": Plain(directories=directories),
        "named": Plain(
            identity=Identity(user="games"), directories=Directories(logs=Directory(mode=0o750))
        ),
    }
    notes = build(evaluate(Host(manager=manager, services=services))).notes["host"]
    needed = [note.partition(": ") for note in notes if "has to be there" in note]
    assert [(service, text) for service, _, text in needed] == [
        ("`services.it`", "/var/lib/it has to be there, owned by nobody, with the mode 700"),
        ("`services.it`", "/var/lib/it/data has to be there, owned by nobody, with the mode 700"),
        ("`services.it`", "/etc/shop has to be there, owned by nobody, with the mode 755"),
        ("`services.named`", "/var/log/named has to be there, owned by games, with the mode 750"),
    ]
