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
    SystemdManager,
    SystemdService,
    default,
    dict_of,
    environment_assignment,
    first_of,
    force,
    later,
    list_of,
    module,
    one_of_values,
    option,
    optional,
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


def directives_of_unit(section: str, unit: Any) -> dict[str, Any]:
    """What a unit's options say, as directives by section; upstream writes them unjudged."""
    about = {name: " ".join(unit[key]) for key, name in relations_of_unit().items() if unit[key]}
    for key, (name, _) in texts_of_unit().items():
        about |= {name: unit[key]} if unit[key] is not None else {}
    found: dict[str, Any] = {"Unit": about}
    if section == "Socket":
        found[section] = {name: list(unit[key]) for key, name in words_of_section(section).items()}
    if section == "Service":
        values = unit["environment"].items()
        lines = [environment_assignment(key, value) for key, value in values if value is not None]
        unset = [key for key, value in values if value is None]
        found[section] = {"Environment": lines, "UnsetEnvironment": unset}
    return found


def upstream_unit(section: str, *where: str) -> Any:
    """Upstream's options of a unit, for the unit at a path; none of them is judged as a whole."""

    def read(self: Any) -> Any:
        for step in where:
            self = self[step]
        return self

    def install(self: Any) -> Any:
        return {name: list(read(self)[key]) for key, name in links_of_unit().items()}

    def mount(self: Any) -> Any:
        names, unit = words_of_section(section), read(self)
        return {name: unit[key] for key, name in names.items() if unit[key] is not None}

    definitions: list[Any] = [
        ((*where, "judged"), False),
        ((*where, "unit"), {"Description": None}),
        ((*where, "extra"), later(lambda self: directives_of_unit(section, read(self)))),
        ((*where, "install"), later(install)),
        ((*where, "drop_in"), later(lambda self: read(self)["overrideStrategy"] == "asDropin")),
    ]
    if section == "Service":
        definitions.append(((*where, "service"), {"User": force(None)}))
    if section in ("Mount", "Automount"):
        definitions.append(((*where, section.lower()), later(mount)))
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
            (("identity", "user"), "root"),
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
