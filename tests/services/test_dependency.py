"""Short spellings of relations."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import Host, Process, Relations, Service, check, evaluate, json_data, merged
from modsvc_dsl import needs, uses
from tests.services.saying import ARGV, running, said_of


def test_they_are_what_they_stand_for() -> None:
    """The order is part of both, and they join with what else is said."""
    one, other = running(), running()
    web = Service(process=Process(argv=ARGV), relations=needs(one, other))
    app = Service(
        process=Process(argv=ARGV), relations=merged(uses(one), Relations(before=[other]))
    )
    host = check(evaluate(Host(services={"one": one, "other": other, "web": web, "app": app})))
    found = json_data(host.services["web"].relations)
    both = ["services.one", "services.other"]
    assert {name: said for name, said in found.items() if said} == {"after": both, "requires": both}
    found = json_data(host.services["app"].relations)
    assert {name: said for name, said in found.items() if said} == {
        "after": ["services.one"],
        "before": ["services.other"],
        "wants": ["services.one"],
    }


def test_a_mistake_in_one_leads_to_its_line() -> None:
    """It is where the user wrote it."""
    off = Service(process=Process(argv=ARGV), enable=False)
    web = Service(process=Process(argv=ARGV), relations=needs(off))
    assert said_of(off=off, web=web) == [
        "`services.web.relations.requires` refers to `services.off`, which is switched off\n"
        "  defined at test_dependency.py\n"
        "      web = Service(process=Process(argv=ARGV), relations=needs(off))\n"
        "  to fix: switch it on, or take it out of requires"
    ]


def test_the_name_of_a_unit_is_told_how_to_be_written() -> None:
    """With the type of a service where it has none."""
    names: Any = ["network-online.target", "postgresql"]
    for name, unit in zip(names, ("network-online.target", "postgresql.service")):
        for relations in (needs(name), Relations(after=[name])):
            message, *_ = said_of(web=Service(process=Process(argv=ARGV), relations=relations))
            advice = f'write host_unit("{unit}") for a unit of the host, or the service itself'
            assert message.endswith(f"  to fix: {advice}")
    odd: Any = "a b"
    (message,) = said_of(web=Service(process=Process(argv=ARGV), relations=Relations(after=[odd])))
    assert message.endswith("refer to an instance that is placed in the tree, or read one from it")
