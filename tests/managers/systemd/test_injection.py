"""No text of a user's becomes another line of a unit, another file, or an error of ours.

Each field below is a text that reaches a unit. For any text the build is either refused with a
mistake that is fit for a terminal, or the unit has exactly the lines that it has for a harmless
text, and the value says what the text says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from modsvc_dsl import (
    Command,
    ConfigFile,
    Directories,
    Directory,
    Hardening,
    Identity,
    Lifecycle,
    Meta,
    Mistake,
    Mistakes,
    OptionalFile,
    Process,
    Relations,
    Service,
    Systemd,
    SystemdService,
    Unit,
    encrypted_secret,
    host_unit,
    later,
    secret_file,
    stored_secret,
    systemd,
)
from modsvc_dsl.managers.tree import File, Tree
from modsvc_dsl.services.path import text_problem
from tests.managers.systemd.reading import ARGV, BLANKS, UNITS, Line, read_unit, tree_of, unit_text

HOSTILE = [
    "\nExecStartPre=/bin/evil",
    "a\n[Service]\nUser=root",
    "a\\\nUser=root",
    "a\rUser=root",
    "a\x85User=root",
    "a\u2028User=root",
    "a\0b",
    "a\\",
    " a ",
    "a b",
    "%n%%u$HOME${X}",
    "'\"",
    '"; rm -rf /',
    "~a",
    "-/a",
    "../../x",
    "/../../etc/passwd",
    "a/../../../x",
    "\ud800",
    "\ufffe",
    "\x1b[31m",
    "#a",
    ";a",
    "=",
    "[Service]",
    "é😀",
    "",
]
nasty = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=40),
    st.lists(st.sampled_from([*HOSTILE, "a", "/", "%", "\n", "User=root"]), max_size=5).map(
        "".join
    ),
)


@dataclass(frozen=True)
class Field:
    """A text that a user writes: a service with it, a harmless example, and what a line says.

    `reads` is given the lines and the text, and is true where the unit says the text.
    """

    service: Callable[[str], Service]
    harmless: str
    reads: Callable[[list[Line], str], bool] = lambda lines, text: True


def run(**options: Any) -> Service:
    """A service that runs, with some options."""
    return Service(process=Process(argv=ARGV), **options)


def directives(**sections: Any) -> Service:
    """A service with directives of its own unit."""
    return Service(
        process=Process(argv=ARGV),
        imports=[SystemdService(systemd=Systemd(service=Unit(**sections)))],
    )


def line(directive: str, write: Callable[[str], str]) -> Callable[[list[Line], str], bool]:
    """Is there a line of the directive that is what `write` makes of the text?"""
    return lambda lines, text: write(text) in [l.text for l in lines if l.directive == directive]


def doubled(text: str) -> str:
    """A text in which no specifier is alive."""
    return text.replace("%", "%%")


def unquoted(text: str) -> str:
    """A text in double quotes, read back: a backslash takes the next character as it is."""
    assert text[0] == text[-1] == '"' and not re.search(r'(?<!\\)(\\\\)*"', text[1:-1])
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def has_path(lines: list[Line], text: str, directive: str = "ReadWritePaths") -> bool:
    """Is the text the one path of a directive?"""
    (found,) = [l.text for l in lines if l.directive == directive]
    return unquoted(found) == doubled(str(Path(text)))


FIELDS = {
    "description": Field(
        lambda text: run(meta=Meta(description=text)),
        "Shop",
        lambda lines, text: text in ("", "\n")
        or line("Description", lambda t: doubled(t.removesuffix("\n")))(lines, text),
    ),
    "documentation": Field(lambda text: run(meta=Meta(documentation=[text])), "https://a/b"),
    "variable": Field(
        lambda text: Service(process=Process(argv=ARGV, environment={text: "x"})),
        "NAME",
        line("Environment", lambda text: f"{text}=x"),
    ),
    "unset": Field(
        lambda text: Service(process=Process(argv=ARGV, environment={text: None})),
        "NAME",
        line("UnsetEnvironment", str),
    ),
    "value": Field(
        lambda text: Service(process=Process(argv=ARGV, environment={"A": text})), "harmless"
    ),
    "argument": Field(lambda text: Service(process=Process(argv=[*ARGV, text])), "harmless"),
    "flag": Field(
        lambda text: Service(process=Process(argv=ARGV, flags={"flag": text})), "harmless"
    ),
    "flag's name": Field(
        lambda text: Service(process=Process(argv=ARGV, flags={text: True})), "harmless"
    ),
    "file of variables": Field(
        lambda text: Service(process=Process(argv=ARGV, environment_files=[Path(text)])), "/srv"
    ),
    "optional file": Field(
        lambda text: Service(
            process=Process(argv=ARGV, environment_files=[OptionalFile(Path(text))])
        ),
        "/srv",
    ),
    "reload": Field(
        lambda text: Service(process=Process(argv=ARGV, reload_command=["/bin/a", text])),
        "harmless",
    ),
    "hook": Field(
        lambda text: run(lifecycle=Lifecycle(before_start=[["/bin/a", text]])), "harmless"
    ),
    "hook's program": Field(
        lambda text: run(lifecycle=Lifecycle(after_stop=[[text]])),
        "/bin/true",
        # whatever it is called, it is run as the service is
        lambda lines, text: all(
            l.text.lstrip('"')[:1] in "/@:" for l in lines if l.directive == "ExecStopPost"
        ),
    ),
    "stop": Field(
        lambda text: run(lifecycle=Lifecycle(stop_command=Command(["/bin/a", text]))), "harmless"
    ),
    "pid file": Field(
        lambda text: run(lifecycle=Lifecycle(type="forking", pid_file=Path(text))),
        "/run/a.pid",
        line("PIDFile", lambda text: doubled(str(Path(text)))),
    ),
    "first start": Field(
        lambda text: run(
            lifecycle=Lifecycle(before_first_start=[["/bin/a", text]]),
            directories=Directories(state=Directory()),
        ),
        "harmless",
    ),
    "bus name": Field(
        lambda text: run(lifecycle=Lifecycle(type="dbus", bus_name=text)),
        "org.example.A",
        line("BusName", str),
    ),
    "program": Field(lambda text: Service(process=Process(argv=[text])), "/bin/true"),
    "user": Field(lambda text: run(identity=Identity(user=text)), "web", line("User", str)),
    "group": Field(lambda text: run(identity=Identity(group=text)), "web", line("Group", str)),
    "further group": Field(
        lambda text: run(identity=Identity(groups=[text])), "web", line("SupplementaryGroups", str)
    ),
    "directory": Field(
        lambda text: run(directories=Directories(state=Directory(name=text))),
        "web/data",
        line("StateDirectory", str),
    ),
    "subdirectory": Field(
        lambda text: run(directories=Directories(cache=Directory(subdirectories=[text]))),
        "data",
        line("CacheDirectory", lambda text: f"it/{text}"),
    ),
    "secret": Field(
        lambda text: run(credentials={"a": later(lambda: secret_file(text))}),
        "/etc/keys/a",
        line("LoadCredential", lambda text: f"a:{doubled(text)}"),
    ),
    "encrypted secret": Field(
        lambda text: run(credentials={"a": later(lambda: encrypted_secret(text))}),
        "/etc/keys/a",
        line("LoadCredentialEncrypted", lambda text: f"a:{doubled(text)}"),
    ),
    "stored secret": Field(
        lambda text: run(credentials={"a": later(lambda: stored_secret(text))}),
        "db.password",
        line("LoadCredential", lambda text: f"a:{text}"),
    ),
    "secret's name": Field(
        lambda text: run(credentials={text: secret_file("/etc/keys/a")}),
        "db.password",
        line("LoadCredential", lambda text: f"{text}:/etc/keys/a"),
    ),
    "peer": Field(
        lambda text: run(hardening=Hardening(peers=[text])),
        "192.0.2.0/24",
        line("IPAddressAllow", str),
    ),
    "read-only": Field(
        lambda text: run(hardening=Hardening(read_only_paths=[Path(text)])),
        "/srv",
        lambda lines, text: has_path(lines, text, "ReadOnlyPaths"),
    ),
    "hidden": Field(
        lambda text: run(hardening=Hardening(hidden_paths=[Path(text)])),
        "/srv",
        lambda lines, text: has_path(lines, text, "InaccessiblePaths"),
    ),
    "folder": Field(
        lambda text: Service(process=Process(argv=ARGV, working_directory=Path(text))),
        "/srv",
        line("WorkingDirectory", lambda text: doubled(str(Path(text)))),
    ),
    "writable": Field(
        lambda text: run(hardening=Hardening(writable_paths=[Path(text)])), "/srv", has_path
    ),
    "capability": Field(
        lambda text: run(hardening=Hardening(capabilities=[text])),
        "CAP_KILL",
        line("CapabilityBoundingSet", str),
    ),
    "family": Field(
        lambda text: run(hardening=Hardening(address_families=[text])),
        "AF_UNIX",
        line("RestrictAddressFamilies", str),
    ),
    "calls": Field(
        lambda text: run(hardening=Hardening(system_calls=[text])),
        "@system-service",
        line("SystemCallFilter", str),
    ),
    "command": Field(lambda text: run(imports=[systemd(main_exec_start=text)]), "/bin/x %n $A"),
    "host unit": Field(
        lambda text: run(relations=Relations(after=[host_unit(text)])),
        "a.target",
        line("After", str),
    ),
    "directive": Field(
        lambda text: directives(service={"SyslogIdentifier": text}),
        "web",
        lambda lines, text: line("SyslogIdentifier", lambda t: t.strip(BLANKS))(lines, text),
    ),
    "listed": Field(lambda text: directives(unit={"ConditionPathExists": [text]}), "/a"),
    "path": Field(lambda text: directives(service={"RootDirectory": Path(text)}), "/a"),
    "extra": Field(
        lambda text: directives(extra={"Service": {"X-Owner": text}}),
        "ann",
        line("X-Owner", lambda text: text.strip(BLANKS)),
    ),
}


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
    assert field.harmless in unit_text(tree, "it.service")
    assert field.reads(read_unit(unit_text(tree, "it.service")), field.harmless)


@pytest.mark.parametrize("name", FIELDS)
@settings(max_examples=60, deadline=None)
@given(text=nasty)
@example(text="\nExecStartPre=/bin/evil")
@example(text="a\\")
def test_a_text_stays_in_its_value(name: str, text: str) -> None:
    """The unit has the lines that it has for a harmless text, or the build is refused."""
    field = FIELDS[name]
    tree = outcome(field.service(text))
    if tree is None:
        return
    lines = read_unit(unit_text(tree, "it.service"))
    harmless = harmless_tree(name)
    assert set(tree) == set(harmless)
    # of system calls, the sets bring a line of what is taken away from them again
    apart = {"SystemCallFilter"} if name == "calls" else set()
    wanted = shape(read_unit(unit_text(harmless, "it.service")))
    assert [l for l in shape(lines) if l[1] not in apart] == [
        l for l in wanted if l[1] not in apart
    ]
    assert field.reads(lines, text)


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
        assert [l.text for l in lines if l.directive == directive[group]] == [value.strip(BLANKS)]
