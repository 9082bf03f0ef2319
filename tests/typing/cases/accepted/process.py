"""What a user may write of a service's process."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import assert_type

from modsvc_dsl import (
    FlagFormat,
    OptionalFile,
    Port,
    Process,
    Service,
    after,
    before,
    default,
    define,
    force,
    merged,
    option,
)


class Exporter(Service):
    """A program with flags."""

    port: Port = option(default=9100)
    folders: list[Path] = option(default=[Path("/srv")])
    process = Process(
        argv=merged(["/usr/bin/exporter"], after(["/data"])),
        flags={
            "log.level": default("info"),
            "v": True,
            "threads": 4,
            "config": Path("/etc/exporter.yml"),
            "peer": ["a", "b"],
            "none": None,
            "last": after("x"),
        },
        flag_format=FlagFormat(long="-", booleans="negated"),
        environment_files=[Path("/etc/default/exporter"), OptionalFile(Path("/run/x.env"))],
        umask="0027",
        reload_signal="SIGHUP",
        before_reload=[["/usr/bin/exporter", "check"]],
    )

    @define(Process.flags["web.listen-address"])
    def _listen(self) -> str:
        return f":{self.port}"

    @define(Process.flags["folder"])
    def _folders(self) -> list[str]:
        return [str(folder) for folder in self.folders]

    @define(Process.flags)
    def _more(self) -> dict[str, str | None]:
        return {"a": "b", "c": None}

    @define(Process.flag_format)
    def _format(self) -> FlagFormat:
        return force(FlagFormat.GO)

    @define(Process.environment_files)
    def _files(self) -> list[Path]:
        return [Path("/run/a.env")]

    @define(Process.reload_command)
    def _reload(self) -> list[str] | None:
        return None


class Strict(Exporter):
    process = Process(
        flags={"v": force(None), "log.level": force("warn")},
        umask=0o077,
        reload_signal=force(None),
        reload_command=["/usr/bin/exporter", "reload"],
    )


numbers = {"a": 1, "b": 2}
given = Exporter(process=Process(flags=before(numbers), umask=None))
switched = Exporter(process=Process(flags=force({}), flag_format=FlagFormat.VERBATIM))


def reads(service: Service) -> timedelta:
    assert_type(service.process.umask, int | None)
    assert_type(service.process.argv, list[str])
    assert_type(service.process.flag_format, FlagFormat)
    assert_type(service.process.environment_files[0], Path | OptionalFile)
    return timedelta(seconds=len(service.process.flags))
