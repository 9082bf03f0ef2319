"""Mistakes in code that lies in no file, or whose file says less than it should.

In: programs for `python -c`, for the prompt, for exec and for notebooks. Out: the whole message of
each. Refuses to know what Python itself prints around it.
"""

from __future__ import annotations

import linecache
import os
import subprocess
import sys
from pathlib import Path

import pytest

from modsvc_dsl import Mistake, Mistakes

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """\
from modsvc_dsl import Mistakes, Module, check, evaluate, option


class Web(Module):
    port: int = option()
    hosts: dict[str, int] = option(default={})


try:
    check(evaluate(Web(
        hosts={
            "docs": "80",
        },
    )))
except Mistakes as error:
    print(error)
"""


def run(*command: str, text: str = "", **environment: str) -> str:
    """What a Python process prints, its standard error left out."""
    done = subprocess.run(
        [sys.executable, *command],
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    return done.stdout.rstrip("\n")


def raised_by(source: str, file: str) -> str:
    """The message of the mistake that a source raises when it is run under the name of a file."""
    with pytest.raises((Mistake, Mistakes)) as caught:
        exec(compile(source, file, "exec", dont_inherit=True), {"__name__": "here"})
    return str(caught.value)


KEEPS_TEXT = sys.version_info >= (3, 13)
"""Does Python keep the text of what lies in no file? It names statements at the prompt then, too."""


def kept(line: str) -> str:
    """A line of the source as a message shows it, if Python keeps it."""
    return f"      {line}\n" if KEEPS_TEXT else ""


def test_a_program_on_the_command_line() -> None:
    """`python -c` has lines, and before 3.13 no text to show."""
    assert run("-c", PROGRAM) == (
        "`port` has no value: it needs an integer\n"
        "  declared by Web at <string>:5\n"
        + kept("port: int = option()")
        + "  not given where its module is written at <string>:10\n"
        + kept("check(evaluate(Web(")
        + "  to fix: write Web(port=...), or port = ... in a subclass, or give it a default\n"
        "\n"
        "`hosts.docs` expects an integer\n"
        "  found '80' (a string)\n"
        + (f"  defined at <string>:{12 if KEEPS_TEXT else 10}\n" + kept('"docs": "80",'))
        + "  to fix: write 80 without quotes\n"
        "\n"
        "2 mistakes"
    )


def test_the_prompt() -> None:
    """What is typed at the prompt has the lines of its statement."""
    typed = (
        "from modsvc_dsl import Module, check, evaluate, option\n"
        "class Web(Module):\n"
        "    port: int = option()\n"
        "\n"
        "try:\n"
        "    check(evaluate(Web(port='80')))\n"
        "except Exception as error:\n"
        "    print(error)\n"
        "\n"
        "try:\n"
        "    evaluate(Web()).prot\n"
        "except Exception as error:\n"
        "    print(error)\n"
        "\n"
    )
    first, second = ("<stdin>-2", "<stdin>-3") if KEEPS_TEXT else ("<stdin>", "<stdin>")
    assert run("-i", "-q", text=typed) == (
        "`port` expects an integer\n"
        "  found '80' (a string)\n"
        f"  defined at {first}:2\n"
        + kept("check(evaluate(Web(port='80')))")
        + "  to fix: write 80 without quotes\n"
        "`prot` is no option of Web\n"
        f"  read at {second}:2\n" + kept("evaluate(Web()).prot") + "  to fix: did you mean `port`?"
    )


def test_a_program_without_columns(tmp_path: Path) -> None:
    """Where Python keeps no columns, a call has the line on which it begins."""
    file = tmp_path / "user.py"
    file.write_text(PROGRAM)
    told = run(str(file), PYTHONNODEBUGRANGES="1").replace(str(tmp_path), "")
    assert "  declared by Web at /user.py:5\n      port: int = option()\n" in told
    assert "  defined at /user.py:10\n      check(evaluate(Web(\n" in told


def test_generated_source() -> None:
    """Source run by exec has the file name that it was compiled under."""
    source = "from modsvc_dsl import Module, option\n\n\nclass Web(Module):\n    port = option()\n"
    assert raised_by(source, "<generated web>") == (
        "Web.port is an option without a type\n"
        "  written at <generated web>:5\n"
        "  to fix: write port: <type> = option(...)"
    )


def test_a_notebook() -> None:
    """A cell of a notebook has its text in the line cache, and is read from there."""
    name = "<ipython-input-7>"
    source = (
        "from modsvc_dsl import Module, check, evaluate, option\n"
        "class Web(Module):\n"
        "    hosts: dict[str, int] = option(default={})\n"
        "check(evaluate(Web(\n"
        "    hosts={\n"
        "        'docs': '80',\n"
        "    },\n"
        ")))\n"
    )
    linecache.cache[name] = (len(source), None, [*source.splitlines(True)], name)
    try:
        assert raised_by(source, name) == (
            "`hosts.docs` expects an integer\n"
            "  found '80' (a string)\n"
            "  defined at <ipython-input-7>:6\n"
            "      'docs': '80',\n"
            "  to fix: write 80 without quotes"
        )
    finally:
        del linecache.cache[name]


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    """A file that was removed after it was read still has its name and lines."""
    file = tmp_path / "gone.py"
    told = raised_by(PROGRAM.replace("except Mistakes", "except ZeroDivisionError"), str(file))
    assert f"  declared by Web at {file}:5\n  not given" in told


def test_a_file_that_has_changed(tmp_path: Path) -> None:
    """A file that is no Python any more still has the lines that were known."""
    file = tmp_path / "changed.py"
    file.write_text("class Web(\n" * 40)
    told = raised_by(PROGRAM.replace("except Mistakes", "except ZeroDivisionError"), str(file))
    assert f"  defined at {file}:10\n" in told


def test_a_module_without_a_name() -> None:
    """Code whose globals say no name is located like any other."""
    source = "from modsvc_dsl import Module\nclass Web(Module):\n    port: int = 80\n"
    with pytest.raises(Mistake) as caught:
        exec(compile(source, "<no name>", "exec", dont_inherit=True), {})
    assert "  written at <no name>:3\n" in str(caught.value)
