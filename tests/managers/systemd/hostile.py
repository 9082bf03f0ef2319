"""Hostile texts, and the fields of a service in which a text reaches a unit.

In: nothing. Out: `HOSTILE`, a strategy of such texts, and `FIELDS`. Refuses to build: the tests do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from modsvc_dsl import (
    Command,
    Directories,
    Directory,
    Hardening,
    Identity,
    Lifecycle,
    Meta,
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
    secret_command,
    secret_file,
    specifiers,
    stored_secret,
    systemd,
)
from modsvc_dsl.managers.systemd.escaping import exec_line
from tests.managers.systemd.reading import ARGV, BLANKS, Line

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
    "\\x25n\\045n",
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

    `reads` is given the lines of `unit` and the text, and is true where it says the text. `alive` are
    the specifiers that are to be expanded in it.
    """

    service: Callable[[str], Service]
    harmless: str
    reads: Callable[[list[Line], str], bool] = lambda lines, text: True
    unit: str = "it.service"
    alive: tuple[str, ...] = ()


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


def doubled_in_command(text: str) -> str:
    """The same in a command line, whose escapes systemd undoes before it looks for specifiers."""
    escape = r"(\\\\)|\\(?:x25|045|u0025|U00000025)"
    return re.sub(escape, lambda found: found[1] or "%%", doubled(text))


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
    "before reload": Field(
        lambda text: Service(
            process=Process(argv=ARGV, reload_signal="SIGHUP", before_reload=[["/bin/a", text]])
        ),
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
    "command of a secret": Field(
        lambda text: run(credentials={"a": later(lambda: secret_command(["/bin/a", text, "b"]))}),
        "show",
        line("ExecStart", lambda text: doubled(exec_line(["/bin/a", text, "b"]))),
        "it-secret:a@.service",
    ),
    "program of a secret": Field(
        lambda text: run(credentials={"a": later(lambda: secret_command([text]))}),
        "/bin/a",
        line("ExecStart", lambda text: doubled(exec_line([text]))),
        "it-secret:a@.service",
    ),
    "user of a secret's command": Field(
        lambda text: run(credentials={"a": later(lambda: secret_command(["/bin/a"], user=text))}),
        "vault",
        line("User", str),
        "it-secret:a.socket",
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
    "command": Field(
        lambda text: run(imports=[systemd(main_exec_start=text)]),
        "/bin/x $A",
        lambda lines, text: "\\" in text
        or line("ExecStart", lambda t: doubled(t.strip(BLANKS)))(lines, text),
    ),
    "command with a specifier": Field(
        lambda text: run(imports=[systemd(main_exec_start="/bin/x " + specifiers("%n ") + text)]),
        "$A",
        alive=("%n",),
    ),
    "argument beside a specifier": Field(
        lambda text: run(
            imports=[
                systemd(
                    main_exec_start=later(
                        lambda: exec_line(["/bin/a", specifiers("%I/") + text, text])
                    )
                )
            ]
        ),
        "harmless",
        alive=("%I",),
    ),
    "path below a specifier": Field(
        lambda text: directives(service={"RootDirectory": specifiers("%S") / text}),
        "web",
        alive=("%S",),
    ),
    "file system": Field(
        lambda text: directives(service={"TemporaryFileSystem": [f"/a/{text}:size=10%"]}),
        "web",
        lambda lines, text: '"' in text
        or "'" in text
        or ":" in text
        or [l.text[-9:] for l in lines if l.directive == "TemporaryFileSystem"] == [":size=10%"],
    ),
    "host unit": Field(
        lambda text: run(relations=Relations(after=[host_unit(text)])),
        "a.target",
        line("After", str),
    ),
    "directive": Field(
        lambda text: directives(service={"SyslogIdentifier": text}),
        "web",
        lambda lines, text: line("SyslogIdentifier", lambda t: doubled(t.strip(BLANKS)))(
            lines, text
        ),
    ),
    "listed": Field(lambda text: directives(unit={"ConditionPathExists": [text]}), "/a"),
    "path": Field(lambda text: directives(service={"RootDirectory": Path(text)}), "/a"),
    "extra": Field(
        lambda text: directives(extra={"Service": {"X-Owner": text}}),
        "ann",
        line("X-Owner", lambda text: text.strip(BLANKS)),
    ),
}
