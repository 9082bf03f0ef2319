"""All translations, in the order in which their directives are written.

In: the result of a service. Out: the directives of one section, of all groups. Refuses to know a
single option.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from ....language.evaluation.configuration import once_per_touch, touched_names
from ....language.evaluation.history import has_definition, standing
from ....language.properties import DEFAULT, PLAIN
from ....language.provenance import Place
from ....language.words import Path
from ....services.service import Service, command_standing, runs
from ....services.values.host_names import ENDINGS
from ..given import NONE, Defaults, Shared
from ..specifiers import Specifiers
from ..unit import Unit
from .credentials import CredentialsTranslation
from .directories import DirectoriesTranslation
from .hardening import HardeningTranslation
from .identity import FREE_USER, IdentityTranslation, free_user
from .lifecycle import LifecycleTranslation
from .logging import LoggingTranslation
from .metadata import MetaTranslation, NotificationTranslation
from .network import NetworkTranslation
from .process import ProcessTranslation
from .relations import RelationsTranslation
from .resources import ResourcesTranslation
from .schedule import ScheduleTranslation
from .translation import Directives, Translation

TRANSLATIONS: tuple[Translation, ...] = (
    MetaTranslation(),
    RelationsTranslation(),
    ProcessTranslation(),
    LifecycleTranslation(),
    ResourcesTranslation(),
    LoggingTranslation(),
    ScheduleTranslation(),
    DirectoriesTranslation(),
    CredentialsTranslation(),
    NetworkTranslation(),
    IdentityTranslation(),
    HardeningTranslation(),
    NotificationTranslation(),
)

MADE_FROM: dict[str, Path] = {
    directive: path for each in TRANSLATIONS for directive, path in each.made_from.items()
}
"""Directive -> the portable option that the manager makes it from."""

_OR_FROM: dict[str, Sequence[Path]] = {
    directive: paths for each in TRANSLATIONS for directive, paths in each.or_from.items()
}


_BESIDE: dict[str, Translation] = dict.fromkeys(("After", "Wants"), TRANSLATIONS[1])
"""Directives that come from options of any name as well, with who knows them."""


def made_from(directive: str) -> Sequence[Path]:
    """All portable options that a directive can be made from, the first of which counts most."""
    first = MADE_FROM.get(directive)
    return () if first is None else (first, *_OR_FROM.get(directive, ()))


# Any: `Defaults`, which checkers take for sections as users write them


def unit_section(service: Service) -> Any:
    """What [Unit] of the own unit of a service that runs says by itself."""
    found: dict[str, Any] = {}
    speakers = once_per_touch(service, _Speakers)
    for each in speakers.of_unit:
        found.update(each.unit(service))
    return given(service, speakers, found, speakers.shared_unit)


def service_section(service: Service, command: str | Specifiers) -> Any:
    """What [Service] of that unit says by itself; the command line is the caller's."""
    speakers = once_per_touch(service, _Speakers)
    found: dict[str, Any] = {"ExecStart": [command]}
    for each in speakers.of_service:
        found.update(each.service(service))
        for name, value in each.confinement(service).items():
            found.setdefault(name, value)  # a group that says it by itself comes before the profile
    # asked of few: most names are none that a host has
    path = service.__node__.path
    alone = free_user(service) if path and str(path[-1]).rstrip("@") in ENDINGS else {}
    made = given(service, speakers, {**found, **alone}, speakers.shared_service)
    if alone:
        made.leaning = FREE_USER
    return made


def socket_section(service: Service) -> Any:
    """What [Socket] of the unit beside it says; nothing where there is to be no such unit."""
    found: dict[str, Any] = {}
    for each in _making(service, "socket"):
        found.update(each.socket(service))
    return given(service, once_per_touch(service, _Speakers), found)


def timer_section(service: Service) -> Any:
    """What [Timer] of the unit beside it says; nothing where there is to be no such unit."""
    found: dict[str, Any] = {}
    for each in _making(service, "timer"):
        found.update(each.timer(service))
    return given(service, once_per_touch(service, _Speakers), found)


def further(service: Service, what: Literal["services", "sockets", "timers"]) -> dict[str, Unit]:
    """Units beside the service's own, by what stands behind its name in theirs."""
    found: dict[str, Unit] = {}
    for each in _making(service, what):
        found.update(getattr(each, what)(service))
    return found


def rules(service: Service, what: Literal["tmpfiles", "sysusers"]) -> list[Any]:
    """Rules of files and folders, or of users and groups, that are made when the host starts."""
    return [rule for each in _making(service, what) for rule in getattr(each, what)(service)]


def differences(service: Service) -> list[str]:
    """What systemd does otherwise than the portable options of a service ask."""
    found = _making(service, "notes")
    return [note for each in found for note in each.notes(service)] if found else []


def _making(service: Service, what: str) -> Sequence[Translation]:
    """The translations that can make such a thing, and have something to say."""
    found = once_per_touch(service, _Speakers).able(what)
    return found if found and runs(service) else ()


@cache
def able(what: str) -> tuple[Translation, ...]:
    """The translations that have a method of their own of this name."""
    plain = getattr(Translation, what)
    return tuple(each for each in TRANSLATIONS if getattr(type(each), what) is not plain)


def groups_behind(what: str) -> tuple[str, ...]:
    """The groups of options that such a thing is made from: where nobody defines any, there is none.

    So it is of all whose makers say nothing unasked.
    """
    return tuple(name for each in able(what) for name in (each.group, *each.also))


def confinement(service: Service) -> Directives:
    """What all service units of a service have in common: who they are, what they may touch."""
    found: dict[str, Any] = {}
    for each in once_per_touch(service, _Speakers).every:
        for name, value in each.confinement(service).items():
            found.setdefault(name, value)
    return found


def given(
    service: Service, speakers: _Speakers, directives: Directives, shared: Shared = NONE
) -> Defaults:
    """Directives with the strength of what they are made from, and behind them those in `shared`, which
    nobody said.
    """
    if not shared.keys().isdisjoint(directives):
        shared = Shared({k: value for k, value in shared.items() if k not in directives})
    said: dict[str, tuple[int, Place]] = {}
    for name in filter(speakers.traced.__contains__, directives):
        path = MADE_FROM.get(name)
        if path is not None and path[0] in speakers.touched:
            found = _standing(service, name, path)
            if found is not None and found[0] < DEFAULT:
                said[name] = found
        beside = _BESIDE[name].said(service, name) if name in _BESIDE else None
        if beside is not None:
            said.setdefault(name, beside)
    return Defaults(directives, said, shared)


_ARGV: Path = ("process", "argv")


def _standing(service: Service, directive: str, first: Path) -> tuple[int, Place] | None:
    """The strength and the place of the portable option that a directive is made from."""
    found = command_standing(service) if first == _ARGV else standing(service, first)
    for path in _OR_FROM.get(directive, ()):
        if found is not None or has_definition(service, first):
            if _value(service, first):
                break
        if has_definition(service, path) and _value(service, path):
            found = standing(service, path)
            break
    return found if found is None or directive != "ExecStart" else (PLAIN, found[1])


# Any: options have values of all types
def _value(service: Service, path: Path) -> Any:
    return getattr(getattr(service, path[0]), path[1])


class _Speakers:
    """Who speaks of services that define something of the same groups, in order.

    `of_service` and `of_unit` are those who say something in [Service] and in [Unit], before what
    is shared: the directives that the last of them say of all these services alike. `touched` are
    the names of the groups of which something is defined, `traced` the directives that may be made
    from that.
    """

    def __init__(self, service: Service) -> None:
        self.touched = touched_names(service)
        made = {name for name, path in MADE_FROM.items() if path[0] in self.touched}
        self.traced = frozenset(made.union(_BESIDE))
        self.every = [
            each
            for each in TRANSLATIONS
            if each.speaks_unasked or each.group in self.touched or each.speaks_of(service)
        ]
        asked = [each for each in self.every if not self._has_nothing(service, each)]
        alike: list[Translation] = []
        while asked and self._is_alike(asked[-1]):
            alike.insert(0, asked.pop())
        speaking = {*able("service"), *able("confinement")}
        self.of_service = [each for each in asked if each in speaking]
        self.of_unit = [each for each in asked if each in able("unit")]
        self.shared_service, self.shared_unit = Shared(), Shared()
        for each in alike:
            self.shared_service.update({**each.service(service), **each.confinement(service)})
            self.shared_unit.update(each.unit(service))

        self._able: dict[str, Sequence[Translation]] = {}

    def able(self, what: str) -> Sequence[Translation]:
        """Those who can make such a thing."""
        found = self._able.get(what)
        if found is None:
            found = self._able[what] = [each for each in able(what) if each in self.every]
        return found

    def _has_nothing(self, service: Service, translation: Translation) -> bool:
        """Is all that is defined of a group what its translation makes nothing of?"""
        if not translation.others or translation.speaks_of(service):
            return False
        return touched_names(getattr(service, translation.group)) <= translation.others

    def _is_alike(self, translation: Translation) -> bool:
        groups = {translation.group, *translation.also}
        return translation.same_unasked and not groups & set(self.touched)
