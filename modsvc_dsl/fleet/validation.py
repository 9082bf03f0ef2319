"""The validators of config files, run.

In: a result and the trees built of it. Out: what the validators object to, and notes on those that
are not installed here. Refuses to run anything unasked: only who asks for validation comes here. There
is no shell; a command sees the files of its service in a folder of their own, and ends in time.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from ..language.arguments import demand, refuses_others
from ..language.errors import Mistake, Mistakes
from ..language.evaluation.history import places
from ..language.words import show_path
from ..managers.manager import enabled, written_at
from ..managers.tree import File, Tree
from ..services.groups.config_data import ConfigFile
from ..services.service import Service
from ..services.values.validator import arguments
from .build import Built, demand_hosts, hosts_of
from .mistakes import Invalid

PATIENCE = 60.0
"""Seconds for one validator."""

MOST_OUTPUT = 2000
"""Bytes of a validator's output that are shown: its end, where the reason stands."""


class Validated(NamedTuple):
    """What came of validators that object to nothing: notes on those that could not be run, by host."""

    notes: Mapping[str, tuple[str, ...]]
    run: int
    """How many validators were run."""


def validators(result: Any) -> Iterator[tuple[str, Service, ConfigFile]]:
    """The config files of a result that have a validator, each with its host and service."""
    for name, host in hosts_of(result):
        for service in enabled(host.services):
            for file in service.config_data.values():
                if file.enable and file.validator:
                    yield name, service, file


def validators_of(host: Any) -> int:
    """How many config files of a host have a validator."""
    return sum(1 for _ in validators(host))


@refuses_others
def validate(result: Any, built: Built, patience: float = PATIENCE) -> Validated:
    """Run the validators of all config files of a result, from which `built` was built.

    `patience` is seconds for each. Raises Mistakes with all files that are refused, and NoHost for the
    result of what is neither fleet nor host.
    """
    import shutil

    demand_hosts(result, "validate")
    given: object = built
    advice = "write validate(result, build(result))"
    demand(isinstance(given, Built), "validate", "what build(...) returns", given, advice)
    mistakes: list[Mistake] = []
    notes: dict[str, list[str]] = {}
    run = 0
    for host, service, file in validators(result):
        program = str(file.validator[0])
        if shutil.which(program) is None:
            where = show_path(file.__node__.path)
            text = f"`{where}` is not validated: {program} is not installed here"
            notes.setdefault(host, []).append(text)
            continue
        run += 1
        with tempfile.TemporaryDirectory(prefix="modsvc-") as folder:
            _lay_out(service, built.trees[host], Path(folder))
            command = arguments(file.validator, f"{folder}/{file.name}")
            why = _objection(command, folder, patience)
        if why is not None:
            shown = [part.replace(f"{folder}/", "") for part in why]
            said = [*places(file, "validator"), *written_at(file)]
            mistakes.append(Invalid(file.__node__.path, shown[0], shown[1:], said))
    if mistakes:
        raise Mistakes(mistakes)
    return Validated({host: tuple(texts) for host, texts in notes.items()}, run)


def _lay_out(service: Service, tree: Tree, folder: Path) -> None:
    """The config files of a service under their own names, readable by nobody else."""
    for file in service.config_data.values():
        entry = tree.get(file.path.removeprefix("/"))
        if isinstance(entry, File):
            at = folder / file.name
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_bytes(entry.content)


def _objection(command: Sequence[str], folder: str, patience: float) -> Sequence[str] | None:
    """How a command failed, and the lines that it printed; None where it was content."""
    # a file, and not a pipe: what the command leaves running may hold that open for long
    with tempfile.TemporaryFile() as output:
        why = _failure(command, folder, patience, output)
        output.seek(max(output.tell() - MOST_OUTPUT, 0))
        said = output.read().decode("utf-8", "backslashreplace")
    return None if why is None else [f"{command[0]} {why}", *said.strip().splitlines()]


def _failure(command: Sequence[str], folder: str, patience: float, output: IO[bytes]) -> str | None:
    """How a command failed, whose output goes to a file; None where it was content."""
    import signal
    import subprocess

    try:
        started = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        return f"cannot be run: {error.strerror or error}"
    try:
        code = started.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)  # with whatever it started
        started.wait()
        return f"did not end within {patience:g} seconds"
    finally:
        output.seek(0, os.SEEK_END)
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with {code}" if code else None
