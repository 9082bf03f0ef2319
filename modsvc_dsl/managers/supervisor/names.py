"""Names of programs, as supervisor reads them.

In: results of services, and names. Out: the names of programs, and why supervisor would refuse
or misread one. Refuses to look at what a program runs. The rule is that of supervisor 4.2
(`process_or_group_name` in `supervisor/datatypes.py`), and stricter: a name also stands in a
section's header, in a file's name and in commands of supervisorctl.
"""

from __future__ import annotations

import re

from ...services.path import service_path
from ...services.service import Service

LONGEST_NAME = 200
"""Characters of a program's name. Its log is called NAME-stdout---supervisor-XXXXXXXX.log, where
`supervisor` is an identifier that the host may choose; Linux takes 255 bytes (NAME_MAX)."""

_NAME = re.compile(r"[A-Za-z0-9_@+][A-Za-z0-9_.@+-]*")


def program_name(service: Service) -> str:
    """The name of a service's program: the names on its path, joined by dashes."""
    return "-".join(service_path(service))


def name_problem(name: str) -> str:
    """Why a program cannot have a name; empty if it can."""
    if name == "all":
        return 'is what supervisorctl calls all programs: "supervisorctl stop all"'
    if not _NAME.fullmatch(name):
        return "has a character that supervisor or its commands would read as something else"
    if len(name) > LONGEST_NAME:
        return f"has {len(name)} characters, more than the {LONGEST_NAME} that its log file leaves"
    return ""
