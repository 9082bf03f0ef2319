"""What the values of a service vector refer to -> the same in our names.

In: a module of the vector. Out: the module, in which only references are changed. Refuses to move
anything: that is done by `naming`. A reference looks into the module in which it is written,
wherever its value stands, so paths are renamed by module, before values are taken apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.conformance.services.naming import CHECKED, SECTIONS, TYPED, allowed
from tests.conformance.types import Json

Steps = tuple[Any, ...]


@dataclass(frozen=True)
class Scope:
    """A kind of module. `path` says its paths in our names, `inside` tells what a module at a place
    in it is, and `name` is what its argument of this name is, empty for what we say ourselves."""

    path: Callable[[list[Any]], list[Any]]
    inside: Callable[[Steps], Scope]
    name: str = ""


def renamed(module: Json) -> Json:
    """A module of the system with its references in our names."""
    found: Json = _module(module, Scope(host_path, _in_host))
    return found


def _other(at: Steps) -> Scope:
    return Scope(list, _other)


OTHER = _other(())


def _in_host(at: Steps) -> Scope:
    if at[:2] == ("system", "services") and len(at) > 2:
        return _in_service((at[2],), at[3:])
    if at[:1] == ("systemd",) and len(at) == 3:
        return _unit(at[2])
    return OTHER


def _in_service(names: Steps, at: Steps) -> Scope:
    if at[:1] == ("services",) and len(at) > 1:
        return _in_service((*names, at[1]), at[2:])
    if at in (("systemd", "service"), ("systemd", "socket")):
        return _unit(*names)
    if at[:1] == ("systemd",) and len(at) == 3:
        return _unit(*names, at[2])
    return OTHER if at else Scope(service_path, lambda below: _in_service(names, below))


def _unit(*names: Any) -> Scope:
    return Scope(directive_path, _other, "-".join(filter(None, names)))


def _module(spec: Any, scope: Scope) -> Any:
    if not isinstance(spec, dict):
        return spec
    found = dict(spec)
    if "config" in spec:
        found["config"] = _value(spec["config"], scope)
    for key in ("definitions", "options"):
        if key in spec:
            found[key] = [_at_path(each, scope) for each in spec[key]]
    if "imports" in spec:
        found["imports"] = [_imported(each, scope) for each in spec["imports"]]
    return found


def _imported(spec: Any, scope: Scope) -> Any:
    if not isinstance(spec, dict):
        return spec
    for key in ("$alias", "$rename", "$removed"):
        if key in spec:
            steps = ("from", "to", "path")
            content = spec[key].items()
            return {key: {k: scope.path(item) if k in steps else item for k, item in content}}
    return {"$root": host_path(spec["$root"])} if "$root" in spec else _module(spec, scope)


def _at_path(spec: Json, scope: Scope) -> Json:
    """A definition or an option: everything in it but its path."""
    at = tuple(spec["path"])
    return {
        key: item if key == "path" else _value(item, scope, at if key != "type" else ("type",))
        for key, item in spec.items()
    }


def _value(spec: Any, scope: Scope, at: Steps = ()) -> Any:
    if isinstance(spec, list):
        return [_value(item, scope, at) for item in spec]
    if not isinstance(spec, dict) or "$lit" in spec:
        return spec
    if spec == {"$arg": "name"}:
        return scope.name or spec
    return {key: _entry(key, item, scope, at) for key, item in spec.items()}


def _entry(key: str, item: Any, scope: Scope, at: Steps) -> Any:
    if key in ("$ref", "$isDefined", "$hasOption"):
        return scope.path(item)
    if key == "$root":
        return host_path(item)
    if key == "$module":
        return _module(item, scope.inside(at))
    return _value(item, scope, at if key.startswith("$") else (*at, key))


# Paths


def host_path(path: list[Any]) -> list[Any]:
    """A path from the system on."""
    if path[:2] == ["system", "services"]:
        return ["services", *map(allowed, path[2:3]), *service_path(path[3:])]
    return ["systemd", *_unit_path(path[1:])] if path[:1] == ["systemd"] else path


def service_path(path: list[Any]) -> list[Any]:
    """A path from a service on."""
    if path[:1] == ["services"]:
        return ["services", *map(allowed, path[1:2]), *service_path(path[2:])]
    if path[:1] == ["configData"]:
        return ["config_data", *path[1:]]
    if path[:2] == ["systemd", "mainExecStart"]:
        return ["systemd", "main_exec_start"]
    if path[:2] == ["systemd", "socket"]:
        return ["systemd", "sockets", "", *directive_path(path[2:])]
    if path[:3] == ["systemd", "services", ""]:
        return ["systemd", "service", *directive_path(path[3:])]
    if path[:2] == ["systemd", "service"]:
        return ["systemd", "service", *directive_path(path[2:])]
    return ["systemd", *_unit_path(path[1:])] if path[:1] == ["systemd"] else path


def _unit_path(path: list[Any]) -> list[Any]:
    return [*path[:2], *directive_path(path[2:])]


def directive_path(path: list[Any]) -> list[Any]:
    """A path from a unit on."""
    if not path or path[0] not in {**SECTIONS, **TYPED}:
        return path
    if path[0] in TYPED:
        return [TYPED[path[0]], *path[1:]]
    if path[0] == "serviceConfig" and path[1:2] and path[1] in CHECKED:
        return ["service", *path[1:]]
    return ["extra", SECTIONS[path[0]], *path[1:]]
