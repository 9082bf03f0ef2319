"""The lifecycle as directives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Command,
    Directories,
    Directory,
    Host,
    Lifecycle,
    NotificationProtocol,
    Process,
    RestartLimit,
    Run,
    Service,
    SystemdManager,
    SystemdService,
    build,
    check,
    evaluate,
)
from tests.services.saying import said


def service(**options: Any) -> Service:
    """A service with options of its lifecycle."""
    return Service(process=Process(argv=["/bin/true"]), lifecycle=Lifecycle(**options))


def directives(**options: Any) -> dict[str, Any]:
    """What its unit says beyond that of one that says nothing. Any: values are of all kinds."""
    return {name: value for name, value in _all(**options).items() if (name, value) not in PLAIN}


def _all(**options: Any) -> dict[str, Any]:
    result = check(evaluate(Host(services={"it": service(**options)})))
    unit = result.services["it"][SystemdService].systemd.service
    return {**unit.unit, **unit.service}


PLAIN = tuple(_all().items())


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {}),
        ({"type": "exec"}, {"Type": "exec"}),
        (
            {"type": "forking", "pid_file": Path("/run/it.pid")},
            {"Type": "forking", "PIDFile": "/run/it.pid"},
        ),
        ({"type": "dbus", "bus_name": "org.x"}, {"Type": "dbus", "BusName": "org.x"}),
        ({"start_timeout": "1min"}, {"TimeoutStartSec": 60}),
        ({"stop_timeout": "1500ms"}, {"TimeoutStopSec": None}),
        (
            {"start_timeout": "never", "stop_timeout": "never"},
            {"TimeoutStartSec": "infinity", "TimeoutStopSec": "infinity"},
        ),
        ({"stop_signal": "SIGINT"}, {"KillSignal": "SIGINT"}),
        ({"stop_command": ["/bin/stop", "%n"]}, {"ExecStop": ["/bin/stop %n"]}),
        ({"restart_delay": 0}, {"RestartSec": 0}),
        ({"restart": "on-abnormal"}, {"Restart": "on-abnormal"}),
        ({"stop_processes": "all"}, {}),
        ({"stop_processes": "main-first"}, {"KillMode": "mixed"}),
        ({"stop_processes": "main-only"}, {"KillMode": "process"}),
        (
            {"success_exit_status": [143, "SIGUSR1"], "restart_prevent_exit_status": [255]},
            {"SuccessExitStatus": ["143 SIGUSR1"], "RestartPreventExitStatus": ["255"]},
        ),
        (
            {"restart_limit": RestartLimit(starts=3, within="1h")},
            {"StartLimitIntervalSec": 3600, "StartLimitBurst": 3},
        ),
        ({"restart_limit": "unlimited"}, {"StartLimitIntervalSec": 0}),
        (
            {
                "before_start": [["/bin/a", "b c"], Command(["/bin/b"], privileged=True)],
                "after_start": [Command(["/bin/c"], may_fail=True)],
                "after_stop": [Command(["/bin//d"], privileged=True, may_fail=True)],
            },
            {
                "ExecStartPre": ['/bin/a "b c"', "+/bin/b"],
                "ExecStartPost": ["-/bin/c"],
                "ExecStopPost": ["-+@/bin/d /bin//d"],
            },
        ),
    ],
)
def test_directives(options: dict[str, Any], expected: dict[str, Any]) -> None:
    """What is not said is not written."""
    found = directives(**options)
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert value is None or found[name] == value


def test_a_oneshot_may_count_as_running_after_its_end() -> None:
    """So that others can bind to it, and stopping it undoes what it did."""
    found = directives(type="oneshot", remain_after_exit=True, stop_command=["/bin/undo"])
    assert (found["RemainAfterExit"], found["ExecStop"]) == (True, ["/bin/undo"])


def test_hooks_run_as_the_service_does_unless_they_say_so() -> None:
    """Nothing is root by omission: only a Command that is privileged has the prefix for it."""
    hooks = ("before_start", "after_start", "after_stop")
    found = directives(**{hook: [["/bin/a"], Command(["/bin/a"])] for hook in hooks})
    assert {line for lines in found.values() for line in lines} == {"/bin/a"}


def test_what_is_done_once_comes_first_and_is_marked_last() -> None:
    """Each command is an argument of a script that never changes, and as privileged as it says."""
    commands: list[Run] = [
        ["/bin/init", "a b", "$HOME %n"],
        Command(["/bin/chmod", "x"], privileged=True),
    ]
    it = Service(
        process=Process(argv=["/bin/true"]),
        directories=Directories(state=Directory(name="data")),
        lifecycle=Lifecycle(before_first_start=commands, before_start=[["/bin/check"]]),
    )
    result = check(evaluate(Host(services={"it": it}))).services["it"]
    unless = '/bin/sh -c "[ -e \\"$$0\\" ] || exec \\"$$@\\"" /var/lib/data/.first-start-done'
    assert result[SystemdService].systemd.service.service.get("ExecStartPre") == [
        f'{unless} /bin/init "a b" "$$HOME %n"',
        f"+{unless} /bin/chmod x",
        '/bin/sh -c "[ -e \\"$$0\\" ] || : > \\"$$0\\"" /var/lib/data/.first-start-done',
        "/bin/check",
    ]


def built_for_users(lifecycle: Lifecycle) -> str:
    """The unit of a service with a state directory, under each user's own manager."""
    it = Service(
        process=Process(argv=["/bin/true"]),
        directories=Directories(state=Directory()),
        lifecycle=lifecycle,
    )
    host = Host(services={"it": it}, manager=SystemdManager(scope="user"))
    (found,) = [
        entry
        for path, entry in build(check(evaluate(host))).trees["host"].items()
        if path.endswith("user/it.service")
    ]
    text: str = getattr(found, "content").decode()
    return text


def test_the_marker_of_a_users_service_is_in_a_folder_that_systemd_knows() -> None:
    """Which is another for each user; a word that looks like the marker's place is none."""
    text = built_for_users(Lifecycle(before_first_start=[["/bin/init", "MARKER"]]))
    assert '|| exec \\"$$@\\"" %S/it/.first-start-done /bin/init MARKER\n' in text


def test_nothing_of_a_users_service_runs_as_root() -> None:
    """Its manager is not root, and would leave the privilege away without a word."""
    lifecycle = Lifecycle(after_stop=[["/bin/a"], Command(["/bin/b"], privileged=True)])
    assert said(lambda: built_for_users(lifecycle)) == [
        "`services.it.lifecycle.after_stop`: a user's manager runs everything as its user, and so no "
        "command of ExecStopPost= as root\n"
        "  defined at test_lifecycle.py\n"
        '      lifecycle = Lifecycle(after_stop=[["/bin/a"], Command(["/bin/b"], privileged=True)])\n'
        "  to fix: take the privilege away, or manage the service with SystemdManager(), for the "
        "whole system"
    ]


def test_a_program_cannot_say_more_than_its_path() -> None:
    """What would be a prefix is refused in a path, since paths begin with a /."""
    (message,) = said(lambda: check(evaluate(service(before_start=[["+/bin/a"]]))))
    assert message.startswith("`lifecycle.before_start[0]` starts with '+/bin/a', which is no abs")


def test_a_type_that_came_later_is_refused_where_it_is_said() -> None:
    """With both versions and the line of the portable option."""
    host = Host(services={"it": service(type="notify-reload")}, manager=SystemdManager(version=252))
    (message,) = said(lambda: build(check(evaluate(host))))
    assert message.startswith(
        "`services.it.lifecycle.type`: systemd 252, which this host has: Type="
    )
    assert "systemd 257 takes it\n  defined at test_lifecycle.py\n" in message


def test_what_systemd_does_not_hear_is_noted() -> None:
    """s6's line is read by s6; a program that speaks both is waited for."""

    def notes(**protocols: bool) -> tuple[str, ...]:
        protocol = NotificationProtocol(**protocols)
        it = Service(process=Process(argv=["/bin/true"]), notification_protocol=protocol)
        return tuple(build(check(evaluate(Host(services={"it": it})))).notes["host"])

    assert notes(s6=True) == (
        "`services.it`: counts as started when its process runs: systemd does not read s6's line",
    )
    assert notes(s6=True, systemd=True) == notes(systemd=True) == ()
