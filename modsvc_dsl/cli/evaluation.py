"""From FILE on the command line to a result.

In: `FILE.py[:NAME]`. Out: the result of what is meant, lazily evaluated. Refuses to print.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..fleet.evaluation import evaluate
from ..fleet.host import Fleet, Host
from .subject import choose
from .user_file import load, split


def evaluated(text: str) -> Fleet | Host:
    """The result of what `FILE.py[:NAME]` means. Raises Failure, Mistake, Mistakes."""
    file, name = split(text)
    return evaluate(choose(load(file), name))


def current_folder() -> str:
    """The current folder, empty where it was deleted."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        return ""


def folder_of(text: str) -> Path:
    """The folder that the file lies in, which places in manifests are relative to.

    To be asked before the file is loaded, as it may go to another folder.
    """
    return Path(os.path.realpath(split(text)[0])).parent
