"""Hosts that supervisor manages build exactly the trees in tests/golden/supervisor, to the byte.

`MODSVC_UPDATE_GOLDEN=1 scripts/test tests/managers/supervisor/test_golden.py` rewrites these trees;
read the difference that git shows before you commit it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from modsvc_dsl import (
    ConfigFile,
    Fleet,
    Hardening,
    Host,
    Identity,
    Lifecycle,
    Meta,
    Mistakes,
    Process,
    Relations,
    Service,
    SupervisorManager,
    build,
    check,
    evaluate,
)
from modsvc_dsl.managers.tree import Tree
from tests.examples import gallery, golden

GOLDEN = gallery.ROOT / "tests" / "golden" / "supervisor"
MANAGER = SupervisorManager(user="nobody", directories_exist=True)
PORTABLE = ["portable", "sites", "static_site", "visits"]
"""The examples whose every definition for systemd is optional."""


def under_supervisor(place: Host | Fleet) -> Mapping[str, Tree]:
    """The trees of an example's hosts, managed by supervisor."""
    if isinstance(place, Host):
        return build(check(evaluate(Host(imports=[place], manager=MANAGER)))).trees
    managed = {name: Host(manager=MANAGER) for name in evaluate(place).hosts}
    return build(check(evaluate(Fleet(imports=[place], hosts=managed)))).trees


def everything() -> Mapping[str, Tree]:
    """A host with all that supervisor can do, and with all that has to be written with care."""
    migration = Service(
        process=Process(
            argv=["/usr/bin/env", "true", "", "a b", "it's", "100%", "$HOME ; `x` # y"]
        ),
        lifecycle=Lifecycle(type="oneshot", restart="on-failure"),
    )
    application = Service(
        process=Process(
            argv=["/bin/app", "first\n  second\n", "%(here)s", "\r", "漢字"],
            environment={"A": "x,y", "B": "'\"", "C": None, "D": ' # "quoted" \n'},
            working_directory=Path("/srv/100% ; here"),
        ),
        identity=Identity(user="games"),
        lifecycle=Lifecycle(restart="on-failure"),
        hardening=Hardening(enable=False),
        relations=Relations(after=[migration]),
        meta=Meta(description="The application", documentation=["man:app(8)"]),
        config_data={"app.conf": ConfigFile(text="port = 8080\n")},
    )
    watch = Service(
        process=Process(argv=["/bin/watch"]),
        lifecycle=Lifecycle(start_at_boot=False, restart="no"),
        relations=Relations(after=[application]),
    )
    group = Service(services={"migration": migration, "app": application, "watch": watch})
    return under_supervisor(Host(services={"shop": group}))


def compare(name: str, built: Mapping[str, Tree]) -> None:
    """Compare with the golden trees, or rewrite them."""
    if golden.updating():
        golden.write(GOLDEN / name, built)
    found = golden.difference(golden.read(GOLDEN / name), golden.shown(built))
    assert not found, f"\n{found}\nIf this is meant: {golden.UPDATE}=1 rewrites the golden trees"


@pytest.mark.parametrize("name", PORTABLE)
def test_a_portable_example_builds_for_supervisor_too(name: str) -> None:
    """The bytes of each file, and nothing else."""
    compare(name, under_supervisor(gallery.place(name)))


def test_everything_builds_its_golden_tree() -> None:
    """The bytes of each file, and nothing else."""
    compare("everything", everything())


def test_no_golden_tree_has_lost_its_test() -> None:
    """A tree that nobody builds would never be compared again."""
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted([*PORTABLE, "everything"])


@pytest.mark.parametrize("name", sorted(set(gallery.NAMES) - set(PORTABLE)))
def test_an_example_that_needs_systemd_says_so(name: str) -> None:
    """It is refused for what supervisor has not, and for nothing else."""
    with pytest.raises(Mistakes) as found:
        under_supervisor(gallery.place(name))
    for mistake in found.value.mistakes:
        headline = str(mistake).split("\n")[0]
        words = [
            *("Systemd is no part of this evaluation", "of systemd", "honoured by supervisor"),
            "its manager hands no secrets over",
        ]
        assert any(each in headline for each in words)
