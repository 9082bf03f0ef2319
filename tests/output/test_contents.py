"""Trees that cannot be written are refused whole, each with its reason and source."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modsvc_dsl.managers.tree import File, Link, Origin, Tree
from modsvc_dsl.output.contents import refuse_unsafe, unsafe_path
from modsvc_dsl.output.errors import LISTED, UnsafeTrees
from tests.output.trees import FIRST, SECOND, fleets

OUT = Path("/srv/out")


def refused(trees: dict[str, Tree]) -> UnsafeTrees:
    with pytest.raises(UnsafeTrees) as caught:
        refuse_unsafe(trees, OUT)
    return caught.value


def test_ordinary_trees_pass() -> None:
    refuse_unsafe(FIRST, OUT)
    refuse_unsafe(SECOND, OUT)
    refuse_unsafe({}, OUT)


@settings(deadline=None)  # other work on the machine is no failure
@given(fleets)
def test_every_drawn_fleet_passes(trees: dict[str, Tree]) -> None:
    refuse_unsafe(trees, OUT)


def test_the_whole_message_names_all_hosts_and_paths_and_their_sources() -> None:
    error = refused(
        {
            "..": {},
            "web1": {
                "../../root/.ssh/authorized_keys": File(b"", ("web",), (Origin("site.py", 12),)),
                "/etc/passwd": File(b""),
                "etc/a": Link("../../../etc/shadow", (), (Origin("site.py", 20),)),
            },
        }
    )
    assert str(error) == (
        "cannot build into /srv/out: 4 problems in the trees, so nothing was written\n"
        "    host '..': '..' is no name: it would leave its folder or stay in it\n"
        "    host 'web1', path '../../root/.ssh/authorized_keys': '..' is no name: it would leave"
        " its folder or stay in it (from site.py:12)\n"
        "    host 'web1', path '/etc/passwd': it is absolute\n"
        "    host 'web1', path 'etc/a': its target '../../../etc/shadow' leaves the host's root"
        " (from site.py:20)\n"
        "to fix: link relative to the link's own folder and inside the host's root,"
        " or to /dev/null\n"
        "to fix: use plain names: no '/', no '.' or '..', nothing unprintable, at most 255 bytes\n"
        "to fix: write paths relative to the host's root, such as etc/systemd/system/web.service"
    )


@pytest.mark.parametrize(
    ("host", "what"),
    [
        ("", "the name is empty"),
        (".", "'.' is no name: it would leave its folder or stay in it"),
        ("..", "'..' is no name: it would leave its folder or stay in it"),
        ("/etc", "'/' is in it: it would leave its folder"),
        ("a/../b", "'/' is in it: it would leave its folder"),
        ("a\0b", "a control character is in it: U+0000"),
        ("a\nb", "a control character is in it: U+000A"),
        ("a\u2028b", "a line break is in it: U+2028"),
        ("a\udcffb", "half of a character is in it: U+DCFF"),
        ("é" * 128, "a name in it has 256 bytes, more than 255"),
        ("manifest.json", "the manifest has this name"),
    ],
)
def test_a_host_that_is_no_folder_name(host: str, what: str) -> None:
    (problem,) = refused({host: {}}).problems
    assert (problem.host, problem.path, problem.what) == (host, None, what)


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("", "it is empty"),
        ("/", "it is absolute"),
        ("/etc/a", "it is absolute"),
        ("..", "'..' is no name: it would leave its folder or stay in it"),
        ("etc/../../a", "'..' is no name: it would leave its folder or stay in it"),
        ("./a", "'.' is no name: it would leave its folder or stay in it"),
        ("etc//a", "a name in it is empty"),
        ("etc/a/", "a name in it is empty"),
        ("etc/a\0", "a control character is in it: U+0000"),
        ("d/" * 100 + "a", "it has 101 levels, more than 100"),
        ("etc/" + "x" * 256, "a name in it has 256 bytes, more than 255"),
    ],
)
def test_a_path_that_leaves_its_host_or_that_no_disk_holds(path: str, what: str) -> None:
    (problem,) = refused({"web1": {path: File(b"")}}).problems
    assert (problem.path, problem.what) == (path, what)


@pytest.mark.parametrize("entry", [File(b""), Link("x")])
def test_a_path_below_a_file_or_a_link(entry: File | Link) -> None:
    kind = "file" if isinstance(entry, File) else "link"
    (problem,) = refused({"h": {"etc": entry, "etc/a/b": File(b"")}}).problems
    assert problem.path == "etc/a/b"
    assert problem.what == f"it lies below 'etc', which is a {kind}"


@pytest.mark.parametrize(
    ("mode", "what"),
    [
        (0o4755, "mode 0o4755 is no set of permission bits"),
        (-1, "mode -0o1 is no set of permission bits"),
        (0o044, "mode 0o44 leaves its owner unable to read it"),
    ],
)
def test_a_mode_that_is_refused(mode: int, what: str) -> None:
    (problem,) = refused({"h": {"a": File(b"", mode=mode)}}).problems
    assert problem.what == what


@pytest.mark.parametrize("target", ["b", "../b", "./c/../b", "/dev/null", "../../etc/a/b"])
def test_a_link_inside_the_host_passes(target: str) -> None:
    refuse_unsafe({"h": {"etc/a/link": Link(target)}}, OUT)


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("", "it links to nothing"),
        ("/etc/passwd", "its target '/etc/passwd' is absolute"),
        ("/dev/null/../sda", "its target '/dev/null/../sda' is absolute"),
        ("../../../b", "its target '../../../b' leaves the host's root"),
        ("../../../h/etc/b", "its target '../../../h/etc/b' leaves the host's root"),
        ("a\0", "in its target, a control character is in it: U+0000"),
        ("a/" * 2048, "its target has 4096 bytes, more than 4095"),
    ],
)
def test_a_link_that_leaves_the_host(target: str, what: str) -> None:
    (problem,) = refused({"h": {"etc/a/link": Link(target)}}).problems
    assert problem.what == what


def test_a_thousand_problems_are_counted_and_some_listed() -> None:
    error = refused({"h": {f"../{n:04}": File(b"") for n in range(1000)}})
    assert len(error.problems) == 1000
    assert len(error.found) == LISTED + 1
    assert error.found[-1] == f"... and {1000 - LISTED} more"


@settings(deadline=None)  # other work on the machine is no failure
@given(st.text(st.sampled_from("./a\0 "), max_size=8))
def test_what_passes_stays_below_its_folder(path: str) -> None:
    if unsafe_path(path) is None:
        assert "\0" not in path
        joined = PurePosixPath("/x") / path
        assert ".." not in joined.parts and joined.parts[:2] == ("/", "x") and len(joined.parts) > 2
