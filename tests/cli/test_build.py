"""`modsvc build`: what it writes, and what it says of it.

In: a file of two services. Out: the folder and the two streams. Refuses to know more of trees than
that they are there: `tests/output` does.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

from tests.cli.modsvc import COMMAND, Modsvc

WEB = """
from modsvc_dsl import ConfigFile, Fleet, Host, Port, Process, Service, define, option, when


class Web(Service):
    port: Port = option(default=8080)

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return ["/bin/true", str(self.port)]

    @define(Service.config_data["web.conf"])
    def _conf(self) -> ConfigFile:
        return ConfigFile(text=f"port = {self.port}\\n")

    @define(Service.warnings)
    def _warnings(self) -> list[str]:
        return when(self.port < 1024, ["a privileged port"])


print("a word of the file")
fleet = Fleet(hosts={"one": Host(services={"web": Web()})})
"""

UNITS = "one/etc/systemd/system"


def test_a_build_tells_what_it_added_changed_and_removed(modsvc: Modsvc) -> None:
    """The first time all is new; then only what differs is told, one line a path."""
    modsvc.write("web.py", WEB)
    first = modsvc.run("build", "web.py", "--out", "out")
    assert first.out.splitlines() == [
        "added    one/etc/system-services/web/web.conf",
        f"added    {UNITS}/multi-user.target.wants/web.service",
        f"added    {UNITS}/web.service",
        "out: 3 added",
    ]
    modsvc.write("web.py", WEB.replace('"web": Web()', '"web": Web(port=80), "api": Web()'))
    second = modsvc.run("build", "web.py", "-o", "out")
    assert second.out.splitlines() == [
        "added    one/etc/system-services/api/web.conf",
        f"added    {UNITS}/api.service",
        f"added    {UNITS}/multi-user.target.wants/api.service",
        "changed  one/etc/system-services/web/web.conf",
        f"changed  {UNITS}/web.service",
        "out: 3 added, 2 changed",
    ]
    modsvc.write("web.py", WEB.replace('"web": Web()', ""))
    third = modsvc.run("build", "web.py", "-o", "out")
    assert third.out.splitlines()[-1] == "out: 6 removed"
    assert {first.code, second.code, third.code} == {0}


def test_a_build_of_the_same_changes_nothing(modsvc: Modsvc) -> None:
    """Not even the time of the folder, and it says so; moved lines only change the manifest."""
    modsvc.write("web.py", WEB)
    modsvc.run("build", "web.py", "--out", "out")
    before = (modsvc.folder / "out").stat()
    again = modsvc.run("build", "web.py", "--out", "out")
    assert again.out == "out: unchanged, 3 files for 1 host\n"
    after = (modsvc.folder / "out").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    modsvc.write("web.py", "\n" + WEB)
    moved = modsvc.run("build", "web.py", "--out", "out")
    assert moved.out == "out: unchanged but for the manifest, 3 files for 1 host\n"


def test_what_was_deleted_by_hand_is_told_as_added(modsvc: Modsvc) -> None:
    """The report is of what changes in the folder, not of what the last build had written there."""
    modsvc.write("web.py", WEB)
    modsvc.run("build", "web.py", "--out", "out")
    unit = modsvc.folder / "out" / UNITS / "web.service"
    unit.unlink()
    again = modsvc.run("build", "web.py", "--out", "out")
    assert again.out == f"added    {UNITS}/web.service\nout: 1 added\n"
    unit.chmod(0o600)
    again = modsvc.run("build", "web.py", "--out", "out")
    assert again.out == f"changed  {UNITS}/web.service\nout: 1 changed\n"
    unit.parent.chmod(0o700)
    again = modsvc.run("build", "web.py", "--out", "out")
    assert again.out == "out: unchanged but for folders and modes, 3 files for 1 host\n"
    unit.unlink()
    modsvc.write("web.py", WEB.replace('"web": Web()', ""))
    gone = modsvc.run("build", "web.py", "--out", "out")
    assert gone.out == (
        "removed  one/etc/system-services/web/web.conf\n"
        f"removed  {UNITS}/multi-user.target.wants/web.service\nout: 2 removed\n"
    )


def test_warnings_and_prints_go_to_the_other_stream(modsvc: Modsvc) -> None:
    """What a service warns of has its path; what the file prints is no data of ours."""
    modsvc.write("web.py", WEB.replace("Web()", "Web(port=80)"))
    ended = modsvc.run("build", "web.py", "--out", "out")
    assert ended.err == ("a word of the file\nwarning: hosts.one.services.web: a privileged port\n")
    assert "word" not in ended.out
    assert ended.code == 0


def test_the_manifest_names_lines_from_the_files_folder(modsvc: Modsvc) -> None:
    """Built from another folder, the manifest is the same to the byte."""
    modsvc.write("sites/web.py", WEB)
    modsvc.run("build", "sites/web.py", "--out", "one")
    modsvc.write("elsewhere/empty", "")
    Modsvc(modsvc.folder / "elsewhere").run("build", "../sites/web.py", "--out", "../two")
    one = (modsvc.folder / "one/manifest.json").read_bytes()
    assert one == (modsvc.folder / "two/manifest.json").read_bytes()
    unit = json.loads(one)["hosts"]["one"]["files"]["etc/systemd/system/web.service"]
    lines = WEB.splitlines()
    placed = next(n for n, line in enumerate(lines, 1) if line.startswith("fleet"))
    assert f"web.py:{placed}" in unit["origins"]


def test_nothing_is_written_while_anything_is_wrong(modsvc: Modsvc) -> None:
    """A mistake in one service leaves the built tree of all as it was."""
    modsvc.write("web.py", WEB)
    modsvc.run("build", "web.py", "--out", "out")
    before = (modsvc.folder / "out/manifest.json").read_bytes()
    modsvc.write("web.py", WEB.replace('"web": Web()', '"api": Web(), "web": Web(port=-1)'))
    ended = modsvc.run("build", "web.py", "--out", "out")
    assert ended.code == 1
    assert ended.out == ""
    assert (modsvc.folder / "out/manifest.json").read_bytes() == before
    assert sorted(path.name for path in modsvc.folder.iterdir()) == ["out", "web.py"]


def test_a_file_is_read_anew_each_time(modsvc: Modsvc) -> None:
    """An edit of the same length in the same second is seen, and no cache is left behind."""
    path = modsvc.write("web.py", WEB)
    modsvc.run("build", "web.py", "--out", "out")
    time = path.stat().st_mtime_ns
    modsvc.write("web.py", WEB.replace("8080", "8081"))
    os.utime(path, ns=(time, time))
    again = modsvc.run("build", "web.py", "--out", "out")
    assert "out: 2 changed" in again.out
    assert not (modsvc.folder / "__pycache__").exists()


def test_a_file_that_goes_elsewhere_does_not_take_the_output_along(modsvc: Modsvc) -> None:
    """A relative OUT lies where the command was started, and origins count from the file."""
    modsvc.write("other/empty", "")
    modsvc.write("web.py", f"import os\nos.chdir('other')\n{WEB}")
    assert modsvc.run("build", "web.py", "--out", "out").code == 0
    assert (modsvc.folder / "out/manifest.json").exists()
    assert '"web.py:' in (modsvc.folder / "out/manifest.json").read_text()
    assert modsvc.run("check", "web.py").code == 0


VALIDATED = """
from modsvc_dsl import ConfigFile, Host, Process, Service, this_file

def web(text):
    file = ConfigFile(text=text, validator=["/bin/grep", "-q", "port", this_file])
    return Host(services={"web": Service(process=Process(argv=["/a"]), config_data={"a": file})})

good, bad = web("port 80"), web("prot 80")
"""


def test_validators_are_run_where_somebody_asks(modsvc: Modsvc) -> None:
    """Before anything is written; without the flag a note says that there are some."""
    modsvc.write("web.py", VALIDATED)
    unasked = modsvc.run("build", "web.py:bad", "--out", "unasked")
    assert unasked.code == 0
    assert unasked.err == "note: 1 validator was not run on config files: --validate runs them\n"
    refused = modsvc.run("build", "web.py:bad", "--out", "out", "--validate")
    assert (
        refused.code == 1 and "is refused by its validator: /bin/grep ended with 1" in refused.err
    )
    assert not (modsvc.folder / "out").exists()
    fine = modsvc.run("build", "web.py:good", "--out", "out", "--validate")
    assert (fine.code, fine.err) == (0, "")


FLEET = WEB.replace(
    'fleet = Fleet(hosts={"one": Host(services={"web": Web()})})',
    "import os\nos.makedirs('elsewhere', exist_ok=True)\nos.chdir('elsewhere')\n"
    "fleet = Fleet(hosts={f'h{n}': Host(services={'web': Web(port=79 + n)}) for n in range(4)})",
)


def test_jobs_change_nothing(modsvc: Modsvc) -> None:
    """The same files, manifest and words, of a file that goes to another folder and prints."""
    modsvc.write("web.py", FLEET)
    serial = modsvc.run("build", "web.py", "-o", "serial")
    parallel = modsvc.run("build", "web.py", "-o", "parallel", "--jobs", "3")
    assert (serial.code, parallel.code) == (0, 0)
    assert parallel.out.replace("parallel:", "serial:") == serial.out
    assert parallel.err == serial.err
    assert serial.err.count("a word of the file") == 1 and "a privileged port" in serial.err
    written = [
        {
            str(path.relative_to(root)): path.read_bytes()
            for path in root.rglob("*")
            if path.is_file()
        }
        for root in (modsvc.folder / "serial", modsvc.folder / "parallel")
    ]
    assert written[0] == written[1] and len(written[0]) > 8


def test_jobs_tell_the_same_mistakes(modsvc: Modsvc) -> None:
    """All of them, by the command itself."""
    modsvc.write("web.py", FLEET.replace("79 + n", "65534 + n"))
    serial = modsvc.run("build", "web.py", "-o", "out")
    parallel = modsvc.run("build", "web.py", "-o", "out", "--jobs", "2")
    assert (parallel.code, parallel.out, parallel.err) == (serial.code, serial.out, serial.err)
    assert serial.code == 1 and "65536" in serial.err and "65537" in serial.err
    assert not (modsvc.folder / "out").exists()


def test_a_worker_that_ends_is_told(modsvc: Modsvc) -> None:
    """As by the kernel, where memory is short."""
    ending = "import multiprocessing\nif multiprocessing.parent_process(): os._exit(9)\nfleet ="
    modsvc.write("web.py", FLEET.replace("fleet =", ending))
    ended = modsvc.run("build", "web.py", "-o", "out", "-j", "2")
    assert ended.code == 3 and not (modsvc.folder / "out").exists()
    assert "one of the processes of --jobs ended before it was done" in ended.err
    assert "leave --jobs out" in ended.err


def test_no_more_processes_than_are_of_use(modsvc: Modsvc) -> None:
    """Whatever N is: they would be started before anybody knows how many hosts there are."""
    modsvc.write("web.py", WEB)
    ended = modsvc.run("build", "web.py", "--out", "out", "--jobs", "100000")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "out: 3 added")


def test_a_folder_that_is_gone(modsvc: Modsvc) -> None:
    """Whoever names files from the root needs no current folder."""
    modsvc.write("web.py", WEB)
    here, gone = str(modsvc.folder), modsvc.folder / "gone"
    gone.mkdir()
    command = f'rmdir {gone} && exec "$@"'
    for jobs in ((), ("--jobs", "2")):
        arguments = ["build", f"{here}/web.py", "--out", f"{here}/out", *jobs]
        done = subprocess.run(
            ["sh", "-c", command, "sh", *COMMAND, *arguments],
            cwd=gone,
            env=modsvc.environment(),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        gone.mkdir()


def test_workers_end_with_the_command(modsvc: Modsvc) -> None:
    """Also where it is killed, and could not tell them."""
    modsvc.write("web.py", WEB + "import os, pathlib, time\n" + WAITING)
    build = modsvc.start("build", "web.py", "--out", "out", "--jobs", "2")
    workers = [int(each) for each in wait_for(modsvc.folder / "workers").split()]
    build.kill()
    build.communicate()
    deadline = time.monotonic() + 20
    while any(map(is_there, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert workers and not any(map(is_there, workers))


WAITING = """
with open("workers", "a") as file:
    print(os.getpid(), file=file)
time.sleep(60)
"""


def wait_for(file: Path) -> str:
    """The text of a file, once there is one."""
    deadline = time.monotonic() + 30
    while not (file.exists() and file.read_text().endswith("\n")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return file.read_text()


def is_there(process: int) -> bool:
    """Is a process running?"""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
