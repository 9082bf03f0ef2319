"""How the command ends: its exit codes, and the exception that ends it early.

In: nothing. Out: `Exit`, their meanings, `Failure`. Refuses to know what leads to them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..language.errors import Report


class Exit(IntEnum):
    """Exit codes. 70 and 74 are EX_SOFTWARE and EX_IOERR of sysexits.h; 130 and 141 are what shells
    show for a process that SIGINT or SIGPIPE ended (128 and the signal's number)."""

    FINE = 0
    MISTAKES = 1
    USAGE = 2
    UNLOADABLE = 3
    REFUSED = 4
    FINDINGS = 5
    BUG = 70
    UNWRITABLE = 74
    INTERRUPTED = 130
    NO_READER = 141


class Failure(Exception):
    """Why a verb ends without its result.

    `report` says it, `detail` is text to follow it as it is, such as a traceback.
    """

    def __init__(self, exit: Exit, report: Report, detail: str = "") -> None:
        super().__init__(report.headline)
        self.exit = exit
        self.report = report
        self.detail = detail
