"""Names of units, directives and sections: what `escaping` takes, systemd takes too.

In: names. Out: verdicts. Refuses to know values and services.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from modsvc_dsl.managers.systemd.escaping import (
    directive_name_problem,
    section_name_problem,
    unit_name_problem,
)

needs_analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)

GOOD_UNITS = [
    *("web.service", "web@.service", "web@1.service", "a@b@c.timer", "-.mount", "-.slice"),
    *("a-b.slice", r"dev-sda\x2d1.swap", "a.b.socket", "A:B_.path", "x" * 247 + ".service"),
]
BAD_UNITS = {
    "": "is empty",
    "web": "does not end in a unit type",
    "web.conf": "does not end in a unit type",
    "web.Service": "does not end in a unit type",
    ".service": "nothing before .service",
    "@.service": "begins with @",
    "@x.service": "begins with @",
    "a b.service": "contains U+0020 (space)",
    "a/b.service": "contains '/'",
    "../a.service": "contains '/'",
    "é.service": "contains 'é' (U+00E9)",
    "a\n.service": "contains U+000A (line feed)",
    "a%n.service": "contains '%'",
    "x" * 248 + ".service": "more than 255 characters",
    "a--b.slice": "two in a row",
    "-a.slice": "at an end",
    "a-.slice": "at an end",
    "a@.slice": "no templates",
    "web.service\n": "does not end in a unit type",
    "\ud800.service": "contains U+D800",
}


# What can be a file's name; systemd-analyze takes a colon in it for two names.
FILE_NAMES = [
    *("a.b@c@d.target", r"a\x2d@.target"),
    *(
        n
        for n in (*GOOD_UNITS, *BAD_UNITS)
        if n and len(n) < 256 and not re.search("[/:\ud800]", n)
    ),
]


@pytest.mark.parametrize("name", GOOD_UNITS)
def test_names_of_units(name: str) -> None:
    assert unit_name_problem(name) is None


@pytest.mark.parametrize(("name", "problem"), BAD_UNITS.items())
def test_names_that_no_unit_has(name: str, problem: str) -> None:
    assert problem in (unit_name_problem(name) or "accepted")


@pytest.mark.needs_systemd
@needs_analyze
@pytest.mark.parametrize("name", FILE_NAMES)
def test_systemd_agrees_about_names(name: str, tmp_path: Path) -> None:
    """Its check of a file refuses a badly named one, whatever is in it."""
    content = "[Unit]\nDescription=x\n"
    if not name.endswith((".slice", ".target")):
        content += "[Service]\nExecStart=/bin/true\n[Timer]\nOnBootSec=1\n"
        content += "[Socket]\nListenStream=1\n[Swap]\nWhat=/dev/sda-1\n[Mount]\nWhere=/\nWhat=/x\n"
    (tmp_path / name).write_text(content)
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no"]
    result = subprocess.run([*command, str(tmp_path / name)], capture_output=True, check=False)
    message = result.stderr.decode(errors="replace")
    refused = bool(
        re.search("Failed to prepare filename|failed to load properly|load unit", message)
    )
    assert refused == (unit_name_problem(name) is not None), message


@pytest.mark.parametrize("problem", [directive_name_problem, section_name_problem])
def test_names_of_directives_and_sections(problem: Callable[[str], str | None]) -> None:
    for name in ("ExecStart", "X-Custom", "IPAddressAllow", "X-Section", "A1"):
        assert problem(name) is None
    for name in ("", "A B", "A=B", "A]", "[A", "#A", ";A", "A\n", "-A", "1A", "É", "A.B", "A\n[B]"):
        assert "use letters, digits and -, a letter first" in (problem(name) or "")
