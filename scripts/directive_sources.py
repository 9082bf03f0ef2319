"""Read systemd's source tree: its parser tables, its string tables, its manual's version notes.

In: an unpacked source tree of systemd. Out: what stands there, as plain data. Refuses to know what a
parser takes (`directive_kinds`) and what is done with the result (`directives`).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PARSER_TABLE = "src/core/load-fragment-gperf.gperf.in"
MANAGER_TABLE = "src/core/main.c"

_SHARED = ("systemd.exec", "systemd.kill", "systemd.resource-control")
MANUAL = {
    "Unit": ("systemd.unit",),
    "Install": ("systemd.unit",),
    "Service": ("systemd.service", *_SHARED),
    "Socket": ("systemd.socket", *_SHARED),
    "Mount": ("systemd.mount", *_SHARED),
    "Automount": ("systemd.automount",),
    "Swap": ("systemd.swap", *_SHARED),
    "Timer": ("systemd.timer",),
    "Path": ("systemd.path",),
    "Slice": ("systemd.slice", "systemd.resource-control"),
    "Scope": ("systemd.scope", "systemd.kill", "systemd.resource-control"),
    "Manager": ("systemd-system.conf",),
}
"""The pages man/PAGE.xml that describe a section, the first that knows a name counts."""


@dataclass(frozen=True)
class Entry:
    """One row of the parser table.

    `parser` is without its `config_parse_`, `argument` the constant given to it, `context` the
    macro the row comes from (`EXEC`, `CGROUP`, `KILL`), empty for a section's own rows.
    """

    section: str
    name: str
    parser: str
    argument: str
    context: str


@dataclass(frozen=True)
class StringTable:
    """The words of an enum in C; `boolean` where the lookup also takes yes and no."""

    words: tuple[str, ...]
    boolean: bool


def parser_table(tree: Path) -> list[Entry]:
    """Expand the parser table; of each conditional the branch with the feature built in counts."""
    text = (tree / PARSER_TABLE).read_text()
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{% else %\}.*?\{% endif %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{% (if .*?|endif) %\}", "", text)
    macro = r"\{%-? macro (\w+)_CONTEXT_CONFIG_ITEMS\(type\) -?%\}(.*?)\{%-? endmacro -?%\}"
    macros = {m[1]: m[2] for m in re.finditer(macro, text, flags=re.DOTALL)}
    entries: list[Entry] = []
    for line in text.split("%%")[1].splitlines():
        use = re.fullmatch(r"\{\{ (\w+)_CONTEXT_CONFIG_ITEMS\('(\w+)'\) \}\}", line.strip())
        if use:
            body = macros[use[1]].replace("{{type}}", use[2])
            entries += (_entry(row, use[1]) for row in body.splitlines() if row.strip())
        elif line.strip():
            entries.append(_entry(line, ""))
    return entries


def manager_table(tree: Path) -> list[Entry]:
    """The settings of the manager itself; of each conditional the first branch counts."""
    text = (tree / MANAGER_TABLE).read_text()
    text = re.sub(r"^#else$.*?^#endif$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    row = r'\{ "(Manager)", "(\w+)",\s*config_parse_(\w+),\s*(\w+),[^}]*\}'
    return [Entry(m[1], m[2], m[3], m[4], "") for m in re.finditer(row, text)]


def _entry(row: str, context: str) -> Entry:
    key, parser, argument, _ = (part.strip() for part in row.split(",", 3))
    section, name = key.split(".")
    return Entry(section, name, parser.removeprefix("config_parse_"), argument, context)


def string_tables(tree: Path) -> dict[str, StringTable]:
    """Every `static const char *const NAME_table[]` with designated words, by NAME."""
    table = r"static const char\s*\*\s*const\s+(\w+)_table\[[^\]]*\]\s*=\s*\{(.*?)\n\};"
    lookup = r"STRING_TABLE_LOOKUP_WITH_BOOLEAN\((\w+),"
    words: dict[str, tuple[str, ...]] = {}
    boolean: set[str] = set()
    for source in sources(tree):
        for match in re.finditer(table, source, flags=re.DOTALL):
            words[match[1]] = tuple(re.findall(r'=\s*"([^"]*)"', match[2]))
        boolean.update(re.findall(lookup, source))
    return {name: StringTable(found, name in boolean) for name, found in words.items()}


def sources(tree: Path) -> Iterator[str]:
    """The text of every file that has a parser or a table of strings."""
    for folder in ("core", "shared", "basic"):
        for file in sorted((tree / "src" / folder).glob("*.c")):
            yield file.read_text()


def manual(tree: Path) -> dict[str, dict[str, int | None]]:
    """Section -> documented name -> the version that added it, None where the page does not say."""
    names = {page for pages in MANUAL.values() for page in pages}
    pages = {page: _page(tree / "man" / f"{page}.xml") for page in names}
    found: dict[str, dict[str, int | None]] = {}
    for section, sources in MANUAL.items():
        merged = found.setdefault(section, {})
        for page in sources:
            for name, since in pages[page].items():
                merged.setdefault(name, since)
    return found


def _page(file: Path) -> Mapping[str, int | None]:
    text = re.sub(r"<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>", "", file.read_text(), count=1, flags=re.DOTALL)
    # Entities stand in prose only, and prose is not read.
    text = re.sub(r"&(?!(?:amp|lt|gt|quot|apos|#\w+);)[\w-]+;", "", text)
    found: dict[str, int | None] = {}
    for entry in ElementTree.fromstring(text).iter("varlistentry"):
        notes = [
            int((child.get("xpointer") or "v0")[1:])
            for child in entry.findall("listitem/*")
            if child.get("href") == "version-info.xml"
        ]
        for variable in entry.findall("term/varname"):
            match = re.match(r"(\w+)=", variable.text or "")
            if match:
                found[match[1]] = notes[0] if notes else None
    return found
