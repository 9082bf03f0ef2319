"""Sections of units: directives merged one by one, judged by tables, never silently dropped."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import (
    Host,
    Lifecycle,
    Process,
    Service,
    SystemdService,
    Unit,
    after,
    before,
    default,
    evaluate,
    force,
    history,
    later,
    merged,
    override,
    specifiers,
    systemd,
    when,
)
from modsvc_dsl.managers.systemd.given import Defaults
from modsvc_dsl.managers.systemd.section import Section, known, names, sections
from tests.managers.systemd.reading import ARGV
from tests.services.saying import said_of

SERVICE = "services.web.systemd.service"


def service(*layers: dict[str, Any], **options: Any) -> Service:
    """A service on which modules say directives of [Service], each a layer."""
    imports = [systemd(service=layer) for layer in layers]  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    return Service(process=Process(argv=ARGV), imports=imports, **options)


def merged_of(*layers: dict[str, Any], **options: Any) -> dict[str, Any]:
    """[Service] as it comes out."""
    host = evaluate(Host(services={"web": service(*layers, **options)}))
    return dict(host.services["web"][SystemdService].systemd.service.service)


def test_directives_of_modules_meet_in_one_section() -> None:
    """Each module says what it knows."""
    found = merged_of({"Nice": 5}, {"CPUWeight": 20, "UMask": 0o27})
    assert {name: found[name] for name in ("Nice", "CPUWeight", "UMask")} == {
        "Nice": 5,
        "CPUWeight": 20,
        "UMask": "0027",
    }


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"Restart": "no"}, "no"),
        ({"Restart": force("on-abort")}, "on-abort"),
        ({"Restart": override(900, "on-abort")}, "on-abort"),
        ({"Restart": override(1100, "on-abort")}, "always"),
        ({"Restart": when(False, "on-abort")}, "always"),
        ({"Restart": when(True, "on-abort")}, "on-abort"),
        ({"Restart": later(lambda: "on-abort")}, "on-abort"),
        ({"Restart": default("always")}, "always"),
    ],
)
def test_what_is_said_beats_what_modsvc_gives_by_itself(said: dict[str, Any], found: str) -> None:
    """Its defaults have the priority of default(...), 1000, as upstream."""
    assert merged_of(said)["Restart"] == found


def test_two_defaults_that_differ_are_a_conflict() -> None:
    """A mixin's default(...) and modsvc's own are equally strong; the message says the way out."""
    weak = service({"Restart": default("no")})
    (message,) = said_of(web=weak)
    assert message.startswith(
        f"`{SERVICE}.service.Restart` has definitions that differ\n  'always' of SystemdService (modsvc_dsl)\n  'no' at "
    )
    assert message.endswith(
        "\n  to fix: write it without default(...): then it is stronger than what modsvc gives by "
        "itself"
    )


def test_default_lists_join() -> None:
    """As all lists of one strength do: the target of the library's, then the mixin's."""
    install = systemd(install={"WantedBy": default(["a.target"])})
    host = Host(services={"web": Service(process=Process(argv=ARGV), imports=[install])})
    found = evaluate(host).services["web"][SystemdService].systemd.service.install
    assert dict(found) == {"WantedBy": ["multi-user.target", "a.target"]}


@pytest.mark.parametrize(
    ("layers", "found"),
    [
        (({"ExecStartPre": ["/a"]}, {"ExecStartPre": ["/b"]}), ["/a", "/b"]),
        (({"ExecStartPre": ["/a"]}, {"ExecStartPre": before(["/b"])}), ["/b", "/a"]),
        (({"ExecStartPre": after("/a")}, {"ExecStartPre": "/b"}), ["/b", "/a"]),
        (({"ExecStartPre": merged(["/a"], before(["/b"]))},), ["/b", "/a"]),
        (({"ExecStartPre": ["/a"]}, {"ExecStartPre": force(["", "/b"])}), ["", "/b"]),
        (({"ExecStartPre": default(["/a"])}, {"ExecStartPre": ["/b"]}), ["/b"]),
        (({"ExecStartPre": ["/a"]}, {"ExecStartPre": None}), ["/a"]),
    ],
)
def test_lists_are_joined_in_order(layers: tuple[dict[str, Any], ...], found: list[str]) -> None:
    """What may be assigned several times is a list, by order and strength like any other."""
    assert merged_of(*layers)["ExecStartPre"] == found


def test_none_takes_a_directive_away() -> None:
    """Plain, so it is stronger than the defaults: nothing is written."""
    assert "RestartSec" not in merged_of({"RestartSec": None})
    assert "SystemCallFilter" not in merged_of({"SystemCallFilter": None})


def test_two_plain_values_that_differ_are_a_conflict() -> None:
    """Both lines are shown, and the three ways out; equal ones agree."""
    assert merged_of({"Nice": 5}, {"Nice": 5})["Nice"] == 5
    one, other = systemd(service={"Nice": 5}), systemd(service={"Nice": 6})
    assert said_of(web=Service(process=Process(argv=ARGV), imports=[one, other])) == [
        f"`{SERVICE}.service.Nice` has definitions that differ\n"
        "  5 at test_section.py\n"
        '      one, other = systemd(service={"Nice": 5}), systemd(service={"Nice": 6})\n'
        "  6 at test_section.py\n"
        '      one, other = systemd(service={"Nice": 5}), systemd(service={"Nice": 6})\n'
        "  to fix: remove one of them, weaken one with default(...), or let one win with force(...)"
    ]
    (message,) = said_of(web=service({"PrivateDevices": True}, {"PrivateDevices": "yes"}))
    assert message.startswith(f"`{SERVICE}.service.PrivateDevices` has definitions that differ\n")


def test_a_single_value_in_a_list_is_that_value() -> None:
    """So that two of them that differ are a conflict, and the unit has one line."""
    found = merged_of({"Nice": [5], "User": ["web"]}, {"User": "web", "Type": []})
    assert (found["Nice"], found["User"], found.get("Type")) == (5, "web", None)
    (message,) = said_of(web=service({"User": ["a"]}, {"User": ["b"]}))
    assert "definitions that differ" in message


def test_values_with_specifiers_merge_as_texts_do() -> None:
    """They join in lists, conflict where they differ, and lose to what is stronger."""
    live = specifiers("/srv/%i")
    found = merged_of({"ReadWritePaths": ["/a"]}, {"ReadWritePaths": [live], "RootDirectory": live})
    assert (found["ReadWritePaths"], found["RootDirectory"]) == (["/a", live], live)
    assert (
        merged_of({"RootDirectory": live}, {"RootDirectory": force("/b")})["RootDirectory"] == "/b"
    )
    (message,) = said_of(web=service({"RootDirectory": live}, {"RootDirectory": "/srv/%i"}))
    assert "specifiers('/srv/%i') at" in message and "definitions that differ" in message


def test_an_unknown_directive_is_refused_with_the_nearest_one() -> None:
    """In its section, whatever its case, or in another section."""
    wrong = {"ProtectSytem": "strict", "restartsec": 3, "Descripton": "x", "Zzz": 1}
    messages = said_of(web=service(wrong))
    assert [message.split("\n")[0] for message in messages] == [
        f"`{SERVICE}.service.{name}` is no directive of [Service]" for name in wrong
    ]
    assert [message.split("\n")[-1] for message in messages] == [
        "  to fix: did you mean `ProtectSystem`, `ProtectHostname` or `ProtectHome`?",
        "  to fix: did you mean `RestartSec`, `Restart` or `RestartSteps`?",
        "  to fix: did you mean `Description= of [Unit]`?",
        '  to fix: if it is newer than this library, write Unit(extra={"Service": {"Zzz": ...}})',
    ]


@pytest.mark.parametrize(
    ("name", "where", "advice"),
    [
        ("Documentation", "[Unit]", 'write Unit(unit={"Documentation": ...})'),
        ("ListenStream", "[Socket]", 'write Unit(socket={"ListenStream": ...})'),
        ("OnCalendar", "[Timer]", 'write Unit(timer={"OnCalendar": ...})'),
        ("WantedBy", "[Install]", 'write Unit(install={"WantedBy": ...})'),
        ("What", "[Mount] and [Swap]", 'write Unit(mount={"What": ...})'),
    ],
)
def test_a_directive_in_the_wrong_section_says_where_it_belongs(
    name: str, where: str, advice: str
) -> None:
    """With what to write."""
    wrong = service({name: "x"})
    assert said_of(web=wrong) == [
        f"`{SERVICE}.service.{name}` is no directive of [Service], but of {where}\n"
        "  written at test_section.py\n"
        "      imports = [systemd(service=layer) for layer in layers]  # type: ignore[arg-type]"
        "  # pyright: ignore[reportArgumentType]\n"
        f"  to fix: {advice}"
    ]


def test_names_that_begin_with_x_are_extra() -> None:
    """systemd leaves them to others, so no section has them."""
    (message,) = said_of(web=service({"X-Owner": "ann"}))
    assert message.startswith(
        f"`{SERVICE}.service.X-Owner` is no directive of [Service]: names that begin with X- are "
        "nobody's but yours\n"
    )
    assert message.endswith('\n  to fix: write Unit(extra={"Service": {"X-Owner": ...}})')


@pytest.mark.parametrize(
    ("directive", "value", "what", "advice"),
    [
        (
            "Restart",
            "allways",
            "one of no, on-success, on-failure, on-abnormal, on-watchdog, on-abort, always",
            'did you mean "always"?',
        ),
        ("ProtectSystem", "strictly", "one of full, strict, a boolean", 'did you mean "strict"?'),
        ("Nice", 50, "a whole number from -20 to 19", ""),
        ("RestartSec", "5 minits", "a span of time", "write a number of seconds"),
        ("NoNewPrivileges", 1, "a boolean", "write True"),
        ("WorkingDirectory", "srv", "an absolute path", "begin it with /"),
        ("MemoryMax", "lots", "a size", "write a number of bytes"),
        ("UMask", 22, "permission bits", "write 0o22: the number 22 is 0o26"),
        ("KillSignal", "SIGTREM", "a signal", 'write its name, such as "SIGTERM"'),
        ("Environment", ["A B=c"], "NAME=value", ""),
        ("Nice", [1, 2], "", ""),
        ("PIDFile", 3, "a path", ""),
    ],
)
def test_values_are_judged(directive: str, value: object, what: str, advice: str) -> None:
    """By kind, with what was found and what to write; the line of the value is named."""
    (message,) = said_of(web=service({directive: value}))
    lines = message.split("\n")
    assert lines[0].startswith(f"`{SERVICE}.service.{directive}`: {directive}= ")
    assert f"expects {what}" in lines[0] or "takes one value, found a list of 2" in lines[0]
    assert lines[1] == "  defined at test_section.py"
    assert lines[-1].startswith(f"  to fix: {advice}") if advice else len(lines) == 3


def test_all_mistakes_of_a_section_come_at_once() -> None:
    """Unknown names, wrong values and conflicts."""
    wrong = service({"Nice": 50, "Restrat": "no", "UMask": 0o77}, {"UMask": 0o22})
    heads = [message.split("`")[1] for message in said_of(web=wrong)]
    assert heads == [f"{SERVICE}.service.{name}" for name in ("Nice", "Restrat", "UMask")]


def test_a_section_is_a_dict() -> None:
    """Anything else is told what was found."""
    wrong = Unit(service=["Nice"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    from modsvc_dsl import Systemd

    group = SystemdService(systemd=Systemd(service=wrong))
    (message,) = said_of(web=Service(process=Process(argv=ARGV), imports=[group]))
    assert message.startswith(
        f"`{SERVICE}.service` expects a dict of directives of [Service]\n  found ['Nice'] (a list)\n"
    )


def test_a_user_that_is_said_takes_the_place_of_the_one_that_is_made() -> None:
    """A unit has no two users; everything else of the profile stays."""
    found = merged_of({"User": "root"})
    assert "DynamicUser" not in found and found["User"] == "root"
    assert found["NoNewPrivileges"] is True
    assert merged_of({"User": "web", "DynamicUser": True})["DynamicUser"] is True


def test_what_a_portable_option_says_is_as_strong_as_there() -> None:
    """Plain against plain is a conflict with both lines of the user's; force wins."""
    wrong = service({"Restart": "no"}, lifecycle=Lifecycle(restart="always"))
    (message,) = said_of(web=wrong)
    assert message.startswith(
        f"`{SERVICE}.service.Restart` has definitions that differ\n  'always' at "
    )
    assert "(modsvc_dsl)" not in message
    forced = Lifecycle(restart=force("on-failure"))
    assert merged_of({"Restart": "no"}, lifecycle=forced)["Restart"] == "on-failure"
    weak = Lifecycle(restart=default("on-failure"))
    assert merged_of({"Restart": "no"}, lifecycle=weak)["Restart"] == "no"


def test_the_history_of_a_directive_tells_defaults_as_such() -> None:
    """What lost, what won, and how strong each was."""
    host = evaluate(Host(services={"web": service({"Restart": "no"})}))
    won, lost = history(host, f"{SERVICE}.service.Restart")
    assert (won.value, won.priority, won.fate) == ("no", 100, "won")
    assert (lost.value, lost.priority, lost.fate) == ("always", 1000, "lost")


def test_defaults_know_their_strength() -> None:
    """A directive that was made from what somebody said has that strength."""
    given = Defaults({"A": 1, "B": 2}, {"B": (50, host_place())})
    assert (given.__priority_of__("A"), given.__priority_of__("B")) == (1000, 50)


def host_place() -> Any:
    """Some place."""
    return Host().__module_record__.place


def test_tables_are_looked_up_over_all_versions() -> None:
    """Names of all versions are known, so that a message can say which one has them."""
    assert "RestartSteps" in names("Service") and "Restart" in names("Service")
    assert known("Service", "RestartSteps") and known("Unit", "RestartSteps") is None
    assert {"Unit", "Service", "Socket", "Timer", "Install"} <= set(sections())


def test_two_sections_do_not_merge_as_one_option() -> None:
    """The type is one per section."""
    assert Section("Unit").key() != Section("Service").key()
    assert Section("Unit").key() == Section("Unit").key()
