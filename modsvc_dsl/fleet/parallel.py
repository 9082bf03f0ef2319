"""Hosts evaluated by the workers of an executor: threads, processes, machines of a cluster.

In: how to load a fleet, and any `concurrent.futures.Executor`. Out: `Distributed`: what `build` makes
of the fleet, to the byte, and each host's result as read-only data. Refuses to carry mistakes from
worker to worker, since they hold frames and places that no pickle keeps: where a worker finds
anything wrong, the fleet is evaluated here as well, and `build` says what it is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..language.arguments import demand, refuses_others
from ..language.function import demand_function
from ..language.result.check import (
    Warned,
    find_mistakes,
    find_warnings,
    idle_warnings,
    mistakes_beside,
    said_warnings,
)
from ..language.errors import Mistake, Mistakes
from ..language.provenance import users_line
from ..language.words import show_found
from ..managers.manager import skipped
from ..managers.tree import Tree
from .build import Built, build, emitted_by
from .evaluation import evaluate
from .host import Fleet, Host
from .mistakes import NoFleet
from .validation import validators_of

if TYPE_CHECKING:
    from concurrent.futures import Executor

Load = Callable[[], Fleet | Host]
"""Makes the fleet. For processes it has to be something that pickle can name or carry."""


@refuses_others
@dataclass(frozen=True)
class InFile:
    """A fleet or host by the file that it is in and its name there. Calling this loads the file."""

    file: str
    name: str

    def __call__(self) -> Fleet | Host:
        import importlib.util

        path = Path(self.file).resolve()
        spec = importlib.util.spec_from_file_location(path.stem, path)
        if spec is None or spec.loader is None:
            raise FileNotFoundError(f"{path} is no Python file")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found: Fleet | Host = getattr(module, self.name)
        return found


class Distributed(NamedTuple):
    """What the workers have sent, put together.

    `result` is evaluated here as far as anybody reads it. `hosts` has the results of hosts by key
    as they were evaluated by workers, read-only and typed; empty where they were not asked for.
    """

    result: Any
    built: Built
    warnings: tuple[Warned, ...]
    validators: int
    """How many config files have a validator."""
    hosts: Mapping[str, Host] = {}


class Job(NamedTuple):
    """What every worker is told: how to load, whether to send data, and of which run this is."""

    load: Load
    data: bool
    run: str


class Done(NamedTuple):
    """What a worker sends of one host."""

    tree: Tree
    notes: tuple[str, ...]
    warnings: tuple[Warned, ...]
    idle: tuple[Warned, ...]
    validators: int
    data: bytes


@refuses_others
def distribute(
    load: Load, executor: Executor, *, hosts_per_task: int = 1, data: bool = True
) -> Distributed:
    """Evaluate and build each host of a fleet by the workers of an executor.

    `load` is called here and by each worker. The trees, notes and warnings are those that `build`
    and `find_warnings` give, in their order. With `data` False no results of hosts are sent back.
    Raises what `build` raises, after evaluating here; NoFleet if `load` makes neither fleet nor
    host; and what the executor raises where a worker breaks down.
    """
    from uuid import uuid4

    demand_function(
        load, "distribute(...)", "write distribute(InFile(...), executor)", users_line(), 0
    )
    advice = "write an executor, as in ThreadPoolExecutor()"
    demand(hasattr(executor, "submit"), "distribute", "an executor", executor, advice)
    given: object = hosts_per_task
    count = type(given) is int and hosts_per_task > 0
    demand(count, "distribute", "a number of hosts for each task", given, "write 1, or more")
    made = load()
    if not isinstance(made, (Fleet, Host)) or made.__node__ is not None:
        raise NoFleet(show_found(made), users_line())
    result: Any = evaluate(made)
    if not isinstance(made, Fleet):
        return _here(result, data)
    names = _names(result)
    if names is None:
        return _here(result, data)
    job, keys = Job(load, data, uuid4().hex), list(result.hosts)
    done = _all_done(executor, job, keys, hosts_per_task)
    if None in done:
        return _here(result, data)
    return _together(result, names, [each for each in done if each is not None])


def _names(result: Any) -> list[str] | None:
    """The names of a fleet's hosts, None where anything is wrong outside of the hosts."""
    try:
        names = [host.name for host in result.hosts.values()]
        wrong = mistakes_beside(result, result.hosts.values())
    except (Mistake, Mistakes):
        return None
    return None if wrong or len({*names}) < len(names) else names


def _all_done(
    executor: Executor, job: Job, keys: Sequence[str], per_task: int
) -> list[Done | None]:
    """What workers say of all hosts, in order."""
    tasks = [keys[start : start + per_task] for start in range(0, len(keys), per_task)]
    futures = [executor.submit(evaluate_hosts, job, task) for task in tasks]
    return [done for future in futures for done in future.result()]


def _here(result: Any, data: bool) -> Distributed:
    """The same, evaluated in this process. Raises the mistakes that there are."""
    import pickle

    built = build(result)
    hosts = result.hosts if isinstance(result, Fleet) else {result.name: result}
    kept = {key: _read_back(pickle.dumps(host)) for key, host in hosts.items()} if data else {}
    count = sum(validators_of(host) for host in hosts.values())
    return Distributed(result, built, tuple(find_warnings(result)), count, kept)


def _together(result: Any, names: Sequence[str], done: Sequence[Done]) -> Distributed:
    trees = {name: each.tree for name, each in zip(names, done)}
    notes = {name: each.notes for name, each in zip(names, done)}
    places = [host.__node__ for host in result.hosts.values()]
    said = said_warnings(result, {node: each.warnings for node, each in zip(places, done)})
    idle = dict.fromkeys([*idle_warnings(result), *(one for each in done for one in each.idle)])
    hosts = {key: _read_back(each.data) for key, each in zip(result.hosts, done) if each.data}
    count = sum(each.validators for each in done)
    return Distributed(result, Built(trees, notes), (*said, *idle), count, hosts)


def _read_back(data: bytes) -> Host:
    import pickle

    host: Host = pickle.loads(data)  # made by a worker of ours, out of the user's own file
    return host


# --- in a worker --------------------------------------------------------------------------

_lock = threading.Lock()
_evaluated: dict[str, Any] = {}
"""The fleet of the newest run, so that the tasks of a worker share one evaluation."""


def evaluate_hosts(job: Job, keys: Sequence[str]) -> list[Done | None]:
    """Some hosts of a fleet as a worker sends them; None for each with which anything is wrong."""
    with _lock:
        if job.run not in _evaluated:
            _evaluated.clear()
            _evaluated[job.run] = evaluate(job.load())
        result = _evaluated[job.run]
        return [_evaluated_host(result, key, job.data) for key in keys]


def _evaluated_host(result: Any, key: str, data: bool) -> Done | None:
    import pickle

    try:
        host = result.hosts[key]
        if find_mistakes(host):
            return None
        emitted, wrong = emitted_by(host, host.services, host)
        if wrong:
            return None
        return Done(
            tree=dict(sorted(emitted.files.items())),
            notes=(*emitted.notes, *skipped(host.services, host.manager)),
            warnings=tuple(said_warnings(host)),
            idle=tuple(idle_warnings(host)),
            validators=validators_of(host),
            data=pickle.dumps(host) if data else b"",
        )
    except (Mistake, Mistakes):
        return None
