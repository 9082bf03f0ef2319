"""`SystemdHost`: what belongs to no service: settings, variables for all, rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    File,
    Host,
    HostSystemd,
    Process,
    Service,
    SupervisorManager,
    SystemdHost,
    SysusersRule,
    TmpfilesRule,
    Unit,
    build,
    define,
    evaluate,
    force,
    imports,
    option,
    systemd,
)
from modsvc_dsl.managers.tree import Tree
from tests.services.saying import ARGV, said


def tree_of(*modules: Host, **options: Any) -> Tree:
    """The tree of a host with a service `web`."""
    web = Service(process=Process(argv=ARGV), imports=options.pop("of_web", []))
    host = SystemdHost(services={"web": web}, systemd=HostSystemd(**options), imports=modules)
    return build(evaluate(host)).trees["host"]


def text_of(tree: Tree, path: str) -> str:
    """The text of a file, without its comment."""
    entry = tree[path]
    assert isinstance(entry, File)
    comment, _, text = entry.content.decode("utf-8").partition("\n\n")
    assert comment.startswith("# Made by modsvc for ")
    return text


def lines_of(tree: Tree, directive: str, path: str = "etc/systemd/system/web.service") -> list[str]:
    """The lines of a unit that assign a directive."""
    return [line for line in text_of(tree, path).split("\n") if line.startswith(f"{directive}=")]


def test_variables_for_all_services_stand_first() -> None:
    """So that a service's own word for one counts; their text is plain."""
    own = systemd(service={"Environment": ["B=own"]})
    tree = tree_of(of_web=[own], environment={"B": "all", "A": "1% of $X"})
    assert lines_of(tree, "Environment") == [
        'Environment="A=1%% of $X"',
        "Environment=B=all",
        "Environment=B=own",
    ]


def test_a_variable_that_a_service_unsets_is_not_given_to_it() -> None:
    """The manager's own, if there is one, is unset as well."""
    own = systemd(service={"UnsetEnvironment": ["A"]})
    tree = tree_of(of_web=[own], environment={"A": "1", "B": "2"})
    assert lines_of(tree, "Environment") == ["Environment=B=2"]
    assert lines_of(tree, "UnsetEnvironment") == ["UnsetEnvironment=A"]


def test_units_of_the_host_have_the_variables_but_drop_ins_not() -> None:
    """What a drop-in adds to has an environment of its own."""
    whole = Unit(service={"ExecStart": ["/bin/a"]})
    units = {"a": whole, "b": Unit(service={"Nice": 1}, drop_in=True)}
    tree = tree_of(services=units, environment={"A": "1"})
    assert lines_of(tree, "Environment", "etc/systemd/system/a.service") == ["Environment=A=1"]
    assert not lines_of(tree, "Environment", "etc/systemd/system/b.service.d/50-modsvc.conf")


def test_settings_of_the_manager_are_a_drop_in() -> None:
    """Beside the one of the distribution, with whatever systemd-system.conf(5) has."""
    tree = tree_of(settings={"DefaultTimeoutStopSec": "20s", "DefaultEnvironment": ["A=1", "B=2"]})
    assert text_of(tree, "etc/systemd/system.conf.d/50-modsvc.conf") == (
        "[Manager]\nDefaultTimeoutStopSec=20s\nDefaultEnvironment=A=1\nDefaultEnvironment=B=2\n"
    )


def test_rules_of_a_host_and_of_its_services_are_files_of_their_own() -> None:
    """None has the name of a package's file, which it would switch off."""
    tree = tree_of(
        tmpfiles=[TmpfilesRule(type="d", path=Path("/srv/a"), mode=0o755)],
        sysusers=[SysusersRule(type="u", name="web")],
    )
    assert text_of(tree, "etc/tmpfiles.d/modsvc.conf") == 'd "/srv/a" 0755 - - -\n'
    assert text_of(tree, "etc/sysusers.d/modsvc.conf") == "u web - - - -\n"


def test_several_modules_of_a_host_join() -> None:
    """As all definitions do: by priority, with both lines where they contradict."""
    one = SystemdHost(systemd=HostSystemd(environment={"A": "1"}))
    other = SystemdHost(systemd=HostSystemd(environment={"A": force("2"), "B": "3"}))
    assert lines_of(tree_of(one, other), "Environment") == ["Environment=A=2", "Environment=B=3"]


@imports(SystemdHost)
class Shop(Host):
    """A host in a class of its own."""

    memory: str = option(default="1G")

    @define(HostSystemd.slices["shop"])
    def _slice(self) -> Unit:
        return Unit(slice={"MemoryMax": self.memory})


def test_a_class_of_hosts_may_import_it() -> None:
    """And define its options from its own."""
    tree = build(evaluate(Shop(memory="2G"))).trees["host"]
    assert text_of(tree, "etc/systemd/system/shop.slice") == "[Slice]\nMemoryMax=2G\n"


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"environment": {"A": "a\0"}}, "its character 1 is U+0000 (NUL)"),
        ({"environment": {"A B": "a"}}, "the name of a variable"),
        ({"settings": {"A=B\nC": "d"}}, "is no name of a directive"),
        ({"settings": {"A": "b\nLogLevel=debug"}}, "U+000A (line feed)"),
        ({"settings": {"A": {"b": 1}}}, "a dict"),
    ],
)
def test_what_no_file_can_hold_is_refused(options: dict[str, Any], what: str) -> None:
    """With its line."""
    (message,) = said(lambda: tree_of(**options))
    assert what in message and "test_systemd_host.py" in message


def test_another_manager_does_not_have_them() -> None:
    """Options that supervisor would not read are a mistake; none of them set are none."""
    options = HostSystemd(targets={"a": Unit()})
    host = SystemdHost(manager=SupervisorManager(user="web"), systemd=options)
    (message,) = said(lambda: build(evaluate(host)))
    assert message.startswith(
        "`systemd` sets options of systemd, but supervisor manages this host\n"
    )
    build(evaluate(SystemdHost(manager=SupervisorManager(user="web"))))
