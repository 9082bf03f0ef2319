"""Files of environment variables.

In: paths. Out: the annotation of a file of variables, which may be marked as one that need not exist.
Refuses to read one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ...language.arguments import refuses_others
from .spelling import HostPath


@refuses_others
@dataclass(frozen=True, slots=True)
class OptionalFile:
    """A file that is read where it exists."""

    path: HostPath


EnvironmentFile: TypeAlias = HostPath | OptionalFile
"""A file that has to exist, or one that need not."""


def path_of(file: Path | OptionalFile) -> Path:
    """Where a file lies."""
    return file.path if isinstance(file, OptionalFile) else file
