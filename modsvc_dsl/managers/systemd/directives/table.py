"""The directives that one version of systemd knows, looked up by section and name.

In: `systemd-VERSION.json` beside this file, made from systemd's sources by `scripts/directives.py`.
Out: `Table` and `Directive`. Refuses to know values (`values`) and units.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping
from pkgutil import get_data
from types import MappingProxyType
from typing import Any, NamedTuple

_PACKAGE = __name__.rpartition(".")[0]
_TUPLES = frozenset({"sections", "values", "also", "prefixes"})


class Directive(NamedTuple):
    """One directive and what its values are.

    `kind` is one of: `boolean`; `integer` and `unsigned` (with `minimum` and `maximum`, both
    included); `text`; `path` (absolute unless `relative`); `seconds` and `nanoseconds` (spans of
    time, a bare number counts in that unit); `size` (bytes); `mode` (octal permission bits); `enum`
    (one of `values`); `exec` (a command line); `environment` (`NAME=value`); `condition`;
    `calendar`; `policy` (of disk images); `unit` (a unit's name); `user` (a user's or group's name or number); `signal`;
    `percent`; `limit` (a resource limit, soft:hard); `uri` (of documentation); `ignored` (read and
    thrown away).

    `many` says that assignments add up and an empty one resets them, `words` that one assignment
    holds several values between blanks. Beside its kind, a value may be a boolean (`boolean`), one
    of the words in `also`, a percentage (`percent`) or a plain number (`numbers`), and begin with
    one of `prefixes`. `since` is the version that introduced the directive where systemd's manual
    records it. With `empty`, a single value may be empty: its default again. `legacy` ones are read for old units only, `successor` names what to write today.

    `specifiers` are the letters of those that systemd expands in its values, none where it expands
    none: in the whole of it, or in front of the first `expanded_before` of each word, or of the
    value where it has no words; `unescaped` says that C escapes are undone before.
    """

    name: str
    sections: tuple[str, ...]
    kind: str
    many: bool = False
    words: bool = False
    values: tuple[str, ...] = ()
    boolean: bool = False
    also: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    percent: bool = False
    numbers: bool = False
    relative: bool = False
    empty: bool = False
    since: int | None = None
    legacy: bool = False
    successor: str = ""
    specifiers: str = ""
    expanded_before: str = ""
    unescaped: bool = False


class UnknownVersion(ValueError):
    """No table for a version of systemd; `version` is the one asked for, `known` are the others."""

    def __init__(self, version: int, known: tuple[int, ...]) -> None:
        super().__init__(version, known)
        self.version = version
        self.known = known

    def __str__(self) -> str:
        known = ", ".join(map(str, self.known))
        return f"systemd {self.version} has no table of directives; choose one of {known}"


class Table:
    """The directives of one version of systemd. Obtained from `load`.

    `specifiers` are the letters of those that it has, by what they are for: in the values of "unit"s
    and the "name"s of units in them, in [Install], for the "manager", "tmpfiles" and "sysusers".
    """

    # Any: the boundary to JSON. Its keys are the fields of Directive, which the tests hold it to.
    def __init__(
        self,
        version: int,
        records: Iterable[dict[str, Any]],
        specifiers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.version = version
        self.specifiers = specifiers
        self._sections: dict[str, dict[str, dict[str, Any]]] = {}
        self._made: dict[int, Directive] = {}
        for record in records:
            for section in record["sections"]:
                self._sections.setdefault(section, {})[record["name"]] = record

    def directive(self, section: str, name: str) -> Directive | None:
        """The directive `name` of `[section]`, None if this version does not know it."""
        record = self._sections.get(section, {}).get(name)
        if record is None:
            return None
        made = self._made.get(id(record))
        if made is None:  # of more than a thousand, few are asked for
            made = self._made[id(record)] = _directive(record, self.specifiers)
        return made

    def names(self, section: str) -> tuple[str, ...]:
        """The names known in `[section]`, in systemd's order; none for an unknown section."""
        return tuple(self._sections.get(section, ()))

    def sections(self) -> tuple[str, ...]:
        """The sections that have directives."""
        return tuple(self._sections)

    def problem(self, section: str, name: str) -> str | None:
        """Say why systemd would ignore `name` in `[section]`, and what to write; None if it would not.

        Names and sections that begin with `X-` are for others, and never a problem.
        """
        if section.startswith("X-") or name.startswith("X-") or self.directive(section, name):
            return None
        if section not in self._sections:
            return f"systemd knows no section [{section}]" + _meant(section, self._sections, "[{}]")
        found = f"systemd {self.version} knows no {name}= in [{section}]"
        for version in versions():
            if load(version).directive(section, name):
                return f"{found}, but systemd {version} does"
        homes = [f"[{other}]" for other, names in self._sections.items() if name in names]
        if homes:
            return f"{found}; it belongs in {' or '.join(homes)}"
        return found + _meant(name, self._sections[section], "{}=")


def versions() -> tuple[int, ...]:
    """The versions of systemd that have a table, oldest first."""
    from importlib import resources  # only needed to list them

    files = resources.files(_PACKAGE).iterdir()  # the package may lie in an archive
    found = (re.fullmatch(r"systemd-(\d+)\.json", file.name) for file in files)
    return tuple(sorted(int(match[1]) for match in found if match))


@functools.cache
def load(version: int) -> Table:
    """The table of one version of systemd, read once per process. Raises UnknownVersion."""
    try:
        text = get_data(_PACKAGE, f"systemd-{version}.json")
    except OSError:
        raise UnknownVersion(version, versions()) from None
    assert text is not None
    content = json.loads(text)
    return Table(version, content["directives"], content["specifiers"])


@functools.cache
def known_specifiers() -> str:
    """The letters of all specifiers, whatever they are for, of all versions that have a table."""
    tables = (load(version).specifiers.values() for version in versions())
    return "".join(sorted({*"".join(letters for table in tables for letters in table)}))


def _directive(record: dict[str, Any], letters: Mapping[str, str]) -> Directive:
    """One line of a table; what is missing in it is at its default."""
    fields = dict(record)
    for key in _TUPLES & record.keys():
        fields[key] = tuple(record[key])
    if "specifiers" in record:
        fields["specifiers"] = letters[record["specifiers"]]
    return Directive(**fields)


def _meant(name: str, known: Mapping[str, object], shape: str) -> str:
    """The advice for a misspelt name, empty if nothing is near."""
    import difflib  # only needed to word an error

    lower = {other.lower(): other for other in known}
    near = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=0.7)
    return f"; did you mean {shape.format(lower[near[0]])}?" if near else ""
