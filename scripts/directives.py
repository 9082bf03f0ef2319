"""Make the tables of directives from systemd's own sources: run by a maintainer, not by users.

In: source trees of systemd, fetched from Debian's archive unless given. Out:
`modsvc_dsl/managers/systemd/directives/systemd-VERSION.json`, one directive a line, and the typed
sections beside them. Refuses to know values of users.

    python3 -m scripts.directives [--tree 252=FOLDER --tree 257=FOLDER]

Names, kinds and versions are facts read off the sources; no sentence of the manual is taken over.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from scripts.directive_kinds import (
    DEFAULT_INSTANCE,
    EMPTY,
    KINDS,
    SINCE,
    SUCCESSORS,
    UNDOCUMENTED,
    Kind,
)
from scripts.directive_sections import Home, write_sections
from scripts.directive_sources import (
    Entry,
    StringTable,
    manager_table,
    manual,
    parser_table,
    string_tables,
)
from scripts.debian_root import apt_mirror
from scripts.specifier_sources import Expansion, expansions, specifier_tables

SUITES = {252: "bookworm", 257: "trixie"}
"""Debian's suite for each version of systemd that has a table."""

FOLDER = Path(__file__).parent.parent / "modsvc_dsl" / "managers" / "systemd" / "directives"
BOOLEAN_WORDS = {"yes", "no", "on", "off", "true", "false"}
Record = dict[str, object]


def main() -> None:
    """Write all tables and the sections."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    arguments.add_argument("--tree", action="append", default=[], metavar="VERSION=FOLDER")
    given = dict(text.split("=", 1) for text in arguments.parse_args().tree)
    with tempfile.TemporaryDirectory() as scratch:
        trees = {
            version: Path(given[str(version)]) if str(version) in given else fetch(suite, scratch)
            for version, suite in SUITES.items()
        }
        # Only the newest manual says since when; an older one has no such notes.
        notes = manual(trees[max(trees)])
        tables = {version: records(tree, version, notes) for version, tree in trees.items()}
        homes = {
            (entry.section, entry.name): Home(entry.context, kind_of(entry).strings)
            for tree in trees.values()
            for entry in entries(tree)
        }
        specifiers = {version: specifier_tables(tree) for version, tree in trees.items()}
    forget_wrong_notes(tables)
    for version, table in tables.items():
        write_table(FOLDER / f"systemd-{version}.json", version, table, specifiers[version])
    write_sections(FOLDER, [tables[version] for version in sorted(tables)], homes)


def fetch(suite: str, scratch: str) -> Path:
    """Unpack a suite's systemd into a folder of its own, with apt's state kept out of the host's."""
    base = Path(scratch, suite)
    for folder in ("lists/partial", "cache/archives/partial", "source"):
        (base / folder).mkdir(parents=True)
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    sources = base / "sources.list"
    (mirror,) = apt_mirror() or [""]
    if not mirror:
        sys.exit("apt knows no mirror of Debian here: unpack the sources, and say --tree")
    sources.write_text(f"deb-src [signed-by={keyring}] {mirror} {suite} main\n")
    options = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": base / "lists",
        "Dir::Cache": base / "cache",
        "APT::Sandbox::User": "root",  # the scratch folder is closed to the user _apt
    }
    command = ["apt-get", *(f"-o{name}={value}" for name, value in options.items())]
    subprocess.run([*command, "--quiet", "update"], check=True)
    source = [*command, "--quiet", "source", "--download-only", "systemd"]
    subprocess.run(source, check=True, cwd=base / "source")
    (archive,) = (base / "source").glob("systemd_*.orig.tar.*")
    subprocess.run(["tar", "--extract", "--file", archive], check=True, cwd=base / "source")
    (tree,) = (path for path in (base / "source").iterdir() if path.is_dir())
    return tree


def records(
    tree: Path, version: int, notes: Mapping[str, Mapping[str, int | None]]
) -> list[Record]:
    """One record per directive and set of sections in which it means the same."""
    strings, expanded = string_tables(tree), expansions(tree)
    grouped: dict[str, Record] = {}
    for entry in entries(tree):
        record: Record = {"name": entry.name, "sections": []}
        record |= describe(entry, strings, version) | expansion(entry, expanded)
        record |= legacy(entry, entry.name in notes[entry.section])
        since = notes[entry.section].get(entry.name)
        # A note later than this version is about another section of the same page.
        record["since"] = since if since is None or since <= version else None
        found = grouped.setdefault(json.dumps(record), record)["sections"]
        assert isinstance(found, list)
        found.append(entry.section)
    return list(grouped.values())


def entries(tree: Path) -> list[Entry]:
    """The directives of units, and the settings of the manager."""
    return [*parser_table(tree), *manager_table(tree)]


def expansion(entry: Entry, expanded: Mapping[str, Expansion]) -> Record:
    """Which specifiers are expanded in a directive's values, and where, if any are."""
    found = expanded.get(entry.parser)
    if found is None:
        return {}
    table = "manager" if entry.section == "Manager" else found.table
    facts: Record = {"specifiers": table, "expanded_before": kind_of(entry).expanded_before}
    facts["unescaped"] = found.unescaped and not facts["expanded_before"]
    return {key: fact for key, fact in facts.items() if fact}


def forget_wrong_notes(tables: Mapping[int, list[Record]]) -> None:
    """Drop a `since` that an older table contradicts: the note was meant for a sibling."""
    for older in sorted(tables)[:-1]:
        known = {(s, r["name"]) for r in tables[older] for s in sections_of(r)}
        for version in (v for v in tables if v > older):
            for record in tables[version]:
                since = record["since"]
                missing = any((s, record["name"]) not in known for s in sections_of(record))
                if isinstance(since, int) and since <= older and missing:
                    record["since"] = None


def sections_of(record: Record) -> list[str]:
    """The sections of a record."""
    sections = record["sections"]
    assert isinstance(sections, list)
    return [str(section) for section in sections]


def describe(entry: Entry, strings: Mapping[str, StringTable], version: int) -> Record:
    """The kind of a directive's values, with whatever is not at its default."""
    newer = [kinds for since, kinds in SINCE.items() if since <= version]
    kind = next((kinds[entry.parser] for kinds in newer if entry.parser in kinds), kind_of(entry))
    table = strings[kind.strings] if kind.strings else StringTable(kind.values, False)
    boolean = kind.boolean or table.boolean
    dropped = {*kind.unlisted, *(BOOLEAN_WORDS if boolean else ())}
    values = [word for word in table.words if word not in dropped]
    only_boolean = kind.name == "enum" and not values
    facts: Record = {
        "kind": "boolean" if only_boolean else kind.name,
        "many": kind.many,
        "words": kind.words,
        "boolean": boolean and not only_boolean,
        "values": values,
        "also": list(kind.also),
        "prefixes": list(kind.prefixes),
        "minimum": kind.minimum,
        "maximum": kind.maximum,
        "percent": kind.percent,
        "numbers": kind.numbers,
        "relative": kind.relative,
        "empty": entry.parser in EMPTY,
    }
    return {key: fact for key, fact in facts.items() if fact or fact == 0 and fact is not False}


def kind_of(entry: Entry) -> Kind:
    """The kind of a parser, refined by its argument where that decides; KeyError if unknown."""
    if entry.name == "DefaultInstance":
        return DEFAULT_INSTANCE
    refined = KINDS.get(f"{entry.parser} {entry.argument}")
    return refined if refined is not None else KINDS[entry.parser]


def legacy(entry: Entry, documented: bool) -> Record:
    """Whether a directive is kept for old units only, and what replaced it.

    Raises SystemExit for a directive that the manual does not name and this script does not know.
    """
    for key in (f"{entry.section}.{entry.name}", entry.name):
        if key in SUCCESSORS:
            successor = SUCCESSORS[key]
            found: Record = {"legacy": True}
            return found | ({"successor": successor} if successor else {})
        if key in UNDOCUMENTED:
            return {}
    if not documented:
        raise SystemExit(f"{entry.section}.{entry.name} is in no manual: is it legacy?")
    return {}


def write_table(
    file: Path, version: int, table: list[Record], specifiers: Mapping[str, str]
) -> None:
    """Write one table as JSON, one directive a line, in the order of systemd's own tables."""
    lines = ",\n".join(json.dumps(record) for record in table)
    head = f'{{"version": {version}, "specifiers": {json.dumps(specifiers)}, "directives": [\n'
    file.write_text(f"{head}{lines}\n]}}\n")


if __name__ == "__main__":
    main()
