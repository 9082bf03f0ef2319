"""What looks like a secret, and what does not; the text itself is never shown."""

from __future__ import annotations

import pytest

from modsvc_dsl import ConfigFile, Process, Service, settings
from modsvc_dsl.lints.secret_in_text import secret_in
from modsvc_dsl.report import near, show_findings
from tests.lints.finding import found, options

GITHUB = "ghp_" + "a1B2" * 9
KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "hunter2"),
        ("dbPassword", "hunter2"),
        ("smtp.passwd", "x y"),
        ("API-KEY", "0123456789abcdef"),
        ("SECRET", "s"),
        ("aws_access_key", "abc"),
        ("pass", "abc"),
        ("pass", "$__file{/a}b"),
        ("anything", GITHUB),
        ("anything", KEY),
        ("url", "postgres://shop:hunter2@db/shop"),
        ("key", "AKIAIOSFODNN7EXAMPLE"),
    ],
)
def test_what_looks_like_a_secret(name: str, value: str) -> None:
    """By its name, or by its shape."""
    assert secret_in(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", ""),
        ("DB_PASSWORD_FILE", "hunter2"),
        ("DB_PASSWORD", "/run/credentials/db"),
        ("DB_PASSWORD", "${DB}"),
        ("admin_password", "$__file{/run/credentials/graf.service/admin}"),
        ("admin_password", "$__file{/etc/graf/admin}"),
        ("password", "@/run/credentials/graf.service/admin"),
        ("password", 'file("/run/credentials/graf.service/admin")'),
        ("PasswordAuthentication", "no"),
        ("password_encryption", "scram-sha-256"),
        ("token_endpoint", "https://id.example.org/token"),
        ("token_ttl", "3600"),
        ("MAX_TOKENS", "many"),
        ("passive", "yes please"),
        ("compass", "north"),
        ("secretary", "Ann"),
        ("url", "https://example.org/a:b@c"),
        ("url", "https://user@example.org"),
    ],
)
def test_what_is_none(name: str, value: str) -> None:
    """Where a secret is, what is said about it, other words."""
    assert secret_in(name, value) == ""


def test_where_it_is_looked_for() -> None:
    """In the environment, in arguments with their flags, in texts and settings; not in what is off."""
    service = Service(
        process=Process(
            argv=["/bin/a", "--password", "hunter2", "--token=hunter3", GITHUB, "--secret", "--x"],
            environment={"TOKEN": "hunter4", "PASSWORD": None},
        ),
        config_data={
            "text": ConfigFile(text="port 80\n# no\npassword = hunter5\n"),
            "harmless": ConfigFile(text="password_file = /a\nport = 80\n"),
            "graf.ini": ConfigFile(
                text="admin_password = $__file{/run/credentials/graf.service/admin}\n"
            ),
            "a.json": ConfigFile(settings=settings({"smtp": {"users": [{"pass": "hunter6"}]}})),
            "off": ConfigFile(text="password = x", enable=False),
        },
    )
    assert options("secret-in-text", service) == [
        "process.environment.TOKEN",
        "process.argv.1",
        "process.argv.3",
        "process.argv.4",
        "config_data.text.text",
        "config_data.a.json.settings.smtp.users.0.pass",
    ]


def test_neither_the_text_nor_its_line_is_shown() -> None:
    """Not even by another rule that finds something on the same line."""
    service = Service(
        process=Process(argv=["/bin/sh", "-c", "a --password=hunter2", "--token=hunter2"])
    )
    findings = found("secret-in-text", service) + found("shell-in-argv", service)
    assert [each.rule for each in findings] == ["secret-in-text", "shell-in-argv"]
    shown = show_findings(findings)
    assert "hunter2" not in shown
    assert shown.count(f"defined at {near(__file__)}:") == 2


def test_a_program_that_reads_a_secret_has_none_in_it() -> None:
    """In source code a text stands in quotes; elsewhere it need not."""
    reads = "password = Path(sys.argv[1]).read_text()\ntoken = settings.token\n"
    has = 'password = "hunter2"\n'

    def found_in(**files: str) -> list[str]:
        data = {name.replace("_", "."): ConfigFile(text=text) for name, text in files.items()}
        return options(
            "secret-in-text", Service(process=Process(argv=["/bin/a"]), config_data=data)
        )

    assert found_in(a_py=reads) == []
    assert found_in(a_py=reads + has) == ["config_data.a.py.text"]
    assert found_in(a_conf="password = hunter2\n") == ["config_data.a.conf.text"]
