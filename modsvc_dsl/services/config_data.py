"""Configuration files that come with a service.

In: nothing. Out: `ConfigFile`, the submodule of `config_data`. Refuses to read sources: the
build does, when everything has been evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..language.errors import Mistake
from ..language.evaluate import argument
from ..language.module import Module
from ..language.option import option, read_only
from ..language.types.refinements import Lines
from .mistakes import BadCharacter, BadFileName, NoSingleContent
from .path import service_path, text_problem

LONGEST_NAME = 255
"""Bytes of one name in a path on Linux (NAME_MAX)."""

ROOT = "/etc/system-services"
"""Where the files of system services lie, a folder for each service; as upstream."""


class ConfigFile(Module):
    """A file that the manager puts in place before the service starts."""

    enable: bool = option(default=True, description="Whether the file exists.")
    name: str = option(
        compute=lambda self: argument(self, "name"),
        description="Relative path in the service's folder. Unset: the key in config_data.",
    )
    text: Lines | None = option(
        default=None, description="The content. Exactly one of text and source is set."
    )
    source: Path | None = option(
        default=None,
        description="A file on the machine that builds; relative to the file that says so.",
    )

    @read_only
    @option
    def path(self) -> str:
        """Where the file will be on the host."""
        return f"{ROOT}/{'-'.join(service_path(self))}/{self.name}"

    def __validate__(self) -> Iterator[Mistake]:
        """What is wrong with the file as a whole."""
        if not self.enable:
            return
        where = self.__node__.path
        places = [record.place for record in self.__node__.placed]
        why = name_problem(self.name)
        if why:
            yield BadFileName(where, self.name, why, places)
        if (self.text is None) == (self.source is None):
            yield NoSingleContent(where, self.text is not None, places)
        half = re.search("[\ud800-\udfff]", self.text or "")
        if half:
            what = f"has half of a character in it (U+{ord(half[0]):04X}), which no file can hold"
            yield BadCharacter((*where, "text"), self.text, what, places)


def name_problem(name: str) -> str:
    """Why a file name would leave its folder or be no file in it, empty if it is fine."""
    if not name:
        return "is empty"
    if name.startswith("/"):
        return "is absolute"
    steps = name.split("/")
    if ".." in steps:
        return "leads out of the service's folder"
    if "" in steps or "." in steps:
        return "has an empty step or a dot in it"
    if any(len(step.encode("utf-8", "replace")) > LONGEST_NAME for step in steps):
        return f"has a step of more than {LONGEST_NAME} bytes"
    return text_problem(name)
