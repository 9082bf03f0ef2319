"""`secret-in-text`: what everybody on the host can read.

In: a service. Out: a finding for each text that looks like a secret, in the environment, the command
line and config files. Refuses to show it: neither the text nor the line that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..language.secret_name import is_secret_name
from ..language.words import Path
from ..services.groups.config_data import ConfigFile, contents
from ..services.service import Service
from ..services.settings import option_steps, plain
from .rule import Finding, Rule, command_of

_HARMLESS = re.compile(
    r"|/.*|.*/run/credentials/\w.*|~/.*|\./.*|file:.*|%\w/.*|\$\{?\w+\}?|\$__file\{[^{}]*\}|\{\{?.*\}?\}|<.*>|\*+|true|false|yes|no|on|off|none|null|"
    r"\d{1,6}(?:ms|s|m|h|d|w|y)?|https?://[^@\s]*|prompt|ask|peer|trust|md5|scram-sha-256",
    re.IGNORECASE | re.DOTALL,
)
"""Values that say where a secret is, or that there is none.

systemd hands services their secrets in /run/credentials (systemd.exec(5), LoadCredential=), and
`$__file{...}` is how Grafana is told a file.
"""

_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a private key", re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")),
    ("an access key of AWS", re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    ("a token of GitHub", re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,})")),
    ("a token of GitLab", re.compile(r"\bglpat-[\w-]{20,}")),
    ("a token of Slack", re.compile(r"\bxox[abeoprs]-[\w-]{10,}")),
    ("an API key", re.compile(r"\bsk-(?:[a-z]+-)*[A-Za-z0-9_-]{32,}")),
    (
        "a password in an address",
        re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/:@]*:[^\s/@${}<>]+@", re.I),
    ),
)
"""What secrets look like wherever they stand."""

_ASSIGNMENT = re.compile(
    r"^[ \t]*(?:export[ \t]+|set[ \t]+)?[\"']?(?P<name>[\w.-]+)[\"']?[ \t]*(?:[:=]+[ \t]*|[ \t])"
    r"(?P<quote>[\"']?)(?P<value>[^\s\"',;#]+)",
    re.MULTILINE,
)

_PROGRAM = re.compile(r".*\.(?:py|rb|pl|js|mjs|ts|lua|php)")
"""Files in which a text stands in quotes, and anything else is no text."""

_FLAG = re.compile(r"--?(?P<name>[\w-]+)(?:=(?P<value>.*))?", re.DOTALL)

_ADVICE = (
    "give the program a file that holds it, by a path or a credential; what stands here is in the "
    "built tree, and readable on the host"
)


class SecretInText(Rule):
    """A name or a text that is usually secret."""

    name = "secret-in-text"

    def find(self, service: Service) -> Iterator[Finding]:
        for option, what in _secrets(service):
            yield self.finding(service, option, f"looks like {what}", _ADVICE, shown=False)


def _secrets(service: Service) -> Iterator[tuple[Path, str]]:
    """Where something secret stands, and what it looks like."""
    for name, value in service.process.environment.items():
        what = secret_in(name, value) if value is not None else ""
        if what:
            yield ("process", "environment", name), what
    yield from _in_arguments(command_of(service))
    for key, file in service.config_data.items():
        for steps, what in _in_file(file) if file.enable else ():
            yield ("config_data", key, *steps), what


def secret_in(name: str, value: str) -> str:
    """What a named text looks like, if it looks like a secret; empty if it does not."""
    for what, pattern in _SHAPES:
        if pattern.search(value):
            return what
    secret = is_secret_name(name) and not _HARMLESS.fullmatch(value.strip())
    return "a secret" if secret else ""


def _in_arguments(argv: list[str]) -> Iterator[tuple[Path, str]]:
    for index, argument in enumerate(argv):
        flag = _FLAG.fullmatch(argument)
        name, value = (flag["name"], flag["value"]) if flag else ("", argument)
        if flag and value is None:
            value = argv[index + 1] if index + 1 < len(argv) else ""
            value = "" if value.startswith("-") else value
        what = secret_in(name, value or "")
        if what and not (not name and _is_of_flag(argv, index)):
            yield ("process", "argv", index), what


def _is_of_flag(argv: list[str], index: int) -> bool:
    """Is an argument the value of the flag before it, at which it is told?"""
    before = _FLAG.fullmatch(argv[index - 1]) if index else None
    return before is not None and before["value"] is None


def _in_file(file: ConfigFile) -> Iterator[tuple[Path, str]]:
    given = contents(file)
    if given == ["settings"]:
        for steps, name, value in _values(plain(file.settings)):
            what = secret_in(name, value)
            if what:
                yield ("settings", *option_steps(file.settings, steps)), what
        return
    text = file.text or "" if given == ["text"] else ""
    shapes = (what for what, pattern in _SHAPES if pattern.search(text))
    what = next(shapes, "")
    is_program = bool(_PROGRAM.fullmatch(file.name))
    named = (
        secret_in(found["name"], found["value"])
        for found in _ASSIGNMENT.finditer(text)
        if found["quote"] or not is_program
    )
    what = what or next(filter(None, named), "")
    if what:
        yield ("text",), f"it has {what} in it" if what != "a secret" else what


def _values(value: Any, steps: Path = (), name: str = "") -> Iterator[tuple[Path, str, str]]:
    """The texts of settings, each with its steps and the nearest key."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _values(item, (*steps, key), str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _values(item, (*steps, index), name)
    elif isinstance(value, str):
        yield steps, name, value
