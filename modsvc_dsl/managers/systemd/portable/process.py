"""What a service runs, and in which environment, as directives.

In: the result of `process`. Out: directives of [Service]. Refuses to say the command itself:
`systemd.main_exec_start` does, which users may say in its place.
"""

from __future__ import annotations

import re
from typing import Any

from ....language.evaluation.history import places
from ....language.provenance import is_ours
from ....services.values.environment_file import EnvironmentFile, OptionalFile, path_of
from ....services.groups.process import Process
from ....services.service import Service
from ..escaping import BadValue, environment_assignment, exec_line, untrimmed
from ..mistakes import BadDirective
from .translation import Directives, Translation, command_line, written


class ProcessTranslation(Translation):
    """Environment, working directory, umask and reload."""

    group = "process"
    made_from = {
        "ExecStart": ("process", "argv"),
        "Environment": ("process", "environment"),
        "UnsetEnvironment": ("process", "environment"),
        "EnvironmentFile": ("process", "environment_files"),
        "WorkingDirectory": ("process", "working_directory"),
        "UMask": ("process", "umask"),
        "ExecReload": ("process", "reload_signal"),
        "ReloadSignal": ("process", "reload_signal"),
    }
    or_from = {
        "ExecStart": [("process", "flags")],
        "ExecReload": [("process", "reload_command"), ("process", "before_reload")],
    }

    others = frozenset({"argv", "flags", "flag_format"})  # which are the command's, see there

    def service(self, service: Service) -> Directives:
        process = service.process
        found: dict[str, Any] = {}
        if process.working_directory is not None:
            path = self.made_from["WorkingDirectory"]
            directory = str(process.working_directory)
            found["WorkingDirectory"] = written(service, path, untrimmed, directory)
        path = self.made_from["Environment"]
        for name, value in sorted(process.environment.items()):
            if value is None:
                found.setdefault("UnsetEnvironment", []).append(name)
            else:
                line = written(service, path, environment_assignment, name, value)
                found.setdefault("Environment", []).append(line)
        files = process.environment_files
        if files:
            path = self.made_from["EnvironmentFile"]
            found["EnvironmentFile"] = [written(service, path, _file, file) for file in files]
        found.update(_reload(service, process))
        return found

    def confinement(self, service: Service) -> Directives:
        umask = service.process.umask
        return {} if umask is None else {"UMask": f"{umask:04o}"}


def command(service: Service) -> str:
    """The argument vector as a command line that every byte of it survives."""
    try:
        return exec_line(service.process.argv)
    except BadValue as bad:
        said = [each for name in ("argv", "flags") for each in places(service, ("process", name))]
        why = f"{bad.what} {bad.found}; {bad.instead}"
        where = (*service.__node__.path, "process", "argv")
        users = [each for each in said if not is_ours(each.locate().file)]
        raise BadDirective(where, why, users) from None


def _reload(service: Service, process: Process) -> Directives:
    """How the service is reloaded; a type of its own has systemd send the signal and wait."""
    path = ("process", "before_reload")
    lines = [command_line(service, path, run) for run in process.before_reload]
    if process.reload_command is not None:
        path = ("process", "reload_command")
        return {"ExecReload": [*lines, command_line(service, path, process.reload_command)]}
    signal = process.reload_signal
    if signal is None:
        return {}
    if service.lifecycle.type == "notify-reload":
        return {"ReloadSignal": signal}
    return {"ExecReload": [*lines, f"/bin/kill -{signal.removeprefix('SIG')} $MAINPID"]}


def _file(file: EnvironmentFile) -> str:
    """A file of variables; its path is no pattern, as systemd would otherwise read it (glob(7))."""
    path = re.sub(r"[*?\[\\]", r"\\\g<0>", str(path_of(file)))
    return ("-" if isinstance(file, OptionalFile) else "") + untrimmed(path)
