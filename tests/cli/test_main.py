"""How the command ends, and what it costs to start.

In: ways to end it. Out: exit codes, and silence where that is due. Refuses to know verbs.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from modsvc_dsl.cli.commands import VERBS
from modsvc_dsl.cli.exits import Exit
from tests.cli.modsvc import COMMAND, ROOT, Modsvc

HOST = """
from modsvc_dsl import Host, Process, Service

host = Host(services={"web": Service(process=Process(argv=["/bin/true"]))})
"""


def test_help_and_manual_list_every_exit_code(modsvc: Modsvc) -> None:
    """Each code of the program is in `--help` and in docs/command.md, and no other one."""
    codes = {int(code) for code in Exit}
    told = modsvc.run("--help").out.partition("Exit codes:")[2]
    assert {int(code) for code in re.findall(r"^ +(\d+) ", told, re.MULTILINE)} == codes
    manual = (ROOT / "docs/command.md").read_text(encoding="utf-8")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", manual, re.MULTILINE)} == codes


def test_help_and_manual_list_every_verb(modsvc: Modsvc) -> None:
    """Each verb has its line and a help of its own."""
    told = modsvc.run("-h").out
    manual = (ROOT / "docs/command.md").read_text(encoding="utf-8")
    for verb, line in VERBS.items():
        assert f"\n  {verb} " in told
        assert " ".join(line.split()[:4]) in told
        assert f"## `modsvc {verb}" in manual
        assert modsvc.run(verb, "--help").out.startswith(f"Usage: modsvc {verb} [OPTIONS] FILE")


def test_a_command_without_a_verb_is_told_what_there_is(modsvc: Modsvc) -> None:
    """It is a wrong command line, so nothing goes to the stream for data."""
    ended = modsvc.run()
    assert (ended.code, ended.out) == (2, "")
    assert "Commands:" in ended.err


def test_the_version_is_told(modsvc: Modsvc) -> None:
    """That of the package."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = (
        "import importlib.metadata as m, sys\n"
        f"m.version = lambda name: {{'modsvc-dsl': {project['version']!r}}}[name]\n"
        "from modsvc_dsl.cli.main import main\nsys.exit(main(['--version']))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env=modsvc.environment(),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, f"modsvc {project['version']}\n")


def test_a_source_tree_has_no_version(modsvc: Modsvc) -> None:
    """Without an installed package there is none to tell."""
    code = (
        "import importlib.metadata as m, sys\n"
        "def none(name): raise m.PackageNotFoundError(name)\n"
        "m.version = none\n"
        "from modsvc_dsl.cli.main import main\nsys.exit(main(['--version']))"
    )
    command = [sys.executable, "-P", "-c", code]
    done = subprocess.run(command, env=modsvc.environment(), capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (
        0,
        "modsvc of a source tree that is not installed\n",
    )


def test_ctrl_c_ends_it_quietly(modsvc: Modsvc) -> None:
    """Nothing is said, and no folder is left half written."""
    modsvc.write("web.py", "import time\nopen('running', 'w').close()\ntime.sleep(60)\n")
    process = modsvc.start("build", "web.py", "--out", "out")
    while not (modsvc.folder / "running").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert not (modsvc.folder / "out").exists()


@pytest.mark.parametrize("leave", ["sys.exit(0)", "raise GeneratorExit"])
def test_a_file_cannot_end_the_command_as_if_it_were_done(modsvc: Modsvc, leave: str) -> None:
    """Leaving Python in a definition is an error in it, whatever code it leaves with."""
    modsvc.write(
        "web.py",
        "import sys\nfrom modsvc_dsl import Host, Process, Service, define\n\n\n"
        f"class Web(Service):\n    @define(Process.argv)\n    def _argv(self):\n        {leave}\n\n\n"
        "host = Host(services={'web': Web()})\n",
    )
    ended = modsvc.run("build", "web.py", "--out", "out")
    assert (ended.code, ended.out) == (1, "")
    assert "web.py" in ended.err and leave in ended.err
    assert not (modsvc.folder / "out").exists()


def test_a_reader_that_has_gone_is_no_error(modsvc: Modsvc) -> None:
    """As `modsvc show web.py | head -1`, once the pipe is full."""
    long = 'Meta(maintainers=["x" * 1000] * 300)'
    text = HOST.replace("import Host", "import Host, Meta")
    modsvc.write("web.py", text.replace("Service(process", f"Service(meta={long}, process"))
    process = modsvc.start("show", "web.py")
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=30), err) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told(modsvc: Modsvc) -> None:
    """What was asked for could not be written, which is no mistake of anybody's file."""
    modsvc.write("web.py", HOST)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, "show", "web.py"],
            cwd=modsvc.folder,
            env=modsvc.environment(),
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert done.returncode == 74
    assert done.stderr == b"error: the result cannot be written: No space left on device\n"


def test_closed_streams_swallow_what_is_written(modsvc: Modsvc) -> None:
    """As in `modsvc build ... >&- 2>&-` of a job that nobody reads."""
    modsvc.write("web.py", f"{HOST}print('a word')\n")
    line = f"{sys.executable} -P -m modsvc_dsl build web.py --out out >&- 2>&-"
    done = subprocess.run(["sh", "-c", line], cwd=modsvc.folder, env=modsvc.environment())
    assert done.returncode == 0
    assert (modsvc.folder / "out/manifest.json").exists()


# What fails here is said to lie in a file of the package, which makes it ours.
BUG = """
import sys
import modsvc_dsl.fleet.evaluation as evaluation

code = compile("def fail(*a, **k): raise KeyError('inside')", evaluation.__file__, "exec")
exec(code, vars(evaluation))
evaluation.evaluate = evaluation.fail
from modsvc_dsl.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("trace", [False, True])
def test_a_mistake_of_ours_is_said_to_be_ours(modsvc: Modsvc, trace: bool) -> None:
    """In two lines; with MODSVC_TRACE=1 with all frames."""
    modsvc.write("web.py", HOST)
    done = subprocess.run(
        [sys.executable, "-P", "-c", BUG, "show", "web.py"],
        cwd=modsvc.folder,
        env=modsvc.environment() | ({"MODSVC_TRACE": "1"} if trace else {}),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (70, "")
    assert done.stderr.startswith("error: modsvc failed: KeyError: 'inside'\n  to fix: this is a")
    assert ("Traceback" in done.stderr) == trace
    assert ("MODSVC_TRACE=1 shows where" in done.stderr) != trace
    assert done.stderr.count("\n") == 2 or trace


def test_help_loads_nothing_of_the_library(modsvc: Modsvc) -> None:
    """Neither `--help` nor `VERB --help` waits for the language, for engines or for each other."""
    code = (
        "import sys\nbefore = set(sys.modules)\n"
        "from modsvc_dsl.cli.main import main\nmain(sys.argv[1:])\nloaded = set(sys.modules) - before\n"
        "import json\nprint('\\n' + json.dumps(sorted(loaded)))"
    )
    for arguments in (["--help"], ["build", "--help"]):
        done = subprocess.run(
            [sys.executable, "-P", "-c", code, *arguments],
            env=modsvc.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        modules = set(json.loads(done.stdout.splitlines()[-1]))
        ours = {name for name in modules if name.startswith("modsvc_dsl")}
        verbs = {f"modsvc_dsl.cli.{verb}" for verb in VERBS}
        assert ours & verbs == ({"modsvc_dsl.cli.build"} if "build" in arguments else set())
        assert {name for name in ours if not name.startswith("modsvc_dsl.cli")} == {"modsvc_dsl"}
        assert not modules & {"typeguard", "asyncio", "subprocess", "rich", "tempfile"}


def test_a_build_loads_no_engine(modsvc: Modsvc) -> None:
    """A file whose values our own checks pass is built without typeguard and its like."""
    modsvc.write("web.py", HOST)
    code = (
        "import sys\nbefore = set(sys.modules)\n"
        "from modsvc_dsl.cli.main import main\ncode = main(sys.argv[1:])\n"
        "loaded = set(sys.modules) - before\n"
        "import json\nprint('\\n' + json.dumps([code, *sorted(loaded)]))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "build", "web.py", "--out", "out"],
        cwd=modsvc.folder,
        env=modsvc.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    code, *modules = json.loads(done.stdout.splitlines()[-1])
    assert code == 0
    assert not set(modules) & {"typeguard", "asyncio", "subprocess", "rich", "importlib.metadata"}


def test_completion_is_offered_to_shells(modsvc: Modsvc) -> None:
    """A shell gets its script, and the verbs that begin as typed."""
    script = modsvc.run(environment={"_MODSVC_COMPLETE": "bash_source"})
    assert (script.code, "_MODSVC_COMPLETE=bash_complete" in script.out) == (0, True)
    typed = {"_MODSVC_COMPLETE": "bash_complete", "COMP_WORDS": "modsvc ex", "COMP_CWORD": "1"}
    assert modsvc.run(environment=typed).out == "plain,explain\n"


@pytest.mark.parametrize(
    ("arguments", "settings", "coloured"),
    [
        ([], {}, False),
        (["--color=always"], {}, True),
        (["--color=always"], {"NO_COLOR": "1"}, True),
        (["--color=never"], {}, False),
    ],
)
def test_colour_without_a_terminal(
    modsvc: Modsvc, arguments: list[str], settings: dict[str, str], coloured: bool
) -> None:
    """Only where it is asked for by name."""
    modsvc.write("web.py", HOST)
    ended = modsvc.run("show", "web.py", "nothing", *arguments, environment=settings)
    assert ended.code == 2
    assert ("\x1b[" in ended.err) == coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", ended.err).startswith("error: there is no 'nothing' in")


@pytest.mark.parametrize(
    ("settings", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({}, False),
    ],
)
def test_colour_on_a_terminal(modsvc: Modsvc, settings: dict[str, str], coloured: bool) -> None:
    """Unless NO_COLOR is set and not empty, or the terminal is a simple one."""
    reader, writer = os.openpty()
    try:
        subprocess.run(
            [*COMMAND, "show", "missing.py"],
            cwd=modsvc.folder,
            env=modsvc.environment() | settings,
            stderr=writer,
        )
        written = os.read(reader, 10_000)
    finally:
        os.close(writer)
        os.close(reader)
    assert (b"\x1b[" in written) == coloured
    assert b"missing.py does not exist" in written
