"""`relative-path`: a path that depends on where the process happens to start.

In: a service. Out: a finding for each argument that is a path from somewhere. Refuses to guess: only
what begins with `./`, `../` or `~/`, or ends as files of programs do, is taken for a path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..language.evaluation.history import has_option
from ..language.words import show_value
from ..services.service import Service, runs
from .rule import Finding, Rule, command_of

_PATH = re.compile(
    r"\.{1,2}/.*|~/.*|[\w.-]+(?:/[\w.-]+)+\.(?:conf|cfg|ini|json|toml|ya?ml|sock|pid|log|db|sqlite3?|"
    r"pem|crt|key|py|sh|js|lua|xml|env)",
    re.DOTALL,
)


class RelativePath(Rule):
    """An argument is a path that does not begin with `/`, and nothing says from where."""

    name = "relative-path"

    def find(self, service: Service) -> Iterator[Finding]:
        if not runs(service):
            return
        known = service.process.working_directory is not None or _is_said_to_systemd(service)
        for index, argument in enumerate(command_of(service)[1:], 1):
            path = re.sub(r"^--?[\w-]+=", "", argument)
            home = path.startswith("~/")
            if not _PATH.fullmatch(path) or (known and not home):
                continue
            what = f"is {show_value(argument)}, a path from a folder that nothing says"
            advice = "write an absolute path, or say process.working_directory"
            if home:
                what = f"is {show_value(argument)}, and only a shell knows ~"
                advice = "write an absolute path"
            yield self.finding(service, ("process", "argv", index), what, advice)


# Any: what a manager's own module adds to services, which this room need not load
def _is_said_to_systemd(service: Any) -> bool:
    if not has_option(service, ("systemd", "service")):
        return False
    return bool(service["systemd"].service.service.get("WorkingDirectory"))
