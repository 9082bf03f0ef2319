"""Ends of a process: the status that it leaves, or the signal that ended it.

In: nothing. Out: the annotation of options that take one. Refuses to say which of them are good: 0 is,
whatever else is.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ...language.types.refinements import Between
from .signals import Signal

ExitStatus: TypeAlias = Annotated[int, Between(1, 255)] | Signal
"""A status other than 0, as wait(2) has it in eight bits, or the signal that ended the process."""
