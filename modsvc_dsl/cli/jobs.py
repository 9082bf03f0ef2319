"""`--jobs N`: the hosts of a file evaluated by N processes.

In: FILE and N. Out: what `fleet.parallel` makes of them. Refuses to show what the file prints more than
once: the command shows it when it loads the file itself, and its workers keep quiet.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass

from ..fleet.host import Fleet, Host
from ..fleet.parallel import Distributed, distribute
from ..language.errors import Report
from .evaluation import current_folder
from .exits import Exit, Failure
from .subject import choose
from .user_file import load, split


@dataclass(frozen=True)
class Loading:
    """Loads what FILE.py[:NAME] means, in a process that may have gone to another folder since."""

    file: str
    name: str | None
    folder: str

    def __call__(self) -> Fleet | Host:
        if self.folder:
            os.chdir(self.folder)
        return choose(load(self.file), self.name)


def distributed(text: str, jobs: int) -> Distributed:
    """What N processes make of the hosts of FILE. Raises Failure, Mistake, Mistakes."""
    file, name = split(text)
    loading = Loading(os.path.realpath(file), name, current_folder())
    most = MOST_EACH * (os.cpu_count() or 1)
    with ProcessPoolExecutor(min(jobs, most), initializer=_settle_in) as executor:
        try:
            return distribute(loading, executor, data=False)
        except BrokenExecutor as error:
            raise Failure(Exit.UNLOADABLE, Report(_BROKEN, (), (), (_ADVICE,))) from error


_BROKEN = "one of the processes of --jobs ended before it was done"
_ADVICE = "leave --jobs out; what is wrong is then told, if it is not the memory of this machine"


MOST_EACH = 4
"""How many processes one processor may have at the most: they wait for nothing but it."""

_ON_DEATH_OF_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def _settle_in() -> None:
    """Make a worker what the command is: without the cyclic collector; and quiet.

    It ends with the command, also where that is killed.
    """
    prctl = getattr(ctypes.CDLL(None), "prctl", None)  # Linux has it
    if prctl is not None:
        prctl(_ON_DEATH_OF_PARENT, signal.SIGKILL)
    gc.disable()
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
