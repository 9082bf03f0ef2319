"""The system of a service vector -> our host: services, and what is beside them.

In: a vector. Out: a vector of the same form in our names. Refuses the same as `naming`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.services.directives import typed
from tests.conformance.services.naming import (
    allowed,
    assertions,
    beneath,
    directives_in,
    is_other,
    marker,
    merged,
    module,
    named_units,
    nested,
    services,
    taken,
    unit,
    with_others,
    without,
)
from tests.conformance.services.references import renamed
from tests.conformance.types import Json

Owners = dict[str, tuple[tuple[str, ...], str]]
"""Name of a unit without its suffix -> the path of the service that makes it, and its key there."""

SHARED = ("services", "sockets", "timers")
"""Kinds of units that a service makes as well."""

LISTED = {"mounts": "Where", "automounts": "Where"}


def translated(vector: Json) -> Json:
    """The vector in our names."""
    given = {name: renamed(each) for name, each in vector["modules"].items()}
    owners: Owners = {}
    for each in given.values():
        for config in _configs(each):
            _find_units(config, owners)
    modules = {name: _module(each, owners, name) for name, each in given.items()}
    kind = {"nixos": "host"}.get(vector.get("class", "nixos"), vector.get("class", "nixos"))
    modules = typed(with_others(modules, directives_in(vector["modules"])))
    return {**vector, "modules": modules, "class": kind}


def _module(spec: Json, owners: Owners, name: str) -> Any:
    return module(spec, lambda tree: list(_host(tree, owners, name)))


def _configs(spec: Any) -> Iterator[Any]:
    """Everything that a module and those written into its imports define."""
    if not isinstance(spec, dict):
        return
    yield spec.get("config", {})
    yield from map(nested, spec.get("definitions", ()))
    for each in spec.get("imports", ()):
        yield from _configs(each)


def _find_units(config: Any, owners: Owners) -> None:
    """The units that services make: what the system says of these, it says of the service's."""
    for system in taken(config, "system"):
        for found in taken(system, "services"):
            _find_services(found, ("services",), (), owners)


def _find_services(spec: Any, at: tuple[str, ...], names: tuple[str, ...], owners: Owners) -> None:
    for name in _names(spec):
        path, called = (*at, allowed(name)), (*names, name)
        owners["-".join(called)] = (path, "")
        for inner in _inside(spec, name):
            for systemd in taken(inner, "systemd"):
                for units in [found for kind in SHARED for found in taken(systemd, kind)]:
                    for key in filter(None, _names(units)):
                        owners.setdefault("-".join((*called, key)), (path, key))
            for below in taken(inner, "services"):
                _find_services(below, (*path, "services"), called, owners)


def _inside(services: Any, name: str) -> Iterator[Any]:
    """What is said of a service, also by modules; what is around it does not matter here."""
    for one in taken(services, name):
        core = one
        while marker(core) and marker(core) != "$merge":
            core = (
                core[marker(core)]
                if not isinstance(core[marker(core)], list)
                else core[marker(core)][1]
            )
        if isinstance(core, dict) and "$module" in core:
            yield from _configs(core["$module"])
        else:
            yield one


def _names(spec: Any) -> list[str]:
    """The names in a dict, whatever it wears; those whose condition is false are not there."""
    around = marker(spec)
    if around == "$if" and spec[around][0] is False:
        return []
    if around == "$merge":
        return [name for item in spec[around] for name in _names(item)]
    if around:
        return _names(spec[around] if not isinstance(spec[around], list) else spec[around][1])
    if is_other(spec):
        return []
    return [key for key, item in spec.items() if item != {"$if": [False, None]} and _exists(item)]


def _exists(item: Any) -> bool:
    return not (marker(item) == "$if" and item["$if"][0] is False)


def _host(tree: Any, owners: Owners, name: str) -> Iterator[Any]:
    """The configuration of a system, as definitions of a host."""

    def each(core: Any) -> Any:
        return core if is_other(core) else merged(_of_host(core, owners, name))

    yield beneath(tree, each)
    for systemd in taken(tree, "systemd"):
        yield from _owned(systemd, owners)


def _of_host(core: Json, owners: Owners, name: str) -> Iterator[tuple[str, Any]]:
    for key, item in core.items():
        if key == "system":
            for found in taken(item, "services"):
                yield "services", services(found)
        elif key == "systemd":
            yield key, beneath(item, lambda inner: _systemd(inner, owners, name))
        elif key == "assertions":
            yield key, beneath(item, assertions)
        else:
            yield key, item


def _owned(systemd: Any, owners: Owners) -> Iterator[Any]:
    """What the system says of units that services make, said of these services."""
    for kind in SHARED:
        for units in taken(systemd, kind):
            for name in filter(owners.__contains__, _names(units)):
                path, key = owners[name]
                whole = kind == "services" and not key
                for one in taken(units, name):
                    value = unit(one, whole)
                    value = {"service": value} if whole else {kind: {key: value}}
                    for step in reversed((*path, "systemd")):
                        value = {step: value}
                    yield value


def _systemd(core: Any, owners: Owners, name: str) -> Any:
    return core if is_other(core) else merged(_of_systemd(core, owners, name))


def _of_systemd(core: Json, owners: Owners, name: str) -> Iterator[tuple[str, Any]]:
    for key, item in core.items():
        if key == "globalEnvironment":
            yield key, item
        elif key in SHARED:
            yield key, named_units(without(item, list(owners)))
        elif key == "units":
            for file in _names(item):
                stem, _, suffix = file.rpartition(".")
                option = "swaps" if suffix == "swap" else f"{suffix}s"
                for one in taken(item, file):
                    yield option, {stem: unit(one)}
        elif key in LISTED:
            yield key, beneath(item, lambda found: _by_number(found, name))
        else:
            yield key, named_units(item)


def _by_number(items: Any, name: str) -> Any:
    """Upstream's list of units as a dict: each has a key of its own."""
    if not isinstance(items, list):
        return items
    return {f"{name}-{number}": unit(item) for number, item in enumerate(items)}
