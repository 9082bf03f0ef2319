"""All translations, in the order in which their directives are written.

In: the result of a service. Out: the directives of one section, of all groups. Refuses to know a
single option.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from ....language.configuration import is_untouched
from ....language.history import places, strength
from ....language.properties import DEFAULT, PLAIN
from ....language.provenance import Place
from ....language.words import Path
from ....services.service import Service, runs
from ..section import Defaults
from ..unit import Unit
from .hardening import HardeningTranslation
from .identity import IdentityTranslation
from .lifecycle import LifecycleTranslation
from .metadata import MetaTranslation
from .process import ProcessTranslation
from .relations import RelationsTranslation
from .translation import Directives, Translation

TRANSLATIONS: tuple[Translation, ...] = (
    MetaTranslation(),
    RelationsTranslation(),
    ProcessTranslation(),
    LifecycleTranslation(),
    IdentityTranslation(),
    HardeningTranslation(),
)

MADE_FROM: dict[str, Path] = {
    directive: path for each in TRANSLATIONS for directive, path in each.made_from.items()
}
"""Directive -> the portable option that the manager makes it from."""


def unit_section(service: Service) -> Defaults:
    """What [Unit] of the own unit of a service that runs says by itself."""
    found: dict[str, Any] = {}
    for each in _speaking(service):
        found.update(each.unit(service))
    return given(service, found)


def service_section(service: Service, command: str) -> Defaults:
    """What [Service] of that unit says by itself; the command line is the caller's."""
    found: dict[str, Any] = {"ExecStart": [command]}
    for each in _speaking(service):
        found.update(each.service(service))
        found.update(each.confinement(service))
    return given(service, found)


def socket_section(service: Service) -> Defaults:
    """What [Socket] of the unit beside it says; nothing where there is to be no such unit."""
    found: dict[str, Any] = {}
    for each in _speaking(service) if runs(service) else ():
        found.update(each.socket(service))
    return given(service, found)


def timer_section(service: Service) -> Defaults:
    """What [Timer] of the unit beside it says; nothing where there is to be no such unit."""
    found: dict[str, Any] = {}
    for each in _speaking(service) if runs(service) else ():
        found.update(each.timer(service))
    return given(service, found)


def further(service: Service, what: Literal["sockets", "timers"]) -> dict[str, Unit]:
    """Units beside the service's own, by what stands behind its name in theirs."""
    found: dict[str, Unit] = {}
    for each in _making(service, what):
        found.update(getattr(each, what)(service))
    return found


def rules(service: Service, what: Literal["tmpfiles", "sysusers"]) -> list[Any]:
    """Rules of files and folders, or of users and groups, that are made when the host starts."""
    return [rule for each in _making(service, what) for rule in getattr(each, what)(service)]


def _making(service: Service, what: str) -> Iterator[Translation]:
    """The translations that can make such a thing, and have something to say."""
    for each in able(what) if runs(service) else ():
        if each.speaks_unasked or not is_untouched(getattr(service, each.group)):
            yield each


@cache
def able(what: str) -> tuple[Translation, ...]:
    """The translations that have a method of their own of this name."""
    plain = getattr(Translation, what)
    return tuple(each for each in TRANSLATIONS if getattr(type(each), what) is not plain)


def confinement(service: Service) -> Directives:
    """What all service units of a service have in common: who they are, what they may touch."""
    found: dict[str, Any] = {}
    for each in _speaking(service):
        found.update(each.confinement(service))
    return found


def given(service: Service, directives: Directives) -> Defaults:
    """Directives with the strength of what they are made from."""
    said: dict[str, tuple[int, Place]] = {}
    for name in directives:
        path = MADE_FROM.get(name)
        if path is not None and not is_untouched(getattr(service, path[0])):
            priority = PLAIN if name == "ExecStart" else strength(service, path)
            if priority < DEFAULT:
                said[name] = priority, places(service, path)[0]
    return Defaults(directives, said)


def _speaking(service: Service) -> Iterator[Translation]:
    """The translations that have something to say of a service."""
    for each in TRANSLATIONS:
        if each.speaks_unasked or not is_untouched(getattr(service, each.group)):
            yield each
