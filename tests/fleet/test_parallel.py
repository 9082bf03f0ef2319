"""Hosts evaluated by workers: whatever the executor, the result is that of `build`."""

from __future__ import annotations

import copyreg
import importlib
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    ConfigFile,
    Fleet,
    Distributed,
    Host,
    InFile,
    Mistake,
    Mistakes,
    Port,
    Process,
    Service,
    build,
    check,
    data,
    define,
    evaluate,
    find_warnings,
    distribute,
    option,
    root_of,
)


class Database(Service):
    """A service whose port others read."""

    port: Port = option(default=5432)

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return ["/usr/bin/database", str(self.port)]


class App(Service):
    """A service that reads the database of the next host."""

    neighbour: str = option()

    @define(Process.argv)
    def _argv(self) -> list[str]:
        hosts = root_of(self).hosts
        return ["/usr/bin/app", str(hosts[self.neighbour].services["db"].port)]

    @define(Service.config_data["app.conf"])
    def _config(self) -> ConfigFile:
        return ConfigFile(text=f"neighbour = {self.neighbour}\n")

    @define(Service.warnings)
    def _warnings(self) -> list[str]:
        return [f"it needs {self.neighbour}"]


def fleet(count: int = 5, **ports: Any) -> Fleet:
    """Hosts in a ring, each of which reads the next one; `ports` are those of databases by host."""
    return Fleet(
        hosts={
            f"h{i}": Host(
                services={
                    "app": App(neighbour=f"h{(i + 1) % count}"),
                    "db": Database(port=ports.get(f"h{i}", 5000 + i)),
                },
                warnings=[f"host {i}"],
            )
            for i in range(count)
        },
        warnings=["the fleet"],
    )


def sound() -> Fleet:
    return fleet()


def wrong_in_one() -> Fleet:
    """A mistake in a host that another one reads."""
    return fleet(h2="many", h4=70000)


def wrong_in_trees() -> Fleet:
    """What only a manager finds."""
    made = Database(imports=[Service(config_data={"a": ConfigFile(source=Path("absent"))})])
    return Fleet(hosts={"a": Host(services={"db": Database()}), "b": Host(services={"db": made})})


def two_of_one_name() -> Fleet:
    return Fleet(hosts={"a": Host(name="x"), "b": Host(name="x")})


def alone() -> Host:
    return Host(services={"db": Database()})


def breaking() -> Fleet:
    """Ends the worker that loads it."""
    if os.getpid() != PARENT:
        os._exit(9)
    return fleet()


PARENT = os.getpid()


@pytest.fixture(scope="module", params=["processes", "threads", "dask"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    """Workers of several kinds."""
    if request.param == "processes":
        with ProcessPoolExecutor(2) as processes:
            yield processes
    elif request.param == "threads":
        with ThreadPoolExecutor(2) as threads:
            yield threads
    else:
        ways = copyreg.dispatch_table.copy()
        distributed: Any = importlib.import_module("distributed")  # half a second, for these alone
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster:
            with distributed.Client(cluster) as client:
                yield client.get_executor()
        # it lets all exceptions be pickled with their tracebacks, which later tests do not expect
        copyreg.dispatch_table.clear()
        copyreg.dispatch_table.update(ways)


@pytest.mark.parametrize("load", [sound, alone])
def test_the_result_is_that_of_build(executor: Executor, load: Any) -> None:
    """Trees with origins, notes and warnings, in the same order, and the results of all hosts."""
    done = distribute(load, executor)
    result: Any = check(evaluate(load()))
    built = build(result)
    assert done.built == built
    assert [*done.built.trees] == [*built.trees] and [*done.built.notes] == [*built.notes]
    for name, tree in built.trees.items():
        assert [*done.built.trees[name].items()] == [*tree.items()]
    assert [*done.warnings] == find_warnings(result)
    hosts = result.hosts if isinstance(result, Fleet) else {"host": result}
    assert {key: data(host) for key, host in done.hosts.items()} == {
        key: data(host) for key, host in hosts.items()
    }


def test_hosts_are_typed_and_read_only(executor: Executor) -> None:
    """By attribute and key, as results are."""
    hosts = distribute(sound, executor, hosts_per_task=3).hosts
    assert hosts["h1"].services["app"].process.argv == ["/usr/bin/app", "5002"]
    with pytest.raises(TypeError):
        hosts["h1"].name = "other"


@pytest.mark.parametrize("load", [wrong_in_one, wrong_in_trees, two_of_one_name])
def test_the_mistakes_are_those_of_build(executor: Executor, load: Any) -> None:
    """All of them, in the same order, to the letter."""
    with pytest.raises(Mistakes) as here:
        build(evaluate(load()))
    with pytest.raises(Mistakes) as there:
        distribute(load, executor)
    assert [*map(str, there.value.mistakes)] == [*map(str, here.value.mistakes)]


@pytest.mark.parametrize("per_task", [1, 2, 5, 100])
def test_how_hosts_are_dealt_out_does_not_matter(per_task: int) -> None:
    """One by one, or all to one worker."""
    with ThreadPoolExecutor(2) as threads:
        done = distribute(sound, threads, hosts_per_task=per_task, data=False)
    assert done.built == build(evaluate(sound())) and not done.hosts


def test_a_file_is_handed_to_workers(tmp_path: Path) -> None:
    """By its path and the name of the fleet in it."""
    file = tmp_path / "fleet.py"
    file.write_text(
        "from modsvc_dsl import Fleet, Host, Service, Process\n"
        "web = Service(process=Process(argv=['/bin/web']))\n"
        "fleet = Fleet(hosts={'a': Host(services={'web': web}), 'b': Host()})\n"
    )
    with ProcessPoolExecutor(2) as processes:
        done: Distributed = distribute(InFile(str(file), "fleet"), processes)
    assert done.built == build(evaluate(InFile(str(file), "fleet")()))
    assert done.hosts["a"].services["web"].process.argv == ["/bin/web"]


def a_service() -> Any:
    return Database()


def a_result() -> Any:
    return evaluate(fleet())


@pytest.mark.parametrize("load", [a_service, a_result])
def test_what_is_no_fleet_is_refused(load: Any) -> None:
    """A service, a result: neither has hosts to deal out."""
    with ThreadPoolExecutor(1) as threads, pytest.raises(Mistake) as refused:
        distribute(load, threads)
    assert "distribute(...) loads a Fleet or a Host, and this is" in str(refused.value)
    assert 'by its file and name: distribute(InFile("fleet.py", "fleet"), executor)' in str(
        refused.value
    )


def test_a_worker_that_breaks_down_is_not_hidden() -> None:
    """What the executor raises comes through: the result would be that of fewer workers."""
    with ProcessPoolExecutor(1) as processes, pytest.raises(BrokenProcessPool):
        distribute(breaking, processes)
