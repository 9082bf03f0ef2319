"""Users, directories and secrets as directives, and as rules of the host."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import (
    Directories,
    Directory,
    Hardening,
    Host,
    Identity,
    Process,
    Service,
    SystemdManager,
    SystemdService,
    build,
    check,
    encrypted_secret,
    evaluate,
    secret_command,
    secret_file,
    stored_secret,
    systemd,
)
from modsvc_dsl.managers.systemd.portable.hardening import HardeningTranslation
from modsvc_dsl.managers.systemd.trace import trace
from modsvc_dsl.managers.tree import File, Link
from tests.services.saying import said, said_of

RUN = Process(argv=["/bin/true"])
OWN = frozenset({"DynamicUser", "User", "Group", "SupplementaryGroups"})


def directives(service: Service, **others: Service) -> dict[str, Any]:
    """[Service] of a service called `it`. Any: values of directives are of all kinds."""
    result = check(evaluate(Host(services={**others, "it": service})))
    return dict(result.services["it"][SystemdService].systemd.service.service)


def who(service: Service, **others: Service) -> dict[str, Any]:
    """What of that says who the service is."""
    return {name: value for name, value in directives(service, **others).items() if name in OWN}


def as_user(**options: Any) -> Service:
    return Service(process=RUN, identity=Identity(**options))


def test_each_way_to_say_who_a_service_is() -> None:
    """A user that is made while it runs, one of the host, one made for good, another one's."""
    assert who(as_user()) == {"DynamicUser": True}
    assert who(as_user(groups=["adm", "video"])) == {
        "DynamicUser": True,
        "SupplementaryGroups": ["adm video"],
    }
    assert who(as_user(user="root")) == {"User": "root"}
    assert who(as_user(create=True, group="media")) == {"User": "it", "Group": "media"}
    web = as_user()
    assert who(as_user(same_as=web), web=web) == {"DynamicUser": True, "User": "web"}
    made = as_user(create=True, group="media", groups=["video"])
    assert who(as_user(same_as=made, groups=["adm"]), web=made) == {
        "User": "web",
        "Group": "media",
        "SupplementaryGroups": ["video adm"],
    }


@pytest.mark.parametrize("name", ["9web", "a.b", "a" * 32])
def test_a_user_that_goes_by_a_number_cannot_be_shared(name: str) -> None:
    """systemd makes a number of a unit's name that could be no user's."""
    web = as_user()
    (message,) = said_of(**{name: web, "it": as_user(same_as=web)})
    assert message.startswith("`services.it.identity.same_as`: `services")
    assert f"has a user that cannot go by its name, {name!r}\n" in message
    assert message.endswith('to fix: let it say one: identity=Identity(user="...", create=True)')


def rules(service: Service) -> list[str]:
    """The lines of sysusers.d for a service called `it`."""
    file = (
        build(check(evaluate(Host(services={"it": service}))))
        .trees["host"]
        .get("etc/sysusers.d/modsvc-it.conf")
    )
    if file is None:
        return []
    assert isinstance(file, File)
    return [line for line in file.content.decode().splitlines()[1:] if line]


def test_a_user_that_is_made_is_a_rule_of_the_host() -> None:
    """With its group, its number, its home and the groups that it joins; others are none."""
    assert rules(as_user(create=True)) == ["u it - - - -"]
    assert rules(as_user(user="app", create=True, uid=480, group="app")) == ["u app 480 - - -"]
    full = as_user(user="app", create=True, uid=480, group="media", groups=["video", "new"])
    assert rules(full) == [
        *("g media -", "u app 480:media - - -", "m app video", "m app new"),
    ]
    assert rules(as_user(create=True, group="media")) == ["g media -", "u it -:media - - -"]
    assert rules(as_user(user="app", groups=["video"])) == []


DROP_IN = "etc/systemd/system/systemd-sysusers.service.d/40-modsvc-users.conf"


def test_rules_for_users_are_read_whenever_the_host_starts() -> None:
    """By one drop-in for the host's own unit, which else looks after updates only."""
    users = {"a": as_user(create=True), "b": as_user(create=True), "c": as_user()}
    tree = build(check(evaluate(Host(services=users)))).trees["host"]
    file = tree[DROP_IN]
    assert isinstance(file, File) and file.service == ("a",) and file.origins
    lines = [line for line in file.content.decode().splitlines() if line and line[0] != "#"]
    assert lines == ["[Unit]", "ConditionNeedsUpdate="]
    plain = build(check(evaluate(Host(services={"c": as_user()})))).trees["host"]
    assert DROP_IN not in plain


def test_directories_are_directives_with_the_usual_modes() -> None:
    """One list of names each; nothing of what is not asked for."""
    service = Service(
        process=RUN,
        directories=Directories(
            state=Directory(subdirectories=["data"]),
            configuration=Directory(name="shop"),
            runtime=Directory(mode=0o711),
            runtime_stays="until-shutdown",
        ),
    )
    found = {k: v for k, v in directives(service).items() if "Directory" in k}
    assert found == {
        "StateDirectory": ["it", "it/data"],
        "StateDirectoryMode": "0700",
        "RuntimeDirectory": ["it"],
        "RuntimeDirectoryMode": "0711",
        "RuntimeDirectoryPreserve": True,
        "ConfigurationDirectory": ["shop"],
        "ConfigurationDirectoryMode": "0755",
    }
    assert not [k for k in directives(as_user()) if "Directory" in k]


def test_a_user_s_own_directives_compete() -> None:
    """Names that are written in a unit join, as in any list; a mode that differs is a conflict."""
    asked = Directories(state=Directory(mode=0o750))
    more = systemd(service={"StateDirectory": ["more"]})
    service = Service(process=RUN, directories=asked, imports=[more])
    assert sorted(directives(service)["StateDirectory"]) == ["it", "more"]
    other = systemd(service={"StateDirectoryMode": "0711"})
    (message,) = said_of(it=Service(process=RUN, directories=asked, imports=[other]))
    assert "StateDirectoryMode` has definitions that differ\n" in message


def test_secrets_are_lines_by_name() -> None:
    """A `%` in a path is a `%`, a colon is one, too."""
    secrets = {
        "b": secret_file("/etc/keys/50%: b"),
        "a": stored_secret("db"),
        "c": encrypted_secret("/etc/keys/c"),
    }
    found = directives(Service(process=RUN, credentials=secrets))
    assert found["LoadCredential"] == ["a:db", "b:/etc/keys/50%: b"]
    assert found["LoadCredentialEncrypted"] == ["c:/etc/keys/c"]


@pytest.mark.parametrize("path", ["/etc/keys/a ", "/etc/keys/a\\"])
def test_a_secret_that_no_line_can_lead_to_is_refused(path: str) -> None:
    """With the line where it is written."""
    (message,) = said_of(it=Service(process=RUN, credentials={"a": secret_file(path)}))
    assert message.startswith("`services.it.credentials.a`: the path is ")
    assert "\n  defined at test_belongings.py\n" in message


ASKED = secret_command(["/usr/bin/pass", "50% $HOME; 'a' \\x41\n"])
UNITS = "etc/systemd/system"


def sections(service: Service, unit: str) -> dict[str, list[str]]:
    """The lines of a unit of a service called `it`, by section."""
    tree = build(check(evaluate(Host(services={"it": service})))).trees["host"]
    file = tree[f"{UNITS}/{unit}"]
    assert isinstance(file, File)
    found: dict[str, list[str]] = {}
    for line in file.content.decode().splitlines():
        if line.startswith("["):
            found[line[1:-1]] = []
        elif line and not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return found


def test_a_command_s_output_is_read_from_a_socket_of_its_own() -> None:
    """Only root connects to it, and the service does not start without."""
    service = Service(process=RUN, credentials={"a": ASKED})
    path = "/run/modsvc-credentials/it-secret:a.sock"
    assert sections(service, "it.service")["Service"].count(f"LoadCredential=a:{path}") == 1
    found = sections(service, "it-secret:a.socket")
    assert found["Unit"] == ["Description=Socket of it", "Before=it.service"]
    assert found["Socket"] == [
        f"ListenStream={path}",
        "Accept=true",
        "SocketMode=0600",
        "DirectoryMode=0700",
        "RemoveOnStop=true",
    ]
    result = build(check(evaluate(Host(services={"it": service}))))
    tree = result.trees["host"]
    for folder in ("it.service.requires", "sockets.target.wants"):
        link = tree[f"{UNITS}/{folder}/it-secret:a.socket"]
        assert isinstance(link, Link) and link.target == "../it-secret:a.socket"
    assert result.notes == {"host": ()}


def test_a_command_is_literal_and_only_its_output_is_the_secret() -> None:
    """Whatever the arguments are, and whatever it writes elsewhere."""
    lines = sections(Service(process=RUN, credentials={"a": ASKED}), "it-secret:a@.service")
    assert lines["Unit"] == ["Description=Secret a of it", "CollectMode=inactive-or-failed"]
    commands = [line for line in lines["Service"] if line.startswith("Exec")]
    assert commands == [
        "ExecStart=/usr/bin/pass " r'"50%% $$HOME; ' r"'a' \\x41\n" '"',
        r'ExecStopPost=+/bin/sh -c "test \"$$SERVICE_RESULT\" = success'
        ' || head -c 2097152 /dev/zero 2>/dev/null || true"',
    ]
    streams = [line for line in lines["Service"] if line.startswith("Standard")]
    assert streams == ["StandardInput=null", "StandardOutput=socket", "StandardError=journal"]


def test_a_command_is_somebody_else_and_confined_whatever_its_service_is() -> None:
    """A user of its own unless one is said; the profile of a service that says nothing."""
    free: dict[str, Any] = {
        "process": RUN,
        "identity": Identity(user="root", groups=["adm"]),
        "hardening": Hardening(capabilities=["CAP_KILL"], network="none", home="visible"),
    }
    plain = sections(Service(process=RUN), "it.service")["Service"]
    profile = {
        line for line in plain if line.partition("=")[0] in {*HardeningTranslation.made_from}
    }
    for user, who in ((None, "DynamicUser=true"), ("vault", "User=vault"), ("root", "User=root")):
        secret = secret_command(["/usr/bin/pass"], user=user)
        service = Service(**free, credentials={"a": secret})
        lines = sections(service, "it-secret:a@.service")["Service"]
        assert [line for line in lines if line.partition("=")[0] in OWN] == [who]
        assert profile <= {*lines}
        assert not {"PrivateNetwork=true", "AmbientCapabilities=CAP_KILL"} & {*lines}


def test_without_the_user_of_a_command_there_is_no_socket() -> None:
    """So that its service does not start, rather than with an empty secret."""
    secret = secret_command(["/usr/bin/pass"], user="vault")
    service = Service(process=RUN, credentials={"a": secret})
    lines = sections(service, "it-secret:a.socket")["Socket"]
    assert lines[-2:] == ["User=vault", "ExecStartPre=/usr/bin/test 1"]


def test_long_names_are_shortened_where_systemd_or_linux_would_refuse_them() -> None:
    """Each to one of its own: 107 bytes of a socket's path, 255 of a unit's name."""
    names = ["n" * 60, "n" * 61, "n" * 254, "n" * 255]
    service = Service(process=RUN, credentials=dict.fromkeys(names, ASKED))
    paths = [line.partition(":")[2] for line in directives(service)["LoadCredential"]]
    assert len({*paths}) == 4 and all(len(path) <= 107 for path in paths)
    tree = build(check(evaluate(Host(services={"it": service})))).trees["host"]
    units = [path for path in tree if "@.service" in path]
    assert len(units) == 4 and all(len(path) - len(UNITS) < 215 for path in units)


def test_a_user_s_manager_runs_no_command_as_somebody_else() -> None:
    """It is refused, with what to write instead."""
    service = Service(process=RUN, credentials={"a": ASKED})
    host = Host(services={"it": service}, manager=SystemdManager(scope="user"))
    (message,) = said(lambda: build(evaluate(host)))
    assert message == (
        "`services.it.credentials.a`: a user's manager cannot run a command as somebody else, from"
        " whom the service is kept apart\n"
        "  defined at test_belongings.py\n"
        '      service = Service(process=RUN, credentials={"a": ASKED})\n'
        "  to fix: write secret_file(...), or manage the service with SystemdManager(), for the"
        " whole system"
    )


def test_lines_lead_back_to_the_options() -> None:
    """What reads a unit, such as `modsvc check`, tells of the user's own lines."""
    service = Service(
        process=RUN,
        identity=Identity(user="app", groups=["adm"]),
        directories=Directories(state=Directory(mode=0o750)),
        credentials={"a": secret_file("/etc/keys/a")},
    )
    host = check(evaluate(Host(services={"it": service})))
    lines = {
        ("SupplementaryGroups", "adm"): "services.it.identity.groups",
        ("StateDirectory", "it"): "services.it.directories.state.enable",
        ("StateDirectoryMode", "0750"): "services.it.directories.state.mode",
        ("LoadCredential", "a:/etc/keys/a"): "services.it.credentials",
    }
    for (directive, text), option in lines.items():
        found = trace(host.services["it"], "it.service", "Service", directive, text)
        assert ".".join(map(str, found.path)) == option
        assert {location.file for _, location in found.places} == {__file__}
