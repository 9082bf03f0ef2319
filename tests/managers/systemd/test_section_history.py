"""Where a directive comes from is asked by its path, through all results around it."""

from __future__ import annotations

from pathlib import Path

from modsvc_dsl import (
    Fleet,
    Host,
    Process,
    Service,
    Systemd,
    Unit,
    define,
    evaluate,
    history,
    systemd,
)


class Web(Service):
    process = Process(argv=["/usr/bin/web"])

    @define(Systemd.service)
    def _unit(self) -> Unit:
        return Unit(
            service={
                "TimeoutStopSec": 3,
                "Nice": 4,
            }
        )


FLEET = Fleet(
    hosts={"one": Host(services={"web": Web(imports=[systemd(service={"RestartSec": 7})])})}
)


def test_a_directive_of_the_manager_is_weaker_than_a_plain_one() -> None:
    """What the manager says by itself has the priority of a default, entry by entry."""
    told = history(evaluate(FLEET), "hosts.one.services.web.systemd.service.service.RestartSec")
    assert [(each.value, each.priority, each.fate) for each in told] == [
        (7, 100, "won"),
        (5, 1000, "lost"),
    ]
    assert told[0].location.file == __file__


def test_a_path_through_several_results_ends_at_the_option() -> None:
    """The path starts at the fleet, its end lies in a service."""
    [told] = history(evaluate(FLEET), "hosts.one.services.web.process.argv")
    assert told.value == ["/usr/bin/web"]
    [entry] = history(evaluate(FLEET), "hosts.one.services.web")
    assert isinstance(entry.value, Web)


def test_an_entry_is_where_its_own_line_is() -> None:
    """Not where the dict around it begins."""
    [told] = history(evaluate(FLEET), "hosts.one.services.web.systemd.service.service.Nice")
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    assert lines[told.location.line - 1].strip() == '"Nice": 4,'
