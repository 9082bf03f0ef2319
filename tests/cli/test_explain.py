"""`modsvc explain`: every definition of a value, where it stands and what became of it.

In: a service with definitions of several strengths. Out: what is printed. Refuses to know how
histories are made: `language.history` is tested by itself.
"""

from __future__ import annotations

import json
import re

import pytest

from tests.cli.modsvc import Modsvc

WEB = """
from modsvc_dsl import Host, Port, Process, Service, default, force, option, systemd


class Web(Service):
    port: Port = option(default=80, description="Where it listens.")
    process = Process(argv=["/bin/true"], environment={"LANG": default("C")})


class Docs(Web):
    port = 8080


class Loud(Docs):
    port = force(8443)


host = Host(
    services={
        "loud": Loud(process=Process(environment={"LANG": "de_DE"})),
        "slow": Web(imports=[systemd(service={"RestartSec": 30})]),
        "torn": Docs(port=1),
    }
)
"""

WHY = re.compile(r"(?<=  )\(.*\)$", re.MULTILINE)
"""Why a definition won or lost, in the language's own words."""


@pytest.fixture
def web(modsvc: Modsvc) -> Modsvc:
    """The services above."""
    modsvc.write("web.py", WEB)
    return modsvc


def test_every_definition_has_its_place_and_fate(web: Modsvc) -> None:
    """The winner first, the loser, and the default that was not needed."""
    ended = web.run("explain", "web.py", "loud.port")
    assert (ended.code, ended.err) == (0, "")
    assert WHY.sub("(...)", ended.out) == (
        "services.loud.port = 8443\n"
        "  an integer between 0 and 65535 (a port)\n"
        "  Where it listens.\n"
        "  declared by Web at web.py:6\n"
        '     6 | port: Port = option(default=80, description="Where it listens.")\n'
        "\n"
        "  won 8443  (...)\n"
        "    defined by Loud at web.py:15\n"
        "    15 | port = force(8443)\n"
        "\n"
        "  lost 8080  (...)\n"
        "    defined by Docs at web.py:11\n"
        "    11 | port = 8080\n"
        "\n"
        "  not needed  (...)\n"
        "    defined by Web at web.py:6\n"
        '     6 | port: Port = option(default=80, description="Where it listens.")\n'
    )
    won, lost, spared = WHY.findall(ended.out)
    assert "forced" in won
    assert "weaker" in lost
    assert "stronger" in spared


def test_an_entry_and_a_directive_are_explained(web: Modsvc) -> None:
    """Both are parts of options; what the manager says by itself is a default of ours."""
    entry = web.run("explain", "web.py", "loud.process.environment.LANG").out
    assert "services.loud.process.environment.LANG = 'de_DE'" in entry
    assert "won 'de_DE'  (plain)" in entry
    assert re.search(r"lost 'C'  \(.*weaker.*\)", entry)
    directive = web.run("explain", "web.py", "slow.systemd.service.service.RestartSec").out
    assert "won 30  (plain)" in directive
    assert "defined by SystemdService (modsvc_dsl)" in directive
    assert "modsvc_dsl/" not in directive


def test_a_directive_of_the_managers_leads_to_the_portable_option(web: Modsvc) -> None:
    """It is made from that, which is what its user can define; what users say themselves is not."""
    told = web.run("explain", "web.py", "loud.systemd.service.service.Restart").out
    assert WHY.sub("(...)", told) == (
        "services.loud.systemd.service.service.Restart = 'always'\n"
        "\n"
        "  won 'always'  (...)\n"
        "    defined by SystemdService (modsvc_dsl)\n"
        "\n"
        "made by the manager from\n"
        "services.loud.lifecycle.restart = 'always'\n"
        "  one of 'always', 'on-failure', 'on-abnormal' or 'no'\n"
        "  Whether it starts again when it ends; on-abnormal: after a signal or a timeout, and not after"
        " a status of its own choice. Unset: always, but not a oneshot, nor what is started for each connection.\n"
        "  declared by Lifecycle (modsvc_dsl)\n"
        "\n"
        "  won 'always'  (...)\n"
        "    defined by Lifecycle (modsvc_dsl)\n"
    )
    command = web.run("explain", "web.py", "loud.systemd.service.service.ExecStart").out
    assert "services.loud.process.argv = ['/bin/true']" in command
    path = "loud.systemd.service.service.Restart"
    document = json.loads(web.run("explain", "web.py", path, "--json").out)
    assert document["made_from"] == "services.loud.lifecycle.restart"
    for other in ("slow.systemd.service.service.RestartSec", "loud.port"):
        assert "made by" not in web.run("explain", "web.py", other).out
        assert "made_from" not in json.loads(web.run("explain", "web.py", other, "--json").out)


def test_an_item_of_a_list_is_explained_by_the_list(web: Modsvc) -> None:
    """Nobody defines an item alone."""
    ended = web.run("explain", "web.py", "slow.process.argv[0]")
    assert ended.out.startswith("services.slow.process.argv[0] = '/bin/true'\n")
    assert "won ['/bin/true']" in ended.out


def test_a_value_that_cannot_be_is_explained(web: Modsvc) -> None:
    """Both sides of a conflict are shown, and the mistake; the exit code is that of a mistake."""
    ended = web.run("explain", "web.py", "torn.port")
    assert ended.code == 1
    assert ended.out.startswith("services.torn.port = (no value)\n")
    assert "defined by Docs at web.py:11" in ended.out
    assert "web.py:22" in ended.out
    assert ended.err.startswith("error: `services.torn.port` has definitions that differ\n")


def test_json_has_all_of_it(web: Modsvc) -> None:
    """The same as data, with files and lines as fields."""
    document = json.loads(web.run("explain", "web.py", "loud.port", "--json").out)
    assert document["path"] == "services.loud.port"
    assert document["value"] == 8443
    assert document["option"]["description"] == "Where it listens."
    assert [(each["fate"], each["priority"]) for each in document["definitions"]] == [
        ("won", 50),
        ("lost", 100),
        ("not needed", 1500),
    ]
    where = document["definitions"][0]["location"]
    assert where == {"file": "HERE/web.py", "line": 15}


def test_json_of_what_is_no_data(web: Modsvc) -> None:
    """A service's own entry is defined by an instance, which JSON has in words."""
    document = json.loads(web.run("explain", "web.py", "loud", "--json").out)
    assert document["value"] is None
    assert document["definitions"][0]["value"].startswith("Loud(")
    group = json.loads(web.run("explain", "web.py", "loud.meta.description", "--json").out)
    assert group["definitions"][0]["location"] == {"file": "modsvc_dsl", "line": 0}


def test_no_line_of_a_secret_is_quoted(modsvc: Modsvc) -> None:
    """Neither where it is a default, nor where the whole service is explained."""
    modsvc.write(
        "web.py",
        "from modsvc_dsl import Host, Process, Secret, Service, option\n\n\n"
        "class Web(Service):\n"
        '    password: Secret = option(default="hunter2")\n'
        '    process = Process(argv=["/bin/x"])\n\n\n'
        'host = Host(services={"web": Web(password="hunter2")})\n',
    )
    for path in ("services.web", "services.web.password"):
        ended = modsvc.run("explain", "web.py", path)
        assert "web.py:9" in ended.out
        assert "hunter2" not in ended.out + ended.err
