"""Paths and texts with signs that mean something to systemd arrive as they were written.

In: services of which every path and variable has such signs in it. Out: what each of them saw on a
booted systemd, on both machines: since 255 what a unit says is handed on to a program of its own, which
reads it again. Refuses to look at units.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Hardening,
    Host,
    Identity,
    Lifecycle,
    Logging,
    Process,
    Service,
    build,
    check,
    define,
    evaluate,
    option,
    secret_file,
)
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine

TEXTS = [
    *("a b", "a  b", "a\\b", "a'b", 'a"b', "a:b", "50%n", "$HOME", "é", "a#b", "a;b", "-a", "~"),
    *(
        "a\\x20b",
        "a=b",
        "a,b",
        "*a",
        "[a]",
        "a?b",
        "a\\ b",
        "@a",
        "!a",
        "|a",
        "{a}",
        "${A}",
        "a'b\"c",
    ),
]
OF_SECRETS = [text for text in TEXTS if " " not in text and "\\" not in text]
"""Secrets at other paths are refused: systemd would look elsewhere."""

TELL = """
import errno, json, os, sys
said = json.loads(sys.argv[1])
def result_of(function):
    try:
        return function()
    except OSError as error:
        return errno.errorcode[error.errno]
print(json.dumps({
    "argument": sys.argv[2],
    "working directory": os.getcwd(),
    "variable": os.environ.get("TEXT"),
    "from a file": os.environ.get("FROM_FILE"),
    "writable": result_of(lambda: open(said["writable"] + "/new", "w").close()),
    "read-only": result_of(lambda: open(said["read-only"] + "/new", "w").close()),
    "hidden": result_of(lambda: os.listdir(said["hidden"])),
    "secret": said["secret"] and result_of(lambda: open(said["secret"]).read()),
}))
"""


class Witness(Service):
    """Tells what it sees of its paths, all of which have one text in them."""

    text: str = option(description="What is in its paths.")
    place: Path = option(description="The folder that they are in.")
    lifecycle = Lifecycle(type="oneshot", start_at_boot=False)
    identity = Identity(user="games")

    def path(self, what: str) -> Path:
        """One of its paths."""
        return self.place / f"{what} {self.text}"

    @define(Process.argv)
    def _run(self) -> list[str]:
        said = {what: str(self.path(what)) for what in ("writable", "read-only", "hidden")}
        said["secret"] = next((secret.path for secret in self.credentials.values()), "")
        return ["/usr/bin/python3", "-c", TELL, json.dumps(said), self.text]

    @define(Service.process)
    def _process(self) -> Process:
        return Process(
            working_directory=self.path("folder"),
            environment={"TEXT": self.text},
            environment_files=[self.path("file")],
        )

    @define(Service.hardening)
    def _hardening(self) -> Hardening:
        return Hardening(
            writable_paths=[self.path("writable")],
            read_only_paths=[self.path("read-only")],
            hidden_paths=[self.path("hidden")],
        )

    @define(Service.logging)
    def _logging(self) -> Logging:
        return Logging(stdout=self.path("log"))


def services() -> dict[str, Service]:
    """One for each text, and for each that a secret's path can have, one with a secret."""
    found: dict[str, Service] = {}
    for number, text in enumerate(TEXTS):
        place = Path(f"/srv/{number}")
        found[f"plain{number}"] = Witness(text=text, place=place)
        if text in OF_SECRETS:
            secret = secret_file(place / f"secret{text}")
            found[f"secret{number}"] = Witness(text=text, place=place, credentials={"s": secret})
    return found


@pytest.fixture(scope="module")
def host(each_machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine that has the services, and all that they have paths of."""
    folder = tmp_path_factory.mktemp("awkward")
    publish(build(check(evaluate(Host(services=services())))).trees, folder / "out", base=folder)
    paths = folder / "paths"
    for number, text in enumerate(TEXTS):
        for what in ("folder", "writable", "read-only", "hidden"):
            (paths / f"srv/{number}/{what} {text}").mkdir(parents=True)
        (paths / f"srv/{number}/hidden {text}/seen").touch()
        (paths / f"srv/{number}/file {text}").write_text("FROM_FILE=yes\n")
        (paths / f"srv/{number}/secret{text}").write_text("kept")
    each_machine.copy_tree(paths)
    each_machine.copy_tree(folder / "out" / "host")
    for what in ("writable", "read-only"):
        each_machine.succeed(["sh", "-c", f"chown games /srv/*/{what}*"])
    each_machine.daemon_reload()
    yield each_machine
    each_machine.succeed(["systemctl", "reset-failed"])


@pytest.mark.parametrize("name", services())
def test_a_service_sees_what_was_written(host: Machine, name: str) -> None:
    """Its arguments and variables, and each of its paths as what it is there for."""
    number = int(name.lstrip("plainsecret"))
    text = TEXTS[number]
    host.succeed(["rm", "-f", f"/srv/{number}/log {text}"])
    host.succeed(["systemctl", "start", f"{name}.service"])
    told: dict[str, Any] = json.loads(host.read_file(f"/srv/{number}/log {text}"))
    assert told == {
        "argument": text,
        "working directory": f"/srv/{number}/folder {text}",
        "variable": text,
        "from a file": "yes",
        "writable": None,
        "read-only": "EROFS",
        "hidden": "EACCES",
        "secret": "kept" if name.startswith("secret") else "",
    }
