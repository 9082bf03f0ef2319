"""Secrets that commands of a service would look for and not find."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import (
    Command,
    Host,
    Lifecycle,
    Process,
    Run,
    Service,
    SystemdManager,
    build,
    check,
    define,
    evaluate,
    secret_file,
    specifiers,
    systemd,
)
from tests.services.saying import said


class Keeper(Service):
    """A service with a secret."""

    credentials = {"key": secret_file("/etc/keys/it")}
    process = Process(argv=["/bin/true"])

    @property
    def secret(self) -> str:
        return self.credentials["key"].path


class Greeted(Keeper):
    @define(Lifecycle.after_start)
    def _greet(self) -> list[Run]:
        return [["/bin/cat", self.secret]]


class Reloaded(Keeper):
    @define(Process.reload_command)
    def _reload(self) -> list[str]:
        return ["/bin/reload", f"--key={self.secret}"]


class Stopped(Keeper):
    @define(Lifecycle.stop_command)
    def _stop(self) -> list[str]:
        return ["/bin/stop", self.secret]

    @define(Lifecycle.after_stop)
    def _after(self) -> list[Run]:
        return [Command(["/bin/rm", self.secret], may_fail=True)]


class Started(Keeper):
    @define(Lifecycle.before_start)
    def _before(self) -> list[Run]:
        return [["/bin/cat", self.secret]]

    @define(Lifecycle.after_stop)
    def _after(self) -> list[Run]:
        return [Command(["/bin/cat", self.secret], privileged=True)]


class Told(Keeper):
    """Only its environment has the path."""

    @define(Process.environment)
    def _environment(self) -> dict[str, str | None]:
        return {"KEY_FILE": self.secret}


def built(service: Service, version: int = 252) -> Any:
    """What is built of a service under a version of systemd. Any: trees and notes."""
    host = Host(services={"it": service}, manager=SystemdManager(version=version))
    return build(check(evaluate(host)))


@pytest.mark.parametrize(
    ("service", "options"),
    [
        (Greeted(), ["lifecycle.after_start"]),
        (Reloaded(), ["process.reload_command"]),
        (Stopped(), ["lifecycle.stop_command", "lifecycle.after_stop"]),
    ],
)
def test_a_command_that_gets_no_secret_is_not_given_its_path(
    service: Service, options: list[str]
) -> None:
    """With the option and the line that say it."""
    found = said(lambda: built(service))
    assert [message.partition("`: ")[0] for message in found] == [
        f"`services.it.{option}" for option in options
    ]
    assert all("hands no secret to Exec" in message for message in found)
    assert all("defined at test_out_of_reach.py" in message for message in found)


def test_what_starts_a_service_has_its_secrets() -> None:
    """And root sees them anyway; after the start, newer versions hand them over."""
    assert said(lambda: built(Started())) == []
    assert said(lambda: built(Greeted(), 254)) == []
    (message,) = said(lambda: built(Greeted(), 253))
    assert message == (
        "`services.it.lifecycle.after_start`: systemd 253 hands no secret to ExecStartPost=, and from "
        "254 on it does\n"
        "  defined at test_out_of_reach.py\n"
        '      return [["/bin/cat", self.secret]]\n'
        "  to fix: have a oneshot service do it that has the secret itself and starts after this one"
    )


def test_a_line_of_systemds_own_is_looked_at_as_well() -> None:
    """Where %d stands for the folder of the secrets; in plain text it stands for itself."""
    line = systemd(service={"ExecStop": [specifiers("/bin/stop %d/key")]})
    (message,) = said(lambda: built(Keeper(imports=[line])))
    assert message.startswith("`services.it.systemd.service.service.ExecStop`: systemd hands no")
    plain = systemd(service={"ExecStop": ["/bin/stop %d/key", specifiers("/bin/stop %%d/key")]})
    assert said(lambda: built(Keeper(imports=[plain]))) == []


def test_a_variable_that_leads_to_a_secret_is_noted_beside_such_commands() -> None:
    """Whether the command reads it, only its program knows; a signal does not."""
    reload_by = Process(reload_signal="SIGHUP")
    assert built(Told(process=reload_by)).notes["host"] == ()
    assert built(Told(lifecycle=Lifecycle(after_start=[["/bin/a"]])), 257).notes["host"] == ()
    (note,) = built(Told(lifecycle=Lifecycle(after_stop=[["/bin/a"]]))).notes["host"]
    assert note == (
        "`services.it`: it.service: the variable KEY_FILE leads to a secret, and systemd hands no "
        "secret to ExecStopPost="
    )
