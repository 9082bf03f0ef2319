"""Rules of tmpfiles.d and sysusers.d: lines that systemd reads back as what was said."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from modsvc_dsl import SysusersRule, TmpfilesRule, check, evaluate, specifiers
from modsvc_dsl.managers.systemd.rules import sysusers_line, tmpfiles_line
from tests.services.saying import said

needs_tmpfiles = pytest.mark.skipif(
    shutil.which("systemd-tmpfiles") is None, reason="there is no systemd-tmpfiles"
)
needs_sysusers = pytest.mark.skipif(
    shutil.which("systemd-sysusers") is None, reason="there is no systemd-sysusers"
)


def line_of(**options: Any) -> str:
    """The line of a rule of tmpfiles.d."""
    return tmpfiles_line(check(evaluate(TmpfilesRule(**options))))


def user_line(**options: Any) -> str:
    """The line of a rule of sysusers.d."""
    return sysusers_line(check(evaluate(SysusersRule(**options))))


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"type": "d", "path": Path("/run/web")}, 'd "/run/web" - - - -'),
        (
            {
                **{"type": "d", "path": Path("/srv/a b"), "mode": 0o750, "user": "web"},
                **{"group": "web", "age": "10d"},
            },
            'd "/srv/a b" 0750 web web 10d',
        ),
        ({"type": "f", "path": Path("/a%b"), "argument": "1%"}, 'f "/a%%b" - - - - 1%%'),
        (
            {"type": "f+", "path": Path('/a"b\\c'), "argument": " two\nlines\\ "},
            'f+ "/a\\"b\\\\c" - - - - \\x20two\\x0alines\\x5c\\x20',
        ),
        ({"type": "L", "path": Path("/a"), "argument": "/b c"}, 'L "/a" - - - - /b c'),
        ({"type": "h", "path": Path("/a"), "argument": "+C"}, 'h "/a" - - - - +C'),
    ],
)
def test_the_line_of_a_file(options: dict[str, Any], line: str) -> None:
    """The path is one word, the argument is the rest; `%` is a character like any other."""
    assert line_of(**options) == line


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"type": "u", "name": "web"}, "u web - - - -"),
        (
            {
                **{"type": "u", "name": "web", "id": "950:950", "description": "The 1% web"},
                **{"home": Path("/srv/web"), "shell": Path("/bin/sh")},
            },
            'u web 950:950 "The 1%% web" "/srv/web" "/bin/sh"',
        ),
        ({"type": "g", "name": "web"}, "g web -"),
        ({"type": "m", "name": "web", "id": "video"}, "m web video"),
        ({"type": "r", "id": "500-900"}, "r - 500-900"),
    ],
)
def test_the_line_of_a_user(options: dict[str, Any], line: str) -> None:
    """What is not said is a dash; only users have a description, a home and a shell."""
    assert user_line(**options) == line


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        (TmpfilesRule(type="w", path=Path("/a")), "argument is missing"),
        (TmpfilesRule(type="f", path=Path("/a"), argument="a\0b"), "argument has a NUL in it"),
        (TmpfilesRule(type="h", path=Path("/a"), argument="a\nb"), "its character 1 is U+000A"),
        (TmpfilesRule(type="h", path=Path("/a"), argument=" a"), "argument is ' a'"),
        (SysusersRule(type="u"), "name does not go with type u"),
        (SysusersRule(type="r", name="a", id="1-2"), "name does not go with type r"),
        (SysusersRule(type="m", name="a"), "id is missing"),
        (SysusersRule(type="g", name="a", home=Path("/a")), "type is g"),
        (SysusersRule(type="u", name="a", id="/a\ud800"), "id has"),
        (SysusersRule(type="u", name="a.b"), "name 'a.b' is none"),
        (SysusersRule(type="g", name="0"), "name '0' is none"),
        (SysusersRule(type="u", name="a", id="1e5"), "id is '1e5'"),
        (SysusersRule(type="u", name="a", id="007"), "id is '007'"),
        (SysusersRule(type="m", name="a", id="0:0"), "id is '0:0'"),
        (SysusersRule(type="r", id="a"), "id is 'a'"),
        (SysusersRule(type="u", name="a", description="a\tb"), "description is 'a\\tb'"),
        (TmpfilesRule(type="f", path=Path("/a"), argument="x" * 4096), "argument has more"),
        (SysusersRule(type="u", name="a", description="a:b"), "description is 'a:b'"),
        (SysusersRule(type="u", name="a", description='a"b'), "description is 'a\"b'"),
        (SysusersRule(type="u", name="a", home=Path("/a:b")), "path is '/a:b'"),
    ],
)
def test_what_no_line_can_say(rule: Any, what: str) -> None:
    """A mistake with the rule's own line, and what to write instead."""
    (message,) = said(lambda: check(evaluate(rule)))
    assert what in message and "written at test_rules.py" in message and "\n  to fix: " in message


@pytest.mark.parametrize(
    "options",
    [
        {"type": "d\n"},
        {"type": "dd"},
        {"path": Path("a")},
        {"path": Path("/a\nb")},
        {"mode": 0o10000},
        {"mode": 755},
        {"mode": -1},
        {"user": "a b"},
        {"group": "a:b"},
        {"age": "1d -"},
        {"age": "-1d"},
    ],
)
def test_each_part_is_one_word(options: dict[str, Any]) -> None:
    """What could say more than its place in the line is refused by its type."""
    with pytest.raises(Exception, match="expects"):
        line_of(**{"type": "d", "path": Path("/a"), **options})


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
STEPS = st.text(
    st.characters(exclude_characters="\0/\u2028\u2029", exclude_categories=["Cs", "Cc"]),
    min_size=1,
    max_size=8,
)


@needs_tmpfiles
@settings(max_examples=60, deadline=None)
@given(STEPS.filter(lambda step: step not in (".", "..")), TEXTS.filter(bool))
@example("a", "-")
@example("%n", "%n \\x41 \"q\" 'r' \t")
@example('a"b\\', " lead and trail ")
@example("a # b", "#no comment\nf /other - - - - x")
def test_systemd_makes_the_file_that_was_said(step: str, content: str) -> None:
    """Whatever is in its name and its content, there is this one file, and no other."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "root")
        root.mkdir()
        try:
            line = line_of(type="f", path=Path("/", step), argument=content)
        except Exception as refused:
            assert "no character" in str(refused) or "noncharacter" in str(refused)
            return
        conf = Path(folder, "modsvc.conf")
        conf.write_text(f"{line}\n", encoding="utf-8")
        command = ["systemd-tmpfiles", "--create", f"--root={root}", str(conf)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        made = [file for file in root.rglob("*") if file.is_file()]
        assert made == [root / step]
        assert made[0].read_bytes() == content.encode()


@needs_tmpfiles
def test_systemd_expands_what_is_written_as_a_specifier(tmp_path: Path) -> None:
    """In a path and in a content; the text beside it stays as it is."""
    release = os.uname().release
    root = tmp_path / "root"
    root.mkdir()
    rule = line_of(
        type="f", path=specifiers("/%v") + "-%v", argument="%v: " + specifiers("%v\n50%%")
    )
    (tmp_path / "modsvc.conf").write_text(f"{rule}\n")
    command = ["systemd-tmpfiles", "--create", f"--root={root}", str(tmp_path / "modsvc.conf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (root / f"{release}-%v").read_text() == f"%v: {release}\n50%"


@needs_sysusers
def test_systemd_makes_the_users_that_were_said(tmp_path: Path) -> None:
    """With their names, homes and shells as they were written."""
    conf = tmp_path / "modsvc.conf"
    rules = [
        user_line(type="g", name="web", id="951"),
        user_line(
            type="u",
            name="ann",
            id="952",
            description="Ann, the 1%",
            home=Path("/srv/a b%"),
            shell=Path("/bin/sh"),
        ),
        user_line(type="m", name="ann", id="web"),
    ]
    conf.write_text("".join(f"{rule}\n" for rule in rules))
    root = tmp_path / "root"
    (root / "etc").mkdir(parents=True)
    command = ["systemd-sysusers", f"--root={root}", str(conf)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ann:x:952:952:Ann, the 1%:/srv/a b%:/bin/sh" in (root / "etc/passwd").read_text()
    assert "web:x:951:ann" in (root / "etc/group").read_text()
