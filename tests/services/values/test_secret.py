"""References to secrets: plain data that never becomes a text."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, cast

import pytest

from modsvc_dsl import (
    ConfigFile,
    Host,
    Meta,
    Mistakes,
    Module,
    Process,
    Secret,
    Service,
    SupervisorManager,
    SystemdManager,
    TcpEndpoint,
    check,
    data,
    define,
    encrypted_secret,
    evaluate,
    find_mistakes,
    force,
    history,
    json_data,
    option,
    option_facts,
    secret_command,
    secret_file,
    stored_secret,
)
from modsvc_dsl.language.words import show_path
from modsvc_dsl.report import show_history, show_mistakes
from tests.services.saying import ARGV, on_host, said, said_of

SECRET = secret_file("/etc/keys/db")
ANYTHING: Any = 5
WRONG: Any = "hunter2"


def handed(**secrets: Any) -> Service:
    """A service that is handed secrets. Any: also what is none."""
    return Service(process=Process(argv=ARGV), credentials=secrets)


class Needing(Service):
    """A service that says it needs a secret, and hands it to itself."""

    password: Secret = option()

    @define(Service.credentials["password"])
    def _password(self) -> Secret:
        return self.password

    @define(Process.argv)
    def _run(self) -> list[str]:
        return ["/usr/bin/app", self.credentials["password"].path]


def test_each_function_makes_a_sort() -> None:
    """What it refers to, and how it is shown."""
    made = [SECRET, encrypted_secret(Path("/etc/keys/b")), stored_secret("db")]
    assert [(each.kind, each.source) for each in made] == [
        ("file", "/etc/keys/db"),
        ("encrypted", "/etc/keys/b"),
        ("stored", "db"),
    ]
    assert list(map(repr, made)) == [
        "secret_file('/etc/keys/db')",
        "encrypted_secret('/etc/keys/b')",
        "stored_secret('db')",
    ]
    assert secret_file(PurePosixPath("/etc/keys/db")) == SECRET != secret_file("/etc/keys/b")
    assert hash(SECRET) == hash(secret_file("/etc/keys/db"))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: secret_file("keys"),
            "secret_file(...) takes an absolute path, found another text",
        ),
        (
            lambda: secret_file("~/key"),
            "secret_file(...) takes an absolute path, found another text",
        ),
        (
            lambda: encrypted_secret("/a\nb"),
            "encrypted_secret(...) takes an absolute path, found a string, which has a"
            " control character in it (U+000A)",
        ),
        (lambda: stored_secret("a/b"), "stored_secret(...) takes a name, found another text"),
        (lambda: stored_secret(""), "stored_secret(...) takes a name, found another text"),
        (
            lambda: secret_file(ANYTHING),
            "secret_file(...) takes an absolute path, found an integer",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(make: Any, message: str) -> None:
    """Where it is written, with what to write."""
    (found,) = said(make)
    assert found.startswith(message)
    assert "\n  written at test_secret.py\n" in found and "\n  to fix: write " in found


def test_a_command_is_plain_data() -> None:
    """The arguments and the user, and nothing that they would write."""
    argv = ["/usr/bin/pass", "show", "db"]
    made = [secret_command(argv), secret_command((*argv,), user="vault")]
    assert list(map(repr, made)) == [
        "secret_command(['/usr/bin/pass', 'show', 'db'])",
        "secret_command(['/usr/bin/pass', 'show', 'db'], user='vault')",
    ]
    assert made[0] != made[1] and made[0] == secret_command(argv) != secret_command(argv[:1])
    assert len({*made, secret_command(argv)}) == 2
    assert made[0] != secret_file("/usr/bin/pass")
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made
    result = on_host(handed(a=made[1]))
    plain = {
        "kind": "command",
        "source": "/usr/bin/pass",
        "given_as": "/run/credentials/it.service/a",
        "argv": argv,
        "user": "vault",
    }
    assert json.loads(json.dumps(json_data(result)["credentials"])) == {"a": plain}
    assert result.credentials["a"].path == "/run/credentials/it.service/a"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: secret_command([]), "that starts with the absolute path of a program, found []"),
        (
            lambda: secret_command(["pass", "db"]),
            "that starts with the absolute path of a program, found ['pass', 'db']",
        ),
        (
            lambda: secret_command(ANYTHING),
            "that starts with the absolute path of a program, found 5 (an integer)",
        ),
        (
            lambda: secret_command(["/a", ANYTHING]),
            "that starts with the absolute path of a program, found ['/a', 5]",
        ),
        (lambda: secret_command(["/a", "b\0c"]), "which has a NUL in it, where a string ends"),
        (
            lambda: secret_command(["/a"], user="a b"),
            "secret_command(...) takes the name or number of a user, found 'a b'",
        ),
        (
            lambda: secret_command(["/a"], user=ANYTHING),
            "secret_command(...) takes the name or number of a user, found 5",
        ),
    ],
)
def test_a_command_that_cannot_be_is_refused(make: Any, message: str) -> None:
    """Where it is written, with what to write."""
    (found,) = said(make)
    assert found.startswith("secret_command(...) takes ") and message in found.split("\n")[0]
    assert "\n  written at test_secret.py\n" in found
    assert "\n  to fix: write the " in found and 'secret_command(["/usr/bin/pass", ' in found


TEXTS: dict[str, Callable[[Any], object]] = {
    "str": str,
    "format": lambda secret: f"{secret}",
    "width": lambda secret: f"{secret:>9}",
    "percent": lambda secret: "%s" % secret,
    "format method": "{}".format,
    "joined": lambda secret: "--key=" + secret,
    "joined to": lambda secret: secret + "x",
    "path": Path,
    "below": lambda secret: Path("/a") / secret,
    "bytes": bytes,
}


@pytest.mark.parametrize("make", TEXTS.values(), ids=TEXTS)
def test_a_secret_is_no_text(make: Callable[[Any], object]) -> None:
    """However it is made one, the line is told and what to write."""
    (message,) = said(lambda: make(SECRET))
    assert message.startswith(
        "`secret_file('/etc/keys/db')` is a reference to a secret, and no text\n"
        "  used at test_secret.py\n"
    )
    assert message.endswith(
        '\n  to fix: give it to the service with credentials={"name": ...}, and write'
        ' self.credentials["name"].path'
    )


def test_where_a_text_is_wanted_the_path_is_advised() -> None:
    """In arguments, variables and files, all at once."""
    anything: Any = SECRET
    service = Service(
        process=Process(argv=["/bin/a", anything], environment={"A": anything}),
        config_data={"a": ConfigFile(text=anything)},
    )
    messages = said_of(web=service)
    assert len(messages) == 3
    for message in messages:
        assert "\n  found secret_file('/etc/keys/db') (a Secret)\n" in message
        assert message.endswith('and write self.credentials["name"].path')


def test_a_service_knows_where_its_secrets_are_given() -> None:
    """Each service of a host has its own, in a folder of its unit."""
    host = evaluate(Host(services={"a": Service(services={"b": Needing(password=SECRET)})}))
    service = check(host).services["a"].services["b"]
    assert service.process.argv[1] == "/run/credentials/a-b.service/password"
    assert service[Needing].password.given_as is None
    alone = evaluate(Needing(password=SECRET), manager=SystemdManager())
    assert alone.process.argv[1] == "/run/credentials/needing.service/password"


@pytest.mark.parametrize(
    ("manager", "why"),
    [
        (SupervisorManager(user="nobody"), "its manager hands no secrets over"),
        (SystemdManager(scope="user"), "a user's manager keeps it in a folder of that user"),
        (None, "no manager is known that hands it over"),
    ],
)
def test_a_path_that_is_not_known_is_refused_where_it_is_read(manager: Any, why: str) -> None:
    """With the name of the option."""
    (message,) = said(lambda: evaluate(handed(a=SECRET), manager=manager).credentials["a"].path)
    assert message.startswith(f"`credentials.a` has no path: {why}")
    assert "\n  read at test_secret.py\n" in message


def test_nobody_s_secret_has_no_path() -> None:
    """It has to be given to a service first."""
    (message,) = said(lambda: SECRET.path)
    assert message == (
        "`secret_file('/etc/keys/db')` has no path: no service has been given it\n"
        "  read at test_secret.py\n"
        "      (message,) = said(lambda: SECRET.path)\n"
        '  to fix: write credentials={"name": ...} in the service, and read its path from there'
    )


def test_what_is_no_secret_is_not_shown() -> None:
    """It may be the secret itself."""
    (message,) = said_of(web=handed(a="hunter2"))
    assert message.startswith(
        "`services.web.credentials.a` expects a reference to a secret, found a string\n"
        "  defined at test_secret.py\n"
    )
    assert "hunter2" not in message


def test_no_line_with_what_may_be_a_secret_is_shown() -> None:
    """Neither by its own mistake, nor by another one at the same line; each still names it."""
    web = Holding(
        one=cast(Any, "hunter2"), many=[SECRET], meta=Meta(description=ANYTHING), maybe=SECRET
    )
    with pytest.raises(Mistakes) as caught:
        check(evaluate(web))
    mistakes = caught.value.mistakes
    assert sorted(show_path(each.path) for each in mistakes) == ["meta.description", "one"]
    again = pickle.loads(pickle.dumps(mistakes))
    for text in (str(caught.value), show_mistakes(mistakes), str(Mistakes(again))):
        assert "hunter2" not in text and text.count("test_secret.py:") == 2
    (message,) = said(lambda: secret_file("hunter2"))
    assert "hunter2" not in message


def test_no_history_shows_what_may_be_a_secret() -> None:
    """Not even of a definition that loses, which nobody judges; references are shown."""
    other = Holding(one=force(SECRET), named=force({"a": SECRET}))
    said_wrong = Holding(one=WRONG, named={"a": WRONG}, imports=[other])
    result = evaluate(said_wrong)
    told = history(result, "one")[:2]
    assert [(each.fate, repr(each.value)) for each in told] == [
        ("won", "secret_file('/etc/keys/db')"),
        ("lost", "(not shown, for it may be a secret)"),
    ]
    shown = [repr(told), repr(history(result)), repr(option_facts(result, "named"))]
    shown += [show_history(("one",), None, told, "it"), repr(said_wrong)]
    shown += [repr(TcpEndpoint(port=5, password=WRONG))]
    again = pickle.loads(pickle.dumps(check(result)))
    assert repr(history(again, "one")[:2]) == repr(told)
    assert not [text for text in shown if "hunter2" in text]
    assert b"hunter2" not in pickle.dumps(result)


def test_definitions_compete_as_others_do() -> None:
    """Two that differ are a conflict, the stronger one wins, equal ones are one."""
    other = Service(credentials={"a": secret_file("/etc/keys/other")})
    (message,) = said_of(web=Service(imports=[handed(a=SECRET), other]))
    assert message.startswith("`services.web.credentials.a` has definitions that differ\n")
    forced = Service(credentials={"a": force(secret_file("/etc/keys/other"))})
    again = Service(credentials={"a": SECRET})
    result = on_host(Service(imports=[handed(a=SECRET), forced, again]))
    assert result.credentials["a"].source == "/etc/keys/other"


def test_results_with_secrets_are_plain_data() -> None:
    """As data, JSON, copies and pickles; what nobody should see is in none of them."""
    result = on_host(handed(a=SECRET))
    plain = {
        "a": {"kind": "file", "source": "/etc/keys/db", "given_as": "/run/credentials/it.service/a"}
    }
    assert (
        data(result.credentials)
        == plain
        == json.loads(json.dumps(json_data(result)["credentials"]))
    )
    again = pickle.loads(pickle.dumps(result)).credentials["a"]
    assert (again, again.path) == (SECRET, "/run/credentials/it.service/a")
    assert copy.deepcopy(SECRET) == SECRET


class Holding(Service):
    """Options of every shape that hold secrets."""

    one: Secret = option(default=SECRET)
    maybe: Secret | None = option()
    many: list[Secret] = option(default=[])
    named: dict[str, Secret] = option(default={})
    process = Process(argv=ARGV)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"one": "hunter2"}, "one"),
        ({"maybe": "hunter2"}, "maybe"),
        ({"many": ["hunter2"]}, "many[0]"),
        ({"many": "hunter2"}, "many"),
        ({"named": {"db": "hunter2"}}, "named.db"),
        ({"named": "hunter2"}, "named"),
    ],
)
def test_what_stands_for_a_secret_in_an_option_is_not_shown(given: Any, path: str) -> None:
    """It may be the secret, however deep it is; the advice is what makes a reference."""
    [text] = said_of(it=Holding(**given))
    assert "hunter2" not in text
    assert f"{path}` expects a reference to a secret, found a string" in text
    assert 'write secret_file("/etc/keys/db-password") for a file of the host' in text


def test_options_of_every_shape_take_secrets() -> None:
    """They read as they were given."""
    given = Holding(maybe=SECRET, many=[SECRET], named={"db": SECRET})
    held = check(evaluate(given))[Holding]
    assert (held.one, held.maybe, held.many, held.named) == (
        SECRET,
        SECRET,
        [SECRET],
        {"db": SECRET},
    )


class Fields(NamedTuple):
    """A value with a secret in it."""

    password: Secret


def test_what_stands_in_a_secrets_place_inside_of_values_is_not_shown() -> None:
    """In fields and in sets: neither in messages nor in histories and reprs."""

    class Holder(Module):
        fields: Fields | None = option(default=None)
        keys: frozenset[Secret] = option()

    written: Any = {"fields": Fields(cast(Secret, "hunter2")), "keys": frozenset(["hunter3"])}
    made = Holder(**written)
    result = evaluate(made)
    found = [str(each) for each in find_mistakes(result)]
    assert [each.splitlines()[0] for each in found] == [
        "`fields.password` expects a reference to a secret, found a string",
        "`keys` expects a reference to a secret, found a string",
    ]
    shown = [*found, repr(made), repr(history(result, "keys")), repr(history(result, "fields"))]
    assert not any("hunter" in each for each in shown)
