"""Service vector -> its result line, by running the Python file that says the same.

In: one vector, with or without expectations. Out: what the result file format wants: our files and
values in upstream's form. Refuses to look at expectations.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import modsvc_dsl as m
from modsvc_dsl.managers.systemd.path_name import path_name

from tests.conformance.outcome import executed
from tests.conformance.services.naming import allowed
from tests.conformance.services.source import source
from tests.conformance.types import Json, Unsupported

UNITS = "etc/systemd/system/"
OPTIONS = {
    **{"services": "service", "sockets": "socket", "timers": "timer", "paths": "path"},
    **{"targets": "target", "slices": "slice", "mounts": "mount", "automounts": "automount"},
    **{"swaps": "swap"},
}
LINKS = {
    **{"wantedBy": "WantedBy", "requiredBy": "RequiredBy", "upheldBy": "UpheldBy"},
    **{"aliases": "Alias"},
}
LINKED_ONLY = ("target", "slice", "path", "mount", "automount")
"""Types whose units upstream writes without [Install]."""


def outcome(vector: Json) -> Json:
    """The result line of one vector."""
    try:
        text = source(vector)
    except (Unsupported, LookupError, TypeError, AttributeError, ValueError) as error:
        return {"id": vector["id"], "unsupported": f"{type(error).__name__}: {error}"}
    try:
        host = executed(text, vector["id"])
        return {"id": vector["id"], "ok": original(described(host), escaped_in(vector))}
    except (m.Mistake, m.Mistakes) as error:
        first = m.flatten(error)[0]
        return {"id": vector["id"], "error": first.category, "message": str(first)}


def escaped_in(spec: Any) -> dict[str, str]:
    """The names of a vector that units cannot have, by what they were made to."""
    found: dict[str, str] = {}
    todo = [spec]
    while todo:
        item = todo.pop()
        if isinstance(item, dict):
            names = [name for name in item.get("services") or () if isinstance(name, str)]
            found |= {allowed(name): name for name in names if allowed(name) != name}
            todo += item.values()
        elif isinstance(item, list):
            todo += item
    return found


def original(value: Any, names: dict[str, str]) -> Any:
    """A value with the names that services have upstream."""
    if not names:
        return value
    if isinstance(value, dict):
        return {original(key, names): original(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [original(item, names) for item in value]
    for made, name in names.items() if isinstance(value, str) else ():
        value = value.replace(made, name)
    return value


def described(host: Any) -> Json:
    """A host in upstream's form. Raises Mistakes for what is wrong beyond assertions."""
    wrong = [each for each in m.find_mistakes(host) if each.category != "assertion"]
    if wrong:
        raise m.Mistakes(wrong)
    emitted = host.manager.emit_host(host, {})
    if emitted.mistakes:
        raise m.Mistakes(emitted.mistakes)
    units = dict(units_of(host))
    return {
        "units": dict(texts_of(emitted.files, units)),
        "install": {name: found for name, unit in units.items() if (found := installed(unit))},
        "configData": [item for names, service in walk(host) for item in files_of(names, service)],
        "argv": commands(host.services),
        "failedAssertions": [
            {"service": list(names), "text": each.message}
            for names, module in (((), host), *walk(host))
            for each in module.assertions
            if not each.assertion
        ],
        "warnings": [
            {"service": list(names), "text": text}
            for names, module in (((), host), *walk(host))
            for text in module.warnings
        ],
    }


def walk(host: Any, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """All services with the names on their way."""
    for name, service in host.services.items():
        yield (*names, name), service
        yield from walk(service, (*names, name))


def units_of(host: Any) -> Iterator[tuple[str, Any]]:
    """The units that something says of, by the name of their file."""
    for names, service in walk(host):
        if m.is_defined(service, "process.argv") or m.is_defined(
            service, "systemd.main_exec_start"
        ):
            yield f"{'-'.join(names)}.service", service["systemd"]["service"]
        yield from _with_keys(service, "-".join(names))
    yield from _with_keys(host, "")


def _with_keys(owner: Any, base: str) -> Iterator[tuple[str, Any]]:
    for option, suffix in OPTIONS.items():
        for key, unit in owner["systemd"][option].items():
            stem = "-".join(filter(None, (base, key)))
            if suffix in ("mount", "automount"):
                stem = path_name(unit[suffix]["Where"])
            yield f"{stem}.{suffix}", unit


def installed(unit: Any) -> Json:
    """What upstream knows of a unit beside its file."""
    found: Json = {} if unit.enable else {"enable": False}
    found |= {key: list(unit[key]) for key in LINKS if unit[key]}
    strategy = unit["overrideStrategy"]
    return found | ({} if strategy == "asDropinIfExists" else {"overrideStrategy": strategy})


def texts_of(files: Any, units: Json) -> Iterator[tuple[str, Any]]:
    """The sections of all units by name; of one that is masked, none."""
    for path, entry in files.items():
        name = path.removeprefix(UNITS)
        if path == name or (isinstance(entry, m.Link) and entry.target != "/dev/null"):
            continue
        name = name.removesuffix(".d/50-modsvc.conf")
        text = entry.content.decode("utf-8") if isinstance(entry, m.File) else ""
        yield name, sections_of(text, name, units.get(name))


def sections_of(text: str, name: str, unit: Any) -> Json:
    """A unit's file as upstream writes it: links are not in [Install] but for WantedBy=, which is
    one line, and a variable that is taken away is not named."""
    found: dict[str, list[list[str]]] = {}
    section: list[list[str]] = []
    for line in text.split("\n"):
        if line.startswith("["):
            section = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            section.append(list(line.partition("=")[::2]))
    if unit is None:
        return found
    install = found.pop("Install", [])
    wanted = " ".join(value for key, value in install if key == "WantedBy")
    if wanted and name.rpartition(".")[2] not in LINKED_ONLY:
        found["Install"] = [["WantedBy", wanted]]
    if name.endswith(".service"):
        unset = [
            ["UnsetEnvironment", key] for key, value in unit["environment"].items() if value is None
        ]
        found["Service"] = [line for line in found.get("Service", []) if line not in unset]
    return found


def files_of(names: tuple[str, ...], service: Any) -> Iterator[Json]:
    """The config files of a service."""
    for key, file in service.config_data.items():
        found = {"service": list(names), "key": key, "name": file.name, "path": file.path}
        found |= {"enable": file.enable, "text": file.text}
        yield found | ({"source": str(file.source)} if file.source is not None else {})


def commands(services: Any) -> Json:
    """The commands of services by name."""
    found: Json = {}
    for name, service in services.items():
        argv = list(service.process.argv) if m.is_defined(service, "process.argv") else []
        below = commands(service.services)
        found[name] = {"argv": argv} | ({"services": below} if below else {})
    return found
