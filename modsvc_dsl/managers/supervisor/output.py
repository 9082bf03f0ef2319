"""Where what a program says goes, as supervisor's settings.

In: the result of `logging`. Out: settings, and what is different. Refuses to rotate: a file that a
service names is the service's. supervisor opens it as root, and its folder has to exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from ...language.evaluation.configuration import is_untouched
from ...language.words import Path
from ...services.service import Service

Line = tuple[str, str, Path]
"""A setting: its key, its text, and the option that decides it."""


def streams(service: Service) -> Iterator[Line]:
    """Settings of the two streams. What goes to the log has a file of supervisor's for each."""
    logging = service.logging
    if is_untouched(logging):
        return
    yield from _stream("stdout", logging.stdout)
    if logging.stderr != "stdout":
        yield from _stream("stderr", logging.stderr)
    elif logging.stdout != "log":
        yield "redirect_stderr", "true", ("logging", "stderr")


def _stream(name: str, goes: Any) -> Iterator[Line]:
    option = ("logging", name)
    if goes == "null":
        yield f"{name}_logfile", "NONE", option
    elif isinstance(goes, PurePath):
        # supervisor expands the names of these files once more than it does other settings
        yield f"{name}_logfile", str(goes).replace("%", "%%"), option
        yield f"{name}_logfile_maxbytes", "0", option  # supervisor would start it anew at 50 MB
