"""Texts with specifiers: what may stand in them, what joins them, and that plain text has none."""

from __future__ import annotations

import operator
import pickle
import re
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from modsvc_dsl import (
    Host,
    HostSystemd,
    Mistake,
    Mistakes,
    Process,
    Service,
    Specifiers,
    SystemdHost,
    SystemdManager,
    SystemdService,
    SysusersRule,
    TmpfilesRule,
    Unit,
    build,
    check,
    environment_assignment,
    evaluate,
    exec_line,
    json_data,
    specifiers,
    systemd,
)
from modsvc_dsl.managers.systemd.directives.problems import problem
from modsvc_dsl.managers.systemd.directives.table import Directive, load
from modsvc_dsl.managers.systemd.directives.values import render
from modsvc_dsl.managers.systemd.escaping import BadValue
from tests.managers.systemd.expansion import alive
from tests.managers.systemd.hostile import nasty
from tests.managers.systemd.reading import Line, texts, unit_of

TABLE = load(257)
ALL = [
    (section, directive)
    for section in TABLE.sections()
    for name in TABLE.names(section)
    if (directive := TABLE.directive(section, name)) and directive.kind != "ignored"
]


def named(name: str) -> Directive:
    section, _, short = name.rpartition(".")
    found = TABLE.directive(section or "Service", short)
    assert found is not None
    return found


def service_with(unit: dict[str, Any]) -> Service:
    """A service with directives in [Service]. Any: of all kinds."""
    section: Any = unit
    return Service(process=Process(argv=["/usr/bin/true"]), imports=[systemd(service=section)])


# --- the value itself


def test_what_is_joined_stays_plain() -> None:
    """Text and paths on either side are what they are, percent signs and all."""
    home = specifiers("%h")
    assert home + "/50%n" == specifiers("%h/50%%n")
    assert "/srv/50%n/" + home == specifiers("/srv/50%%n/%h")
    assert home / "a%" / Path("b") == specifiers("%h/a%%/b")
    assert PurePosixPath("/srv/%i") / specifiers("%i") == specifiers("/srv/%%i/%i")
    assert "/srv" / home == specifiers("/srv/%h")
    assert home + specifiers("-%n") == specifiers("%h-%n")
    joined: Any = home
    for other in (5, None, b"a"):
        with pytest.raises(TypeError):
            operator.add(joined, other)
        with pytest.raises(TypeError):
            operator.truediv(other, joined)


def test_it_is_plain_data() -> None:
    """It compares, hashes, pickles and shows itself as it is written."""
    made = specifiers("/srv/%i")
    assert made == pickle.loads(pickle.dumps(made)) and {made: 1}[specifiers("/srv/%i")] == 1
    other: object = "/srv/%i"
    assert made != other and repr(made) == "specifiers('/srv/%i')"
    assert json_data({"a": made}) == {"a": {"text": "/srv/%i"}}


def test_it_is_no_text() -> None:
    """In a plain text each of its percent signs would stand for itself, so it goes into none."""
    made: Any = specifiers("%i")
    for use in (str, format, bytes, lambda value: f"{value}", lambda value: "%s" % value):
        with pytest.raises(Mistake) as caught:
            use(made)
        assert "specifiers('%i') is no plain text" in str(caught.value)
        assert "test_specifiers.py:" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("%e", "specifiers(...) has %e in it, which no systemd knows"),
        ("100%", "has % in it, which no systemd knows"),
        ("50% of %Z, %i%%", "has % and %Z in it, which no"),
        ("%c%r%R", "has %c, %r and %R in it"),
        ("%\n", "has % in it"),
        (5, "takes a text, found 5 (an integer)"),
        (Path("/%i"), "takes a text, found"),
    ],
)
def test_what_cannot_be_one(text: Any, message: str) -> None:
    """All that is wrong with it at once, with its line."""
    with pytest.raises(Mistake) as caught:
        specifiers(text)
    assert message in str(caught.value) and "%% for a percent sign" in str(caught.value)
    assert "test_specifiers.py:" in str(caught.value)


# --- lines


def test_commands_and_variables_have_them_as_arguments() -> None:
    """They are quoted as all arguments are; variables in them mean nothing."""
    line = exec_line(["/bin/a", specifiers("%i $X"), "100%n", "b c"])
    assert line == specifiers('/bin/a "%i $$X" 100%%n "b c"')
    assert exec_line([specifiers("%h/bin/a"), "b"]) == specifiers("%h/bin/a b")
    assert exec_line(["/bin/a", "100%n"]) == "/bin/a 100%n"
    assert environment_assignment("A", specifiers("%n b")) == specifiers('"A=%n b"')
    for wrong in ("%h/bin/a", specifiers("a%i"), specifiers("%%h/a")):
        shown = repr(wrong if isinstance(wrong, str) else wrong.text)
        with pytest.raises(Mistake, match=f"is {shown}, no absolute path"):
            exec_line([wrong, specifiers("%i")])
    with pytest.raises(Mistake, match=r"argument 1 .*its character 2 is U\+0000"):
        exec_line(["/bin/a", "%%\0", specifiers("%i")])


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("ExecStart", r"/bin/a \x25i \045i \u0025i \U00000025i", "/bin/a %%i %%i %%i %%i"),
        ("ExecStart", r"/bin/a \\x25i \\\x25", r"/bin/a \\x25i \\%%"),
        ("ExecStart", specifiers(r"/bin/a \x25i %i"), "/bin/a %%i %i"),
        ("Unit.Description", r"\x25i", r"\x25i"),
        (
            "TemporaryFileSystem",
            "/a%i:size=10%,x '/b %:uid=%U' /c",
            "/a%%i:size=10%,x '/b %%:uid=%U' /c",
        ),
        ("TemporaryFileSystem", specifiers("/a/%i:size=10%%"), "/a/%i:size=10%"),
        ("SetCredential", "a%:100% of %i:%n", "a%%:100% of %i:%n"),
        ("SetCredential", specifiers("%N:100%%"), "%N:100%"),
        ("LoadCredential", "a:/etc/%N", "a:/etc/%%N"),
        ("MemoryMax", "50%", "50%"),
        ("LogFilterPatterns", "a%i", "a%i"),
        ("Socket.ListenStream", "[fe80::1%eth0]:80", "[fe80::1%%eth0]:80"),
        ("ReadWritePaths", [specifiers("/a/%i")], "/a/%i"),
        ("StandardOutput", specifiers("append:%L/a"), "append:%L/a"),
    ],
)
def test_a_line(name: str, value: Any, line: str) -> None:
    """A percent sign is doubled exactly where systemd would expand specifiers."""
    assert problem(named(name), value) is None
    assert render(named(name), value) == [line]


@given(st.sampled_from(ALL), st.one_of(nasty, st.text("%\\x25u0045iIn: \"'a/", max_size=20)))
@example(("Service", named("ExecStart")), r"/bin/a \x25n")
@example(("Service", named("Environment")), r"A=\u0025h")
@example(("Service", named("TemporaryFileSystem")), '"/a b%n:%n" %n:%n')
def test_nothing_in_plain_text_is_expanded(where: tuple[str, Directive], text: str) -> None:
    """Whatever the text, and in whichever directive."""
    section, directive = where
    for value in (text, Path(text.replace("\0", ""))):
        if problem(directive, value) is not None:
            continue
        (line,) = render(directive, value)
        assert alive(Line(section, directive.name, line)) == []


@pytest.mark.parametrize("text", ["%n", "/%n", "50%n", "a%n", "%n:a", "tcp:%n", "a=%n", "~%n"])
def test_no_directive_expands_it(text: str) -> None:
    """Of all that there are; some take it in one of these forms only."""
    found = [
        Line(section, directive.name, render(directive, text)[0])
        for section, directive in ALL
        if problem(directive, text) is None
    ]
    assert found and [each for each in found if alive(each)] == []


@given(st.sampled_from([each for each in ALL if each[1].specifiers]), nasty, nasty)
def test_only_what_is_written_out_is_expanded(
    where: tuple[str, Directive], before: str, after: str
) -> None:
    """Of a text with specifiers that is joined to others, its own are, in their order."""
    section, directive = where
    letter = directive.specifiers[0]
    before, after = before.replace(":", ""), after.replace(":", "")
    try:
        (line,) = render(directive, before + Specifiers(f"%{letter}") + after)
    except BadValue:
        return
    found = alive(Line(section, directive.name, line))
    assert found in ([f"%{letter}"], []) and (found or "\\" in before)


# --- services and hosts


def test_a_unit_has_them_where_they_are_written() -> None:
    """In directives of all sorts, in the command, and in [Install], whose links are made here."""
    service = Service(
        imports=[
            systemd(
                main_exec_start="/bin/a --of=" + specifiers("%N"),
                service={
                    "WorkingDirectory": specifiers("%S") / "web",
                    "Environment": ["A=%i", specifiers("B=%i")],
                },
                install={"WantedBy": [specifiers("%N-%j.target b.target")]},
            )
        ]
    )
    lines = unit_of(service)
    assert texts(lines, "ExecStart") == ["/bin/a --of=%N"]
    assert texts(lines, "WorkingDirectory") == ["%S/web"]
    assert texts(lines, "Environment") == ["A=%%i", "B=%i"]
    tree = build(check(evaluate(Host(services={"it": service})))).trees["host"]
    links = {path.split("/")[-2] for path in tree if path.endswith(".wants/it.service")}
    assert links == {"it-it.target.wants", "b.target.wants"}


def refused(host: Any) -> str:
    """What is said of a host that is refused."""
    with pytest.raises((Mistake, Mistakes)) as caught:
        build(check(evaluate(host)))
    return str(caught.value)


def test_a_portable_option_has_none() -> None:
    """Other managers read it as well, so they are refused there."""
    argv: Any = ["/bin/a", specifiers("%i")]
    message = refused(Host(services={"web": Service(process=Process(argv=argv))}))
    assert "`services.web.process.argv[1]` expects a string" in message
    assert "systemd.main_exec_start" in message
    folder: Any = specifiers("%h")
    options = Process(argv=["/bin/a"], working_directory=folder)
    assert "exec_line([...])" in refused(Host(services={"web": Service(process=options)}))


def test_the_version_of_the_host_decides() -> None:
    """What only a newer systemd has is a mistake that names both, in units and in rules."""
    web = service_with({"WorkingDirectory": specifiers("%D/web")})
    host = Host(manager=SystemdManager(version=252), services={"web": web})
    message = refused(host)
    assert "systemd 252, which this host has: WorkingDirectory= does not know %D" in message
    assert "systemd 257 takes it" in message
    rule = TmpfilesRule(type="d", path=specifiers("/run/%M"))
    older = SystemdHost(manager=SystemdManager(version=252), systemd=HostSystemd(tmpfiles=[rule]))
    assert "path has %M in it, which tmpfiles.d of systemd 252 does not know" in refused(older)
    newer = SystemdHost(manager=SystemdManager(), systemd=HostSystemd(tmpfiles=[rule]))
    assert "etc/tmpfiles.d/modsvc.conf" in build(check(evaluate(newer))).trees["host"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            {"sysusers": [SysusersRule(type="u", name="a", home=specifiers("%h/a"))]},
            "home has %h in it, which sysusers.d of systemd 257 does not know",
        ),
        (
            {"tmpfiles": [TmpfilesRule(type="f", path=specifiers("/run/%i"))]},
            "path has %i in it, which tmpfiles.d of",
        ),
        (
            {"tmpfiles": [TmpfilesRule(type="h", path=Path("/a"), argument=specifiers("%b"))]},
            "argument is specifiers('%b'), and type h expands no specifiers",
        ),
        (
            {"services": {"a": Unit(service={"ExecStart": ["/bin/a"]}, extra={"X-A": {"B": specifiers("%i")}})}},
            "nothing expands specifiers in B=, which systemd does not read",
        ),
        (
            {"services": {"a": Unit(service={"ExecStart": ["/bin/a"]}, install={"WantedBy": [specifiers("%H.target")]})}},
            "only the host knows what specifiers('%H.target') is",
        ),
        (
            {"mounts": {"a": Unit(mount={"What": "/a", "Where": specifiers("/%n")})}},
            "Where= is specifiers('/%n'), and the unit's name is made from it",
        ),
    ],
)  # fmt: skip
def test_where_there_are_none(said: dict[str, Any], message: str) -> None:
    """What would stay as it is, or is needed here, is told with what to write."""
    assert message in refused(SystemdHost(systemd=HostSystemd(**said)))


def test_the_rules_of_a_host_have_them() -> None:
    """Paths, contents, and what is said of users; what is plain beside it stays plain."""
    rules = [
        TmpfilesRule(type="d", path=specifiers("/run/%b") / "50%"),
        TmpfilesRule(type="f", path=Path("/run/%b"), argument=specifiers("%H\n")),
        TmpfilesRule(type="t", path=Path("/a"), argument=specifiers("user.a=%H")),
    ]
    full_name = "1% " + specifiers("%H")
    users = [SysusersRule(type="u", name=specifiers("a-%w"), id="950", description=full_name)]
    host = SystemdHost(systemd=HostSystemd(tmpfiles=rules, sysusers=users))
    tree: Any = build(check(evaluate(host))).trees["host"]
    lines = tree["etc/tmpfiles.d/modsvc.conf"].content.decode().splitlines()[2:]
    assert lines == [
        'd "/run/%b/50%%" - - - -',
        r'f "/run/%%b" - - - - %H\x0a',
        't "/a" - - - - user.a=%H',
    ]
    lines = tree["etc/sysusers.d/modsvc.conf"].content.decode().splitlines()[2:]
    assert lines == ['u "a-%w" 950 "1%% %H" - -']


def test_an_instance_has_links_of_its_own() -> None:
    """`%i` in [Install] of a template is each of its instances, escaped as in its name."""
    unit = Unit(
        service={"ExecStart": [specifiers("/bin/a %I")], "User": "a"},
        install={"WantedBy": [specifiers("of-%i.target")], "Alias": ["b@.service"]},
        instances=["x", "a/b"],
    )
    tree = build(check(evaluate(SystemdHost(systemd=HostSystemd(services={"a@": unit}))))).trees
    assert {path.partition("system/")[2] for path in tree["host"]} == {
        *("a@.service", "b@.service"),
        *("of-x.target.wants/a@x.service", "of-a-b.target.wants/a@a-b.service"),
    }


def test_a_value_is_read_as_it_was_written() -> None:
    """Results and histories have the value, whose text is that of the unit."""
    host = Host(services={"it": service_with({"WorkingDirectory": specifiers("%h")})})
    found = check(evaluate(host)).services["it"][SystemdService].systemd.service.service
    assert found.get("WorkingDirectory") == specifiers("%h")
    assert re.search("specifiers", repr(found))
