"""Building: checked first, sources read, a tree for each host, all mistakes at once."""

from __future__ import annotations

import os
import sys
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    ConfigFile,
    Fleet,
    Host,
    Mistakes,
    Process,
    Relations,
    Service,
    build,
    check,
    evaluate,
    find_mistakes,
)
from modsvc_dsl.fleet.build import hosts_of
from modsvc_dsl.managers.tree import File, Origin
from tests.services.saying import ARGV, running, said


def reading(source: str | Path) -> Host:
    """A host with a config file from a source."""
    file = ConfigFile(source=Path(source))
    return Host(services={"web": Service(process=Process(argv=ARGV), config_data={"a": file})})


def content(host: Host) -> bytes:
    """The config file of that host."""
    file = build(evaluate(host)).trees["host"]["etc/system-services/web/a"]
    assert isinstance(file, File)
    return file.content


def test_a_fleet_has_a_tree_for_each_host() -> None:
    """By name, also for hosts without services; notes by host, too."""
    fleet = Fleet(hosts={"a": Host(services={"x": running()}), "b": Host(name="beta")})
    built = build(evaluate(fleet))
    assert {name: len(tree) for name, tree in built.trees.items()} == {"a": 2, "beta": 0}
    assert dict(built.notes) == {"a": (), "beta": ()}
    assert [name for name, _ in hosts_of(evaluate(fleet))] == ["a", "beta"]


def test_a_source_is_looked_for_beside_the_file_that_names_it(tmp_path: Path) -> None:
    """Whatever folder the command is run in."""
    (tmp_path / "site.py").write_text(
        "from pathlib import Path\n"
        "from modsvc_dsl import ConfigFile, Host, Process, Service\n"
        "web = Service(process=Process(argv=['/bin/x']),\n"
        "    config_data={'a': ConfigFile(source=Path('conf/a.conf'))})\n"
        "host = Host(services={'web': web})\n"
    )
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "a.conf").write_bytes(b"\xff\x00any bytes")
    spec = util.spec_from_file_location("site_of_a_test", tmp_path / "site.py")
    assert spec is not None and spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    file = build(evaluate(module.host)).trees["host"]["etc/system-services/web/a"]
    assert isinstance(file, File) and file.content == b"\xff\x00any bytes"
    assert file.origins == (Origin(str(tmp_path / "site.py"), 4),) and file.service == ("web",)


def test_an_absolute_source_and_a_link_are_followed(tmp_path: Path) -> None:
    """A link is read like what it leads to."""
    (tmp_path / "real").write_text("x")
    (tmp_path / "link").symlink_to("real")
    assert content(reading(tmp_path / "real")) == content(reading(tmp_path / "link")) == b"x"


NOBODY = 65534
"""The number of the user that owns nothing, on Debian and elsewhere."""

BESIDE = "a relative source is looked for beside the file that names it"
FOLDER = "name a file in it, and give each file its own entry in config_data"
ENDLESS = "name a file that ends, whose content is to be copied"


@pytest.mark.parametrize(
    ("source", "where", "why", "advice"),
    [
        (
            "no/such.conf",
            f"{Path(__file__).parent}/no/such.conf",
            "No such file or directory",
            BESIDE,
        ),
        (
            "test_biuld.py",
            f"{Path(__file__).parent}/test_biuld.py",
            "No such file or directory",
            f"did you mean test_build.py? {BESIDE}",
        ),
        ("/", "/", "it is a folder", FOLDER),
        ("/dev/zero", "/dev/zero", "it is no regular file", ENDLESS),
        ("/dev/null/x", "/dev/null/x", "Not a directory", BESIDE),
        ("/a\0b", "'/a\\x00b'", "embedded null byte", "write the path of a file"),
    ],
)
def test_a_source_that_cannot_be_read_is_a_mistake(
    source: str, where: str, why: str, advice: str
) -> None:
    """Missing, a folder, a device, a name that no disk could have."""
    assert said(lambda: build(evaluate(reading(source)))) == [
        f"the source of /etc/system-services/web/a cannot be read: {where}\n"
        f"  {why}\n"
        "  written at test_build.py\n"
        "      file = ConfigFile(source=Path(source))\n"
        f"  to fix: {advice}"
    ]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Reading one would never end."""
    os.mkfifo(tmp_path / "pipe")
    (message,) = said(lambda: build(evaluate(reading(tmp_path / "pipe"))))
    assert message.split("\n")[1] == "  it is no regular file"


def test_a_source_that_is_not_ours_to_read(tmp_path: Path) -> None:
    """The system's own words are shown."""
    (tmp_path / "secret").touch(mode=0o000)
    user = os.geteuid()
    os.seteuid(NOBODY if user == 0 else user)  # root could read it
    try:
        (message,) = said(lambda: build(evaluate(reading(tmp_path / "secret"))))
    finally:
        os.seteuid(user)
    assert message.split("\n")[1] == "  Permission denied"


def test_a_file_that_is_switched_off_is_not_read() -> None:
    """Its source need not exist."""
    file = ConfigFile(source=Path("/no/such"), enable=False)
    web = Service(process=Process(argv=ARGV), config_data={"a": file})
    assert len(build(evaluate(Host(services={"web": web}))).trees["host"]) == 2


def test_two_hosts_of_one_name_are_refused() -> None:
    """Their trees would be one folder."""
    one, other = Host(name="x"), Host(name="x")
    assert said(lambda: build(evaluate(Fleet(hosts={"a": one, "b": other})))) == [
        "`hosts.a` and `hosts.b` are both named 'x'\n"
        "  `hosts.a` placed at test_build.py\n"
        '      one, other = Host(name="x"), Host(name="x")\n'
        "  `hosts.b` placed at test_build.py\n"
        '      one, other = Host(name="x"), Host(name="x")\n'
        "  to fix: leave out name=, and each has its key in the fleet"
    ]


@pytest.mark.parametrize("wrong", [3, None, running(), "host"])
def test_only_results_of_hosts_and_fleets_are_built(wrong: Any) -> None:
    """An instance, a service or anything else is told what to write."""
    (message,) = said(lambda: build(wrong))
    assert message.startswith("build(...) takes the result of a Fleet or a Host, and this is ")
    assert message.endswith(
        '\n  to fix: place services on a host: evaluate(Host(services={"name": ...}))'
    )


@pytest.mark.parametrize("wrong", [Host(), Fleet(hosts={}), Host])
def test_a_host_is_evaluated_before_it_is_built(wrong: Any) -> None:
    """And the message has the line that builds it."""
    (message,) = said(lambda: build(wrong))
    assert message.splitlines()[1:] == [
        "  called at test_build.py",
        "      (message,) = said(lambda: build(wrong))",
        "  to fix: evaluate it first: build(evaluate(...))",
    ]


def test_a_service_alone_is_no_host() -> None:
    """Its result is named."""
    (message,) = said(lambda: build(evaluate(running())))
    assert message.startswith(
        "build(...) takes the result of a Fleet or a Host, and this is <Service"
    )


def test_a_build_checks_first() -> None:
    """Nothing is made of a fleet in which anything is wrong; all of it is told."""
    bad = Service(process=Process(argv=["x"]), config_data={"..": ConfigFile(text="")})
    fleet = Fleet(hosts={"a": Host(services={"x": bad}), "b": Host(services={"y": Service()})})
    with pytest.raises(Mistakes) as caught:
        build(evaluate(fleet))
    assert len(caught.value.mistakes) == 3
    assert len(find_mistakes(evaluate(fleet))) == 3


def test_managers_are_asked_about_what_is_not_wrong() -> None:
    """Of a host where something is wrong, and of the others; nothing is told twice."""
    wrong = Service(process=Process(argv=["x"]))
    behind = Service(process=Process(argv=ARGV), relations=Relations(after=[wrong]))
    one = Host(services={"wrong": wrong, "a b": running(), "be hind": behind})
    fleet = Fleet(hosts={"one": one, "two": reading("/no/such")})
    heads = [message.split("\n")[0] for message in said(lambda: build(evaluate(fleet)))]
    assert len(heads) == 3
    assert heads[0].startswith("`hosts.one.services.wrong.process.argv` starts with 'x'")
    assert heads[1].startswith("`hosts.one.services[\"a b\"]` makes the unit 'a b.service': ")
    assert heads[2] == "the source of /etc/system-services/web/a cannot be read: /no/such"


def test_what_was_checked_is_not_checked_again() -> None:
    """A result does not change, so the second look is free."""
    computed = []

    class Counting(Service):
        process = Process(argv=ARGV)

        def __validate__(self) -> Any:
            computed.append(self.__node__.path)
            return iter(())

    result = check(evaluate(Host(services={"x": Counting()})))
    build(result)
    check(result)
    assert computed == [("services", "x")]


def test_mistakes_of_all_hosts_come_at_once() -> None:
    """Names and sources of every host are looked at."""
    fleet = Fleet(hosts={"a": reading("/no/such"), "b": Host(services={"a b": running()})})
    heads = [message.split("\n")[0] for message in said(lambda: build(evaluate(fleet)))]
    assert heads[0] == "the source of /etc/system-services/web/a cannot be read: /no/such"
    assert heads[1].startswith("`hosts.b.services[\"a b\"]` makes the unit 'a b.service': ")


def test_a_build_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It opens files to read only."""
    opened: list[str] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if (
            active
            and event == "open"
            and isinstance(arguments[1], str)
            and set("wax+") & set(arguments[1])
        ):
            opened.append(str(arguments[0]))

    active = False
    sys.addaudithook(watch)
    monkeypatch.chdir(tmp_path)
    active = True
    build(evaluate(Host(services={"web": running()})))
    active = False
    assert opened == [] and list(tmp_path.iterdir()) == []
