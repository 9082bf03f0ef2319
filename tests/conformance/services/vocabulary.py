"""Upstream's options of units and services in terms of ours; a printed vector holds those it uses.

In: nothing. Out: modules that declare what upstream declares, and say it to our options. They
state what upstream leaves unsaid: root, no profile, no description. Each function stands alone, since
its text is copied.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from modsvc_dsl import (
    LineOfText,
    Matching,
    Specifiers,
    SystemdManager,
    SystemdService,
    default,
    dict_of,
    environment_assignment,
    first_of,
    later,
    list_of,
    module,
    one_of_values,
    option,
    optional,
    override,
    submodule,
)


def relations_of_unit() -> dict[str, str]:
    """Upstream's options of units that are lists and end up as one text, by directive of [Unit]."""
    return {
        **{"after": "After", "before": "Before", "bindsTo": "BindsTo", "conflicts": "Conflicts"},
        **{"onFailure": "OnFailure", "onSuccess": "OnSuccess", "partOf": "PartOf"},
        **{"requires": "Requires", "requisite": "Requisite", "upholds": "Upholds"},
        **{"wants": "Wants", "documentation": "Documentation"},
    }


def texts_of_unit() -> dict[str, tuple[str, Any]]:
    """Upstream's options of units that are one value: the directive of [Unit], and the type."""
    return {
        "description": ("Description", LineOfText),
        "startLimitBurst": ("StartLimitBurst", int),
        "startLimitIntervalSec": ("StartLimitIntervalSec", int),
    }


def links_of_unit() -> dict[str, str]:
    """Upstream's options of units that make links, by directive of [Install]."""
    return {
        **{"wantedBy": "WantedBy", "requiredBy": "RequiredBy", "upheldBy": "UpheldBy"},
        **{"aliases": "Alias"},
    }


def words_of_section(section: str) -> dict[str, str]:
    """Upstream's own names for directives of some sections."""
    if section == "Socket":
        return {"listenStreams": "ListenStream", "listenDatagrams": "ListenDatagram"}
    if section in ("Mount", "Automount"):
        return {"what": "What", "where": "Where", "type": "Type", "options": "Options"}
    return {}


def options_of_unit(section: str) -> Any:
    """Upstream's options of a unit: names, types, defaults."""
    suffixes = "service|socket|device|mount|automount|swap|target|path|timer|scope|slice"
    name = Annotated[str, Matching(rf"[a-zA-Z0-9@%:_.\\-]+[.]({suffixes})")]
    for key in (*relations_of_unit(), *links_of_unit()):
        yield key, list_of(str if key == "documentation" else name), []
    for key, (_, type_) in texts_of_unit().items():
        yield key, optional(type_), None
    for key in words_of_section(section):
        listens = section == "Socket"
        yield key, list_of(str) if listens else optional(str), [] if listens else None
    if section == "Service":
        yield "environment", dict_of(optional(str)), {}
        yield "startAt", optional(first_of(list_of(str), str)), None
    yield "overrideStrategy", one_of_values(["asDropinIfExists", "asDropin"]), "asDropinIfExists"


def of_unit(text: str) -> str | Specifiers:
    """A text as upstream writes it into a unit: a % in it is as in the file."""
    return Specifiers(text) if "%" in text else text


def is_taken(name: str, value: Any) -> bool:
    """Would systemd take what upstream makes of its options? Of names and addresses that is not asked."""
    lines = value if isinstance(value, list) else [value]
    texts = [each.text.replace("%%", "") for each in lines if isinstance(each, Specifiers)]
    found = [part[:1] for text in texts for part in text.split("%")[1:]]
    known = set("ABGHMNUWabgijlmnopquvw")
    if name in ("Description", "ListenStream", "ListenDatagram"):
        known |= set("CDEIJLPSTVYdfhsty")
    lacking = {letter for letter in found if letter.isascii() and letter.isalnum()} - known
    return name != "Documentation" and not lacking


def about_unit(unit: Any) -> dict[str, Any]:
    """What a unit's options say in [Unit]."""
    relations = relations_of_unit().items()
    found: dict[str, Any] = {
        name: of_unit(" ".join(unit[key])) for key, name in relations if unit[key]
    }
    for key, (name, _) in texts_of_unit().items():
        said = unit[key]
        found |= (
            {name: of_unit(said) if isinstance(said, str) else said} if said is not None else {}
        )
    return found


def directives_of_unit(section: str, unit: Any) -> dict[str, Any]:
    """What a unit's options say in the section of its type."""
    if section == "Socket":
        words = words_of_section(section).items()
        return {name: [of_unit(text) for text in unit[key]] for key, name in words if unit[key]}
    if section == "Service":
        values = unit["environment"].items()
        lines = [environment_assignment(key, value) for key, value in values if value is not None]
        unset = [key for key, value in values if value is None]
        found = {"Environment": lines, "UnsetEnvironment": unset}
        return {name: value for name, value in found.items() if value}
    if section in ("Mount", "Automount"):
        names = [each for each in words_of_section(section).items() if unit[each[0]] is not None]
        live = {name: of_unit(unit[key]) for key, name in names if name != "Where"}
        return {name: live.get(name, unit[key]) for key, name in names}
    return {}


def taken_of_unit(unit: Any) -> dict[str, Any]:
    """What systemd takes of that; where nobody describes a unit, upstream does not either."""
    said = {name: value for name, value in about_unit(unit).items() if is_taken(name, value)}
    return {"Description": override(999, None), **said}


def taken_of_section(section: str, unit: Any) -> dict[str, Any]:
    """The same of the section of its type; where nobody says who a service is, it is root."""
    said = directives_of_unit(section, unit).items()
    root = {"DynamicUser": override(999, None)} if section == "Service" else {}
    return {**root, **{name: value for name, value in said if is_taken(name, value)}}


def refused_of_unit(section: str, unit: Any) -> dict[str, Any]:
    """What systemd would not take, by section: upstream writes it unjudged."""
    said = {"Unit": about_unit(unit), section: directives_of_unit(section, unit)}
    return {
        key: {name: value for name, value in found.items() if not is_taken(name, value)}
        for key, found in said.items()
    }


def upstream_unit(section: str, *where: str) -> Any:
    """Upstream's options of a unit, for the unit at a path; none of them is judged as a whole."""

    def read(self: Any) -> Any:
        for step in where:
            self = self[step]
        return self

    def install(self: Any) -> Any:
        links = links_of_unit().items()
        return {name: [of_unit(each) for each in read(self)[key]] for key, name in links}

    definitions: list[Any] = [
        ((*where, "judged"), False),
        ((*where, "unit"), later(lambda self: taken_of_unit(read(self)))),
        ((*where, "extra"), later(lambda self: refused_of_unit(section, read(self)))),
        ((*where, "install"), later(install)),
        ((*where, "drop_in"), later(lambda self: read(self)["overrideStrategy"] == "asDropin")),
    ]
    if section in ("Service", "Socket", "Mount", "Automount"):
        said = later(lambda self: taken_of_section(section, read(self)))
        definitions.append(((*where, section.lower()), said))
    return module(
        f"upstream's {section.lower()} unit",
        key=("upstream", section, where),
        kind="service" if where else None,
        options=[
            ((*where, key), option(type=type_, default=value))
            for key, type_, value in options_of_unit(section)
        ],
        definitions=definitions,
    )


def upstream_timers(units: Any) -> Any:
    """The timers of units that say when to start them."""
    found: dict[str, Any] = {}
    for key, unit in units.items():
        times = unit["startAt"]
        times = [times] if isinstance(times, str) else times
        if unit["enable"] and times:
            found[key] = {"timer": {"OnCalendar": list(times)}, "wantedBy": ["timers.target"]}
    return found


def upstream_file() -> Any:
    """A config file whose change leads to nothing."""
    return module(
        "upstream's file", key="upstream's file", definitions=[(("on_change",), "nothing")]
    )


def upstream_service() -> Any:
    """What upstream's services have: root and no profile, and a unit that is started."""

    def timers(self: Any) -> Any:
        systemd = self["systemd"]
        return upstream_timers({"": systemd["service"], **systemd["services"]})

    kinds = {"services": "Service", "sockets": "Socket", "timers": "Timer"}
    return module(
        "upstream's service",
        key="upstream's service",
        kind="service",
        imports=[upstream_unit("Service", "systemd", "service")],
        options=[
            (("systemd", key), option(type=dict_of(submodule(upstream_unit(section)))))
            for key, section in kinds.items()
        ]
        + [(("config_data",), option(type=dict_of(submodule(upstream_file()))))],
        definitions=[
            (("hardening", "enable"), False),
            (("systemd", "service", "wantedBy"), default(["multi-user.target"])),
            (("systemd", "timers"), later(timers)),
        ],
    )


class Upstream(SystemdManager):
    """systemd, under which every service has upstream's options as well."""

    def modules(self) -> Any:
        return (SystemdService, upstream_service())


def upstream_etc() -> Any:
    """Upstream's files below /etc: no part of a manager here, so they are only checked."""
    texts = {"text": optional(str), "source": optional(Path), "target": optional(str)}
    owners = {"mode": ("symlink", str), "user": ("+0", str), "group": ("+0", str)}
    return module(
        "upstream's file below /etc",
        options=[
            (("enable",), option(type=bool, default=True)),
            *(((key,), option(type=type_, default=None)) for key, type_ in texts.items()),
            *(((key,), option(type=t, default=value)) for key, (value, t) in owners.items()),
        ],
    )


def upstream_host() -> Any:
    """What upstream's system has."""

    def environment(self: Any) -> Any:
        given = self["systemd"]["globalEnvironment"].items()
        return {key: value for key, value in given if value is not None}

    kinds = {"services": "Service", "sockets": "Socket", "timers": "Timer", "paths": "Path"}
    kinds |= {"targets": "Target", "slices": "Slice", "mounts": "Mount"}
    kinds |= {"automounts": "Automount", "swaps": "Swap"}
    return module(
        "upstream's system",
        key="upstream's system",
        kind="host",
        options=[
            (("systemd", key), option(type=dict_of(submodule(upstream_unit(section)))))
            for key, section in kinds.items()
        ]
        + [
            (("environment", "etc"), option(type=dict_of(submodule(upstream_etc())), default={})),
            (("systemd", "globalEnvironment"), option(type=dict_of(optional(str)), default={})),
        ],
        definitions=[
            (("manager",), Upstream()),
            (("systemd", "environment"), later(environment)),
            (
                ("systemd", "timers"),
                later(lambda self: upstream_timers(self["systemd"]["services"])),
            ),
        ],
    )
