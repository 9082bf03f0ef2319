"""What a service runs, and in which environment.

In: nothing. Out: the group `process`. Refuses to know how a manager quotes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from ..language.module import Module
from ..language.option import option
from ..language.types.refinements import PathKind
from .argument_vector import ArgumentVector
from .spelling import VariableName


class Process(Module):
    """The process of a service."""

    argv: Annotated[list[str], ArgumentVector()] = option(
        description=(
            "Program and arguments, passed to the process byte for byte: no shell, no "
            "specifiers, no variables. The first is an absolute path. Unset only for services "
            "that group others."
        ),
        required=False,
    )
    environment: Mapping[VariableName, str | None] = option(
        description=(
            "Environment variables. None unsets a variable that the manager would pass. "
            "Unset: only what the manager passes by itself."
        )
    )
    working_directory: Annotated[Path, PathKind(True)] | None = option(
        default=None,
        description="Folder that the process starts in. None: the manager's own choice.",
    )
