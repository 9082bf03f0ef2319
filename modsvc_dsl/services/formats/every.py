"""All formats by their names.

In: what an option `format` holds, or the name of a file. Out: a format. Refuses to write. A new format
is a file beside this one and a line in each of these tables.
"""

from __future__ import annotations

from typing import Literal

from .format import Format
from .ini import Ini
from .json import Json
from .key_value import ENVIRONMENT, KeyValue
from .systemd_style import SystemdStyle
from .toml import Toml
from .yaml import Yaml

FormatName = Literal["json", "toml", "yaml", "ini", "keyvalue", "env", "systemd"]
"""The formats that need no further word."""

FORMATS: dict[FormatName, Format] = {
    "json": Json(),
    "toml": Toml(),
    "yaml": Yaml(),
    "ini": Ini(),
    "keyvalue": KeyValue(),
    "env": ENVIRONMENT,
    "systemd": SystemdStyle(),
}

BY_SUFFIX: dict[str, FormatName] = {
    ".json": "json",
    ".toml": "toml",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".ini": "ini",
    ".env": "env",
}
"""What the end of a file's name says of its format."""


def format_of(name: str) -> FormatName | None:
    """The format that the name of a file tells; None if it tells none."""
    _, dot, end = name.rpartition(".")
    return BY_SUFFIX.get(dot + end)


def as_format(said: FormatName | Format) -> Format:
    """The format behind a name, or the format itself."""
    return said if isinstance(said, Format) else FORMATS[said]
