"""The system of a service vector -> our host: services, and what is beside them.

In: a vector. Out: a vector of the same form in our names. Refuses the same as `naming`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.services.naming import (
    allowed,
    assertions,
    beneath,
    host_path,
    is_marked,
    marker,
    merged,
    module,
    named_units,
    plain,
    services,
    taken,
    unit,
    without,
)
from tests.conformance.types import Json, Unsupported

Owners = dict[str, tuple[str, ...]]
"""Name of a unit without its suffix -> the path of what a service says of it."""

LISTED = {"mounts": "Where", "automounts": "Where"}


def translated(vector: Json) -> Json:
    """The vector in our names."""
    owners: Owners = {}
    for each in vector["modules"].values():
        _find_units(each.get("config", {}), owners)
    modules = {name: _module(each, owners, name) for name, each in vector["modules"].items()}
    kind = {"nixos": "host"}.get(vector.get("class", "nixos"), vector.get("class", "nixos"))
    return {**vector, "modules": modules, "class": kind}


def _module(spec: Json, owners: Owners, name: str) -> Any:
    return module(spec, lambda tree: list(_host(tree, owners, name)))


def _find_units(config: Any, owners: Owners) -> None:
    """The units that services make: what the system says of these, it says of the service's."""
    for system in taken(config, "system"):
        for found in taken(system, "services"):
            _find_services(found, ("services",), (), owners)


def _find_services(spec: Any, at: tuple[str, ...], names: tuple[str, ...], owners: Owners) -> None:
    for name in _names(spec):
        path, called = (*at, allowed(name)), (*names, name)
        owners["-".join(called)] = (*path, "systemd", "service")
        for one in taken(spec, name):
            inner = one["$module"].get("config", {}) if is_module(one) else one
            for systemd in taken(inner, "systemd"):
                for units in taken(systemd, "services"):
                    for key in filter(None, _names(units)):
                        owners["-".join((*called, key))] = (*path, "systemd", "services", key)
            for below in taken(inner, "services"):
                _find_services(below, (*path, "services"), called, owners)


def is_module(spec: Any) -> bool:
    """Is a value a module?"""
    return isinstance(spec, dict) and "$module" in spec


def _names(spec: Any) -> list[str]:
    """The names in a dict, whatever it wears; those whose condition is false are not there."""
    around = marker(spec)
    if around == "$if" and spec[around][0] is False:
        return []
    if around == "$merge":
        return [name for item in spec[around] for name in _names(item)]
    if around:
        return _names(spec[around] if not isinstance(spec[around], list) else spec[around][1])
    if not isinstance(spec, dict) or is_marked(spec):
        return []
    return [key for key, item in spec.items() if item != {"$if": [False, None]} and _exists(item)]


def _exists(item: Any) -> bool:
    return not (marker(item) == "$if" and item["$if"][0] is False)


def _host(tree: Any, owners: Owners, name: str) -> Iterator[Any]:
    """The configuration of a system, as definitions of a host."""
    routed: list[Any] = []

    def each(core: Any) -> Any:
        if not isinstance(core, dict) or is_marked(core):
            return plain(core, host_path)
        return merged(_of_host(core, owners, name, routed))

    yield beneath(tree, each)
    yield from routed


def _of_host(core: Json, owners: Owners, name: str, routed: list[Any]) -> Iterator[tuple[str, Any]]:
    for key, item in core.items():
        if key == "system":
            for found in taken(item, "services"):
                yield "services", services(found)
        elif key == "systemd":
            for owned in _owned(item, owners):
                routed.append(owned)
            yield key, beneath(item, lambda inner: merged(_of_systemd(inner, owners, name)))
        elif key == "assertions":
            yield key, beneath(plain(item, host_path), assertions)
        elif key == "environment":
            raise Unsupported("environment.etc, which is no part of a manager here")
        else:
            yield key, plain(item, host_path)


def _owned(systemd: Any, owners: Owners) -> Iterator[Any]:
    """What the system says of units that services make, said of these services."""
    for units in taken(systemd, "services"):
        for key in _names(units):
            if key not in owners:
                continue
            for one in taken(units, key):
                path = owners[key]
                value = unit(one, key, whole=path[-1] == "service")
                for step in reversed(path):
                    value = {step: value}
                yield value


def _of_systemd(core: Json, owners: Owners, name: str) -> Iterator[tuple[str, Any]]:
    for key, item in core.items():
        if key == "globalEnvironment":
            yield "environment", plain(item, host_path)
        elif key == "services":
            yield key, named_units(without(item, list(owners)))
        elif key == "units":
            for file in _names(item):
                stem, _, suffix = file.rpartition(".")
                option = "swaps" if suffix == "swap" else f"{suffix}s"
                for one in taken(item, file):
                    yield option, {stem: unit(one, stem)}
        elif key in LISTED:
            yield key, beneath(item, lambda found: _by_number(found, name))
        else:
            yield key, named_units(item)


def _by_number(items: Any, name: str) -> Any:
    """Upstream's list of units as a dict: each has a key of its own."""
    if not isinstance(items, list):
        return items
    return {f"{name}-{number}": unit(item, "") for number, item in enumerate(items)}
