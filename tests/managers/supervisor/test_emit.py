"""A host's services become programs, config files and notes.

In: services. Out: settings, files, and every note that a build gives.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    ConfigFile,
    Hardening,
    Identity,
    Lifecycle,
    Logging,
    Meta,
    NotificationProtocol,
    Process,
    RestartLimit,
    Service,
    Systemd,
    Unit,
    define,
)
from modsvc_dsl.managers.tree import File
from tests.managers.supervisor.hosts import PROGRAMS, Plain, content, notes, program, tree

DELAY = (
    "`services.it`: lifecycle.restart_delay of 5s is not kept: it starts again at once, or after "
    "1, 2, 3, ... s while it ends within its first second"
)
DYNAMIC = "`services.it`: runs as nobody, and not as a user of its own: supervisor makes none"
OPEN = "`services.it`: is not confined: supervisor has no hardening beyond the umask 077"


def test_a_service_that_says_little() -> None:
    """The whole file, and all notes."""
    assert content(tree({"it": Plain()}), f"{PROGRAMS}it.conf") == (
        "; Made by modsvc for the service it. Changes here are lost.\n"
        "\n"
        "[program:it]\n"
        "command=/bin/plain\n"
        "user=nobody\n"
        "umask=077\n"
        "priority=999\n"
        "autostart=true\n"
        "autorestart=true\n"
        "startsecs=1\n"
        "startretries=2147483647\n"
        "exitcodes=0\n"
        "stopasgroup=true\n"
    )
    assert notes({"it": Plain()}) == [DYNAMIC, OPEN, DELAY]


def test_a_service_that_says_all_that_supervisor_can() -> None:
    """Nothing is left to be noted."""
    it = Service(
        process=Process(
            argv=["/bin/it", "a b"],
            environment={"A": "1", "B": "x,y", "C": None},
            working_directory=Path("/srv/it"),
        ),
        identity=Identity(user="games"),
        lifecycle=Lifecycle(type="exec", start_at_boot=False, restart_delay=0),
        hardening=Hardening(enable=False),
        meta=Meta(description="It", documentation=["man:it(8)", "https://example.org/[x]"]),
    )
    assert content(tree({"it": it}), f"{PROGRAMS}it.conf") == (
        "; Made by modsvc for the service it. Changes here are lost.\n"
        "; It\n"
        "; See man:it(8)\n"
        "; See https://example.org/[x]\n"
        "\n"
        "[program:it]\n"
        "command=/usr/bin/env -u C /bin/it 'a b'\n"
        "directory=/srv/it\n"
        'environment=A="1",\n'
        '    B="x,y"\n'
        "user=games\n"
        "priority=999\n"
        "autostart=false\n"
        "autorestart=true\n"
        "startsecs=1\n"
        "startretries=2147483647\n"
        "exitcodes=0\n"
        "stopasgroup=true\n"
    )
    assert notes({"it": it}, user=None) == []


@pytest.mark.parametrize(
    ("type_", "restart", "expected"),
    [
        ("simple", "always", ("true", "1", "2147483647")),
        ("simple", "on-failure", ("unexpected", "1", "2147483647")),
        ("exec", "no", ("false", "1", "0")),
        ("oneshot", "no", ("false", "0", "0")),
        ("oneshot", "on-failure", ("unexpected", "0", "2147483647")),
    ],
)
def test_restart(type_: str, restart: str, expected: tuple[str, str, str]) -> None:
    """Policy and type decide three settings together."""
    said: dict[str, Any] = {"type": type_, "restart": restart}
    settings = program(Plain(lifecycle=Lifecycle(**said))).settings
    assert settings["exitcodes"] == "0"
    assert tuple(settings[key] for key in ("autorestart", "startsecs", "startretries")) == expected


def test_what_is_listed_of_restarts() -> None:
    """No more than applies."""
    on_failure = Lifecycle(restart="on-failure", restart_delay=0)
    assert notes({"it": Plain(lifecycle=on_failure)})[2:] == [
        "`services.it`: an end within its first second counts as a failure, even with exit status 0"
    ]
    job = Lifecycle(type="oneshot", restart="on-failure", restart_delay=9)
    assert notes({"it": Plain(lifecycle=job)})[2:] == [
        "`services.it`: lifecycle.restart_delay of 9s is not kept: after a failure it starts again "
        "at once"
    ]
    assert notes({"it": Plain(lifecycle=Lifecycle(restart="no"))})[2:] == []


def test_hardening_that_was_asked_for_is_named() -> None:
    """The profile as such is listed once, what a user said of it by name."""
    hardening = Hardening(capabilities=["CAP_NET_BIND_SERVICE"], writable_paths=[Path("/srv")])
    assert notes({"it": Plain(hardening=hardening)})[1] == (
        f"{OPEN}, so hardening.capabilities and hardening.writable_paths have no effect"
    )


def test_readiness_is_not_heard_of() -> None:
    """A program that can speak the protocol runs, and speaks to nobody."""
    speaks = Plain(notification_protocol=NotificationProtocol(systemd=True))
    assert program(speaks).settings["startsecs"] == "1"
    assert notes({"it": speaks})[2] == (
        "`services.it`: counts as started when its process runs: supervisor hears nothing from "
        "READY=1"
    )


def test_a_group_is_told_what_it_says_in_vain() -> None:
    """Options of a process, where there is none."""
    group = Service(services={"x": Plain()}, identity=Identity(user="games"))
    assert notes({"it": group})[0] == (
        "`services.it`: has no process of its own, so identity.user has no effect"
    )
    assert list(tree({"it": group})) == [f"{PROGRAMS}it-x.conf"]


class WithFiles(Plain):
    """A service with a part for systemd, and with files."""

    config_data = {
        "a.conf": ConfigFile(text="a\n"),
        "b": ConfigFile(source=Path("hosts.py"), name="sub/b.py"),
        "c": ConfigFile(text="", enable=False),
    }

    @define(Systemd.service, optional=True)
    def _unit(self) -> Unit:
        return Unit(service={"Nice": 5})


def test_config_files_lie_where_they_always_do() -> None:
    """Texts and sources, with their owner and where they were written."""
    found = tree({"it": WithFiles()})
    assert list(found) == [
        f"{PROGRAMS}it.conf",
        "etc/system-services/it/a.conf",
        "etc/system-services/it/sub/b.py",
    ]
    assert content(found, "etc/system-services/it/a.conf") == "a\n"
    source = found["etc/system-services/it/sub/b.py"]
    assert isinstance(source, File)
    assert source.content == Path(__file__).with_name("hosts.py").read_bytes()
    assert source.service == ("it",)
    assert {Path(origin.file).name for origin in source.origins} == {"test_emit.py"}


def test_what_is_optional_for_systemd_is_skipped_and_listed() -> None:
    """With the definition and its line."""
    (note,) = [each for each in notes({"it": WithFiles()}) if "skipped" in each]
    line = Path(__file__).read_text().split("\n").index("    def _unit(self) -> Unit:") + 1
    assert note == (
        f"`services.it`: what WithFiles at {__file__}:{line} defines of Systemd.service is "
        "skipped: it is optional, and nothing declares it under supervisor"
    )


def test_each_line_knows_where_its_value_was_written() -> None:
    """Lines that nobody defined, but for defaults, have no origin."""
    it = Plain(
        lifecycle=Lifecycle(start_at_boot=False),
        process=Process(environment={"A": "1\n2", "B": ""}),
    )
    file = tree({"it": it})[f"{PROGRAMS}it.conf"]
    assert isinstance(file, File)
    lines = file.content.decode().split("\n")
    known = {lines[number - 1].strip().partition("=")[0] for number in file.lines}
    assert known == {"command", "environment", '2",', "B", "autostart"}
    assert file.service == ("it",)


def test_what_is_switched_off_makes_nothing() -> None:
    """Neither files nor notes, nor what lies below it."""
    off = Service(enable=False, services={"x": WithFiles()}, process=Process(argv=["/bin/x"]))
    assert tree({"it": off}, user=None) == {}
    assert notes({"it": off}, user=None) == []


def test_stop_and_limits_as_far_as_supervisor_knows_them() -> None:
    """A signal by its short name, whole seconds, and how often a start is tried again."""
    limit = RestartLimit(starts=5, within="1min")
    said = Lifecycle(stop_signal="SIGQUIT", stop_timeout="1500ms", restart_limit=limit)
    settings = program(Plain(lifecycle=said)).settings
    assert (settings["stopsignal"], settings["stopwaitsecs"]) == ("QUIT", "2")
    assert settings["startretries"] == "4"
    assert notes({"it": Plain(lifecycle=said)})[2:4] == [
        "`services.it`: lifecycle.stop_timeout of 1s 500ms is 2s, as supervisor counts whole seconds",
        "`services.it`: lifecycle.restart_limit counts otherwise: supervisor gives it up after 5 "
        "starts in a row that ended within their first second",
    ]
    endless = Lifecycle(stop_timeout="never", start_timeout="5min", restart_limit="unlimited")
    assert program(Plain(lifecycle=endless)).settings["stopwaitsecs"] == "2147483647"
    assert notes({"it": Plain(lifecycle=endless)})[2:4] == [
        "`services.it`: lifecycle.start_timeout is not kept: supervisor gives a start all the time "
        "it takes",
        "`services.it`: lifecycle.stop_timeout is 24855 days, as supervisor always kills in the end",
    ]


def test_a_umask_and_what_reloads() -> None:
    """The mask that is said; nothing reloads, and people are told how to."""
    it = Plain(process=Process(umask="0027", reload_signal="SIGHUP"))
    assert program(it).settings["umask"] == "027"
    assert notes({"it": it})[2] == (
        "`services.it`: is not reloaded by process.reload_signal, as supervisor reloads nothing: "
        "`supervisorctl signal HUP it` does it by hand"
    )
    it = Plain(process=Process(reload_command=["/bin/plain", "reload"]))
    assert notes({"it": it})[2] == (
        "`services.it`: is not reloaded by process.reload_command, as supervisor reloads nothing: "
        "run the command by hand"
    )


def test_ends_that_are_good_ones() -> None:
    """Both lists are statuses after which a program that restarts on failure stays ended."""
    life = Lifecycle(
        restart="on-failure", success_exit_status=[143], restart_prevent_exit_status=[9, 143]
    )
    settings = program(Plain(lifecycle=life)).settings
    assert (settings["autorestart"], settings["exitcodes"]) == ("unexpected", "0,9,143")


@pytest.mark.parametrize(
    ("whom", "settings"),
    [
        ("all", {"stopasgroup": "true"}),
        ("main-first", {"killasgroup": "true"}),
        ("main-only", {}),
    ],
)
def test_whom_a_stop_reaches(whom: Any, settings: dict[str, str]) -> None:
    """Supervisor kills the rest only with a main process that did not end in time, and says so."""
    it = Plain(lifecycle=Lifecycle(stop_processes=whom))
    found = program(it).settings.items()
    assert {key: value for key, value in found if key.endswith("asgroup")} == settings
    told = [note for note in notes({"it": it}) if "leaves behind" in note]
    assert len(told) == (whom == "main-first")


def test_what_has_ended_does_not_count_as_running() -> None:
    """Which is told, as is that nothing comes before a reload that there is not."""
    process = Process(reload_signal="SIGHUP", before_reload=[["/bin/check"]])
    it = Plain(process=process, lifecycle=Lifecycle(type="oneshot", remain_after_exit=True))
    told = notes({"it": it})
    assert any("lifecycle.remain_after_exit has no effect" in note for note in told)
    assert any("runs nothing of process.before_reload" in note for note in told)


def test_a_percent_sign_in_the_name_of_a_log() -> None:
    """supervisor expands such a name twice, and other settings once."""
    log = Logging(stdout=Path("/tmp/50%.log"), stderr=Path("/tmp/%(here)s"))
    service = Service(process=Process(argv=["/bin/a", "50%"]), logging=log)
    lines = content(tree({"it": service}), f"{PROGRAMS}it.conf").splitlines()
    settings = dict(line.split("=", 1) for line in lines if "=" in line)
    known = {"program_name": "it", "here": "elsewhere"}
    assert settings["stdout_logfile"] % known % known == "/tmp/50%.log"
    assert settings["stderr_logfile"] % known % known == "/tmp/%(here)s"
    assert settings["command"] % known == "/bin/a 50%"
