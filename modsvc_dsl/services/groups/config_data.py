"""Configuration files that come with a service.

In: nothing. Out: `ConfigFile`, the submodule of `config_data`. Refuses to read sources: the
build does, when everything has been evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal

from ...language.evaluation.configuration import once, once_per_touch, touched_names, written_at
from ...language.errors import Mistake, Mistakes
from ...language.evaluation.history import history, has_definition, places, strength
from ...language.declaration.module import Module
from ...language.declaration.on_demand import for_readers
from ...language.declaration.option import option, read_only
from ...language.provenance import Location, is_ours
from ...language.types.refinements import Lines, Passing, SubmoduleOf, Unique
from ...language.words import Path as Steps
from ...language.words import show_value
from .network import accepted_by_manager
from ..mistakes.files import BadSetting, NoFormat, NoReload
from ..formats.every import BY_SUFFIX, FormatName, as_format, format_of
from ..formats.ini import Ini
from ..formats.key_value import KeyValue
from ..mistakes.services import BadCharacter, BadFileName, NoContent, NoSingleContent
from ..path import KIND, service_path, text_problem
from ..placement import placement_of
from ..settings import KIND as SETTINGS
from ..settings import Settings, option_steps, plain
from ..values.spelling import LONGEST_NAME
from ..values.spelling import DataMode, GroupName, UserName
from ..values.validator import ThisFile, validator_mistakes

CONTENTS = ("text", "source", "settings")
"""The options that give a file its content; exactly one of them does."""


def _is_for_data(mode: int) -> bool:
    """Can the owner read a file of this mode, and does it take nobody's place when it is run?"""
    return bool(mode & 0o400) and not mode & 0o7000


class ConfigFile(Module):
    """A file that the manager puts in place before the service starts."""

    @staticmethod
    def __instead__(value: object) -> str:
        """What to write for a content alone."""
        if isinstance(value, PurePath):
            return f"ConfigFile(source={show_value(value)})"
        if isinstance(value, str):
            return f"ConfigFile(text={show_value(value)})"
        record: Any = getattr(value, "__module_record__", None)
        if getattr(record, "kind", "") != SETTINGS:
            return ""
        called = record.name if record.owner is None else f"{record.name}(...)"
        return f"ConfigFile(settings={called})"

    enable: bool = option(default=True, description="Whether the file exists.")
    name: str = option(
        compute=lambda self: self.__node__.argument("name"),
        description="Relative path in the service's folder. Unset: the key in config_data.",
    )
    text: Lines | None = option(
        default=None,
        description="The content. Exactly one of text, source and settings is set.",
    )
    source: Path | None = option(
        default=None,
        description="A file on the machine that builds; relative to the file that says so.",
    )
    settings: SubmoduleOf[Settings] = for_readers(
        option(
            description="The content as options: an instance of a subclass of Settings.",
            required=False,
        )
    )
    format: FormatName | Ini | KeyValue | None = option(
        compute=lambda self: format_of(self.name),
        description="How settings are written. Unset: as the end of the file's name tells.",
    )
    mode: Annotated[
        DataMode,
        Passing(_is_for_data, "its owner can read it, and it is neither setuid nor sticky"),
    ] = option(default=0o644, description="Permissions of the file.")
    user: UserName | None = option(
        default=None, description="Whose the file is. None: root's. The host has to have the user."
    )
    group: GroupName | None = option(
        default=None, description="Which group's the file is. None: root's."
    )
    validator: Annotated[list[str | ThisFile], Unique("a command is one list")] = option(
        description=(
            "A command that fails where the file is wrong, with this_file for its path. It is run on "
            "the machine that builds, by those who ask for it: modsvc build --validate."
        ),
    )

    on_change: Literal["reload", "restart", "nothing"] = option(
        compute=lambda self: _what_a_change_is(self),
        description=(
            "What a new content leads to when a new tree is put in place. Unset: reload where "
            "process says how, else restart; nothing where a process is started for each connection."
        ),
    )

    @read_only
    @option
    def path(self) -> str:
        """Where the file will be on the host."""
        return f"{placement_of(self).files}/{'-'.join(service_path(self))}/{self.name}"

    @read_only
    @option
    def content(self) -> str | None:
        """What stands in the file, as far as it is known before a build: None for a source."""
        return _rendered(self) if self.enable and contents(self) == ["settings"] else self.text

    def __validate__(self) -> Iterator[Mistake]:
        """What is wrong with the file as a whole."""
        if not self.enable:
            return
        where = self.__node__.path
        why = name_problem(self.name)
        if why:
            yield BadFileName(where, self.name, why, written_at(self))
        said = contents(self)
        if len(said) > 1:
            yield NoSingleContent(where, said, written_at(self))
        elif not said:
            yield NoContent(where, written_at(self))
        half = re.search("[\ud800-\udfff]", self.text or "")
        if half:
            what = f"has half of a character in it (U+{ord(half[0]):04X}), which no file can hold"
            yield BadCharacter((*where, "text"), self.text, what, written_at(self))
        if self.on_change == "reload" and not _can_reload(self):
            yield NoReload((*where, "on_change"), places(self, "on_change"))
        if self.validator:
            said_at = places(self, "validator")
            yield from validator_mistakes((*where, "validator"), self.validator, said_at)


# Any: the service, whose class is made of this one
def _service_of(file: ConfigFile) -> Any:
    node = file.__node__.parent
    return node.main() if node is not None and node.kind == KIND else None


def _what_a_change_is(file: ConfigFile) -> Literal["reload", "restart", "nothing"]:
    service = _service_of(file)
    if service is not None and accepted_by_manager(service) is not None:
        return "nothing"
    return "reload" if _can_reload(file) else "restart"


def _can_reload(file: ConfigFile) -> bool:
    """Does the service of a file say how it reads its files again?"""
    service = _service_of(file)
    if service is None:
        return False
    unasked: bool | None = once_per_touch(service, _reloads_unasked)
    return _reloads(service) if unasked is None else unasked


# Any: likewise
def _reloads_unasked(service: Any) -> bool | None:
    """The same of services that say nothing of it, None where somebody may say something."""
    said = touched_names(service.process) & {"reload_signal", "reload_command"}
    return None if said or "type" in touched_names(service.lifecycle) else _reloads(service)


# Any: likewise
def _reloads(service: Any) -> bool:
    process = service.process
    if process.reload_signal is not None or process.reload_command is not None:
        return True
    return bool(service.lifecycle.type == "notify-reload")  # which is by a signal unless it is said


def contents(file: ConfigFile) -> list[str]:
    """What gives a file its content: of several options the strongest, as with all definitions."""
    return once(file, _contents)


def _contents(file: ConfigFile) -> list[str]:
    said = [name for name in CONTENTS[:2] if getattr(file, name) is not None]
    said += ["settings"] if has_settings(file) else []
    if len(said) < 2:
        return said
    strengths = {name: strength(file, (name,)) for name in said}
    return [name for name in said if strengths[name] == min(strengths.values())]


def is_copied(file: ConfigFile) -> bool:
    """Is a file's content that of a source on the machine that builds?"""
    return once(file, _contents) == ["source"]


def has_settings(file: ConfigFile) -> bool:
    """Does anybody define settings of a file, be they empty?"""
    return has_definition(file, ("settings",))


def _rendered(file: ConfigFile) -> str:
    """The settings of a file as text. Raises NoFormat, or Mistakes for all bad settings."""
    where = file.__node__.path
    if file.format is None:
        raise NoFormat(where, file.name, BY_SUFFIX, _written(file, ()))
    format_, found = as_format(file.format), plain(file.settings)
    mistakes: list[Mistake] = []
    for problem in format_.problems(found):
        steps = option_steps(file.settings, problem.steps)
        path = (*where, "settings", *steps)
        mistakes.append(BadSetting(path, problem.what, problem.advice, _written(file, steps)))
    if mistakes:
        raise Mistakes(mistakes)
    return format_.text(found)


def _written(file: ConfigFile, steps: Steps) -> tuple[tuple[str, Location], ...]:
    """Where a setting was defined, or else the nearest thing around it."""
    for end in range(len(steps), -1, -1):
        told = history(file.settings, steps[:end]) if end else history(file, "settings")
        users = [
            each.location for each in told if each.fate == "won" and not is_ours(each.location.file)
        ]
        if users:
            return tuple(dict.fromkeys(("defined", location) for location in users))
    return ()


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
