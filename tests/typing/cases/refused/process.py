"""What checkers must refuse of a service's process."""

from __future__ import annotations

from pathlib import Path

from modsvc_dsl import FlagFormat, OptionalFile, Process, Service, define, force

Process(flags={"a": 1.5})  # refused
Process(flags={"a": [None]})  # refused
Process(flags={"a": {"b": 1}})  # refused
Process(flags={"a": force(2.5)})  # refused
Process(flags=["--a"])  # refused
Process(flag_format="go")  # refused
Process(flag_format=FlagFormat)  # refused
FlagFormat(separator="->")  # refused
FlagFormat(booleans="yes")  # refused
FlagFormat(long=None)  # refused
FlagFormat(prefix="-")  # refused
FlagFormat.GNU.long = "-"  # refused
Process(environment_files=["/etc/default/a"])  # refused
Process(environment_files=[OptionalFile("/etc/default/a")])  # refused
Process(environment_files=Path("/etc/default/a"))  # refused
Process(umask=True, unmask=3)  # refused
Process(umask=[0o77])  # refused
Process(reload_signal="HUP")  # refused
Process(reload_signal="SIGKILL")  # refused
Process(reload_signal=1)  # refused
Process(reload_command="/usr/bin/a reload")  # refused
Process(before_reload=["/usr/bin/a", "check"])  # refused
Process(reload_command=["/bin/a", 3])  # refused


class Wrong(Service):
    @define(Process.flags["a"])  # refused
    def _a(self) -> float:
        return 1.5

    @define(Process.umask)  # refused
    def _umask(self) -> Path:
        return Path("/")

    @define(Process.reload_signal)  # refused
    def _reload(self) -> int:
        return 1
