"""What `systemd-analyze verify` says, understood.

In: its output as text, the tree that it looked at and the services of the host. Out: findings that
name the user's lines, and notes on what only the machine it ran on lacks. Refuses to run it.

The forms of its lines are those of systemd 252 (Debian 12) and 257 (Debian 13):
`FILE:LINE: MESSAGE` for a setting that does not parse; `UNIT: MESSAGE` for a unit that cannot be
loaded or started; sentences without either. What is not recognised counts as a finding if it names a
unit of the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...language.errors import Mistake, Report
from ...language.declaration.module import Module
from ...services.service import Service
from ..tree import File, Link, Tree
from .directives.problems import problem
from .directives.table import Directive, load, versions
from .scope import SYSTEM, Scope
from .specifiers import as_read
from .trace import Trace, trace, whole

_AT_LINE = re.compile(r"(?P<file>/.*?):(?P<line>\d+): (?P<message>.*)")
_AT_UNIT = re.compile(r"(?:Unit )?(?P<unit>\S+\.[a-z]+)(?::| has) (?P<message>.*)")
_CONSEQUENCE = re.compile(
    r"(?:Unit )?\S+ has a bad unit file setting|.*has fatal error, unit will not"
)
"""Said of a unit for which the cause was said before."""

_MASKED = re.compile(r"Unit (?P<unit>\S+) is masked\.?")

_TRIED = re.compile(r"@(?:i|test-instance)\.(?=[a-z]+$)")
"""The instance that systemd-analyze takes for a template."""

_COPY = re.compile(r"/.*/systemd-analyze-[^/]+/[^/]+")
"""Where systemd-analyze puts a unit that it was given with a name of its own."""

_MISSING = (
    re.compile(r"Command .* is not executable: "),
    re.compile(r"Unit \S+ not found"),
    re.compile(r"Failed to (?:load|add|open|create).*: (?:No such file or directory|.*not found)"),
    re.compile(r"service \S+ not loaded, (?:socket|timer|path) cannot be started"),
)
"""What this machine lacks and the host may have."""


class UnitFinding(Mistake):
    """Something that systemd itself found wrong with a unit; `host` names one of several."""

    def __init__(self, unit: str, message: str, line: str, traced: Trace, host: str = "") -> None:
        found = (line,) if line else ()
        headline = f"{host}: {unit}: {message}" if host else f"{unit}: {message}"
        super().__init__(Report(headline, found, traced.places), traced.path)
        self.unit = unit
        self._said = message, line, traced

    def on(self, host: str) -> UnitFinding:
        """The same, told of one host among others: they may be written in one line."""
        return UnitFinding(self.unit, *self._said, host)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A line of a unit: its section, the directive and the text assigned."""

    section: str
    directive: str
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found wrong, what only the machine lacks, and lines that say something else.

    `masked` are units that are said to be masked, and are: there is nothing else to say of them.
    """

    findings: tuple[UnitFinding, ...] = ()
    lacking: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()


class Judge:
    """Understands what one run said of the units of a host.

    `folder` is where the tree's units lay; `here` is the version of systemd that ran, `there`
    that of the host. `host` is its result where it has units of its own, `scope` whose manager it has.
    """

    def __init__(
        self,
        tree: Tree,
        services: Mapping[str, Service],
        folder: str,
        here: int,
        there: int,
        host: Module | None = None,
        scope: Scope = SYSTEM,
    ) -> None:
        self.host = host
        self.units = scope.units
        self.unread = {*masked_units(tree, scope), *added_to(tree, scope)}
        self.tree = tree
        self.services = services
        self.folder = folder.rstrip("/") + "/"
        self.here = here
        self.there = there

    def judge(self, output: str) -> Judgement:
        """What the output of one run says."""
        findings: dict[tuple[str, Report], UnitFinding] = {}
        lacking: list[str] = []
        other: list[str] = []
        masked: list[str] = []
        wrong: set[str] = set()
        for line in dict.fromkeys(map(str.strip, output.splitlines())):
            at, unit = _AT_LINE.fullmatch(line), _AT_UNIT.fullmatch(line)
            mask = _MASKED.fullmatch(line)
            if mask is not None and self._named(mask["unit"]) in self.unread:
                masked.append(self._named(mask["unit"]))
                continue
            name = self._unit_of(at, unit)
            found: UnitFinding | str = line
            if name and at is not None:
                found = self._setting(name, int(at["line"]), at["message"])
            elif name and unit is not None:
                known = name in wrong and _CONSEQUENCE.match(line)
                found = "" if known else self._whole(name, unit["message"])
            if isinstance(found, UnitFinding):
                wrong.add(found.unit)
                findings.setdefault((found.unit, found.report()), found)
            elif found:
                (lacking if name else other).append(found)
        return Judgement(tuple(findings.values()), tuple(lacking), tuple(other), tuple(masked))

    def _unit_of(self, at: re.Match[str] | None, unit: re.Match[str] | None) -> str:
        """The unit or drop-in of the tree that a line is about, empty if it is about something else."""
        name = ""
        if at is not None and at["file"].startswith(self.folder):
            name = at["file"].removeprefix(self.folder)
        elif at is not None and _COPY.fullmatch(at["file"]):
            name = at["file"].rpartition("/")[2]
        elif at is None and unit is not None:
            name = self._named(unit["unit"])
            name = next(iter(drop_ins(self.tree, name, self.units)), name)
        return name if f"{self.units}/{name}" in self.tree else ""

    def _named(self, unit: str) -> str:
        """A unit as the tree calls it: a template, where an instance of it was looked at."""
        template = _TRIED.sub("@.", unit)
        ours = f"{self.units}/{template}" in self.tree or template in self.unread
        return template if ours else unit

    def _whole(self, unit: str, message: str) -> UnitFinding | str:
        """What is said of a unit as a whole."""
        message = message.rstrip(".")
        if any(each.match(message) for each in _MISSING) and not self._is_ours(message, unit):
            return f"{unit}: {message}"
        return UnitFinding(unit, message, "", whole(self._owner(unit)))

    def _is_ours(self, message: str, name: str) -> bool:
        """Does a message miss a unit that only this tree could have: a socket's own service?"""
        missing = re.match(r"service (\S+) not loaded", message)
        return missing is not None and missing[1] == f"{name.rpartition('.')[0]}.service"

    def _setting(self, unit: str, number: int, message: str) -> UnitFinding | str:
        """What is said of a line of a unit."""
        entry = self.tree[f"{self.units}/{unit}"]
        text = entry.content.decode("utf-8") if isinstance(entry, File) else ""
        assigned = assignment(text, number)
        owner = self._owner(unit)
        if assigned is None:
            return UnitFinding(unit, message, "", whole(owner))
        if self._is_newer(assigned):
            return (
                f"{unit}: {assigned.directive}={assigned.text} is for systemd {self.there}; "
                f"systemd {self.here}, which is installed here, does not know it"
            )
        line = f"[{assigned.section}] {assigned.directive}={assigned.text}"
        traced = trace(owner, _whose(unit), assigned.section, assigned.directive, assigned.text)
        return UnitFinding(unit, message, line, traced)

    def _is_newer(self, assigned: Assignment) -> bool:
        """Is it right for the host's version of systemd, and unknown to the older one here?"""
        if self.here >= self.there:
            return False
        here, there = (_known(version, assigned) for version in (self.here, self.there))
        if there is None or problem(there, as_read(there, assigned.text)):
            return False
        return here is None or bool(problem(here, as_read(here, assigned.text)))

    def _owner(self, unit: str) -> Module:
        """The service that a unit of the tree belongs to, or the host."""
        path = self.tree[f"{self.units}/{unit}"].service
        if not path and self.host is not None:
            return self.host
        first, *rest = path
        service = self.services[first]
        for name in rest:
            service = service.services[name]
        return service


def _known(version: int, assigned: Assignment) -> Directive | None:
    """A directive as the nearest version that has a table knows it: the newest up to it."""
    older = [each for each in versions() if each <= version] or versions()[:1]
    return load(older[-1]).directive(assigned.section, assigned.directive)


def assignment(text: str, number: int) -> Assignment | None:
    """What the line with a number, counted from 1, of a unit assigns; None if it does not."""
    section = ""
    for line in text.split("\n")[:number]:
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
    lines = text.split("\n")
    if not 0 < number <= len(lines) or "=" not in lines[number - 1]:
        return None
    directive, _, value = lines[number - 1].partition("=")
    return None if directive.startswith(("#", ";")) else Assignment(section, directive, value)


def units_of_tree(tree: Tree, scope: Scope = SYSTEM) -> list[str]:
    """The names of the units that a tree has files for: what to verify."""
    return [name for name in _below(tree, scope.units, File) if "/" not in name]


def masked_units(tree: Tree, scope: Scope = SYSTEM) -> list[str]:
    """The names of the units that a tree masks."""
    links = {name: tree[f"{scope.units}/{name}"] for name in _below(tree, scope.units, Link)}
    return [n for n, each in links.items() if isinstance(each, Link) and each.target == "/dev/null"]


def added_to(tree: Tree, scope: Scope = SYSTEM) -> list[str]:
    """The names of the units of others that a tree has drop-ins for."""
    names = {_whose(name): None for name in _below(tree, scope.units, File) if "/" in name}
    return [name for name in names if f"{scope.units}/{name}" not in tree]


def drop_ins(tree: Tree, unit: str, folder: str) -> list[str]:
    """The drop-ins of a unit that a tree has no file for itself."""
    if f"{folder}/{unit}" in tree:
        return []
    start = f"{folder}/{unit}.d/"
    return [path.removeprefix(f"{folder}/") for path in tree if path.startswith(start)]


def _whose(name: str) -> str:
    """The unit that a file among the units is of: itself, or that of a drop-in."""
    return name.rpartition("/")[0].removesuffix(".d") if "/" in name else name


def _below(tree: Tree, folder: str, kind: type[File] | type[Link]) -> Iterator[str]:
    """The files or links of a tree that lie among its units, named from there."""
    for path, entry in tree.items():
        if isinstance(entry, kind) and path.startswith(f"{folder}/"):
            yield path.removeprefix(f"{folder}/")
