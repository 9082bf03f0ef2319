"""The examples on a host that supervisor manages: they build, or what needs systemd is named.

In: the examples for one host, placed on another. Out: verdicts about trees and messages. Refuses to
run supervisord.
"""

from __future__ import annotations

import pytest

from modsvc_dsl import Built, Host, Mistake, Mistakes, build, check, evaluate
from modsvc_dsl.managers.supervisor.manager import SupervisorManager
from tests.examples import gallery

PORTABLE = {"portable": ["moved"], "sites": ["sites"], "static_site": ["handbook"]} | {
    "visits": ["visits-app", "visits-front", "visits-redis"]
}
"""Examples that need no systemd, with the programs that supervisor runs for each."""

NEEDS_SYSTEMD = {
    "balancer": "`services.balancer.lifecycle.type` cannot be honoured by supervisor",
    "broker": "`services.broker.credentials.passwords` has no path: its manager hands no secrets",
    "git_server": "`services.repositories.network.sockets` cannot be honoured by supervisor",
    "hardened": "@define(Systemd.service)",
    "instances": "`services.thumbnails.systemd` sets options of systemd, but supervisor manages",
    "remote_shell": "`services.shell.lifecycle.type` cannot be honoured by supervisor",
    "resolver": "`services.resolver.lifecycle.before_start` cannot be honoured by supervisor",
    "shop": "`services.shop.services.web.credentials.password` has no path: its manager hands no",
    "socket_activated": "@define(Systemd.socket)",
    "timer_job": "`services.archive.schedule.calendar` cannot be honoured by supervisor",
    "tls_front": "`services.front.lifecycle.before_first_start` cannot be honoured by supervisor",
    "vault": "`services.vault.credentials.passphrase` has no path: its manager hands no secrets",
}
"""Examples that ask for something of systemd's, with the line that does."""


def under_supervisor(name: str) -> Built:
    """An example's services, on a host with the other manager."""
    placed = gallery.place(name)
    assert isinstance(placed, Host)
    host = Host(manager=SupervisorManager(user="nobody", directories_exist=True), imports=[placed])
    return build(check(evaluate(host)))


@pytest.mark.parametrize("name", PORTABLE)
def test_portable_ones_build_for_both(name: str) -> None:
    """A program for each service, and the same config data."""
    tree = under_supervisor(name).trees["host"]
    programs = gallery.texts(tree, "etc/supervisor/conf.d/")
    assert sorted(programs) == [f"{program}.conf" for program in PORTABLE[name]]
    config, systemd = (
        {path: entry for path, entry in each.items() if path.startswith("etc/system-services/")}
        for each in (tree, gallery.trees(name)["host"])
    )
    assert config == systemd != {}


def test_what_supervisor_leaves_out_is_listed() -> None:
    """The optional part for systemd, and that nothing confines the process."""
    notes = "\n".join(under_supervisor("portable").notes["host"])
    assert "Systemd.service is skipped: it is optional" in notes
    assert "portable.py:" in notes
    assert "`services.moved`: is not confined" in notes


@pytest.mark.parametrize("name", NEEDS_SYSTEMD)
def test_others_say_what_they_need(name: str) -> None:
    """The line of the example is in the message; nothing is left out in silence."""
    with pytest.raises((Mistake, Mistakes)) as caught:
        under_supervisor(name)
    assert NEEDS_SYSTEMD[name] in str(caught.value)
    assert f"examples/{name}.py:" in str(caught.value)


def test_every_example_for_one_host_is_in_one_of_the_tables() -> None:
    """The fleet has hosts of its own."""
    assert sorted({*PORTABLE, *NEEDS_SYSTEMD, "fleet"}) == gallery.NAMES
