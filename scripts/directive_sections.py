"""Write the sections of units as TypedDicts, from which type checkers know every directive.

In: the tables of all versions, oldest first. Out: `sections.py`, `contexts.py` and `choices.py`
beside the tables, formatted by black. Refuses to know systemd's sources.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Record = dict[str, object]


@dataclass(frozen=True)
class Home:
    """Where systemd's sources have a directive: a macro for several sections, an enum's words."""

    context: str
    strings: str


Homes = Mapping[tuple[str, str], Home]

CONTEXTS = {"EXEC": "ExecContext", "CGROUP": "ControlGroupContext", "KILL": "KillContext"}
SECTIONS = {
    "Unit": (),
    "Service": ("EXEC", "CGROUP", "KILL"),
    "Socket": ("EXEC", "CGROUP", "KILL"),
    "Timer": (),
    "Path": (),
    "Mount": ("EXEC", "CGROUP", "KILL"),
    "Automount": (),
    "Swap": ("EXEC", "CGROUP", "KILL"),
    "Slice": ("CGROUP",),
    "Scope": ("CGROUP", "KILL"),
    "Install": (),
    "Manager": (),
}
MEANINGS = {
    "EXEC": "How processes are run: systemd.exec(5).",
    "CGROUP": "What they may use: systemd.resource-control(5).",
    "KILL": "How they are stopped: systemd.kill(5).",
}

TYPES = {
    "boolean": "Boolean",
    "integer": "Integer",
    "unsigned": "Integer",
    "text": "Text",
    "path": "Text",
    "seconds": "Span",
    "nanoseconds": "Span",
    "size": "Amount",
    "limit": "Amount",
    "mode": "Amount",
    "signal": "Amount",
    "user": "Amount",
    "percent": "Percent",
    "exec": "Command",
    "environment": "Command",
    "calendar": "Command",
    "unit": "Command",
    "uri": "Text",
    "condition": "Condition",
}
"""Kind -> the name of its type in `choices.py`; with `many`, its plural."""

HEADER = '''"""{headline}

Made by `python3 -m scripts.directives` from systemd {versions}: do not edit. In: nothing. Out: types
for checkers; nothing imports this file while a program runs. Refuses to know what a value becomes.
"""

from __future__ import annotations

'''

SPECIFIERS = "from modsvc_dsl.managers.systemd.specifiers import Specifiers\n"

ALIASES = f"""from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Literal, TypeAlias

{SPECIFIERS}
Boolean: TypeAlias = bool | None
Integer: TypeAlias = int | None
Amount: TypeAlias = int | str | None
Percent: TypeAlias = str | None
Text: TypeAlias = str | Path | None
Number: TypeAlias = int | str | Path | None
Command: TypeAlias = str | None
Span: TypeAlias = int | float | str | timedelta | None
Condition: TypeAlias = bool | int | str | Path | None
Amounts: TypeAlias = Amount | Sequence[int | str]
Texts: TypeAlias = Text | Sequence[str | Path]
Numbers: TypeAlias = Number | Sequence[int | str | Path]
Commands: TypeAlias = Command | Sequence[str]
Spans: TypeAlias = Span | Sequence[int | float | str | timedelta]
Conditions: TypeAlias = Condition | Sequence[bool | int | str | Path]
AmountsOrSpecifiers: TypeAlias = Amount | Specifiers | Sequence[int | str | Specifiers]
TextsOrSpecifiers: TypeAlias = Text | Specifiers | Sequence[str | Path | Specifiers]
NumbersOrSpecifiers: TypeAlias = Number | Specifiers | Sequence[int | str | Path | Specifiers]
CommandsOrSpecifiers: TypeAlias = Command | Specifiers | Sequence[str | Specifiers]
SpansOrSpecifiers: TypeAlias = (
    Span | Specifiers | Sequence[int | float | str | timedelta | Specifiers]
)
ConditionsOrSpecifiers: TypeAlias = (
    Condition | Specifiers | Sequence[bool | int | str | Path | Specifiers]
)

"""


def write_sections(folder: Path, tables: Sequence[Sequence[Record]], homes: Homes) -> None:
    """Write the three files."""
    union = _union(tables)
    oldest = {(section, record["name"]) for record in tables[0] for section in _listed(record)}
    choices: dict[str, str] = {}
    fields: dict[str, dict[str, str]] = {name: {} for name in (*CONTEXTS, *SECTIONS)}
    for (section, name), record in union.items():
        if record["kind"] == "ignored":
            continue
        note = "" if (section, name) in oldest else "  # not in every version"
        if record.get("since") and note:
            note = f"  # since {record['since']}"
        home = homes[section, name]
        annotation = _type(record, home.strings or name, choices)
        fields[home.context or section][name] = f"{annotation}{note}"
    versions = " and ".join(str(v) for v in _versions(folder))
    parts = {
        "choices.py": ("The values directives take.", ALIASES + "\n".join(choices.values())),
        "contexts.py": ("Directives shared by several sections.", _contexts(fields)),
        "sections.py": ("The sections of units and of the manager, typed.", _sections(fields)),
    }
    for file, (headline, body) in parts.items():
        text = HEADER.format(headline=headline, versions=versions) + body + "\n"
        (folder / file).write_text(text)
    files = [str(folder / file) for file in parts]
    subprocess.run(
        [sys.executable, "-m", "black", "--quiet", "--line-length", "100", *files], check=True
    )


def _versions(folder: Path) -> list[int]:
    """The versions that have a table."""
    return sorted(int(re.findall(r"\d+", f.stem)[0]) for f in folder.glob("systemd-*.json"))


def _union(tables: Sequence[Sequence[Record]]) -> dict[tuple[str, str], Record]:
    """The newest record of each directive, with the enum values of every version."""
    union: dict[tuple[str, str], Record] = {}
    for table in tables:
        for record in table:
            for section in _listed(record):
                key = (section, str(record["name"]))
                older = union.get(key, {})
                values = dict.fromkeys([*_words(record, "values"), *_words(older, "values")])
                union[key] = record | ({"values": list(values)} if values else {})
    return union


def _words(record: Record, key: str) -> list[str]:
    found = record.get(key, [])
    assert isinstance(found, list)
    return [str(word) for word in found]


def _listed(record: Record) -> list[str]:
    return _words(record, "sections")


def _type(record: Record, strings: str, choices: dict[str, str]) -> str:
    """The annotation of one directive; an enum's alias, named after `strings`, joins `choices`."""
    many = "s" if record.get("many") else ""
    extra = ["bool"] if record.get("boolean") else []
    if record["kind"] == "enum":
        return _choice(record, strings, extra, choices)
    plain = TYPES[str(record["kind"])]
    if plain == "Text" and record.get("numbers"):
        plain = "Number"
    if plain == "Integer" and (record.get("also") or record.get("percent")):
        plain = "Amount"
    if record.get("empty") and plain in ("Integer", "Boolean"):
        extra.append('Literal[""]')
    if record.get("specifiers") and many:
        many = "sOrSpecifiers"
    elif record.get("specifiers"):
        extra.append("Specifiers")
    return " | ".join([f"{plain}{many}", *extra])


def _choice(record: Record, strings: str, extra: list[str], choices: dict[str, str]) -> str:
    """The alias of an enum; one whose values are not all of `strings` is called by its section."""
    words = [*_words(record, "values"), *([""] if record.get("empty") else [])]
    listed = ", ".join(f'"{word}"' for word in words)
    extra += ["int"] if record.get("numbers") else []
    # The values stay listed beside `str`, for editors to offer.
    extra += ["str"] if record.get("prefixes") else []
    extra += ["Specifiers"] if record.get("specifiers") else []
    value = " | ".join([f"Literal[{listed}]", *extra, "None"])
    for stem in (strings, f"{_listed(record)[0]}_{strings}"):
        name = "".join(part[0].upper() + part[1:] for part in stem.split("_")) + "Choice"
        if choices.setdefault(name, f"{name}: TypeAlias = {value}").endswith(f" = {value}"):
            return name
    raise ValueError(f"two sets of values of {record['name']}=")


def _class(name: str, bases: Sequence[str], doc: str, fields: Mapping[str, str]) -> str:
    head = f"class {name}({', '.join([*bases, 'total=False'])}):\n    \"\"\"{doc}\"\"\"\n\n"
    return head + "\n".join(f"    {key}: {annotation}" for key, annotation in fields.items())


def _imports(text: str) -> str:
    """Import the aliases that a body uses."""
    used = sorted(set(re.findall(r"(?<=[:|] )([A-Z]\w+)", text)) - {"Specifiers", "Literal"})
    text = f"from modsvc_dsl.managers.systemd.directives.choices import {', '.join(used)}\n"
    return text + SPECIFIERS


def _contexts(fields: Mapping[str, Mapping[str, str]]) -> str:
    body = "\n\n\n".join(
        _class(name, ["TypedDict"], MEANINGS[context], fields[context])
        for context, name in CONTEXTS.items()
    )
    return f"from typing import Literal, TypedDict\n\n{_imports(body)}\n\n{body}"


def _sections(fields: Mapping[str, Mapping[str, str]]) -> str:
    body = "\n\n\n".join(
        _class(
            f"{section}Section",
            [CONTEXTS[context] for context in contexts] or ["TypedDict"],
            "Settings of the manager." if section == "Manager" else f"Directives of [{section}].",
            fields[section],
        )
        for section, contexts in SECTIONS.items()
    )
    used = ", ".join(CONTEXTS.values())
    base = f"from modsvc_dsl.managers.systemd.directives.contexts import {used}\n"
    return f"from typing import Literal, TypedDict\n\n{_imports(body)}{base}\n\n{body}"
