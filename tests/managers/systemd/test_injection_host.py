"""No text in what a host says becomes another line, another file, or an error of ours.

As in `test_injection`, for units of all types, instances, rules of tmpfiles.d and sysusers.d, variables
for all services, and settings: a build is refused in words fit for a terminal, or its files have exactly
the lines that they have for a harmless text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings

from modsvc_dsl import (
    File,
    HostSystemd,
    Link,
    Mistake,
    Mistakes,
    SystemdHost,
    SystemdManager,
    SysusersRule,
    TmpfilesRule,
    Unit,
    build,
    evaluate,
    specifiers,
)
from modsvc_dsl.managers.tree import Tree
from tests.managers.systemd.hostile import HOSTILE, nasty

EXAMPLES = 180
"""For each field; with those of `test_injection` they are more than five thousand."""

BREAK = re.compile("[\0-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
RUN: Any = {"ExecStart": ["/bin/a"]}

Say = Callable[[str], dict[str, Any]]


def tmpfile(**options: Any) -> dict[str, Any]:
    """A host with a rule of tmpfiles.d."""
    said: dict[str, Any] = {"type": "f", "path": Path("/a"), **options}
    return {"tmpfiles": [TmpfilesRule(**said)]}


def sysuser(**options: Any) -> dict[str, Any]:
    """A host with a rule of sysusers.d."""
    said: dict[str, Any] = {"type": "u", "name": "a", **options}
    return {"sysusers": [SysusersRule(**said)]}


def service(**options: Any) -> dict[str, Any]:
    """A host with a service unit of its own."""
    said: dict[str, Any] = {"service": RUN, **options}
    return {"services": {"a": Unit(**said)}}


def keyed(option: str) -> Say:
    """A host with a unit that has a text for its key."""
    return lambda text: {option: {text: Unit(judged=False)}}


TEXTS: dict[str, tuple[Say, str]] = {
    "variable": (lambda t: {**service(), "environment": {"A": t}}, "b"),
    "variable beside a specifier": (
        lambda t: {**service(), "environment": {"A": specifiers("%H") + t}},
        "b",
    ),
    "path of a rule below a specifier": (lambda t: tmpfile(path=specifiers("/%b") / t), "b"),
    "content beside a specifier": (lambda t: tmpfile(argument=t + specifiers("%b")), "b"),
    "full name beside a specifier": (lambda t: sysuser(description=t + specifiers("%b")), "b"),
    "path of a mount's source": (
        lambda t: {
            "mounts": {"a": Unit(mount={"What": "/" + t + specifiers("%H"), "Where": "/a"})}
        },
        "b",
    ),
    "variable of the manager": (lambda t: {"settings": {"DefaultEnvironment": [f"A={t}"]}}, "b"),
    "name of a variable": (lambda t: {**service(), "environment": {t: "a"}}, "B"),
    "setting": (lambda t: {"settings": {"LogLevel": t}}, "info"),
    "name of a setting": (lambda t: {"settings": {t: "info"}}, "LogTarget"),
    "path of a rule": (lambda t: tmpfile(path=Path(t)), "/b"),
    "content of a file": (lambda t: tmpfile(argument=t), "b"),
    "attribute of a file": (lambda t: tmpfile(type="h", argument=t), "+C"),
    "attribute with a specifier": (lambda t: tmpfile(type="t", argument=t), "user.a=b"),
    "type of a rule": (lambda t: tmpfile(type=t), "d"),
    "owner": (lambda t: tmpfile(user=t), "b"),
    "group": (lambda t: tmpfile(group=t), "b"),
    "age": (lambda t: tmpfile(age=t), "1d"),
    "name of a user": (lambda t: sysuser(name=t), "b"),
    "number of a user": (lambda t: sysuser(id=t), "950"),
    "full name": (lambda t: sysuser(description=t), "B b"),
    "home": (lambda t: sysuser(home=Path(t)), "/b"),
    "shell": (lambda t: sysuser(shell=Path(t)), "/b"),
    "directive of a unit": (lambda t: service(unit={"Description": t}), "b"),
    "extra": (lambda t: service(extra={"X-A": {"B": t}}), "b"),
    "directive of a drop-in": (
        lambda t: service(service={"SyslogIdentifier": t}, drop_in=True),
        "b",
    ),
}
"""What a host says with a text in it, and a harmless one."""

NAMES: dict[str, tuple[Say, str]] = {
    **{
        option: (keyed(option), "b")
        for option in ("services", "sockets", "timers", "paths", "targets", "slices")
    },
    "mount": (lambda t: {"mounts": {"a": Unit(mount={"What": "/a", "Where": t})}}, "/b"),
    "automount": (lambda t: {"automounts": {"a": Unit(automount={"Where": t})}}, "/b"),
    "swap": (lambda t: {"swaps": {"a": Unit(swap={"What": t})}}, "/b"),
    "instance": (lambda t: {"services": {"a@": Unit(service=RUN, instances=[t])}}, "b"),
    "target": (lambda t: service(install={"WantedBy": [t]}), "b.target"),
    "alias": (lambda t: service(install={"Alias": [t]}), "b.service"),
}
"""What a host says with a text in it that becomes part of a name of a file."""


def outcome(say: Say, text: str) -> Tree | None:
    """The tree of a host, None where it is refused in words fit for a terminal."""
    host = SystemdHost(manager=SystemdManager(), systemd=HostSystemd(**say(text)))
    try:
        return build(evaluate(host)).trees["host"]
    except (Mistake, Mistakes) as error:
        message = str(error)
        assert message.replace("\n", "").isprintable(), ascii(message)
        return None


def shape(tree: Tree) -> dict[str, list[str]]:
    """How each line of each file begins, up to the `=` or to the first blank."""
    found: dict[str, list[str]] = {}
    for path, entry in tree.items():
        text = entry.content.decode("utf-8") if isinstance(entry, File) else entry.target
        assert not BREAK.search(text.replace("\n", "")), ascii(text)
        separator = " " if ".d/modsvc" in path else "="
        found[path] = [line.partition(separator)[0] for line in text.split("\n")]
    return found


@cache
def harmless(name: str) -> dict[str, list[str]]:
    """The shape for a field's harmless text."""
    say, text = TEXTS[name]
    tree = outcome(say, text)
    assert tree is not None
    return shape(tree)


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(text=nasty)
@example(text="a\nd /evil 0777")
@example(text="\nExecStartPre=/bin/evil")
@example(text='" - - - -')
def test_a_text_stays_in_its_value(name: str, text: str) -> None:
    """The files have the lines that they have for a harmless text, or the build is refused."""
    tree = outcome(TEXTS[name][0], text)
    if tree is None:
        return
    found, wanted = shape(tree), harmless(name)
    assert found.keys() == wanted.keys()
    for path, lines in found.items():
        own = {"type of a rule", "name of a setting"}
        if name in own:
            assert len(lines) == len(wanted[path])
        else:
            assert lines == wanted[path]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=EXAMPLES, deadline=None)
@given(text=nasty)
@example(text="../../../tmp/x")
@example(text="x.service.d/evil")
@example(text="a" * 300)
@example(text="/" + "a/" * 200)
def test_a_name_stays_one_name(name: str, text: str) -> None:
    """Every file lies among the units, under a name that is no longer than Linux allows."""
    tree = outcome(NAMES[name][0], text)
    for path, entry in (tree or {}).items():
        steps = path.split("/")
        assert steps[:3] == ["etc", "systemd", "system"] and len(steps) <= 5
        assert all(step not in ("", ".", "..") and len(step.encode()) <= 255 for step in steps)
        assert re.fullmatch(r"[A-Za-z0-9:_.\\@-]+", "".join(steps[3:]))
        if isinstance(entry, Link):
            assert re.fullmatch(r"(?:\.\./)?[A-Za-z0-9:_.\\@-]+", entry.target)
        else:
            assert not BREAK.search(entry.content.decode().replace("\n", ""))


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_the_worst_are_tried_in_every_field(text: str) -> None:
    """Each of the known attacks, in each field, whatever chance would have chosen."""
    for name, (say, _) in TEXTS.items():
        tree = outcome(say, text)
        if tree is not None and name not in ("type of a rule", "name of a setting"):
            assert shape(tree) == harmless(name)


@pytest.mark.parametrize(
    "options",
    [
        {"mode": -1},
        {"mode": 10**9},
        {"mode": True},
        {"age": "-1d"},
        {"user": -5},
    ],
)
def test_absurd_numbers_are_refused(options: dict[str, Any]) -> None:
    """As all values of a wrong type are."""
    assert outcome(lambda _: tmpfile(**options), "") is None
