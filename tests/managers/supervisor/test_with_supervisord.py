"""A real supervisord does with built trees what the services say.

In: services, built. Out: what their processes say of themselves, and what supervisord says of them.
Is skipped where supervisor is not installed.
"""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from examples.static_site import Handbook

from modsvc_dsl import (
    ConfigFile,
    Hardening,
    Identity,
    Lifecycle,
    Process,
    Relations,
    Service,
    force,
)
from tests.managers.supervisor import dump
from tests.managers.supervisor.awkward import texts
from tests.managers.supervisor.daemon import Daemon, run
from tests.managers.supervisor.hosts import tree

pytestmark = pytest.mark.needs_supervisor

ME = pwd.getpwuid(os.getuid()).pw_name
JOB = Lifecycle(type="oneshot")
COUNT = 250


def dumping(folder: Path, name: str, *arguments: str) -> list[str]:
    """The command of a program that writes down how it was started."""
    return ["/usr/bin/python3", "-IS", str(folder / "dump.py"), str(folder), name, *arguments]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with `dump.py` that every user may reach and write to, which pytest's own is not."""
    made = Path(tempfile.mkdtemp(prefix="programs-"))
    made.chmod(0o777)
    shutil.copy(dump.__file__, made / "dump.py")
    (made / "dump.py").chmod(0o644)
    yield made
    shutil.rmtree(made)


def shell(script: str) -> Process:
    """A process that runs a short script."""
    return Process(argv=["/bin/sh", "-c", script])


def found(folder: Path, name: str) -> dict[str, Any]:
    """What a program wrote down."""
    written: dict[str, Any] = json.loads((folder / f"{name}.json").read_text())
    return written


def lines(file: Path) -> int:
    """How often a program was started that adds a line to a file each time."""
    return len(file.read_text().splitlines()) if file.exists() else 0


def kernel(text: str) -> str:
    """A text as `dump` writes its bytes."""
    return text.encode().decode("latin-1")


def test_every_argument_and_variable_reaches_the_process(folder: Path) -> None:
    """Byte for byte, for hundreds of awkward vectors in one supervisord."""
    words, values = texts(4 * COUNT, seed=1), texts(2 * COUNT, seed=2)
    vectors = [words[index : index + 4] for index in range(0, len(words), 4)]
    variables = [
        {"GIVEN": values[index], "FURTHER": values[index + 1]} for index in range(0, 2 * COUNT, 2)
    ]
    services = {
        f"s{index}": Service(
            process=Process(
                argv=dumping(folder, str(index), *vectors[index]),
                environment={
                    **variables[index],
                    **({"UNWANTED": None, "FROM_SUPERVISORD": None} if index % 2 else {}),
                },
            ),
            lifecycle=JOB,
        )
        for index in range(COUNT)
    }
    with run(tree(services, user=ME)) as daemon:
        daemon.wait_for("every process", lambda: len(list(folder.glob("*.json"))) == COUNT)
    for index in range(COUNT):
        said = found(folder, str(index))
        expected = dumping(folder, str(index), *vectors[index])
        assert said["arguments"] == [kernel(word) for word in expected]
        given = {name: said["environment"][name] for name in variables[index]}
        assert given == {name: kernel(text) for name, text in variables[index].items()}
        unset = {"UNWANTED", "FROM_SUPERVISORD"}
        assert unset & said["environment"].keys() == (set() if index % 2 else unset)


def test_a_process_runs_where_and_as_whom_it_shall(folder: Path) -> None:
    """Directory, user, groups and umask."""
    odd = folder / "a ;b %(here)s\n\r 'c' "
    odd.mkdir()
    user = "nobody" if os.getuid() == 0 else ME
    services = {
        "odd": Service(
            process=Process(argv=dumping(folder, "odd"), working_directory=odd), lifecycle=JOB
        ),
        "open": Service(
            process=Process(argv=dumping(folder, "open")),
            lifecycle=JOB,
            hardening=Hardening(enable=False),
            identity=Identity(user=str(os.getuid())),
        ),
    }
    with run(tree(services, user=user)) as daemon:
        daemon.wait_for("both", lambda: len(list(folder.glob("*.json"))) == 2)
    entry = pwd.getpwnam(user)
    said = found(folder, "odd")
    assert said["directory"] == str(odd)
    assert (said["user"], said["group"]) == (entry.pw_uid, entry.pw_gid)
    assert os.getuid() or said["groups"] == [entry.pw_gid]
    assert said["umask"] == 0o077
    said = found(folder, "open")
    assert (said["user"], said["umask"]) == (os.getuid(), 0o022)


def restarting(folder: Path) -> dict[str, Service]:
    """Services that end in all ways, and count how often they were started."""

    def ending(name: str, script: str, lifecycle: Lifecycle) -> Service:
        process = shell(f"echo x >> {folder}/{name}; {script}")
        return Service(process=process, lifecycle=lifecycle)

    return {
        "always": ending("always", "sleep 1.2", Lifecycle()),
        "early": ending("early", "exit 1", Lifecycle()),
        "failing": ending("failing", "sleep 1.2; exit 3", Lifecycle(restart="on-failure")),
        "succeeding": ending("succeeding", "sleep 1.2", Lifecycle(restart="on-failure")),
        "never": ending("never", "sleep 1.2; exit 3", Lifecycle(restart="no")),
        "once": ending("once", "exit 0", JOB),
        "broken": ending("broken", "exit 4", JOB),
        "retried": ending(
            "retried",
            f"test $(wc -l < {folder}/retried) -ge 3",
            Lifecycle(type="oneshot", restart="on-failure"),
        ),
        "asleep": ending("asleep", "sleep 60", Lifecycle(start_at_boot=False)),
        "staying": ending("staying", "exec sleep 60", Lifecycle(type="exec")),
    }


def test_processes_start_again_as_their_policy_says(folder: Path) -> None:
    """All policies beside each other, watched until the slowest has come back twice."""
    again = ("always", "early", "failing")
    with run(tree(restarting(folder), user=ME)) as daemon:
        daemon.wait_for("the third start", lambda: all(lines(folder / name) >= 3 for name in again))
        daemon.wait_for("staying", lambda: daemon.states()["staying"] == "RUNNING")
        states = daemon.states()
    counts = {name: lines(folder / name) for name in states}
    once = {name for name, count in counts.items() if count == 1}
    assert once == {"succeeding", "never", "once", "broken", "staying"}
    assert counts["asleep"] == 0
    assert counts["retried"] == 3
    ended = {"succeeding", "never", "once", "broken", "retried"}
    assert {name for name, state in states.items() if state == "EXITED"} == ended
    assert states["asleep"] == "STOPPED"
    assert "FATAL" not in states.values()


def spawned(daemon: Daemon) -> list[str]:
    """The names of programs in the order in which supervisord started them."""
    return re.findall(r"spawned: '([^']*)' with pid", daemon.log())


def stopped(daemon: Daemon) -> list[str]:
    """The names of programs in the order in which supervisord stopped them."""
    return re.findall(r"stopped: (\S+) \(", daemon.log())


def test_programs_start_in_the_order_of_their_relations() -> None:
    """Against the order of their names, which is supervisor's own; they stop in reverse."""
    last: Service = Service(process=shell("exec sleep 60"))
    second = Service(process=shell("exec sleep 60"), relations=Relations(before=[last]))
    first = Service(process=shell("exec sleep 60"), relations=Relations(before=[second]))
    group = Service(services={"a": last})
    services = {"a": group, "b": second, "c": first}
    with run(tree(services, user=ME)) as daemon:
        daemon.wait_for("all", lambda: set(daemon.states().values()) == {"RUNNING"})
        assert spawned(daemon) == ["c", "b", "a-a"]
        log = daemon.folder / "log"
        daemon.process.terminate()
        daemon.process.wait(timeout=60)
        assert stopped(daemon) == ["a-a", "b", "c"], log.read_text()


def test_a_stop_reaches_children(folder: Path) -> None:
    """A child in the process group ends with its service."""
    script = (
        f"sleep 3600 & echo $! > {folder}/child.new; mv {folder}/child.new {folder}/child; wait"
    )
    with run(tree({"it": Service(process=shell(script))}, user=ME)) as daemon:
        daemon.wait_for("the child", (folder / "child").exists)
        child = Path("/proc", (folder / "child").read_text().strip())
        assert child.exists()
    assert not child.exists() or "\nState:\tZ" in (child / "status").read_text()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can lay a tree over /etc")
def test_config_files_are_where_processes_look_for_them(folder: Path) -> None:
    """The path that a service is told is that of the file, in a tree that is in place."""

    class Reader(Service):
        config_data = {"a.conf": ConfigFile(text="told\n"), "b": ConfigFile(source=Path("dump.py"))}
        lifecycle = JOB

    text = "/etc/system-services/it/a.conf"
    copying = shell(
        f"cat {text} /etc/system-services/it/b > {folder}/new && mv {folder}/new {folder}/done"
    )
    with run(tree({"it": Reader(process=copying)}, user=ME), over_etc=True) as daemon:
        daemon.wait_for("the copy", (folder / "done").exists)
    assert (folder / "done").read_text() == "told\n" + Path(dump.__file__).read_text()
    assert not Path(text).exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can lay a tree over /etc")
def test_an_example_answers() -> None:
    """The static site, as it is but for its port, run by a user who owns nothing of it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    site = tree({"site": Handbook(port=force(port))})
    with run(site, over_etc=True) as daemon:
        daemon.wait_for("an answer", lambda: "<h1>Handbook</h1>" in answer(port))
        daemon.wait_for("its second", lambda: daemon.states() == {"site": "RUNNING"})


def answer(port: int) -> str:
    """The first page of a web server, empty as long as there is none."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=10) as response:
            text: str = response.read().decode()
            return text
    except OSError:
        return ""
