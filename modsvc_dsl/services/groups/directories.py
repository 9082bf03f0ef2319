"""The directories that a service has for itself.

In: nothing. Out: the group `directories`. Refuses to make them: the manager does, before the
process starts, and gives them to its user. They are empty or as the service left them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Annotated, Any, ClassVar, Literal

from ...language.errors import Mistake
from ...language.evaluation.history import places, strength
from ...language.declaration.module import Module
from ...language.declaration.on_demand import on_demand
from ...language.declaration.option import option
from ...language.properties import OPTION_DEFAULT
from ...language.types.refinements import Unique
from ...language.words import all_of
from ..mistakes.directories import NoPath, NotSwitchedOn
from ..path import service_path
from ..placement import Unplaced, placement_of
from ..values.spelling import FileMode, FolderName

KINDS = ("state", "cache", "logs", "runtime", "configuration")
"""The options of `Directories`, in order."""

PRIVATE = 0o700
"""The mode of what is the service's own. That of `configuration` is READABLE: the host often has it
before the service does, and whoever it belongs to there keeps it."""

READABLE = 0o755


class Directory(Module):
    """One of the directories of a service. To write `Directory()` is to ask for it."""

    _implied: ClassVar[dict[str, Any]] = {"enable": True}

    @staticmethod
    def __instead__(value: object) -> str:
        """What to write for a name, a path or True."""
        if value is True:
            return "Directory()"
        if isinstance(value, (str, PurePath)):
            name = PurePath(value).name
            return f"Directory(name={name!r}): where it lies, the host says"
        return ""

    enable: bool = option(default=False, description="Whether the service has it.")
    name: FolderName | None = option(
        default=None,
        description=(
            "Its name, below the folder that the host has for such directories. Unset: the names "
            "on the service's path, joined by dashes."
        ),
    )
    subdirectories: Annotated[list[FolderName], Unique()] = option(
        description="Folders that are made in it, of the same mode and owner."
    )
    mode: FileMode | None = option(
        default=None,
        description="Its permission bits. Unset: 0o700, and 0o755 for configuration.",
    )

    @on_demand
    @option
    def path(self) -> str:
        """Where it is on the host, for command lines and config files."""
        where = (*self.__node__.path, *self.__group__.path)
        if not self.enable:
            kind = self.__group__.path[-1]
            why = "is not switched on, so that it has no path"
            advice = f"write directories=Directories({kind}=Directory()) in the service"
            raise NoPath((*where, "path"), why, advice)
        folder = placement_of(self).directory(self.__group__.path[-1])
        if isinstance(folder, Unplaced):
            raise NoPath(
                (*where, "path"), f"has no path that is known: {folder.why}", folder.instead
            )
        return f"{folder}/{self.called}"

    @property
    def called(self) -> str:
        """Its name, the service's own where none is said."""
        return self.name or "-".join(service_path(self))

    @property
    def permissions(self) -> int:
        """Its permission bits, the usual ones where none are said."""
        usual = READABLE if self.__group__.path[-1] == "configuration" else PRIVATE
        return usual if self.mode is None else self.mode

    @property
    def names(self) -> list[str]:
        """Its name and those of the folders in it, all below the folder of such directories."""
        return [self.called, *(f"{self.called}/{each}" for each in self.subdirectories)]

    def __validate__(self) -> Iterator[Mistake]:
        """What is said of it means something."""
        path = self.__group__.path
        said = [
            name for name in _SAID if strength(self.__node__.main(), (*path, name)) < OPTION_DEFAULT
        ]
        written = [each for name in said for each in places(self.__node__.main(), (*path, name))]
        where = (*self.__node__.path, *path)
        if said and not self.enable and not is_switched(self):
            advice = "write Directory(...), which asks for it, or enable=True beside it"
            yield NotSwitchedOn(where, f"the {all_of(said)}", advice, written)


_SAID = ("name", "subdirectories", "mode")


def is_switched(directory: Directory) -> bool:
    """Does anybody say whether a service has a directory?"""
    path = (*directory.__group__.path, "enable")
    return strength(directory.__node__.main(), path) < OPTION_DEFAULT


class Directories(Module):
    """Directories of the service's own, which it may write to however confined it is."""

    state: Directory = option()
    cache: Directory = option()
    logs: Directory = option()
    runtime: Directory = option()
    configuration: Directory = option()
    runtime_stays: Literal["while-running", "over-restarts", "until-shutdown"] = option(
        default="while-running",
        description=(
            "How long the runtime directory is there, with what is in it. The others always stay."
        ),
    )

    def __validate__(self) -> Iterator[Mistake]:
        """Only a runtime directory that there is can stay."""
        service, path = self.__node__.main(), ("directories", "runtime_stays")
        if not self.runtime.enable and self.runtime_stays != "while-running":
            advice = "write runtime=Directory() beside it"
            where = (*self.__node__.path, *path)
            yield NotSwitchedOn(where, "the stay", advice, places(service, path))


# Any: the results of a group have a class of their own
def asked_for(directories: Any) -> Iterator[tuple[str, Directory]]:
    """The directories that a service has, by kind."""
    for kind in KINDS:
        directory: Directory = getattr(directories, kind)
        if directory.enable:
            yield kind, directory
