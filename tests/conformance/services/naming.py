"""Upstream's names -> ours: the module of a service vector.

In: a module of a vector about services, as JSON. Out: one that the module vectors' translator can
write, in our names. Refuses to merge, rank, order and check: properties stay around what they were
around, and names that upstream has not are handed on to be refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.conformance.types import Json

Rewrite = Callable[[Any], Any]

PROPERTIES: dict[str, int | None] = {
    **{"$force": None, "$default": None, "$before": None, "$after": None},
    **{"$override": 1, "$order": 1, "$if": 1},
}
"""Marker of a property -> where in its content the value stands, None where it is the content."""

SECTIONS = {
    "serviceConfig": "Service",
    "unitConfig": "Unit",
    "socketConfig": "Socket",
    "timerConfig": "Timer",
    "pathConfig": "Path",
    "sliceConfig": "Slice",
}
"""What upstream writes as it is: said as extra, from which `directives` takes what is right."""

TYPED = {"mountConfig": "mount", "automountConfig": "automount"}
"""Sections that are said under their own names: the names of units are made from them."""

CHECKED = ("ExecStart", "Type", "Restart", "RestartSec")
"""Directives of [Service] to which upstream gives defaults, or whose values it knows."""

PLAIN = 100
"""The priority of a definition that wears none."""

OTHERS = "$others"
"""Key that stands for all directives that a section does not say and another module may."""

LISTS = (
    *("after", "before", "bindsTo", "conflicts", "onFailure", "onSuccess", "partOf", "requires"),
    *("requisite", "upholds", "wants", "documentation"),
    *("wantedBy", "requiredBy", "upheldBy", "aliases"),
)
"""Options of a unit that are lists."""

KINDS = {"nixos": "host", "service": "service"}


def marker(spec: Any) -> str:
    """The property that a value wears, empty for none."""
    name = next(iter(spec)) if isinstance(spec, dict) and len(spec) == 1 else ""
    return name if name in PROPERTIES or name == "$merge" else ""


def beneath(spec: Any, rewrite: Rewrite) -> Any:
    """A value with what its properties are around rewritten."""
    name = marker(spec)
    if not name:
        return rewrite(spec)
    content = spec[name]
    if name == "$merge":
        return {name: [beneath(item, rewrite) for item in content]}
    if PROPERTIES[name] is None:
        return {name: beneath(content, rewrite)}
    return {name: [content[0], beneath(content[1], rewrite)]}


def entries(spec: Any, rewrite: Callable[[str, Any], Any]) -> Any:
    """A dict of things with names, each rewritten."""

    def each(found: Any) -> Any:
        if is_other(found):
            return found
        return {key: rewrite(key, item) for key, item in found.items()}

    return beneath(spec, each)


def is_other(spec: Any) -> bool:
    """Is a value no dict that can be read here: a wrong one, or one that stands for something else?"""
    return not isinstance(spec, dict) or is_marked(spec)


def is_marked(spec: Any) -> bool:
    """Is an object one that stands for something else?"""
    return isinstance(spec, dict) and len(spec) == 1 and next(iter(spec)).startswith("$")


# Units


def unit(spec: Any, whole: bool = False) -> Any:
    """One unit; a `whole` one is no entry with a key, so what is said around it is said around all
    that it can hold."""
    around = marker(spec)
    priority = spec[around][0] if around == "$override" else PLAIN
    if whole and (around == "$default" or priority > PLAIN):
        return {}  # weaker than what upstream itself says of it, which is plain
    if whole and (around == "$force" or priority < PLAIN):
        inner = unit(spec[around] if PROPERTIES[around] is None else spec[around][1], whole)
        if is_marked(inner):
            return _around(spec, inner)
        return _complete(inner, lambda value: _around(spec, value))
    if whole and around == "$override":
        return unit(spec[around][1], whole)
    if whole and around == "$merge":
        return {around: [unit(item, whole) for item in spec[around]]}
    return beneath(spec, _unit)


def _around(spec: Any, value: Any) -> Any:
    """A value in the property that `spec` wears."""
    name = marker(spec)
    return {name: value} if PROPERTIES[name] is None else {name: [spec[name][0], value]}


def _complete(found: Json, worn: Rewrite) -> Json:
    """A unit in which everything wears a property that a unit can hold, said or not.

    What upstream makes of its options goes to the same sections; that is not worn, so there
    directives wear the property one by one, and OTHERS stands for those that other modules say.
    """
    said = {**{name: [] for name in LISTS}, "environment": {}, **found}
    extra: Any = said.pop("extra", {})
    own: Any = said.pop("service", {})
    complete = {key: worn(value) for key, value in said.items()}
    if is_other(own):
        complete["service"] = worn(own)
    else:
        checked = {**dict.fromkeys(CHECKED), **own}
        complete["service"] = {key: worn(value) for key, value in checked.items()}
    if is_other(extra):
        return {**complete, "extra": worn(extra)}
    sections: Json = {}
    stated: Json = {"Unit": {}, "Service": {}, **extra}
    for name, section in stated.items():
        if is_other(section):
            sections[name] = worn(section)
        else:
            sections[name] = {key: worn(value) for key, value in {**section, OTHERS: []}.items()}
    return {**complete, "extra": sections}


def with_others(spec: Any, names: frozenset[str]) -> Any:
    """What OTHERS stands for is written out."""
    if isinstance(spec, list):
        return [with_others(item, names) for item in spec]
    if not isinstance(spec, dict):
        return spec
    found = {key: with_others(item, names) for key, item in spec.items() if key != OTHERS}
    more = sorted(names - spec.keys()) if OTHERS in spec else ()
    return {**found, **{name: spec[OTHERS] for name in more}}


def directives_in(spec: Any) -> frozenset[str]:
    """The names of all directives that a vector says as they are."""
    if isinstance(spec, list):
        return frozenset().union(*map(directives_in, spec))
    if not isinstance(spec, dict):
        return frozenset()
    found = frozenset().union(*map(directives_in, spec.values()))
    for option in ("serviceConfig", "unitConfig"):
        found |= frozenset(_keys_in(spec.get(option)))
    return found - frozenset(CHECKED)


def _keys_in(spec: Any) -> Iterator[str]:
    if isinstance(spec, list):
        for item in spec:
            yield from _keys_in(item)
    elif isinstance(spec, dict):
        for key, item in spec.items():
            if key.startswith("$"):
                yield from _keys_in(item)
            else:
                yield key


def _unit(spec: Any) -> Any:
    if not isinstance(spec, dict):
        return spec
    if "$module" in spec:
        return {"$module": module(spec["$module"], lambda tree: [unit(tree)])}
    if is_marked(spec):
        return spec
    found: Json = {}
    for key, item in spec.items():
        if key in TYPED:
            found[TYPED[key]] = item
        elif key == "serviceConfig":
            own = beneath(item, lambda core: _some(core, lambda name: name in CHECKED))
            more = beneath(item, lambda core: _some(core, lambda name: name not in CHECKED))
            found["service"] = own
            found.setdefault("extra", {})["Service"] = more
        elif key in SECTIONS:
            found.setdefault("extra", {})[SECTIONS[key]] = item
        elif key == "text":
            found["extra"] = beneath(item, sections_of_text)
        else:
            found[key] = item
    return found


def _some(spec: Any, wanted: Callable[[str], bool]) -> Any:
    if is_other(spec):
        return spec
    return {name: item for name, item in spec.items() if wanted(name)}


def sections_of_text(text: Any) -> Any:
    """A unit that upstream takes as text."""
    found: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in str(text).splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[] "), {})
        elif line and line[0] not in "#;":
            key, _, value = line.partition("=")
            section.setdefault(key.strip(), []).append(value.strip())
    return found


# Services


def services(spec: Any) -> Any:
    """Services by name."""

    def each(found: Any) -> Any:
        if is_other(found):
            return found
        return {allowed(name): service(item) for name, item in found.items()}

    return beneath(spec, each)


def allowed(name: str) -> str:
    """A service's name as one that units can have: escaped as by systemd-escape(1)."""
    kept = re.compile(r"[A-Za-z0-9:_.\\@-]")
    return "".join(
        character if kept.match(character) else "".join(f"\\x{b:02x}" for b in character.encode())
        for character in name
    )


def service(spec: Any) -> Any:
    """One service."""

    def each(core: Any) -> Any:
        if isinstance(core, dict) and "$module" in core:
            return {"$module": module(core["$module"], lambda tree: [service(tree)])}
        if is_other(core):
            return core
        return merged(_of_service(core))

    return beneath(spec, each)


def _of_service(core: Json) -> Iterator[tuple[str, Any]]:
    for key, item in core.items():
        if key == "services":
            yield key, services(item)
        elif key == "configData":
            yield "config_data", entries(item, lambda _, file: entries(file, _of_file))
        elif key == "systemd":
            yield key, beneath(item, lambda inner: _systemd(inner))
        elif key == "assertions":
            yield key, beneath(item, assertions)
        else:
            yield key, item


def _of_file(key: str, item: Any) -> Any:
    return beneath(item, lambda path: {"$path": path}) if key == "source" else item


def assertions(items: Any) -> Any:
    """Upstream's objects are ours."""
    if not isinstance(items, list):
        return items
    return [beneath(item, lambda core: {"$assertion": core}) for item in items]


def _systemd(core: Any) -> Any:
    return core if is_other(core) else merged(_of_systemd(core))


def _of_systemd(core: Json) -> Iterator[tuple[str, Any]]:
    # what is said through upstream's alias `service` stands behind what is said of the unit itself
    for key, item in sorted(core.items(), key=lambda pair: pair[0] != "services"):
        if key == "mainExecStart":
            yield "main_exec_start", item
        elif key == "service":
            yield key, unit(item, whole=True)
        elif key == "services":
            for own in taken(item, ""):
                yield "service", unit(own, whole=True)
            yield key, named_units(without(item, [""]))
        elif key == "socket":
            yield "sockets", {"": unit(item)}
        elif key == "sockets":
            yield key, named_units(item)
        else:
            yield key, item


def named_units(spec: Any) -> Any:
    """Units by key."""
    return entries(spec, lambda key, item: unit(item))


def taken(spec: Any, key: str) -> Iterator[Any]:
    """The entry of a name, in the properties around the dict."""
    around = marker(spec)
    if around == "$merge":
        for item in spec[around]:
            yield from taken(item, key)
    elif around:
        content = spec[around]
        for inner in taken(content if PROPERTIES[around] is None else content[1], key):
            yield {around: inner} if PROPERTIES[around] is None else {around: [content[0], inner]}
    elif isinstance(spec, dict) and key in spec:
        yield spec[key]


def without(spec: Any, keys: list[str]) -> Any:
    """A dict of entries, in its properties, without some."""
    return beneath(spec, lambda core: _some(core, lambda name: name not in keys))


def merged(pairs: Iterator[tuple[str, Any]]) -> Json:
    """A dict of pairs; what is said twice under one name is said in one definition."""
    found: dict[str, list[Any]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return {key: all_[0] if len(all_) == 1 else {"$merge": all_} for key, all_ in found.items()}


# Modules


def module(spec: Any, tree: Callable[[Any], list[Any]]) -> Any:
    """A module whose configuration `tree` says in our names."""
    if not isinstance(spec, dict):
        return spec
    found: Json = {key: item for key, item in spec.items() if key not in ("config", "definitions")}
    if "class" in found:
        found["class"] = KINDS.get(found["class"], found["class"])
    if "imports" in found:
        found["imports"] = [module(each, tree) for each in found["imports"]]
    configs = [spec["config"]] if "config" in spec else []
    configs += [nested(each) for each in spec.get("definitions", ())]
    values = [plain_value for config in configs for plain_value in tree(config)]
    if values:
        found["definitions"] = [{"path": [], "value": value} for value in values]
    return found


def nested(definition: Mapping[str, Any]) -> Any:
    """A definition at a path as a tree."""
    value = definition["value"]
    for key, marker_ in (("order", "$order"), ("priority", "$override"), ("when", "$if")):
        value = {marker_: [definition[key], value]} if key in definition else value
    for step in reversed(definition["path"]):
        value = {step: value}
    return value
