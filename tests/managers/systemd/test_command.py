"""Command lines in systemd's own syntax."""

from __future__ import annotations

import pytest

from modsvc_dsl import Process, Service, systemd
from modsvc_dsl.managers.systemd.command import CommandLine
from tests.managers.systemd.reading import ARGV, texts, unit_of
from tests.services.saying import said_of


@pytest.mark.parametrize(
    "line", ["/bin/x", "/bin/x $A ${B} 'c d'", "-/bin/x", "@/bin/x argv0", "!/bin/x", "é"]
)
def test_a_line_is_written_as_it_is(line: str) -> None:
    """Prefixes, specifiers and variables are systemd's to read."""
    service = Service(process=Process(argv=ARGV), imports=[systemd(main_exec_start=line)])
    assert texts(unit_of(service), "ExecStart") == [line]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "write a command"),
        ("--flag", "each element of a list is one, so write the arguments into it"),
        ("/bin/x\nUser=root", "its character 6 is U+000A (line feed)"),
        ("/bin/x \\", "it ends in a backslash, which joins the next line"),
        ("/bin/x \0", "its character 7 is U+0000 (NUL)"),
    ],
)
def test_a_line_that_is_none_is_refused_where_it_is_written(line: str, why: str) -> None:
    """With the option's path, and what systemd would not take."""
    short = systemd(main_exec_start=line)
    (message,) = said_of(web=Service(process=Process(argv=ARGV), imports=[short]))
    lines = message.split("\n")
    assert lines[:4] == [
        "`services.web.systemd.main_exec_start` expects a command line in systemd's syntax",
        f"  found {line!r} (a string)",
        "  defined at test_command.py",
        "      short = systemd(main_exec_start=line)",
    ]
    assert lines[4].startswith("  to fix: ") and why in lines[4]


def test_anything_but_text_is_refused() -> None:
    """A command line is one text, process.argv is the list."""
    assert not CommandLine().accepts(["/bin/x"])
    assert CommandLine().hint(["/bin/x"]).startswith("join its items")
