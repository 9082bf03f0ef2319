"""What checkers must refuse of a service's lifecycle."""

from __future__ import annotations

from datetime import timedelta

from modsvc_dsl import Command, Lifecycle, RestartLimit, Service, define, force

Lifecycle(watchdog=[30])  # refused
Lifecycle(type="one-shot")  # refused
Lifecycle(restart="never")  # refused
Lifecycle(restart_delay=None)  # refused
Lifecycle(restart_delay=1.5)  # refused
Lifecycle(restart_delay=["5s"])  # refused
Lifecycle(start_timeout=2.5)  # refused
Lifecycle(stop_timeout=force(2.5))  # refused
Lifecycle(restart_limit=5)  # refused
Lifecycle(restart_limit="never")  # refused
Lifecycle(restart_limit=RestartLimit(starts="5"))  # refused
Lifecycle(restart_limit=RestartLimit(starts=5, withing="1min"))  # refused
Lifecycle(restart_limit=RestartLimit(starts=5, within=None))  # refused
Lifecycle(stop_signal="TERM")  # refused
Lifecycle(stop_signal="SIGSTOP")  # refused
Lifecycle(stop_command="/bin/a")  # refused
Lifecycle(stop_command=["/bin/a", 3])  # refused
Lifecycle(before_start=["/bin/a", "b"])  # refused
Lifecycle(before_start="/bin/a")  # refused
Lifecycle(before_start=[["/bin/a", None]])  # refused
Lifecycle(after_stop=Command(["/bin/a"]))  # refused
Lifecycle(pid_file="/run/a.pid")  # refused
Lifecycle(bus_name=3)  # refused
Lifecycle(stop_timout="5s")  # refused
Lifecycle(stop_processes="mixed")  # refused
Lifecycle(success_exit_status=143)  # refused
Lifecycle(success_exit_status=["143"])  # refused
Lifecycle(restart_prevent_exit_status=["SIGSTOP"])  # refused
Lifecycle(remain_after_exit="yes")  # refused
Command("/bin/a")  # refused
Command(["/bin/a"], root=True)  # refused
Command(["/bin/a"], privileged="yes")  # refused


class Wrong(Service):
    @define(Lifecycle.restart_delay)  # refused
    def _delay(self) -> str:
        return "5s"

    @define(Lifecycle.before_start)  # refused
    def _before(self) -> list[str]:
        return ["/bin/a"]

    @define(Lifecycle.type)  # refused
    def _type(self) -> int:
        return 3


def reads(service: Service) -> timedelta:
    return service.lifecycle.stop_timeout  # refused
