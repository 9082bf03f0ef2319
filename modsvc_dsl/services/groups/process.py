"""What a service runs, and in which environment.

In: nothing. Out: the group `process`. Refuses to know how a manager quotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

from ...language.function import reads
from ...language.errors import Mistake
from ...language.evaluation.history import places
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.types.refinements import PathKind
from ...language.words import show_value
from ..values.command_words import words
from ..values.command import Run
from ..values.environment_file import EnvironmentFile
from ..values.flag_format import FlagFormat, FlagValue
from ..values.flags import ByName, FlagName, MainCommand
from ..mistakes.services import Contradiction
from ..values.quantities import UmaskOption, unset
from ..values.signals import HandledSignal
from ..values.spelling import VariableName


class Process(Module):
    """The process of a service."""

    @staticmethod
    def __instead__(value: object) -> str:
        """What to write for a command line alone."""
        argv = words(value) if isinstance(value, str) else value
        if not isinstance(argv, list) or any(isinstance(word, Module) for word in argv):
            return ""
        return f"Process(argv={show_value(argv)})"

    argv: Annotated[list[str], MainCommand()] = option(
        description=(
            "Program and arguments, passed to the process byte for byte: no shell, no "
            "specifiers, no variables. The first is an absolute path. The flags are in it, behind "
            "the plain arguments and before those with after(...). Unset only for services that "
            "group others."
        ),
        required=False,
    )
    flags: Annotated[Mapping[FlagName, FlagValue], ByName()] = option(
        description=(
            "Flags by name, without their dashes. None leaves one out, a list repeats it, a "
            "boolean switches it. Unset: none."
        )
    )
    flag_format: FlagFormat = option(
        default=FlagFormat.GNU, description="How the program wants its flags to be spelt."
    )
    environment: Mapping[VariableName, str | None] = option(
        description=(
            "Environment variables. None unsets a variable that the manager would pass. "
            "Unset: only what the manager passes by itself."
        )
    )
    environment_files: Sequence[EnvironmentFile] = option(
        description=(
            "Files of NAME=value lines on the host, read at each start; a later one wins, and all "
            "win over `environment`. OptionalFile(...) need not exist."
        )
    )
    working_directory: Annotated[Path, PathKind(True)] | None = option(
        default=None,
        description="Folder that the process starts in. None: the manager's own choice.",
    )
    umask: UmaskOption = option(
        default=unset(),
        description=(
            'Permissions that files it makes do not get, as 0o027 or "0027". None: 0077 where '
            "the service is hardened, else the manager's own choice."
        ),
    )
    reload_signal: HandledSignal | None = option(
        default=None,
        description="Signal to the main process that has it read its configuration again.",
    )
    reload_command: Run | None = option(
        default=None,
        description=(
            "Program and arguments that have the service read its configuration again. None, and "
            "no reload_signal: it cannot be reloaded."
        ),
    )

    before_reload: Sequence[Run] = option(
        description=(
            "Commands that run in order before each reload; the first that fails ends it, and the "
            "service goes on as it is."
        )
    )

    @reads("reload_signal", "reload_command", "before_reload")
    def __validate__(self) -> Iterator[Mistake]:
        """There is one way to reload, and it is there where something comes before it."""
        if self.reload_signal is not None and self.reload_command is not None:
            names = ("reload_signal", "reload_command")
            yield Contradiction(
                (*self.__node__.path, "process"),
                "is reloaded in two ways, by a signal and by a command",
                [(name, places(self, name)) for name in names],
                "keep one of them, or say None for the other with force(None)",
            )
        if self.before_reload and self.reload_signal is None and self.reload_command is None:
            yield Contradiction(
                (*self.__node__.path, "process"),
                "has something to do before a reload, and nothing that reloads it",
                [("before_reload", places(self, "before_reload"))],
                "write reload_signal or reload_command beside it, or take it away",
            )
