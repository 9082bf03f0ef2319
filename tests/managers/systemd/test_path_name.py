"""Paths and instances as names of units: what systemd-escape makes of them."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from modsvc_dsl.managers.systemd.path_name import escaped, path_name

PROGRAM = shutil.which("systemd-escape")
needs_systemd = pytest.mark.skipif(PROGRAM is None, reason="there is no systemd-escape")
TEXTS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12
)


def ask(*arguments: str) -> str:
    """What systemd-escape says."""
    done = subprocess.run(["systemd-escape", *arguments], capture_output=True, check=True)
    return done.stdout.decode("utf-8").removesuffix("\n")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "-"),
        ("/srv", "srv"),
        ("/srv/", "srv"),
        ("//srv//a/./b", "srv-a-b"),
        ("/srv/a-b", "srv-a\\x2db"),
        ("/.hidden", "\\x2ehidden"),
        ("/a/.b", "a-.b"),
        ("/mnt/a b", "mnt-a\\x20b"),
        ("/é", "\\xc3\\xa9"),
    ],
)
def test_the_name_of_a_path(path: str, name: str) -> None:
    """A slash is a dash, and a dash is written out."""
    assert path_name(path) == name


@pytest.mark.parametrize("path", ["", "srv", "./srv", "/srv/../etc", "/.."])
def test_what_has_no_name(path: str) -> None:
    """A path that is relative, or leads upwards."""
    with pytest.raises(ValueError, match=r"; (?:begin it with a /|write the path that is meant)$"):
        path_name(path)


@needs_systemd
@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS.filter(lambda step: "/" not in step and step not in (".", "..")), max_size=4))
@example(["a", "-", "\\x2d"])
def test_systemd_names_paths_alike(steps: list[str]) -> None:
    """Whatever is in them, systemd's own program finds the same name."""
    path = "/" + "/".join(steps)
    assert path_name(path) == ask("--path", "--", path)


@needs_systemd
@settings(max_examples=60, deadline=None)
@given(TEXTS)
@example(".a/b")
def test_systemd_escapes_instances_alike(text: str) -> None:
    """And it finds the text in the name again, which is what %I stands for."""
    assert escaped(text) == ask("--", text)
    if "\n" not in text:
        assert ask("--unescape", "--", escaped(text)) == text
