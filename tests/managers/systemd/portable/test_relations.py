"""Relations as directives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from modsvc_dsl import (
    Lifecycle,
    Network,
    Process,
    Relations,
    Service,
    host_unit,
    systemd,
    uses,
)
from modsvc_dsl.managers.systemd.portable.relations import DIRECTIVES
from modsvc_dsl.managers.systemd.section import known
from tests.managers.systemd.reading import ARGV, section_of, tree_of, unit_text

RUN = Process(argv=ARGV)


def about(*others: Any, **options: Any) -> dict[str, list[str]]:
    """[Unit] of a service called `it`, beside one called `mail`."""
    mail = Service(process=RUN, lifecycle=Lifecycle(type="oneshot", start_at_boot=False))
    given: dict[str, Any] = {}
    for name, value in options.items():
        given[name] = value(mail) if callable(value) else value
    it = Service(process=RUN, imports=others, **given)
    return section_of(unit_text(tree_of({"it": it, "mail": mail}), "it.service"), "Unit")


def test_relations_are_directives_of_unit() -> None:
    """One each."""
    assert len(set(DIRECTIVES.values())) == len(DIRECTIVES) == 8
    assert all(known("Unit", directive) for directive in DIRECTIVES.values())


def test_a_handler_is_started_on_a_failure() -> None:
    """Beside units that are said to systemd itself."""
    more = systemd(unit={"OnFailure": ["more.service"]})
    found = about(more, relations=lambda mail: Relations(on_failure=[mail]))
    assert found["OnFailure"] == ["mail.service", "more.service"]
    pager = host_unit("pager@it.service")
    found = about(relations=lambda mail: Relations(on_failure=[mail, pager]))
    assert found["OnFailure"] == ["mail.service", "pager@it.service"]


def test_paths_that_have_to_be_mounted_are_words() -> None:
    """Whatever is in them."""
    paths = [Path("/srv/data"), Path('/srv/50% "of" it\\')]
    found = about(relations=Relations(requires_mounts_for=paths))
    assert found == {
        "Description": ["it"],
        "RequiresMountsFor": ['"/srv/data"', '"/srv/50%% \\"of\\" it\\\\"'],
    }


def test_who_waits_for_the_network_wants_it_as_well() -> None:
    """Beside others that it comes after, and what is said to systemd itself; once."""
    online = Network(wait_online=True)
    assert about(network=online) == {
        "Description": ["it"],
        "Wants": ["network-online.target"],
        "After": ["network-online.target"],
    }
    more = systemd(unit={"After": ["a.target"], "Wants": ["b.target"]})
    found = about(more, network=online, relations=lambda mail: uses(mail))
    assert sorted(found["After"]) == ["a.target", "mail.service", "network-online.target"]
    assert sorted(found["Wants"]) == ["b.target", "mail.service", "network-online.target"]
    assert about(network=Network(wait_online=False)) == {"Description": ["it"]}


def test_a_watchdog_is_a_span() -> None:
    """Of a service that says that it is alive."""
    watched = Service(process=RUN, lifecycle=Lifecycle(type="notify", watchdog="1min 30s"))
    found = section_of(unit_text(tree_of({"it": watched}), "it.service"), "Service")
    assert (found["WatchdogSec"], found["Type"]) == (["90"], ["notify"])
