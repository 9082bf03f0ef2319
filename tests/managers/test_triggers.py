"""What a change of a config file leads to."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from modsvc_dsl import (
    ConfigFile,
    Host,
    Lifecycle,
    Process,
    Service,
    SystemdManager,
    Unit,
    Systemd,
    build,
    define,
    evaluate,
)
from modsvc_dsl.managers.tree import File
from modsvc_dsl.managers.triggers import triggers
from tests.services.saying import on_host, said_of


def hashed(path: str, content: bytes) -> str:
    return f"/etc/system-services/it/{path}#{hashlib.sha256(content).hexdigest()}"


def unit_of(service: Service) -> list[str]:
    """The lines of the service's unit."""
    tree = build(evaluate(Host(services={"it": service}))).trees["host"]
    entry = tree["etc/systemd/system/it.service"]
    assert isinstance(entry, File)
    return [line for line in entry.content.decode().splitlines() if line.startswith("X-")]


FILES = {
    "b": ConfigFile(text="x"),
    "a": ConfigFile(text="y", on_change="restart"),
    "c": ConfigFile(text="z", on_change="nothing"),
    "d": ConfigFile(text="z", enable=False),
}


def test_a_service_that_can_reload_is_reloaded() -> None:
    """Unless a file says otherwise."""
    process = Process(argv=["/bin/a"], reload_signal="SIGHUP")
    assert triggers(on_host(Service(process=process, config_data=FILES)), {}) == {
        "reload": (hashed("b", b"x"),),
        "restart": (hashed("a", b"y"),),
    }


def test_any_other_one_is_restarted() -> None:
    """In the order of paths."""
    service = on_host(Service(process=Process(argv=["/bin/a"]), config_data=FILES))
    assert triggers(service, {}) == {"restart": (hashed("a", b"y"), hashed("b", b"x"))}
    command = Process(argv=["/bin/a"], reload_command=["/bin/b"])
    assert "reload" in triggers(on_host(Service(process=command, config_data=FILES)), {})


def test_a_type_that_is_reloaded_needs_no_signal_to_be_said() -> None:
    """systemd sends SIGHUP to a service that says when its reload is done."""
    process, lifecycle = Process(argv=["/bin/a"]), Lifecycle(type="notify-reload")
    service = Service(process=process, lifecycle=lifecycle, config_data=FILES)
    assert triggers(on_host(service), {})["reload"] == (hashed("b", b"x"),)


def test_a_source_counts_by_what_was_read() -> None:
    """Not by its name; one that nobody has read does not count."""
    file = ConfigFile(source=Path("/srv/a"))
    service = on_host(Service(process=Process(argv=["/bin/a"]), config_data={"a": file}))
    assert triggers(service, {}) == {}
    read = {"etc/system-services/it/a": b"new"}
    assert triggers(service, read) == {"restart": (hashed("a", b"new"),)}


def test_the_unit_changes_with_the_file(tmp_path: Path) -> None:
    """Also with the content of a source, and with nothing else."""
    source = tmp_path / "a.conf"
    service = Service(
        process=Process(argv=["/bin/a"]), config_data={"a": ConfigFile(source=source)}
    )
    found = []
    for text in ("one", "two", "one"):
        source.write_text(text)
        found.append(unit_of(service))
    assert found[0] == [f"X-Restart-Triggers={hashed('a', b'one')}"]
    assert found[1] == [f"X-Restart-Triggers={hashed('a', b'two')}"]
    assert found[2] == found[0]


def test_what_a_user_says_there_stays() -> None:
    """Both change the line."""

    class Web(Service):
        @define(Systemd.service)
        def _unit(self) -> Unit:
            return Unit(extra={"Unit": {"X-Restart-Triggers": "mine"}})

    web = Web(process=Process(argv=["/bin/a"]), config_data={"a": ConfigFile(text="x")})
    assert unit_of(web) == [f"X-Restart-Triggers=mine {hashed('a', b'x')}"]


def test_other_units_of_the_service_have_no_triggers() -> None:
    """Nor has a service without files."""
    assert unit_of(Service(process=Process(argv=["/bin/a"]))) == []


def test_reload_needs_a_way_to_reload() -> None:
    """It is told at the line that asks for it."""
    file = ConfigFile(text="", on_change="reload")
    web = Service(process=Process(argv=["/bin/a"]), config_data={"a.conf": file})
    assert said_of(web=web) == [
        '`services.web.config_data["a.conf"].on_change` is reload, and nothing says how the service '
        "is reloaded\n"
        "  defined at test_triggers.py\n"
        '      file = ConfigFile(text="", on_change="reload")\n'
        '  to fix: write process.reload_signal or process.reload_command, or on_change="restart"'
    ]


@pytest.mark.parametrize("version", [252, 257])
def test_every_version_takes_the_lines(version: int) -> None:
    """Names with X- are nobody's."""
    web = Service(process=Process(argv=["/bin/a"]), config_data={"a": ConfigFile(text="x")})
    host = Host(manager=SystemdManager(version=version), services={"it": web})
    assert build(evaluate(host)).notes == {"host": ()}
