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
    SystemdManager,
    SysusersRule,
    TmpfilesRule,
    Unit,
    build,
    define,
    evaluate,
    force,
    imports,
    option,
    specifiers,
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


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"DefaultTimeoutStop": "20s"}, "did you mean `DefaultTimeoutStopSec`,"),
        ({"ExecStart": "/bin/a"}, "is no directive of [Manager], but of [Service]"),
        ({"DefaultTimeoutStopSec": "soon"}, "DefaultTimeoutStopSec= expects a span of time"),
        ({"LogTarget": "paper"}, "LogTarget= expects one of console, console-prefixed, kmsg"),
        ({"CrashChangeVT": 64}, "expects a whole number from -1 to 63, or a boolean, found 64"),
        ({"RuntimeWatchdogSec": "on"}, "expects a span of time, or default, or off, found 'on'"),
        ({"DefaultTasksMax": 0}, "expects a whole number from 1 on, or infinity, or a percentage"),
        ({"JoinControllers": "a"}, "JoinControllers= has no effect in today's systemd"),
        ({"DefaultEnvironment": [specifiers("A=%i")]}, "DefaultEnvironment= does not know %i"),
        ({"WatchdogDevice": specifiers("/dev/%m")}, "WatchdogDevice= has no specifiers"),
    ],
)
def test_settings_are_judged_as_directives_are(settings: dict[str, Any], what: str) -> None:
    """By systemd's own table, with the line."""
    (message,) = said(lambda: tree_of(settings=settings))
    assert what in message and "test_systemd_host.py" in message


def test_a_setting_in_a_unit_is_told() -> None:
    """With where it belongs."""
    unit: Any = {"DefaultTimeoutStopSec": "20s"}
    (message,) = said(lambda: tree_of(of_web=[systemd(service=unit)]))
    assert "is no directive of [Service], but a setting of the manager" in message
    assert 'SystemdHost(systemd=HostSystemd(settings={"DefaultTimeoutStopSec": ...}))' in message


def of_version(version: int, scope: Any = "system", **options: Any) -> Tree:
    """The tree of a host with a version of systemd."""
    manager = SystemdManager(version=version, scope=scope)
    host = SystemdHost(manager=manager, systemd=HostSystemd(**options))
    return build(evaluate(host)).trees["host"]


def test_settings_are_those_of_the_hosts_version() -> None:
    """One that is newer, or of which it takes less, names both versions; what is newer than all
    tables is extra."""
    newer = {"ReloadLimitBurst": 5, "LogLevel": "info,console:warning"}
    messages = said(lambda: of_version(252, settings=newer))
    assert (
        "systemd 252, which this host has, knows no ReloadLimitBurst=, and systemd 253"
        in messages[0]
    )
    assert "systemd 252, which this host has: LogLevel= expects one of" in messages[1]
    assert "systemd 257 takes it" in messages[1]
    text = text_of(
        of_version(257, settings=newer, extra_settings={"Later": [1, 2]}),
        "etc/systemd/system.conf.d/50-modsvc.conf",
    )
    assert text == (
        "[Manager]\nReloadLimitBurst=5\nLogLevel=info,console:warning\nLater=1\nLater=2\n"
    )
    twice = {"settings": {"DumpCore": True}, "extra_settings": {"DumpCore": False}}
    assert "is said here and in settings" in said(lambda: of_version(257, **twice))[0]


def test_a_users_manager_has_no_use_for_some_settings() -> None:
    """Those are a mistake; the others lie where all users' managers read them."""
    (message,) = said(lambda: of_version(257, "user", settings={"RuntimeWatchdogSec": 5}))
    assert "a user's manager has no use for RuntimeWatchdogSec=" in message
    tree = of_version(257, "user", settings={"DefaultTimeoutStopSec": 5})
    path = "etc/systemd/user.conf.d/50-modsvc.conf"
    assert text_of(tree, path) == "[Manager]\nDefaultTimeoutStopSec=5\n"


def test_settings_of_several_modules_join() -> None:
    """Lists join, and single values that differ are a conflict with both lines."""
    other = SystemdHost(systemd=HostSystemd(settings={"DefaultEnvironment": ["B=2"]}))
    tree = tree_of(other, settings={"DefaultEnvironment": ["A=1"]})
    text = text_of(tree, "etc/systemd/system.conf.d/50-modsvc.conf")
    assert sorted(text.splitlines()[1:]) == ["DefaultEnvironment=A=1", "DefaultEnvironment=B=2"]
    one = SystemdHost(systemd=HostSystemd(settings={"LogLevel": "info"}))
    (message,) = said(lambda: tree_of(one, settings={"LogLevel": "debug"}))
    assert "definitions that differ" in message


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
        ({"settings": {"A=B\nC": "d"}}, "is no directive of [Manager]"),
        ({"extra_settings": {"A=B\nC": "d"}}, "is no name of a directive"),
        ({"extra_settings": {"A": "b\nLogLevel=debug"}}, "U+000A (line feed)"),
        ({"extra_settings": {"A": {"b": 1}}}, "a dict"),
        ({"settings": {"LogTarget": "null\nLogLevel=debug"}}, "U+000A (line feed)"),
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
