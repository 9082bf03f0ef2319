"""The process as directives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Command,
    Hardening,
    Host,
    Lifecycle,
    OptionalFile,
    Process,
    Service,
    SystemdService,
    Unit,
    check,
    evaluate,
    systemd,
)
from modsvc_dsl.managers.systemd.trace import portable_option, trace
from tests.managers.systemd.reading import texts, unit_of
from tests.services.saying import said_of


def directives(process: dict[str, Any], **options: Any) -> dict[str, Any]:
    """[Service] of a service with that process. Any: values of directives are of all kinds."""
    service = Service(process=Process(argv=["/bin/true"], **process), **options)
    result = check(evaluate(Host(services={"it": service})))
    return dict(result.services["it"][SystemdService].systemd.service.service)


def test_flags_are_part_of_the_command() -> None:
    """Quoted as arguments are."""
    found = directives({"flags": {"name": "a b", "x": "%n$HOME"}})
    assert found["ExecStart"] == ['/bin/true --name "a b" -x %n$$HOME']


def test_a_flag_that_no_line_holds_is_refused_with_its_line() -> None:
    """Beside that of the program, since both make the command."""

    class Server(Service):
        process = Process(argv=["/bin/server"])

    process = Process(flags={"name": "half \ud800"})
    (message,) = said_of(web=Server(process=process))
    assert message == (
        "`services.web.process.argv`: argument 2 is 'half \\ud800', and its character 5 is U+D800\n"
        "  defined at test_process.py\n"
        '      process = Process(argv=["/bin/server"])\n'
        "  defined at test_process.py\n"
        '      process = Process(flags={"name": "half \\ud800"})\n'
        "  to fix: write real characters: UTF-8 cannot encode half a pair"
    )


def test_a_made_line_leads_to_the_option_that_says_it() -> None:
    """Of two that could, to the one that is said."""
    path = ("systemd", "service", "service", "ExecReload")
    for name, value in (("reload_command", ["/bin/r"]), ("reload_signal", "SIGHUP")):
        said: dict[str, Any] = {name: value}
        service = Service(process=Process(argv=["/bin/true"], **said))
        result = evaluate(Host(services={"it": service})).services["it"]
        assert portable_option(result, path) == ("process", name)
        (line,) = texts(unit_of(service), "ExecReload")
        assert trace(result, "it.service", "Service", "ExecReload", line).path[-1] == name


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/etc/default/web", "/etc/default/web"),
        ("/etc/a b", "/etc/a b"),
        ("/etc/%n", "/etc/%n"),
        ("/etc/[a]*?", r"/etc/\[a]\*\?"),
        ("/etc/a\\b", r"/etc/a\\b"),
        ("/etc/a\\", r"/etc/a\\"),
    ],
)
def test_a_file_of_variables_is_one_file(path: str, written: str) -> None:
    """No pattern, no specifier; a - before it where it need not exist."""
    found = directives({"environment_files": [Path(path), OptionalFile(Path(path))]})
    assert found["EnvironmentFile"] == [written, f"-{written}"]


def test_a_file_that_no_line_holds_is_refused() -> None:
    """With the line that says it."""
    process = Process(argv=["/bin/true"], environment_files=[Path("/etc/a ")])
    (message,) = said_of(web=Service(process=process))
    assert message.startswith(
        "`services.web.process.environment_files`: value is '/etc/a ', with bl"
    )
    assert "\n  defined at test_process.py\n" in message


def test_a_umask_that_is_said_stands_before_the_profiles() -> None:
    """Also in further units of the service, and where the profile is relaxed or off."""
    assert directives({})["UMask"] == "0077"
    for hardening in (Hardening(), Hardening(devices=True), Hardening(enable=False)):
        assert directives({"umask": 0o027}, hardening=hardening)["UMask"] == "0027"
    assert "UMask" not in directives({}, hardening=Hardening(enable=False))


def test_further_units_have_the_umask() -> None:
    """They are confined as the service is."""
    from modsvc_dsl import Systemd, build

    unit = Unit(service={"ExecStart": ["/bin/true"]})
    module = SystemdService(systemd=Systemd(services={"more": unit}))
    service = Service(process=Process(argv=["/bin/true"], umask="0027"), imports=[module])
    tree = build(check(evaluate(Host(services={"it": service})))).trees["host"]
    for name in ("it", "it-more"):
        text = getattr(tree[f"etc/systemd/system/{name}.service"], "content").decode()
        assert "\nUMask=0027\n" in text and "UMask=0077" not in text


def test_reload() -> None:
    """A signal, a command, or a signal of a type that waits for it."""
    assert directives({"reload_signal": "SIGUSR2"})["ExecReload"] == ["/bin/kill -USR2 $MAINPID"]
    assert directives({"reload_signal": "SIGRTMIN+3"})["ExecReload"] == [
        "/bin/kill -RTMIN+3 $MAINPID"
    ]
    assert directives({"reload_command": ["/bin/r", "$MAINPID"]})["ExecReload"] == [
        "/bin/r $$MAINPID"
    ]
    root = Command(["/bin/r"], privileged=True, may_fail=True)
    assert directives({"reload_command": root})["ExecReload"] == ["-+/bin/r"]
    waits = directives({"reload_signal": "SIGUSR1"}, lifecycle=Lifecycle(type="notify-reload"))
    assert waits["ReloadSignal"] == "SIGUSR1" and "ExecReload" not in waits


def test_a_users_own_line_competes_as_strong_as_the_option() -> None:
    """Commands join; the place of a made line is that of the option it was made from."""
    own = systemd(service={"ExecReload": ["/bin/own"]})
    found = directives({"reload_signal": "SIGHUP"}, imports=[own])
    assert found["ExecReload"] == ["/bin/kill -HUP $MAINPID", "/bin/own"]
    service = Service(
        process=Process(argv=["/bin/true"], umask=0o027),
        imports=[systemd(service={"UMask": 0o022})],
    )
    (message,) = said_of(web=service)
    assert message.startswith("`services.web.systemd.service.service.UMask` has definitions that")
    assert "process=Process(argv=" in message and "UMask" in message


def test_what_comes_before_a_reload_is_written_before_it() -> None:
    """systemd stops at the first that fails, and the service goes on as it is."""
    first = {"before_reload": [["/bin/check", "%n"], Command(["/bin/tell"], may_fail=True)]}
    assert directives({**first, "reload_signal": "SIGHUP"})["ExecReload"] == [
        *("/bin/check %n", "-/bin/tell", "/bin/kill -HUP $MAINPID")
    ]
    assert directives({**first, "reload_command": ["/bin/r"]})["ExecReload"] == [
        *("/bin/check %n", "-/bin/tell", "/bin/r")
    ]
