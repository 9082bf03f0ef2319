"""No text of a user's becomes another line of a unit, another file, or an error of ours.

Each field in `hostile` is a text that reaches a unit. For any text the build is either refused with a
mistake that is fit for a terminal, or the unit has exactly the lines that it has for a harmless
text, and the value says what the text says.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from modsvc_dsl import (
    ConfigFile,
    Identity,
    Mistake,
    Mistakes,
    Service,
    Systemd,
    SystemdService,
    Unit,
    systemd,
)
from modsvc_dsl.managers.tree import File, Tree
from modsvc_dsl.services.path import text_problem
from tests.managers.systemd.expansion import alive
from tests.managers.systemd.hostile import (
    FIELDS,
    directives,
    doubled,
    doubled_in_command,
    nasty,
    run,
)
from tests.managers.systemd.reading import BLANKS, UNITS, Line, read_unit, tree_of, unit_text


def outcome(service: Service, name: str = "it") -> Tree | None:
    """The tree of a host with a service, None where it is refused in words fit for a terminal."""
    try:
        return tree_of({name: service})
    except (Mistake, Mistakes) as error:
        message = str(error)
        assert message.replace("\n", "").isprintable(), ascii(message)
        return None


def shape(lines: list[Line]) -> list[tuple[str, str]]:
    """Which directives stand in which sections, in their order."""
    return [(each.section, each.directive) for each in lines]


@cache
def harmless_tree(name: str) -> Tree:
    """The tree of a service with a field's harmless text."""
    return tree_of({"it": FIELDS[name].service(FIELDS[name].harmless)})


@pytest.mark.parametrize("name", FIELDS)
def test_a_harmless_text_is_taken(name: str) -> None:
    """Each field is one that reaches a unit, and its harmless text is written as it is."""
    field, tree = FIELDS[name], harmless_tree(name)
    assert field.harmless in unit_text(tree, field.unit)
    assert field.reads(read_unit(unit_text(tree, field.unit)), field.harmless)


@pytest.mark.parametrize("name", FIELDS)
@settings(max_examples=60, deadline=None)
@given(text=nasty)
@example(text="\nExecStartPre=/bin/evil")
@example(text="a\\")
@example(text="/%n/%i/%%n")
@example(text="/\\x25n")
@example(text="a.%n")
def test_a_text_stays_in_its_value(name: str, text: str) -> None:
    """The unit has the lines that it has for a harmless text, or the build is refused; no specifier
    in it is expanded but those that are written as such."""
    field = FIELDS[name]
    tree = outcome(field.service(text))
    if tree is None:
        return
    lines = read_unit(unit_text(tree, field.unit))
    harmless = harmless_tree(name)
    assert set(tree) == set(harmless)
    # of system calls, the sets bring a line of what is taken away from them again
    apart = {"SystemCallFilter"} if name == "calls" else set()
    wanted = shape(read_unit(unit_text(harmless, field.unit)))
    assert [l for l in shape(lines) if l[1] not in apart] == [
        l for l in wanted if l[1] not in apart
    ]
    assert field.reads(lines, text)
    assert [found for each in lines for found in alive(each)] == list(field.alive)


@settings(max_examples=200, deadline=None)
@given(user=nasty, group=nasty, home=nasty)
@example(user="a b", group="a\nu root 0", home="/x y")
def test_a_user_that_is_made_is_one_line(user: str, group: str, home: str) -> None:
    """Rules of sysusers.d are those of the user and its group, or nothing is built."""
    identity = Identity(user=user, group=group, home=Path(home), create=True)
    tree = outcome(run(identity=identity))
    if tree is not None:
        file = tree["etc/sysusers.d/modsvc-it.conf"]
        assert isinstance(file, File)
        rules = [each for each in file.content.decode().splitlines()[1:] if each]
        assert [each.split(" ")[:2] for each in rules] == [
            *([["g", group]] if group != user else []),
            ["u", user],
        ]


@settings(max_examples=120, deadline=None)
@given(section=nasty, directive=nasty, value=nasty)
@example(section="Service", directive="ExecStartPre=/bin/x\nX-A", value="")
@example(section="X-A]\n[Service", directive="User", value="root")
@example(section="X-A", directive="#A", value="b")
def test_what_no_table_knows_is_one_line(section: str, directive: str, value: str) -> None:
    """An extra section, name and value add one assignment in one section, or nothing is built."""
    plain = outcome(run())
    tree = outcome(directives(extra={section: {directive: value}}))
    assert plain is not None
    if tree is not None:
        lines = read_unit(unit_text(tree, "it.service"))
        before = read_unit(unit_text(plain, "it.service"))
        added = [each for each in lines if each not in before]
        assert added == [Line(section, directive, value.strip(BLANKS))]
        assert [each for each in lines if each in before] == before


@settings(max_examples=120, deadline=None)
@given(name=nasty, key=nasty)
@example(name="a", key="../../../../tmp/x")
@example(name="..", key="x")
def test_names_of_services_and_files_stay_in_their_folders(name: str, key: str) -> None:
    """Units lie in one folder, config files below one; nothing has a `..` or an odd byte."""
    service = run(
        config_data={key: ConfigFile(text=name)}, imports=[systemd(socket={"ListenStream": [80]})]
    )
    tree = outcome(service, name)
    if tree is not None:
        wanted = {
            f"{UNITS}/{name}.service",
            f"{UNITS}/{name}.socket",
            f"{UNITS}/sockets.target.wants/{name}.socket",
            f"etc/system-services/{name}/{key}",
        }
        assert set(tree) == wanted
        for path, entry in tree.items():
            steps = path.split("/")
            assert not {"", ".", ".."} & set(steps) and not any(map(text_problem, steps))
            if isinstance(entry, File) and path.startswith(UNITS):
                read_unit(entry.content.decode("utf-8"))


@settings(max_examples=120, deadline=None)
@given(
    directive=st.sampled_from(["WantedBy", "RequiredBy", "UpheldBy", "Alias"]),
    text=st.one_of(nasty, nasty.map(lambda text: f"a.target.wants/{text}.service")),
)
@example(directive="WantedBy", text="../../x")
@example(directive="WantedBy", text="x.target.wants/../../../../etc/x.target")
@example(directive="Alias", text="../x.service")
@example(directive="Alias", text="/etc/systemd/system/x.service")
@example(directive="WantedBy", text="%i.target")
@example(directive="RequiredBy", text="a.target ../b.target")
def test_links_stay_beside_the_units(directive: str, text: str) -> None:
    """A name in [Install] makes links in folders of units, or the build is refused."""
    install: Any = {directive: [text]}
    tree = outcome(run(imports=[systemd(install=install)]))
    for path in set(tree or ()) - {f"{UNITS}/it.service"}:
        inner = path.removeprefix(f"{UNITS}/")
        pattern = r"[A-Za-z0-9:_.\\@-]+\.(target|service|socket|timer|path|slice|mount|device|swap|scope|automount)"
        if directive == "Alias" and "/" not in inner:
            assert re.fullmatch(r"[A-Za-z0-9:_.\\@-]+\.service", inner)
        else:
            folder, _, name = inner.partition("/")
            assert name == "it.service"
            assert re.fullmatch(rf"{pattern}\.(wants|requires|upholds)", folder)


@settings(max_examples=60, deadline=None)
@given(key=nasty, value=nasty, group=st.sampled_from(["services", "sockets", "timers"]))
@example(key="a", value="\\x25n\\045n", group="services")
def test_keys_of_further_units_are_parts_of_names(key: str, value: str, group: str) -> None:
    """A further unit is one file beside the others, whose value stays on its line."""
    unit = {
        "services": Unit(service={"ExecStart": [value], "Type": "oneshot"}),
        "sockets": Unit(socket={"ListenStream": [value], "Service": "it.service"}),
        "timers": Unit(timer={"OnCalendar": [value], "Unit": "it.service"}),
    }[group]
    further: Any = {group: {key: unit}}
    tree = outcome(run(imports=[SystemdService(systemd=Systemd(**further))]))
    if tree is not None:
        suffix = group.removesuffix("s")
        name = f"it-{key}.{suffix}" if key else f"it.{suffix}"
        directive = {"services": "ExecStart", "sockets": "ListenStream", "timers": "OnCalendar"}
        lines = read_unit(unit_text(tree, name))
        found = [l.text for l in lines if l.directive == directive[group]]
        meant = doubled_in_command if group == "services" else doubled
        assert found == [meant(value.strip(BLANKS))]
