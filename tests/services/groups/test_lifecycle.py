"""When a service starts, what counts as started, and whether it starts again."""

from __future__ import annotations

from datetime import timedelta
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
    Schedule,
    Service,
    after,
    before,
    build,
    check,
    default,
    evaluate,
    history,
    json_data,
)
from modsvc_dsl.services.groups.lifecycle import LONG_RUNNING
from tests.services.saying import ARGV, running, said_of


def living(**options: Any) -> Service:
    """A service with some options of its lifecycle."""
    return Service(process=Process(argv=ARGV), lifecycle=Lifecycle(**options))


def test_the_defaults() -> None:
    """It runs, starts at boot, and starts again five seconds after it has ended."""
    assert json_data(check(evaluate(running())).lifecycle) == {
        "type": "simple",
        "pid_file": None,
        "bus_name": None,
        "remain_after_exit": False,
        "start_at_boot": True,
        "before_first_start": [],
        "before_start": [],
        "after_start": [],
        "after_stop": [],
        "start_timeout": None,
        "stop_timeout": None,
        "watchdog": None,
        "stop_signal": None,
        "stop_command": None,
        "stop_processes": "all",
        "success_exit_status": [],
        "restart": "always",
        "restart_prevent_exit_status": [],
        "restart_delay": 5,
        "restart_limit": None,
    }


@pytest.mark.parametrize(
    ("type_", "restart"),
    [
        ("simple", "always"),
        ("exec", "always"),
        ("forking", "always"),
        ("notify", "always"),
        ("notify-reload", "always"),
        ("dbus", "always"),
        ("oneshot", "no"),
    ],
)
def test_the_restart_default_depends_on_the_type(type_: str, restart: str) -> None:
    """What is meant to stay starts again; what is meant to end does not."""
    assert (type_ in LONG_RUNNING) == (restart == "always")
    assert evaluate(living(type=type_)).lifecycle.restart == restart


def test_a_restart_that_is_said_wins_over_the_type() -> None:
    """In both directions."""
    assert evaluate(living(type="oneshot", restart="on-failure")).lifecycle.restart == "on-failure"
    assert evaluate(living(restart="no")).lifecycle.restart == "no"


def test_a_program_that_says_when_it_is_ready_is_waited_for() -> None:
    """The type follows the protocol, weaker than a definition."""
    ready = NotificationProtocol(systemd=True)
    service = Service(process=Process(argv=ARGV), notification_protocol=ready)
    assert check(evaluate(service)).lifecycle.type == "notify"
    told = Service(
        process=Process(argv=ARGV), notification_protocol=ready, lifecycle=Lifecycle(type="exec")
    )
    assert check(evaluate(told)).lifecycle.type == "exec"
    won, lost = history(evaluate(told), "lifecycle.type")[:2]
    assert (won.value, won.priority, lost.value, lost.priority) == ("exec", 100, "notify", 1499)


def test_a_weak_word_of_a_user_wins_over_what_follows_from_others() -> None:
    """What `default(...)` says is said."""
    weak = living(type=default("exec"), restart=default("on-failure"))
    found = check(evaluate(weak)).lifecycle
    assert (found.type, found.restart) == ("exec", "on-failure")


def test_wrong_words_are_refused() -> None:
    """With the words there are, and the nearest one."""
    wrong = living(type="onshot", restart="never", restart_delay=-1)
    heads = [message.split("\n")[0] for message in said_of(web=wrong)]
    types = "'simple', 'exec', 'oneshot', 'forking', 'notify', 'notify-reload' or 'dbus'"
    assert heads == [
        f"`services.web.lifecycle.type` expects one of {types}",
        "`services.web.lifecycle.restart` expects one of 'always', 'on-failure', 'on-abnormal' or 'no'",
        "`services.web.lifecycle.restart_delay` expects a duration",
    ]
    assert said_of(web=wrong)[0].endswith("\n  to fix: did you mean 'oneshot'?")


def test_a_boolean_is_no_delay() -> None:
    """And no restart policy."""
    (message,) = said_of(web=living(restart_delay=True))
    assert message.endswith(
        "\n  to fix: write a text such as '5s', a timedelta, or a number of seconds"
    )
    (message,) = said_of(web=living(restart=True))
    assert message.startswith("`services.web.lifecycle.restart` expects one of ")


@pytest.mark.parametrize("written", [90, "90", "90s", "1min 30s", timedelta(seconds=90)])
def test_times_are_spans_however_they_are_written(written: Any) -> None:
    """Numbers are seconds, texts have units."""
    lifecycle = evaluate(
        living(restart_delay=written, start_timeout=written, stop_timeout=written)
    ).lifecycle
    found = {lifecycle.restart_delay, lifecycle.start_timeout, lifecycle.stop_timeout}
    assert found == {timedelta(seconds=90)}


def test_two_spellings_of_a_time_are_no_conflict() -> None:
    """What counts is the time."""
    module = living(stop_timeout="2min", start_timeout="never")
    found = evaluate(Service(lifecycle=Lifecycle(stop_timeout=120), imports=[module])).lifecycle
    assert (found.stop_timeout, found.start_timeout) == (timedelta(minutes=2), "never")
    other = Service(lifecycle=Lifecycle(stop_timeout="never"), imports=[module])
    (message,) = said_of(web=other)
    assert message.startswith("`services.web.lifecycle.stop_timeout` has definitions that differ\n")


@pytest.mark.parametrize(
    ("written", "found", "advice"),
    [
        (0, "0 (an integer)", 'write "never" for no limit, or a short time such as "1s"'),
        ("0s", "'0s' (a string)", 'write "never" for no limit, or a short time such as "1s"'),
        (-1, "-1 (an integer)", "-1 is negative, and a span of time is not"),
        ("infinity", "'infinity' (a string)", 'write "never" for no limit'),
        ("Never", "'Never' (a string)", 'write "never" for no limit'),
        (1.5, "1.5 (a float)", "write it with a unit: '1.5s'"),
        (
            "5 mni",
            "'5 mni' (a string)",
            "'5 mni' has the unit 'mni', which is none: did you mean `min`?",
        ),
    ],
)
def test_what_is_no_limit_in_time(written: Any, found: str, advice: str) -> None:
    """Nothing, which managers take for no limit, is refused; so is what is negative."""
    assert said_of(web=living(stop_timeout=written)) == [
        "`services.web.lifecycle.stop_timeout` expects a duration above zero or 'never', or None\n"
        f"  found {found}\n  defined at test_lifecycle.py\n"
        "      return Service(process=Process(argv=ARGV), lifecycle=Lifecycle(**options))\n"
        f"  to fix: {advice}"
    ]


LINE = (
    " defined at test_lifecycle.py\n"
    "      return Service(process=Process(argv=ARGV), lifecycle=Lifecycle(**options))\n"
)


@pytest.mark.parametrize(
    ("options", "why", "named", "advice"),
    [
        (
            {"type": "oneshot", "restart": "always"},
            "is a oneshot, which ends when it is done, and would be started again without end",
            ["type", "restart"],
            'write restart="on-failure" or restart="no"; for a job now and then, use `schedule`',
        ),
        (
            {"type": "forking"},
            "is of type forking and has no pid_file: no manager would know its main process",
            ["type"],
            'write pid_file=Path("/run/NAME/NAME.pid") beside the type',
        ),
        (
            {"type": "dbus"},
            "is of type dbus and has no bus_name: nothing would say that it has started",
            ["type"],
            'write bus_name="org.example.Name" beside the type',
        ),
        (
            {"pid_file": Path("/run/a.pid")},
            "has a pid_file, which means nothing to a service of type simple",
            ["pid_file"],
            'write type="forking", or take pid_file away',
        ),
        (
            {"restart_limit": RestartLimit(starts=5, within="10s")},
            "has a restart_limit that is never reached: 5 starts that are 5s apart take 25s, and are "
            "counted within 10s",
            ["restart_limit"],
            'count within a longer time, or write restart_limit="unlimited"',
        ),
    ],
)
def test_contradictions(options: dict[str, Any], why: str, named: list[str], advice: str) -> None:
    """Each names the options that say it, with their lines, and what to write."""
    lines = "".join(f"  `{name}`{LINE}" for name in named)
    expected = f"`services.web.lifecycle` {why}\n{lines}  to fix: {advice}"
    assert said_of(web=living(**options)) == [expected]


def test_a_first_start_needs_a_place_for_its_marker() -> None:
    """The state directory, which says where."""
    service = living(before_first_start=[["/bin/a"]])
    assert said_of(web=service) == [
        "`services.web.lifecycle` has before_first_start, and no state directory in which a marker "
        "could say that it has been done\n"
        f"  `before_first_start`{LINE}"
        "  to fix: write directories=Directories(state=Directory()) in the service"
    ]
    state = Service(directories=Directories(state=Directory()), imports=[service])
    assert said_of(web=state) == []


def test_a_limit_that_can_be_reached_is_fine() -> None:
    """So is none, and one that has no restart to count."""
    limit = RestartLimit(starts=5, within="1min")
    assert said_of(web=living(restart_limit=limit)) == []
    assert said_of(web=living(restart_limit="unlimited")) == []
    tight = RestartLimit(starts=5, within="10s")
    assert said_of(web=living(restart_limit=tight, restart="no")) == []
    assert said_of(web=living(restart_limit=tight, restart_delay="1s")) == []


def test_a_limit_has_both_its_numbers() -> None:
    """One is not guessed from the other, and nothing is no number of starts."""
    heads = [m.split("\n")[0] for m in said_of(web=living(restart_limit=RestartLimit(starts=0)))]
    assert sorted(heads) == [
        "`services.web.lifecycle.restart_limit.starts` expects an integer of at least 1",
        "`services.web.lifecycle.restart_limit.within` has no value: it needs a duration",
    ]


def test_commands_of_several_modules_run_in_order() -> None:
    """As all lists: a module's own before those of who imports it, unless said otherwise."""
    module = living(before_start=[["/bin/a"]])
    middle = Service(lifecycle=Lifecycle(before_start=before([["/bin/first"]])), imports=[module])
    last = Service(
        lifecycle=Lifecycle(before_start=[Command(["/bin/b"], privileged=True)]), imports=[middle]
    )
    more = Service(lifecycle=Lifecycle(before_start=after([["/bin/last"]])), imports=[last])
    found = evaluate(more).lifecycle.before_start
    assert found == [
        ["/bin/first"],
        ["/bin/a"],
        Command(["/bin/b"], privileged=True),
        ["/bin/last"],
    ]


def test_all_wrong_commands_are_told_of() -> None:
    """Relative programs, nothing, no list, and what no process can be given."""
    wrong: Any = [["a"], [], "/bin/a", ["/bin/a", 3], Command(["b"]), ["/bin/a", "\0"]]
    heads = [message.split("\n")[0] for message in said_of(web=living(before_start=wrong))]
    path = "`services.web.lifecycle.before_start"
    expects = (
        "expects a list of strings that starts with the absolute path of a program, or a Command"
    )
    assert heads == [
        f"{path}[0]` starts with 'a', which is no absolute path",
        f"{path}[1]` is an empty list, and its first item is the program to run",
        f"{path}[2]` {expects}",
        f"{path}[3][1]` expects a string",
        f"{path}[4].argv` starts with 'b', which is no absolute path",
        f"{path}[5][1]` holds a NUL, which ends a string",
    ]


def test_two_stop_commands_are_a_conflict() -> None:
    """They are not joined to one."""
    module = living(stop_command=["/bin/a"])
    service = Service(lifecycle=Lifecycle(stop_command=["/bin/b"]), imports=[module])
    (message,) = said_of(web=service)
    assert message.startswith("`services.web.lifecycle.stop_command` has definitions that differ\n")
    weak = living(stop_command=default(["/bin/a"]))
    found = evaluate(Service(lifecycle=Lifecycle(stop_command=["/bin/b"]), imports=[weak]))
    assert found.lifecycle.stop_command == ["/bin/b"]


@pytest.mark.parametrize(
    "name", ["", "org", "org..x", ".org.x", "org.1x", "org.x y", "a." + "b" * 300]
)
def test_names_on_the_bus(name: str) -> None:
    """At least two parts, none of them empty, none starting with a digit."""
    (message,) = said_of(web=living(type="dbus", bus_name=name))
    assert message.startswith("`services.web.lifecycle.bus_name` expects a name on the bus")


def files(service: Service) -> list[str]:
    return sorted(build(check(evaluate(Host(services={"web": service})))).trees["host"])


def test_what_is_not_enabled_leaves_nothing_behind() -> None:
    """No unit, no link, no file, of it and of all services below it; it is still evaluated."""
    below = {"db": running()}
    assert files(Service(services=below, enable=False)) == []
    parts = Service(services={**below, "off": Service(process=Process(argv=ARGV), enable=False)})
    assert [path for path in files(parts) if path.endswith(".service")] == [
        "etc/systemd/system/multi-user.target.wants/web-db.service",
        "etc/systemd/system/web-db.service",
    ]
    assert said_of(web=Service(process=Process(argv=["relative"]), enable=False)) != []


def test_what_does_not_start_at_boot_is_there_all_the_same() -> None:
    """It has a unit, which nothing starts by itself."""
    assert files(living(start_at_boot=False)) == ["etc/systemd/system/web.service"]


def test_only_what_ends_can_count_as_running_after_its_end() -> None:
    """With the lines of both words; a type that nobody said has none."""
    said = said_of(a=living(remain_after_exit=True), b=living(type="exec", remain_after_exit=True))
    assert [message.split("\n")[0] for message in said] == [
        f"`services.{name}.lifecycle` counts as running after its end, and is of type {type_}, "
        "which has none"
        for name, type_ in (("a", "simple"), ("b", "exec"))
    ]
    assert "`remain_after_exit` defined at" in said[1] and "`type` defined at" in said[1]
    assert said_of(c=living(type="oneshot", remain_after_exit=True)) == []


def test_what_counts_as_running_is_not_scheduled() -> None:
    """Its timer would start it once, and then find it running for ever."""
    job = Service(
        process=Process(argv=ARGV),
        lifecycle=Lifecycle(remain_after_exit=True),
        schedule=Schedule(calendar="daily"),
    )
    (message,) = said_of(job=job)
    assert "starts nothing a second time that counts as running after its end" in message
    assert message.endswith("take remain_after_exit away: what others wait for needs none")


@pytest.mark.parametrize("end", [0, 256, -1, True, "DATAERR", "143", "SIGSTOP"])
def test_an_end_is_a_status_or_a_signal(end: Any) -> None:
    """0 is always a good one; a status has eight bits."""
    (message,) = said_of(it=living(success_exit_status=[end]))
    assert message.startswith("`services.it.lifecycle.success_exit_status[0]` expects ")
