"""What a user may write of a service's lifecycle."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal, assert_type

from modsvc_dsl import (
    Command,
    Lifecycle,
    Process,
    RestartLimit,
    Service,
    after,
    default,
    define,
    duration,
    force,
    option,
)


class Database(Service):
    """A service with a whole life."""

    patience: int = option(default=5)
    process = Process(argv=["/usr/bin/database"])
    lifecycle = Lifecycle(
        type="forking",
        pid_file=Path("/run/database/main.pid"),
        start_timeout="5min",
        stop_timeout=default("never"),
        stop_signal="SIGINT",
        stop_command=["/usr/bin/database", "stop"],
        restart="on-failure",
        restart_delay=2,
        restart_limit=RestartLimit(starts=5, within="10min"),
        before_start=[
            ["/usr/bin/database", "check"],
            Command(["/usr/bin/install", "-d", "/run/x"], privileged=True),
        ],
        after_start=[Command(["/usr/bin/logger", "up"], may_fail=True)],
        after_stop=after([["/usr/bin/logger", "down"]]),
        start_at_boot=False,
        stop_processes="main-first",
        success_exit_status=[143, "SIGUSR1"],
        restart_prevent_exit_status=[255],
    )

    @define(Lifecycle.stop_timeout)
    def _patience(self) -> timedelta:
        return force(timedelta(minutes=self.patience))

    @define(Lifecycle.restart_delay)
    def _delay(self) -> timedelta:
        return force(duration("1s"))

    @define(Lifecycle.before_start)
    def _checks(self) -> list[list[str]]:
        return [["/usr/bin/true", str(self.patience)]]

    @define(Lifecycle.restart_limit)
    def _limit(self) -> Literal["unlimited"]:
        return force("unlimited")


commands = [["/usr/bin/a"], ["/usr/bin/b"]]
made = Lifecycle(before_start=commands, restart_limit="unlimited", stop_timeout=None)
spans = Lifecycle(restart_delay=timedelta(seconds=3), start_timeout=90, stop_timeout="1min 30s")
on_the_bus = Lifecycle(type="dbus", bus_name="org.example.Name")
reloads = Lifecycle(type="notify-reload")
firewall = Lifecycle(
    type="oneshot", remain_after_exit=True, stop_command=["/usr/sbin/nft", "flush"]
)
watched = [Lifecycle(watchdog=each) for each in ("30s", 30, timedelta(seconds=30), None)]


def reads(service: Service) -> float:
    lifecycle = service.lifecycle
    assert_type(lifecycle.restart_delay, timedelta)
    assert_type(lifecycle.stop_timeout, timedelta | Literal["never"] | None)
    assert_type(lifecycle.restart_limit, Literal["unlimited"] | RestartLimit | None)
    assert_type(lifecycle.watchdog, timedelta | None)
    assert_type(lifecycle.stop_command, list[str] | Command | None)
    return lifecycle.restart_delay.total_seconds()
