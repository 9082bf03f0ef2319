"""YAML.

In: settings. Out: their text, by PyYAML. Refuses dates, which readers of YAML 1.1 and 1.2 take for
different things. Every text that either might take for something else is in quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from ...language.pattern import pattern
from .format import Format, Problem, Settings, no_value, tree_problems

if TYPE_CHECKING:
    from yaml import SafeDumper, ScalarNode

_WORD = pattern(r"[A-Za-z_/][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*")
"""Texts that are the same in plain and in quotes, unless they are among `_TAKEN`."""

_TAKEN = frozenset("y n yes no true false on off null none nan inf".split())
"""Words that a reader takes for booleans, numbers or nothing, in any case (YAML 1.1, types)."""

_LINES = pattern(r"(?:[!-~][ -~]*)(?:\n(?:[ -~]*[!-~])?)*\n")
"""Texts that a literal block holds as they are: plain ASCII that ends in a line break."""


@dataclass(frozen=True)
class Yaml(Format):
    """YAML that readers of 1.1 and of 1.2 read alike."""

    title: ClassVar[str] = "YAML"

    def problems(self, settings: Settings) -> Iterator[Problem]:
        yield from tree_problems(settings, _judge)

    def text(self, settings: Settings) -> str:
        import yaml

        text: str = yaml.dump(
            settings,
            Dumper=_dumper(),
            sort_keys=False,
            default_flow_style=False,
            allow_unicode=True,
            width=2**31,
        )
        return text


def _judge(value: Any) -> tuple[str, str] | None:
    if value is None or isinstance(value, (bool, int, float)):
        return None
    return no_value(value, Yaml.title)


@cache
def _dumper() -> type[SafeDumper]:
    """PyYAML's writer, without its references to values that occur twice, and with our quotes."""
    from yaml import SafeDumper

    class Dumper(SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def represent(dumper: SafeDumper, text: str) -> ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))

    Dumper.add_representer(str, represent)
    return Dumper


def _style(text: str) -> str | None:
    """How a text is written: plain, as a block of lines, or in quotes."""
    if _WORD.fullmatch(text) and text.lower() not in _TAKEN:
        return None
    if "\n" in text.rstrip("\n") and _LINES.fullmatch(text):
        return "|"
    return '"'
