"""The option type of one section of a unit.

In: dicts of directives under systemd's own names. Out: one dict, in which directives that
may be assigned several times are lists. Refuses directives that systemd does not know, in
that section, in any version there is a table of; and values that they do not take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from ...language.definition import Definition
from ...language.errors import Conflict, Mistake, Mistakes
from ...language.frozen import NOTHING, FrozenDict, FrozenList
from ...language.properties import ANY_ORDER, DEFAULT, PLAIN, PROPERTIES, Override
from ...language.types.option_type import OptionType, Spot
from .directives.problems import problem
from .directives.table import Directive, load, versions
from .directives.values import render
from .escaping import BadValue
from .given import NONE, TRUE, YIELDING, Defaults, Directives, Shared
from .mistakes import HOMES, BadDirective, UnknownDirective

_LISTS = 'write lists where both shall stand, as in ["..."]; or let one be stronger: force(...)'

_STRONGER = "write it without default(...): then it is stronger than what modsvc gives by itself"

Candidate = tuple[int, int, Any, Definition]
"""Priority, order, value and definition of one assignment."""


class Section(OptionType):
    """The directives of `[name]`."""

    simple = False
    leaf = True
    open = False
    """Are names taken that no table knows?"""

    def __init__(self, name: str) -> None:
        self.name = name

    def _directive(self, name: str) -> Directive | None:
        return known(self.name, name)

    def describe(self) -> str:
        return f"a dict of directives of [{self.name}]"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Mapping)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        said: dict[str, list[Candidate]] = {}
        given: list[Definition] = []
        for definition in definitions:
            directives = definition.value
            if directives.__class__ is Defaults:
                given.append(definition)
                if directives.said:
                    self._take_said(definition, said)
                continue
            if not isinstance(directives, (dict, Mapping)):  # a dict is told sooner
                self.demand(spot, definitions)
            for name, value in directives.items():
                candidates = said.setdefault(name, [])
                if value.__class__ not in PROPERTIES:
                    candidates.append((PLAIN, ANY_ORDER, value, definition))
                elif value.__class__ is Override and value.content.__class__ not in PROPERTIES:
                    candidates.append((value.priority, ANY_ORDER, value.content, definition))
                else:
                    candidates += self._peeled(spot, name, definition.holding(value))
        if len(given) == 1 and not said and not given[0].value.own:
            return self._alone(spot, given[0])
        theirs: dict[str, Any] = {}
        own: dict[str, Any] = {}
        for definition in given:
            self._give(spot, definition, said, theirs, own)
        if said:
            self._merge_said(spot, said, own)
        merged = {**theirs, **own}
        if None in own.values():
            merged = {name: value for name, value in merged.items() if value is not None}
        if len(given) == 1:
            return Directives(merged, own, given[0].value.shared)
        return Directives(merged, merged, NONE)

    def _alone(self, spot: Spot, definition: Definition) -> Directives:
        """What services share of whom nobody says more: one section for all of them."""
        shared: Shared = definition.value.shared
        if shared.alone is None:
            shared.alone = Directives(self._shared(spot, definition), {}, shared)
        return shared.alone

    def _shared(self, spot: Spot, definition: Definition) -> Mapping[str, Any]:
        """What services share, as a section holds it: judged once, the same for all of them."""
        shared: Shared = definition.value.shared
        if len(shared.merged) < len(shared):
            shared.merged = {name: self._right(spot, name, definition) for name in shared}
        return shared.merged

    def _take_said(self, definition: Definition, said: dict[str, list[Candidate]]) -> None:
        """What the manager made from what somebody said, which competes as that."""
        given: Defaults = definition.value
        for name, (priority, place) in given.said.items():
            there = Definition(given[name], place, definition.source, definition.scope)
            said.setdefault(name, []).append((priority, ANY_ORDER, given[name], there))

    def _peeled(self, spot: Spot, name: str, definition: Definition) -> list[Candidate]:
        found = spot.nested(name).survivors([definition])
        return [(d.priority, d.order, d.value, d) for d in found]

    def _give(
        self,
        spot: Spot,
        definition: Definition,
        said: dict[str, list[Candidate]],
        theirs: dict[str, Any],
        own: dict[str, Any],
    ) -> None:
        """Put in what the manager gives, in its order: into `theirs` what is shared, into `own` the
        rest. None keeps the place of what somebody says.
        """
        given: Defaults = definition.value
        for name in own.keys() & given.shared.keys():
            del own[name]
        theirs.update(dict.fromkeys(given.own))
        theirs.update(given.shared.merged or self._shared(spot, definition))
        for name in given.own:
            if name not in said:
                own[name] = self._right(spot, name, definition)
        if not said:
            return
        for name in said.keys() & given.keys():
            own[name] = None
            candidates = said[name]
            if candidates and candidates[0][0] < DEFAULT and name not in RESTRICTING:
                continue  # which is stronger
            if name not in given.said and YIELDING.get(name) not in said:
                candidate = (DEFAULT, ANY_ORDER, given[name], definition)
                if name in RESTRICTING:
                    candidate = self._beside(candidate, candidates)
                candidates.insert(0, candidate)
        for name, other in YIELDING.items():
            if other in said and name in theirs:
                own[name] = None
        for name, other in given.leaning.items():
            if other in said and not _is_on(said[other]):
                own[name] = None

    def _right(self, spot: Spot, name: str, definition: Definition) -> Any:
        """What the manager gives, as a section holds it. Raises BadDirective."""
        value = definition.value[name]
        held = held_alone(self.name, name, value)
        if held is not NOTHING:
            return held
        why = problem_of(self.name, name, value)
        if why:
            raise BadDirective((*spot.path, name), why, [definition.place])
        return FrozenList(value) if value.__class__ is list else value

    def _merge_said(
        self, spot: Spot, said: Mapping[str, list[Candidate]], own: dict[str, Any]
    ) -> None:
        """Put in what somebody said. Raises what is wrong with it, all at once."""
        mistakes: list[Mistake] = []
        for name, candidates in said.items():
            if not candidates:
                continue
            winners = candidates
            if len(candidates) > 1:
                winners = _strongest(candidates)
            if len(winners) == 1:
                _, order, value, _ = winners[0]
                kind: Any = value.__class__
                if order != ANY_ORDER:
                    held = NOTHING
                elif kind in _SHARED:  # as `held_alone` says of most
                    held = _held_rightly(self.name, name, value, kind)
                else:
                    held = held_alone(self.name, name, value)
                if held is not NOTHING:
                    own[name] = held
                    continue
            directive = self._directive(name)
            if directive is None and not self.open:
                mistakes.append(self._unknown(spot, name, candidates))
                continue
            try:
                own[name] = self._value(spot, directive, name, winners)
            except Mistake as mistake:
                mistakes.append(mistake)
        if mistakes:
            raise mistakes[0] if len(mistakes) == 1 else Mistakes(mistakes)

    @staticmethod
    def _beside(default: Candidate, said: list[Candidate]) -> Candidate:
        """The default, as strong as what only takes more away: a `~` list is no relaxation."""
        best = min([candidate[0] for candidate in said], default=DEFAULT)
        winners = [candidate[2] for candidate in said if candidate[0] == best]
        if best >= PLAIN and all(map(_takes_away, winners)):
            return (best, *default[1:])
        return default

    def _unknown(self, spot: Spot, name: str, candidates: list[Candidate]) -> Mistake:
        homes = [section for section in sections() if known(section, name)]
        places = [candidate[3].place for candidate in candidates]
        others = (section for section in HOMES if section != self.name)
        elsewhere = [f"{other}= of [{section}]" for section in others for other in names(section)]
        path = (*spot.path, name)
        return UnknownDirective(path, self.name, homes, names(self.name), elsewhere, places)

    def _value(
        self, spot: Spot, directive: Directive | None, name: str, winners: list[Candidate]
    ) -> Any:
        """One value: lists join, as does what has an order; single values that differ conflict."""
        for _, _, value, definition in winners:
            self._check(spot, directive, name, value, definition)
        if directive is not None and not directive.many:
            winners = [(p, ANY_ORDER, _single(value), d) for p, _, value, d in winners]
        if _are_joined(winners):
            return _joined([candidate[2] for candidate in winners])
        first = winners[0][2]
        others = winners[1:]
        if others and any(c[2] != first or c[2].__class__ is not first.__class__ for c in others):
            said = [(c[2], c[3].place) for c in winners]
            ours = any(c[3].value.__class__ is Defaults for c in winners)
            many = directive is None or directive.many
            advice = _STRONGER if ours else _LISTS if many else ""
            raise Conflict((*spot.path, name), said, advice=advice)
        return first if directive is None else _held(directive, first)

    def _check(
        self,
        spot: Spot,
        directive: Directive | None,
        name: str,
        value: Any,
        definition: Definition,
    ) -> None:
        why = problem_of(self.name, name, value) if directive else writing_problem(name, value)
        if why:
            raise BadDirective((*spot.path, name), why, [definition.place])

    def empty(self, spot: Spot) -> Any:
        return FrozenDict()

    def key(self) -> object:
        return type(self), self.name


class Extra(Section):
    """The directives of a section that no table knows; merged as all directives are."""

    open = True

    def __init__(self) -> None:
        super().__init__("")

    def _directive(self, name: str) -> Directive | None:
        return None

    def describe(self) -> str:
        return "a dict of directives"


def _strongest(candidates: list[Candidate]) -> list[Candidate]:
    """Those of the lowest priority number, by order."""
    best = min(map(itemgetter(0), candidates))
    winners = [candidate for candidate in candidates if candidate[0] == best]
    winners.sort(key=itemgetter(1))
    return winners


def writing_problem(name: str, value: Any) -> str:
    """Why no line of a unit could hold a value; empty if one can."""
    try:
        render(None, value, name)
    except BadValue as bad:
        return str(bad)
    return ""


def _are_joined(winners: Sequence[Candidate]) -> bool:
    """Is one of them a list, or does it have a place among others?"""
    for _, order, value, _ in winners:
        if isinstance(value, (list, tuple)) or order != ANY_ORDER:
            return True
    return False


RESTRICTING = frozenset({"SystemCallFilter", "CapabilityBoundingSet", "RestrictAddressFamilies"})
"""Directives whose values that begin with `~` take away from what earlier ones allow
(systemd.exec(5))."""


def _takes_away(value: Any) -> bool:
    lines = value if isinstance(value, (list, tuple)) else [value]
    return bool(lines) and all(isinstance(line, str) and line.startswith("~") for line in lines)


def _single(value: Any) -> Any:
    """A value that was written as a list, of a directive that takes one."""
    if isinstance(value, (list, tuple)):
        return value[0] if value else None
    return value


def _joined(values: Sequence[Any]) -> Any:
    """The values of a directive that may be assigned several times, as one list."""
    joined: list[Any] = []
    for value in values:
        joined.extend(value if isinstance(value, (list, tuple)) else [value])
    present = [value for value in joined if value is not None]
    return FrozenList(present) if present or not joined else None


def problem_of(section: str, name: str, value: Any) -> str | None:
    """Why a value does not suit a directive; asked once for each value that many share."""
    if held_alone(section, name, value) is not NOTHING:
        return None
    directive = known(section, name)
    return f"{name}= is no directive" if directive is None else problem(directive, value)


def _is_on(candidates: Sequence[Candidate]) -> bool:
    """Does anybody switch a directive on? Lists and specifiers switch nothing."""
    return any(isinstance(value, (bool, str)) and value in TRUE for _, _, value, _ in candidates)


def held_alone(section: str, name: str, value: Any) -> Any:
    """A value as a section holds it where nothing else is said of its directive.

    NOTHING where it may be wrong, or is of a class that few values are of.
    """
    kind: Any = value.__class__
    if kind in _SHARED:
        return _held_rightly(section, name, value, kind)
    directive = known(section, name) if kind is list else None
    if directive is None or not directive.many:
        return NOTHING
    for line in value:  # each by itself; all together only to word a mistake
        kind = line.__class__
        if kind not in _SHARED or _held_rightly(section, name, line, kind) is NOTHING:
            return NOTHING
    return FrozenList(value)


_SHARED = frozenset({str, bool, int})


@lru_cache(maxsize=8192)
def _held_rightly(section: str, name: str, value: Any, _kind: Any) -> Any:
    """A value as a section holds it, NOTHING where it does not suit its directive."""
    directive = known(section, name)
    if directive is None or problem(directive, value):
        return NOTHING
    return _held(directive, value)


def _held(directive: Directive, value: Any) -> Any:
    """A single value as a section holds it."""
    if directive.kind == "mode" and value.__class__ is int:
        value = f"{value:04o}"  # as systemd writes it, and as somebody can read it
    return FrozenList([value]) if directive.many and value is not None else value


@cache
def known(section: str, name: str) -> Directive | None:
    """A directive of the newest version that has it."""
    if name.startswith("X-"):
        return None  # as no version has
    for version in reversed(versions()):
        directive = load(version).directive(section, name)
        if directive is not None:
            return directive
    return None


def sections() -> tuple[str, ...]:
    """The sections that have directives."""
    return load(versions()[-1]).sections()


def names(section: str) -> tuple[str, ...]:
    """The directives of a section, of all versions."""
    found = dict.fromkeys(load(versions()[-1]).names(section))
    for version in versions():
        found.update(dict.fromkeys(load(version).names(section)))
    return tuple(found)
