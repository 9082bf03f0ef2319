"""How the flags of a program are spelt.

In: nothing. Out: `FlagFormat`, plain data, and `spelled`, the arguments of one flag. Refuses to
know where among the arguments they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeAlias

from ...language.arguments import refuses_others
from .spelling import Spelt

FlagValue: TypeAlias = bool | int | str | Path | Sequence[int | str | Path] | None
"""What a flag may be: left out (None), on or off, a value, or several, for each of which it stands once."""

_Prefix = Annotated[str, Spelt('a prefix, such as "--"', r"[^\w\s\x00-\x1f\x7f]*")]
_Separator = Literal[" ", "=", ":", ""]
_Booleans = Literal["bare", "negated", "true/false", "yes/no", "on/off", "1/0"]


@refuses_others
@dataclass(frozen=True, slots=True)
class FlagFormat:
    """How a program wants its flags.

    `short` stands before names of one character, `long` before others. `separator` stands between
    name and value, `short_separator` after names of one character; " " makes the value an argument
    of its own. `booleans`: "bare" writes the name for True and nothing for False, "negated" also
    `--no-name` for False, and the others write a value.
    """

    GNU: ClassVar[FlagFormat]
    """`--name value`, `-n value`."""
    EQUALS: ClassVar[FlagFormat]
    """`--name=value`, `-n value`."""
    GO: ClassVar[FlagFormat]
    """`-name=value`, `-n=value`, and booleans as `-name=true`."""
    VERBATIM: ClassVar[FlagFormat]
    """`name value`, with whatever dashes the name has."""

    short: _Prefix = "-"
    long: _Prefix = "--"
    separator: _Separator = " "
    short_separator: _Separator = " "
    booleans: _Booleans = "bare"

    def prefix(self, name: str) -> str:
        """What stands before a name."""
        return self.short if len(name) == 1 else self.long


FlagFormat.GNU = FlagFormat()
FlagFormat.EQUALS = FlagFormat(separator="=")
FlagFormat.GO = FlagFormat(long="-", separator="=", short_separator="=", booleans="true/false")
FlagFormat.VERBATIM = FlagFormat(short="", long="")


def spelled(name: str, value: FlagValue, form: FlagFormat) -> Iterator[str]:
    """The arguments that a flag is, none for None, and for False where only True is written."""
    flag = form.prefix(name) + name
    if value is None:
        return
    if isinstance(value, bool):
        yield from _switched(name, flag, value, form)
    elif isinstance(value, (int, str, Path)):
        yield from _with_value(name, flag, str(value), form)
    else:
        for item in value:
            yield from _with_value(name, flag, str(item), form)


def _switched(name: str, flag: str, value: bool, form: FlagFormat) -> Iterator[str]:
    if "/" in form.booleans:
        on, _, off = form.booleans.partition("/")
        yield from _with_value(name, flag, on if value else off, form)
    elif value:
        yield flag
    elif form.booleans == "negated":
        yield f"{form.long}no-{name}"


def _with_value(name: str, flag: str, value: str, form: FlagFormat) -> Iterator[str]:
    separator = form.short_separator if len(name) == 1 else form.separator
    if separator == " ":
        yield flag
        yield value
    else:
        yield f"{flag}{separator}{value}"
