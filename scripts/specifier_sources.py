"""Read systemd's source tree: which specifiers there are, and which parsers expand them.

In: an unpacked source tree of systemd. Out: the letters of each of its tables of specifiers, and what
each parser does with its value before it looks at it. Refuses to know directives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.directive_sources import sources

MACROS = "src/shared/specifier.h"

FUNCTIONS: Mapping[str, tuple[str, str]] = {
    "unit": ("src/core/unit-printf.c", "unit_full_printf_full"),
    "name": ("src/core/unit-printf.c", "unit_name_printf"),
    "install": ("src/shared/install-printf.c", "install_name_printf"),
    "manager": ("src/core/load-fragment.c", "config_parse_environ"),
    "tmpfiles": ("src/tmpfiles/tmpfiles.c", "parse_line"),
    "sysusers": ("src/sysusers/sysusers.c", "parse_line"),
}
"""What a table is for -> the file and the function that have it, or name the one that they share."""

SHARED_TABLE = ("src/shared/specifier.c", "system_and_tmp_specifier_table")

BROKEN = "bad_specifier"
"""What a function for a specifier calls that nobody should use: it does not work as intended."""

EXPANDERS = {"unit_name_printf": "name"}
"""Function that expands specifiers -> its table, where that is not the whole one for units."""


@dataclass(frozen=True)
class Expansion:
    """What a parser does first: expand the specifiers of a table, behind undoing C escapes or not."""

    table: str
    unescaped: bool


def specifier_tables(tree: Path) -> dict[str, str]:
    """The letters of the specifiers that work, sorted, by what they are for."""
    macros = _macros((tree / MACROS).read_text())
    shared = _letters(_shared(tree), macros, "")
    found: dict[str, str] = {}
    for purpose, (file, function) in FUNCTIONS.items():
        text = (tree / file).read_text()
        letters = _letters(_body(text, function), macros, text)
        found[purpose] = "".join(sorted(letters or shared))
    return found


def expansions(tree: Path) -> dict[str, Expansion]:
    """Parser -> what it expands, for those that expand specifiers, be it through another parser."""
    head = r"^(?:static )?int config_parse_(\w+)\([^)]*\) ?\{\n(.*?)\n\}\n"
    bodies = {
        parser: body
        for source in sources(tree)
        for parser, body in re.findall(head, source, flags=re.DOTALL | re.MULTILINE)
    }
    found = {parser: each for parser, body in bodies.items() if (each := _expansion(body))}
    for parser, body in bodies.items():
        for other in re.findall(r"\bconfig_parse_(\w+)\(", body):
            if other in found and parser not in found:
                found[parser] = found[other]
    found["NULL"] = Expansion("install", False)  # [Install], which systemctl reads
    return found


def _expansion(body: str) -> Expansion | None:
    calls = re.findall(r"\b(unit_\w*printf\w*|specifier_printf)\(", body)
    if not calls:
        return None
    (table,) = {EXPANDERS.get(call, "unit") for call in calls}
    undoing = ("CUNESCAPE", "cunescape(", "strv_split_colon_pairs(")
    return Expansion(table, any(each in body for each in undoing))


def _macros(text: str) -> dict[str, str]:
    """Macro with rows of a table -> the rows."""
    macro = r"#define (COMMON_\w+_SPECIFIERS)(?:\(scope\))?\s*\\\n((?:.*\\\n)*.*\n)"
    return {match[1]: match[2] for match in re.finditer(macro, text)}


def _letters(body: str, macros: Mapping[str, str], text: str) -> set[str]:
    """The letters of a table, with those of its macros and without those that are broken."""
    rows = body + "".join(macros[name] for name in set(re.findall(r"COMMON_\w+", body)))
    found = re.findall(r"\{ *'(\w)', *(\w+)", rows)
    return {letter for letter, function in found if BROKEN not in _body(text, function)}


def _body(text: str, function: str) -> str:
    """The body of a function, empty where the text has none of that name."""
    head = rf"^(?:static )?int {function}\([^)]*\) ?\{{\n(.*?)\n\}}\n"
    found = re.search(head, text, flags=re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def _shared(tree: Path) -> str:
    file, name = SHARED_TABLE
    text = (tree / file).read_text()
    return text.partition(f"{name}[] = {{")[2].partition("};")[0]
