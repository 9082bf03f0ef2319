"""Directories of a service: asked for, named, with a mode, and their paths read back."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import (
    Directories,
    Directory,
    Host,
    Process,
    Service,
    SystemdManager,
    check,
    data,
    default,
    define,
    evaluate,
    force,
    history,
)
from modsvc_dsl.services.groups.directories import KINDS
from modsvc_dsl.services.placement import FOLDERS
from tests.services.saying import ARGV, on_host, running, said, said_of


def having(directories: Directories, **options: Any) -> Service:
    """A service with directories."""
    return Service(process=Process(argv=ARGV), directories=directories, **options)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_lies_in_the_folder_of_its_kind(kind: str) -> None:
    """Named as the service unless said, with or without a manager."""
    asked: dict[str, Any] = {kind: Directory()}
    for result in (on_host(having(Directories(**asked))), evaluate(having(Directories(**asked)))):
        name = "it" if result.__node__.path else "service"
        directory = getattr(result.directories, kind)
        assert directory.path == f"{FOLDERS[kind]}/{name}"
        assert directory.permissions == (0o755 if kind == "configuration" else 0o700)


def test_the_name_is_that_of_the_place_in_the_tree() -> None:
    """So two instances of one class never meet."""
    inner = having(Directories(state=Directory()))
    host = evaluate(Host(services={"a": Service(services={"b": inner}), "c": inner}))
    assert host.services["a"].services["b"].directories.state.path == "/var/lib/a-b"
    assert host.services["c"].directories.state.path == "/var/lib/c"


def test_to_write_a_directory_is_to_ask_for_it() -> None:
    """An instance says so by being there; a keyword, a default or a force says otherwise."""
    assert on_host(having(Directories(logs=Directory()))).directories.logs.enable
    quiet = having(Directories(logs=Directory(enable=False, mode=0o711)))
    assert not on_host(quiet).directories.logs.enable
    mixin = Service(directories=Directories(state=default(Directory(name="a"))))
    both = having(Directories(state=Directory(name="b")), imports=[mixin])
    assert on_host(both).directories.state.path == "/var/lib/b"
    off = Directories(state=force(Directory(enable=False)))
    without = Service(directories=off, imports=[both])
    assert not on_host(without).directories.state.enable


def test_a_path_that_nobody_has_is_told_to_its_reader() -> None:
    """The message names the directory, the reader and what to write."""

    class Reader(Service):
        @define(Process.argv)
        def _run(self) -> list[str]:
            return ["/usr/bin/app", self.directories.cache.path]

    (message,) = said_of(web=Reader())
    assert message == (
        "`services.web.directories.cache` is not switched on, so that it has no path\n"
        "  needed by `services.web.process.argv` at test_directories.py\n"
        '      return ["/usr/bin/app", self.directories.cache.path]\n'
        "  to fix: write directories=Directories(cache=Directory()) in the service"
    )


def test_results_hold_the_paths_that_there_are() -> None:
    """As data, in a pickle and in a history; what is not asked for has none."""
    result = on_host(having(Directories(state=Directory(subdirectories=["data"]))))
    assert data(result.directories.state) == {
        **{"enable": True, "name": None, "subdirectories": ["data"], "mode": None},
        "path": "/var/lib/it",
    }
    assert "path" not in data(result.directories.cache)
    assert pickle.loads(pickle.dumps(result)).directories.state.path == "/var/lib/it"
    assert history(result, "directories.cache.path") == ()


def test_what_is_said_of_no_directory_is_refused() -> None:
    """A dict asks for nothing by itself, and no runtime directory can stay that is not there."""
    mode: Any = {"mode": 0o711}  # which checkers refuse
    one, other = said(
        lambda: check(
            evaluate(
                Service(
                    process=Process(argv=ARGV),
                    imports=[
                        Service(directories=Directories(runtime_stays="over-restarts")),
                        Service(directories=Directories(state=mode)),
                    ],
                )
            )
        )
    )
    assert sorted([one.splitlines()[0], other.splitlines()[0]]) == [
        "`directories.runtime_stays` says the stay of a directory that is not switched on",
        "`directories.state` says the mode of a directory that is not switched on",
    ]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "is empty"),
        ("/srv", "is absolute, and the host has a folder for it"),
        ("a/../../b", "leads out of its folder"),
        ("a//b", "has an empty step or a dot in it"),
        ("private", "begins with private, which is where managers hide folders from other users"),
        ("private/a", "begins with private, which is where managers hide folders from other users"),
        ("a b", "has ' ' in it; letters, digits and _.@+- are allowed"),
        ("a:b", "has ':' in it; letters, digits and _.@+- are allowed"),
        ("%n", "has '%' in it; letters, digits and _.@+- are allowed"),
        ("-a", "begins with a -"),
        ("a" * 256, "is too long: a step can have 255 bytes"),
    ],
)
def test_a_name_stays_in_its_folder(name: str, why: str) -> None:
    """The advice says what is wrong with it."""
    (message,) = said_of(web=having(Directories(state=Directory(name=name))))
    expected = 'expects the name of a folder, such as "app" or "app/data", or None'
    assert message.startswith(f"`services.web.directories.state.name` {expected}\n  found ")
    assert message.endswith(f"\n  to fix: write another one: it {why}")


@pytest.mark.parametrize("mode", [755, 700, 777, 750, -1, 0o10000, True, "0755", 0.5, None])
def test_a_mode_is_octal(mode: Any) -> None:
    """755 without its 0o is told apart from all modes that somebody could mean."""
    directory = Directory(mode=mode)
    if mode is None:
        assert on_host(having(Directories(state=directory))).directories.state.mode is None
        return
    (message,) = said_of(web=having(Directories(state=directory)))
    assert "expects permission bits, such as 0o750, or None" in message
    if mode in (755, 700, 777, 750, "0755"):
        advice = "\n  to fix: write 0o{}: modes are octal numbers".format(str(mode).lstrip("0"))
        assert message.endswith(advice)


@given(st.integers(0, 0o777) | st.sampled_from([0o1777, 0o2750, 0o2770, 0o2755, 0o4755, 0o1770]))
def test_every_mode_that_somebody_could_mean_is_taken(mode: int) -> None:
    """All permissions, and those with the bits above them that are in use."""
    result = evaluate(having(Directories(state=Directory(mode=mode))))
    assert result.directories.state.permissions == mode


def test_a_service_without_directories_computes_none() -> None:
    """What nobody asks for costs no service anything."""
    result = check(evaluate(Host(services={"it": running()}))).services["it"]
    node = result.__node__
    numbers = {s.index for s in node.shape.slots if s.path[0] == "directories"}
    assert len(numbers) > 20
    assert not {slot.index for slot in node.touch.slots} & numbers


def test_a_user_s_manager_knows_no_path() -> None:
    """Each user has a home of its own, so that reading it is refused with what to do."""
    manager = SystemdManager(scope="user")
    host = evaluate(Host(manager=manager, services={"it": having(Directories(state=Directory()))}))
    (message,) = said(lambda: host.services["it"].directories.state.path)
    assert message.startswith("`services.it.directories.state` has no path that is known: ")
