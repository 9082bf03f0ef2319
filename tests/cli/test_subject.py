"""What of a file is meant: the one fleet, host or mapping of services, or what a NAME says.

In: texts of files. Out: what the command takes from them. Refuses to build anything.
"""

from __future__ import annotations

import pytest

from tests.cli.modsvc import Modsvc

BEGIN = """
from modsvc_dsl import Fleet, Host, Process, Service, evaluate, force

true = Process(argv=["/bin/true"])
a, b = Service(process=true), Service(process=true)
"""

MEANT = {
    "a host": "host = Host(services={'a': a})",
    "a fleet and its hosts": "host = Host(services={'a': a})\nfleet = Fleet(hosts={'host': host})",
    "a host and its services": "services = {'a': a}\nhost = Host(services=services)",
    "a host and services that are joined": "some = {'a': a}\nhost = Host(services={**some})",
    "a fleet and a mapping for all its hosts": (
        "some = {'a': a}\nfleet = Fleet(hosts={'host': Host(services=some | {})})"
    ),
    "a fleet and a mapping of a service for each": (
        "nodes = {'host': a, 'other': b}\n"
        "fleet = Fleet(hosts={h: Host(services={'a': n}) for h, n in nodes.items()})"
    ),
    "services that are forced": "services = {'a': a}\nhost = Host(services=force(services))",
    "a mapping": "services = {'a': a}",
    "two names of one": "host = one = Host(services={'a': a})",
    "a private one beside": "host = Host(services={'a': a})\n_other = Host(services={'b': b})",
    "a result beside": "host = Host(services={'a': a})\nresult = evaluate(host)",
    "an imported one beside": "from other import other\nhost = Host(services={'a': a})",
    "one made by another file": "from other import make\nhost = make(a)",
    "one made in a branch": "if True:\n    host = Host(services={'a': a})",
    "one made in a handler": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    host = {'a': a}",
    "one made by a match": "match 1:\n    case 1:\n        host = {'a': a}",
    "one bound by a for": "for name in ['a']:\n    host = {name: a}",
    "imported and bound anew": "from other import other\nother = {'a': a}",
    "an empty mapping beside": "tables = {}\nhost = Host(services={'a': a})",
    "a mapping of something else": "ports = {'a': 80}\nhost = Host(services={'a': a})",
}


@pytest.mark.parametrize("case", MEANT)
def test_one_thing_is_meant(modsvc: Modsvc, case: str) -> None:
    """In each of these files there is one thing that holds the service `a` alone."""
    modsvc.write(
        "other.py",
        f"{BEGIN}\nother = Host(services={{'b': b}})\n"
        "def make(service):\n    return Host(services={'a': service})\n",
    )
    modsvc.write("web.py", f"{BEGIN}\n{MEANT[case]}\n")
    ended = modsvc.run("show", "web.py", "host.services.a.process.argv")
    assert (ended.out, ended.err) == ("['/bin/true']\n", "")
    assert modsvc.run("show", "web.py", "host.services.b").code == 2


NAMED = {
    "host": "['/bin/true']\n",
    "fleet": "['/bin/true']\n",
    "services": "['/bin/true']\n",
    "_private": "['/bin/true']\n",
    "imported": "['/bin/true']\n",
    "a": "['/bin/true']\n",
}


@pytest.mark.parametrize("name", NAMED)
def test_a_name_says_what_is_meant(modsvc: Modsvc, name: str) -> None:
    """A private one, an imported one and a single service, too; that one is called as its name."""
    modsvc.write("other.py", f"{BEGIN}\nimported = Host(services={{'a': a}})\n")
    modsvc.write(
        "web.py",
        f"{BEGIN}\nfrom other import imported\nhost = Host(services={{'a': a}})\n"
        "services = {'a': a}\n_private = Host(services={'a': a})\nfleet = Fleet(hosts={'a': host})\n",
    )
    path = "a.services.a.process.argv" if name == "fleet" else "a.process.argv"
    ended = modsvc.run("show", f"web.py:{name}", path)
    assert (ended.out, ended.err) == (NAMED[name], "")


@pytest.mark.parametrize("text", ["from other import *", "import other\nfrom other import other"])
def test_what_is_imported_is_not_meant(modsvc: Modsvc, text: str) -> None:
    """However it is imported."""
    modsvc.write("other.py", f"{BEGIN}\nother = Host(services={{'b': b}})\n")
    modsvc.write("web.py", f"{text}\n")
    ended = modsvc.run("show", "web.py")
    assert ended.code == 2
    assert ended.err.startswith("error: web.py holds nothing to build")
