"""The trees of all hosts of a result.

In: the result of a fleet or of a host. Out: a tree for each host, and the notes of managers.
The sources of config files are read here, the only thing that touches the disk. Refuses to
write: `output` does.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..language.arguments import refuses_others
from ..language.result.check import check
from ..language.evaluation.configuration import is_result
from ..language.errors import Mistake, Mistakes, flatten
from ..language.words import nearest, show_value
from ..managers.files import sources
from ..managers.manager import Emitted, Source, foreign_options, origin, skipped
from ..managers.support import unsupported
from ..managers.tree import File, Link, Tree
from ..services.service import Service
from .mistakes import NoHost, SameHostName, UnreadableSource
from .sound import sound_services


class Built(NamedTuple):
    """The trees by host, and what managers do differently from what was asked, by host."""

    trees: Mapping[str, Tree]
    notes: Mapping[str, tuple[str, ...]] = {}


def hosts_of(result: Any) -> Iterator[tuple[str, Any]]:
    """The hosts of a result with their names."""
    if result.__node__.kind == "fleet":
        for host in result.hosts.values():
            yield host.name, host
    else:
        yield result.name, result


def demand_hosts(result: Any, function: str) -> None:
    """Raise NoHost for what a function was given that is the result of neither fleet nor host."""
    if not is_result(result) or result.__node__.kind not in ("host", "fleet"):
        kind = getattr(getattr(result, "__module_record__", None), "kind", None)
        unevaluated = not is_result(result) and kind in ("host", "fleet")
        raise NoHost(function, show_value(result), unevaluated)


@refuses_others
def build(result: Any) -> Built:
    """The trees of all hosts.

    Raises Mistakes with what `check` finds, and with everything that managers cannot honour; where
    both find something, managers are asked about the services that are not wrong already. Raises
    NoHost for a result that has no hosts.
    """
    demand_hosts(result, "build")
    try:
        check(result)
    except Mistakes as found:
        raise Mistakes([*found.mistakes, *_beside(result, found.mistakes)]) from None
    trees: dict[str, Tree] = {}
    notes: dict[str, tuple[str, ...]] = {}
    mistakes: list[Mistake] = []
    named: dict[str, Any] = {}
    for name, host in hosts_of(result):
        if named.setdefault(name, host) is not host:
            mistakes.append(SameHostName(name, named[name], host))
            continue
        emitted, wrong = emitted_by(host, host.services, host)
        mistakes += wrong
        trees[name] = dict(sorted(emitted.files.items()))
        notes[name] = (*emitted.notes, *skipped(host.services, host.manager))
    if mistakes:
        raise Mistakes(mistakes)
    return Built(trees, notes)


def emitted_by(
    host: Any, services: Mapping[str, Service], whole: Any = None
) -> tuple[Emitted, list[Mistake]]:
    """What the manager of a host makes of some of its services, or of the `whole` of it, its sources
    among the files; and what is wrong.
    """
    emitted = Emitted()
    contents, mistakes = _read_all(sources(services))
    try:
        if whole is None:
            emitted = host.manager.emit(services)
        else:
            emitted = host.manager.emit_host(host, contents)
    except (Mistake, Mistakes) as error:
        mistakes += flatten(error)
    mistakes += unsupported(services, host.manager)
    mistakes += [*emitted.mistakes, *foreign_options(services, host.manager, whole)]
    files: dict[str, File | Link] = dict(emitted.files)
    for source in emitted.sources:
        content = contents.get(source.path, b"")
        origins = (origin(source.place),)
        files[source.path] = File(content, source.service, origins, mode=source.mode)
    return emitted._replace(files=files), mistakes


def _beside(result: Any, mistakes: Sequence[Mistake]) -> list[Mistake]:
    """What managers find wrong with everything that is not wrong already."""
    found: list[Mistake] = []
    wrong = [mistake.path for mistake in mistakes]
    hosts: list[Any] = []
    with contextlib.suppress(Mistake, Mistakes):  # here and below: those are known
        hosts += [host for _, host in hosts_of(result)]
    for host in hosts:
        with contextlib.suppress(Mistake, Mistakes):
            found += emitted_by(host, sound_services(host, wrong))[1]
    known = set(map(str, mistakes))
    return [mistake for mistake in found if str(mistake) not in known]


def _read_all(found: Iterable[Source]) -> tuple[dict[str, bytes], list[Mistake]]:
    """The contents of sources by their paths in the tree, and what is wrong with the others."""
    contents: dict[str, bytes] = {}
    mistakes: list[Mistake] = []
    for source in found:
        try:
            contents[source.path] = _read(source)
        except UnreadableSource as mistake:
            contents[source.path] = b""
            mistakes.append(mistake)
    return contents, mistakes


def _read(source: Source) -> bytes:
    """The content of a source. Raises UnreadableSource."""
    location = source.place.locate()
    file = Path(location.file).parent / source.target
    try:
        if file.exists() and not file.is_file():  # a device or a pipe might never end
            raise UnreadableSource(source, str(file), *_no_file(file))
        return file.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise UnreadableSource(source, str(file), why, _instead(source, file, error)) from None
    except ValueError as error:  # a NUL, or half of a character
        advice = "write the path of a file"
        raise UnreadableSource(source, repr(str(file)), str(error), advice) from None


def _no_file(path: Path) -> tuple[str, str]:
    """What a path leads to that is no regular file, and what to write instead."""
    if path.is_dir():
        return (
            "it is a folder",
            "name a file in it, and give each file its own entry in config_data",
        )
    return "it is no regular file", "name a file that ends, whose content is to be copied"


def _instead(source: Source, file: Path, error: OSError) -> str:
    """What to write in the place of a file that is not there, or cannot be read."""
    if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return "let whoever builds read it, or name another file"
    beside = "a relative source is looked for beside the file that names it"
    near: list[str] = []
    with contextlib.suppress(OSError):  # the folder is not there either
        near = nearest(file.name, (each.name for each in file.parent.iterdir()), limit=1)
    return f"did you mean {Path(source.target).with_name(near[0])}? {beside}" if near else beside
