"""`modsvc show`: values by their paths, for people and as JSON.

In: a fleet. Out: what is printed. Refuses to know how values come to be.
"""

from __future__ import annotations

import json

import pytest

from tests.cli.modsvc import Modsvc

WEB = """
from pathlib import Path

from modsvc_dsl import (
    ConfigFile, Fleet, Host, Port, Process, Relations, Service, Module, option
)


class Peer(Module):
    name: str = option()
    weight: float = option(default=1)


class Web(Service):
    port: Port = option(default=80)
    root: Path = option(default=Path("/srv/www"))
    peers: list[Peer] = option()
    process = Process(argv=["/bin/true", "--flag"], environment={"LANG": "C", "TZ": None})
    config_data = {"web.conf": ConfigFile(text="root = /srv\\nport = 80\\n")}


db = Web(port=5432)
fleet = Fleet(
    hosts={
        "web0": Host(
            services={
                "docs": Web(peers=[Peer(name="a"), Peer(name="b", weight=2.5)]),
                "a b": Web(port=81, relations=Relations(after=[db])),
                "db": db,
            }
        ),
        "broken": Host(services={"docs": Web(port=-1, root=3)}),
    }
)
"""


@pytest.fixture
def web(modsvc: Modsvc) -> Modsvc:
    """The fleet above."""
    modsvc.write("web.py", WEB)
    return modsvc


VALUES = {
    "web0.services.docs.port": "80",
    "hosts.web0.services.docs.port": "80",
    "web0.services.docs.root": "'/srv/www'",
    "web0.services.docs.process.argv": "['/bin/true', '--flag']",
    "web0.services.docs.process.argv[1]": "--flag",
    'web0.services["a b"].port': "81",
    "web0.services['a b'].port": "81",
    "web0.services[a b].port": "81",
    "web0.services.a b.port": "81",
    'web0.services.docs.config_data["web.conf"].text': "root = /srv\nport = 80",
    "web0.services.docs.config_data[web.conf].path": "/etc/system-services/docs/web.conf",
    "web0.services.docs.peers[1].weight": "2.5",
    "web0.services.docs.peers[0].name": "a",
    'web0.services["a b"].relations.after[0].port': "5432",
    "web0.services.docs.process.environment.TZ": "None",
    "web0.services.docs.process.working_directory": "None",
    "broken.services.docs.process.argv[0]": "/bin/true",
    "web0.services.docs.systemd.service.service.UMask": "0077",
    "web0.services.docs.process.flag_format.separator": " ",
}


@pytest.mark.parametrize("path", VALUES)
def test_a_value_is_shown(web: Modsvc, path: str) -> None:
    """A text as it is, other values as in Python; nothing else is evaluated."""
    ended = web.run("show", "web.py", path)
    assert (ended.code, ended.out, ended.err) == (0, VALUES[path] + "\n", "")


@pytest.mark.parametrize("path", ["process.argv[0]", "db.process.argv[0]", "services.db.port"])
def test_a_single_service_need_not_be_named_again(web: Modsvc, path: str) -> None:
    """FILE:NAME named it: a path may begin with its options."""
    ended = web.run("show", "web.py:db", path)
    assert (ended.code, ended.out) == (0, "5432\n" if "port" in path else "/bin/true\n")


def test_a_group_is_shown_value_by_value(web: Modsvc) -> None:
    """One line for each, under the path that leads to it."""
    ended = web.run("show", "web.py", "web0.services.docs.peers")
    assert ended.out == "[{'name': 'a', 'weight': 1}, {'name': 'b', 'weight': 2.5}]\n"
    ended = web.run("show", "web.py", "web0.services.docs.process")
    lines = ended.out.splitlines()
    assert lines[0] == "hosts.web0.services.docs.process.argv = ['/bin/true', '--flag']"
    assert "hosts.web0.services.docs.process.environment.LANG = 'C'" in lines


def test_every_line_of_a_whole_can_be_asked_for_alone(web: Modsvc) -> None:
    """The paths that are printed are paths that are understood."""
    whole = web.run("show", "web.py", "web0").out.splitlines()
    assert len(whole) > 100
    lines = [line for line in whole if '"' in line or ".peers" in line or ".after" in line]
    assert len(lines) > 5
    for line in lines[::12]:
        path = line.partition(" = ")[0]
        assert web.run("show", "web.py", path, "--json").code == 0, path


def test_json_is_json(web: Modsvc) -> None:
    """Values are those that JSON has; references are paths."""
    ended = web.run("show", "web.py", "web0.services", "--json")
    services = json.loads(ended.out)
    assert list(services) == ["docs", "a b", "db"]
    assert services["docs"]["root"] == "/srv/www"
    assert services["docs"]["peers"][1] == {"name": "b", "weight": 2.5}
    assert services["a b"]["relations"]["after"] == ["hosts.web0.services.db"]
    assert services["docs"]["process"]["environment"] == {"LANG": "C", "TZ": None}


def test_what_is_wrong_below_a_path_is_told(web: Modsvc) -> None:
    """All of it, and only that; nothing is printed as data."""
    ended = web.run("show", "web.py", "broken.services.docs")
    assert (ended.code, ended.out) == (1, "")
    assert "`hosts.broken.services.docs.port`" in ended.err
    assert "`hosts.broken.services.docs.root`" in ended.err
    assert ended.err.endswith("\n2 mistakes\n")
    assert web.run("show", "web.py", "web0.services.docs").code == 0


def test_a_host_may_be_named_though_it_is_alone(modsvc: Modsvc) -> None:
    """A path that begins with its name reads like the path in a fleet."""
    modsvc.write("web.py", WEB.partition("fleet =")[0] + "host = Host(services={'db': db})\n")
    for path in ("db.port", "services.db.port", "host.db.port", "host.services.db.port"):
        assert modsvc.run("show", "web.py", path).out == "5432\n"


def test_control_characters_do_not_reach_the_terminal(modsvc: Modsvc) -> None:
    """In a list they are escapes; a text asked for alone is data and stays as it is."""
    modsvc.write(
        "web.py",
        "from modsvc_dsl import Host, Process, Service\n"
        'host = Host(services={"a": Service(process=Process(argv=["/bin/a", "\\x1b[31m"]))})\n',
    )
    assert modsvc.run("show", "web.py", "a.process").out.count("\x1b") == 0
    assert modsvc.run("show", "web.py", "a.process.argv[1]").out == "\x1b[31m\n"


def test_numbers_of_any_length(modsvc: Modsvc) -> None:
    """Python's own limit is one for texts of strangers."""
    modsvc.write(
        "big.py",
        "from modsvc_dsl import Host, Process, Service, option\n\n"
        "class Big(Service):\n    n: int = option(default=10**5000)\n"
        "    process = Process(argv=['/bin/true'])\n\n"
        "host = Host(services={'big': Big()})\n",
    )
    for verb in (("show",), ("show", "--json"), ("explain",)):
        ended = modsvc.run(*verb, "big.py", "services.big.n")
        assert ended.code == 0 and "0" * 5000 in ended.out
