"""The manifest: what a build wrote, who owns it and where it was said.

In: trees, or the bytes of a manifest. Out: a `Manifest`, and its bytes, the same for the same
trees. Refuses to know disks, clocks and the machine.

The JSON is sorted, indented and plain ASCII::

    {
      "format": 1,
      "hosts": {
        "<host>": {
          "files": {"<path>": {"mode": "0644", "origins": ["site.py:12"],
                               "service": ["web"], "sha256": "..."}},
          "links": {"<path>": {"origins": [...], "service": [...], "target": "../web.service"}}
        }
      },
      "written_by": "modsvc"
    }

A path is relative to its host's folder; a service is the path of names that leads to it, empty
for the host itself; an origin's file is relative to the base folder of the build.
"""

from __future__ import annotations

from typing import NamedTuple
import hashlib
import json
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from modsvc_dsl.managers.tree import File, Link, Origin, Tree
from modsvc_dsl.output.contents import unsafe_name, unsafe_path
from modsvc_dsl.output.errors import ManifestBroken, ManifestNewer

FORMAT = 1
"""The format this version writes. A change that an older reader would misread raises it."""

WRITER = "modsvc"
"""Sets our manifest apart from the many other things called manifest.json."""


class FileRecord(NamedTuple):
    """A file as written: SHA-256 of its bytes in lower-case hex, permission bits, owner, origins."""

    sha256: str
    mode: int
    service: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()


class LinkRecord(NamedTuple):
    """A symbolic link as written: the text in it, owner, origins."""

    target: str
    service: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()


Record = FileRecord | LinkRecord


class Manifest(NamedTuple):
    """Of each host, by name, what was written for it, by path."""

    hosts: Mapping[str, Mapping[str, Record]]

    def records(self) -> dict[str, Record]:
        """Everything by its path in OUT, `<host>/<path>`, sorted."""
        return {
            f"{host}/{path}": record
            for host, records in sorted(self.hosts.items())
            for path, record in sorted(records.items())
        }

    def folders(self) -> set[str]:
        """The folders these lie in, as paths in OUT; hosts without a file have one, too."""
        found = set(self.hosts)
        for path in self.records():
            while "/" in path:
                path = path.rpartition("/")[0]
                if path in found:
                    break
                found.add(path)
        return found


# --- from trees ---------------------------------------------------------------------------


def manifest_of(trees: Mapping[str, Tree], base: Path) -> Manifest:
    """The manifest of safe trees; origins relative to the folder `base`, sorted, each once."""
    near = os.path.abspath(base)
    return Manifest(
        {
            host: {path: _record(entry, near) for path, entry in sorted(tree.items())}
            for host, tree in sorted(trees.items())
        }
    )


def _record(entry: File | Link, base: str) -> Record:
    origins = tuple(sorted({Origin(_relative(o.file, base), o.line) for o in entry.origins}))
    if isinstance(entry, Link):
        return LinkRecord(entry.target, entry.service, origins)
    digest = hashlib.sha256(entry.content).hexdigest()
    return FileRecord(digest, entry.mode, entry.service, origins)


@lru_cache(maxsize=4096)  # a fleet has few source files and very many origins
def _relative(file: str, base: str) -> str:
    """`file` as seen from `base`; a relative one is already, `<string>` and the like stay.

    The package's own files are named from the folder that holds the package: where it is
    installed is a fact of the machine, and the same build gives the same bytes on every one.
    """
    if file.startswith("<"):
        return file
    path = os.path.normpath(os.path.join(base, file))
    package = Path(__file__).parents[1]
    if Path(path).is_relative_to(package):
        return Path(path).relative_to(package.parent).as_posix()
    return Path(os.path.relpath(path, base)).as_posix()


# --- to bytes -----------------------------------------------------------------------------


def encode(manifest: Manifest) -> bytes:
    """The manifest's JSON. Equal manifests give equal bytes."""
    hosts = {host: _host_object(records) for host, records in manifest.hosts.items()}
    document = {"format": FORMAT, "hosts": hosts, "written_by": WRITER}
    # ASCII: names that are no valid UTF-8 on disk (lone surrogates here) survive the way back
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=True).encode() + b"\n"


def _host_object(records: Mapping[str, Record]) -> dict[str, dict[str, object]]:
    files: dict[str, object] = {}
    links: dict[str, object] = {}
    for path, record in records.items():
        shared = {
            "service": list(record.service),
            "origins": [str(origin) for origin in record.origins],
        }
        if isinstance(record, FileRecord):
            files[path] = {"sha256": record.sha256, "mode": f"{record.mode:04o}", **shared}
        else:
            links[path] = {"target": record.target, **shared}
    return {"files": files, "links": links}


# --- from bytes ---------------------------------------------------------------------------


def decode(data: bytes, path: Path) -> Manifest:
    """Read a manifest; `path` is named in errors.

    Raises `ManifestNewer` for a format above `FORMAT`, `ManifestBroken` for all else that
    `encode` would not have written.
    """
    try:
        top = _document(data)
        version = _version(top)
        if version > FORMAT:
            raise ManifestNewer(path, version, FORMAT)
        _keys(top, {"format", "hosts", "written_by"}, "the document")
        hosts = _object(top["hosts"], "hosts")
        return Manifest({_host(name): _records(value, name) for name, value in hosts.items()})
    except _Broken as broken:
        raise ManifestBroken(path, str(broken)) from None


class _Broken(Exception):
    """What does not read, in words that say where in the document it stands."""


def _document(data: bytes) -> dict[str, object]:
    try:
        document: object = json.loads(data.decode("ascii"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise _Broken(f"it is no ASCII text (byte {error.start})") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _Broken(f"it is no JSON ({where}: {error.msg})") from None
    except (ValueError, RecursionError) as error:
        # numbers of thousands of digits, nesting of thousands of levels
        raise _Broken(f"it is no JSON that a build writes ({error})") from None
    return _object(document, "the document")


def _version(top: dict[str, object]) -> int:
    if top.get("written_by") != WRITER:
        raise _Broken(f'it was not written by modsvc ("written_by" is not "{WRITER}")')
    version = top.get("format")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _Broken('"format" is no whole number from 1')
    return version


def _host(name: str) -> str:
    problem = unsafe_name(name)
    if problem is not None:
        raise _Broken(f'host "{name}": {problem}')
    return name


def _records(value: object, host: str) -> dict[str, Record]:
    both = _object(value, f'host "{host}"')
    _keys(both, {"files", "links"}, f'host "{host}"')
    records: dict[str, Record] = {}
    for kind in ("files", "links"):
        for path, entry in _object(both[kind], f'{kind} of host "{host}"').items():
            where = f'"{path}" of host "{host}"'
            problem = unsafe_path(path)
            if problem is not None:
                raise _Broken(f"{where}: {problem}")
            if path in records:
                raise _Broken(f"{where} is a file and a link")
            fields = _object(entry, where)
            records[path] = _file(fields, where) if kind == "files" else _link(fields, where)
    return records


def _file(fields: dict[str, object], where: str) -> FileRecord:
    _keys(fields, {"sha256", "mode", "service", "origins"}, where)
    digest = _text(fields["sha256"], f"sha256 of {where}")
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise _Broken(f"sha256 of {where} is no SHA-256")
    mode = _text(fields["mode"], f"mode of {where}")
    if len(mode) != 4 or mode[0] != "0" or not set(mode) <= set("01234567"):
        raise _Broken(f"mode of {where} is not four octal digits from 0")
    return FileRecord(digest, int(mode, 8), *_provenance(fields, where))


def _link(fields: dict[str, object], where: str) -> LinkRecord:
    _keys(fields, {"target", "service", "origins"}, where)
    return LinkRecord(_text(fields["target"], f"target of {where}"), *_provenance(fields, where))


def _provenance(
    fields: dict[str, object], where: str
) -> tuple[tuple[str, ...], tuple[Origin, ...]]:
    service = _texts(fields["service"], f"service of {where}")
    origins = []
    for text in _texts(fields["origins"], f"origins of {where}"):
        file, _, line = text.rpartition(":")
        if not file or not re.fullmatch("-?[0-9]{1,9}", line):
            raise _Broken(f'origins of {where} holds "{text}", which is no file:line')
        origins.append(Origin(file, int(line)))
    return service, tuple(origins)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _Broken(f'"{key}" is written twice in one object')
        found[key] = value
    return found


def _object(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _Broken(f"{where} is no object")
    return value


def _keys(found: dict[str, object], wanted: set[str], where: str) -> None:
    for key in sorted(wanted - found.keys()):
        raise _Broken(f'{where} has no "{key}"')
    for key in sorted(found.keys() - wanted):
        raise _Broken(f'{where} has "{key}", which format {FORMAT} does not know')


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _Broken(f"{where} is no text")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Broken(f"{where} is no list")
    return tuple(_text(item, where) for item in value)
