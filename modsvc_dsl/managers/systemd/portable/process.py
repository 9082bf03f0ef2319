"""What a service runs, and in which environment, as directives.

In: the result of `process`. Out: directives of [Service]. Refuses to say the command itself:
`systemd.main_exec_start` does, which users may say in its place.
"""

from __future__ import annotations

from typing import Any

from ....services.service import Service
from ..escaping import environment_assignment, exec_line, literal
from .translation import Directives, Translation, written


class ProcessTranslation(Translation):
    """Environment and working directory."""

    group = "process"
    made_from = {
        "ExecStart": ("process", "argv"),
        "Environment": ("process", "environment"),
        "UnsetEnvironment": ("process", "environment"),
        "WorkingDirectory": ("process", "working_directory"),
    }

    def service(self, service: Service) -> Directives:
        found: dict[str, Any] = {}
        process = service.process
        if process.working_directory is not None:
            path = self.made_from["WorkingDirectory"]
            directory = str(process.working_directory)
            found["WorkingDirectory"] = written(service, path, literal, directory)
        path = self.made_from["Environment"]
        for name, value in sorted(process.environment.items()):
            if value is None:
                found.setdefault("UnsetEnvironment", []).append(name)
            else:
                line = written(service, path, environment_assignment, name, value)
                found.setdefault("Environment", []).append(line)
        return found


def command(service: Service) -> str:
    """The argument vector as a command line that every byte of it survives."""
    line: str = written(service, ("process", "argv"), exec_line, service.process.argv)
    return line
