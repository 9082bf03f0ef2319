"""Values become lines, and stay on them."""

from __future__ import annotations

import enum
import signal
from datetime import timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import specifiers
from modsvc_dsl.managers.systemd.directives.table import Directive, load
from modsvc_dsl.managers.systemd.directives.values import render, span
from modsvc_dsl.managers.systemd.escaping import BadValue

TABLE = load(252)


def directive(name: str, section: str = "Service") -> Directive:
    found = TABLE.directive(section, name)
    assert found is not None
    return found


class Color(enum.Enum):
    RED = "full"


@pytest.mark.parametrize(
    ("name", "value", "lines"),
    [
        ("ProtectSystem", None, []),
        ("ProtectSystem", True, ["true"]),
        ("ProtectSystem", "strict", ["strict"]),
        ("ProtectSystem", Color.RED, ["full"]),
        ("NoNewPrivileges", False, ["false"]),
        ("RestartSec", 5, ["5"]),
        ("RestartSec", 2.0, ["2"]),
        ("RestartSec", 0.5, ["0.5"]),
        ("RestartSec", 1e-06, ["0.000001"]),
        ("RestartSec", 1e16, ["10000000000000000"]),
        ("RestartSec", float("inf"), ["infinity"]),
        ("RestartSec", timedelta(minutes=1.5), ["90s"]),
        ("RestartSec", timedelta(milliseconds=1500), ["1500ms"]),
        ("RestartSec", timedelta(microseconds=1), ["1us"]),
        ("RestartSec", timedelta(0), ["0s"]),
        ("TimerSlackNSec", timedelta(microseconds=50), ["50us"]),
        ("TimerSlackNSec", 50000, ["50000"]),
        ("UMask", 0o77, ["0077"]),
        ("UMask", "0027", ["0027"]),
        ("RuntimeDirectoryMode", 0o2750, ["2750"]),
        ("RuntimeDirectoryMode", 0, ["0000"]),
        ("Nice", -5, ["-5"]),
        ("User", 0, ["0"]),
        ("ExecStart", ["", "/bin/a %n", "-/bin/b '${X}'"], ["", "/bin/a %%n", "-/bin/b '${X}'"]),
        ("ExecStart", specifiers("/bin/a %n %%n"), ["/bin/a %n %%n"]),
        ("ExecStart", "  /bin/a b \t", ["/bin/a b"]),
        ("ExecStartPre", [], []),
        ("ReadWritePaths", (Path("/a"), specifiers("/b %S/c")), ["/a", "/b %S/c"]),
        ("ReadWritePaths", [PurePosixPath("/my dir/%n")], ['"/my dir/%%n"']),
        ("ReadWritePaths", Path("/it's"), ['"/it\'s"']),
        ("ReadWritePaths", Path('/a "b"\\c'), ['"/a \\"b\\"\\\\c"']),
        ("WorkingDirectory", Path("/my dir"), ["/my dir"]),
        ("KillSignal", signal.SIGINT, ["SIGINT"]),
        ("SuccessExitStatus", [1, signal.SIGKILL, "TEMPFAIL"], ["1", "SIGKILL", "TEMPFAIL"]),
        ("Delegate", True, ["true"]),
        ("Environment", ['"A=b c"', "D=%n"], ['"A=b c"', "D=%%n"]),
    ],
)
def test_lines(name: str, value: object, lines: list[str]) -> None:
    assert render(directive(name), value) == lines


def test_a_directive_of_others() -> None:
    assert render(None, ["a", 1, True, Path("/x y")], "X-Custom") == ["a", "1", "true", "/x y"]
    with pytest.raises(BadValue, match=r"X-Custom= is 'a\\nb', and its character 1 is U\+000A"):
        render(None, "a\nb", "X-Custom")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            "a\nExecStart=/bin/evil",
            "Description= is 'a\\nExecStart=/bin/evil', and its character 1",
        ),
        ("a\n", "line feed"),
        ("a\\", "ends in a backslash"),
        (Path("/a\nb"), "line feed"),
        ([["a"]], "Description= is ['a'], a list; write text, a number, a boolean"),
        ({"a": 1}, "a dict; write"),
        (b"a", "a bytes; write"),
        ({"a"}, "a set; write"),
        (object, "a type; write"),
        (Decimal("1.5"), "a Decimal; write"),
        (["a", None], "a NoneType; write"),
        (float("nan"), "Description= is nan; write a number"),
        (float("-inf"), "is -inf"),
        (timedelta(seconds=-1), "less than nothing"),
    ],
)
def test_what_cannot_be_written(value: object, message: str) -> None:
    with pytest.raises(BadValue) as caught:
        render(directive("Description", "Unit"), value)
    assert message in str(caught.value)


PLAIN = st.one_of(
    st.text(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.timedeltas(),
    st.text(min_size=1).map(lambda text: Path(text.replace("\0", ""))),
)
DIRECTIVES = st.sampled_from(
    [d for s in TABLE.sections() for n in TABLE.names(s) if (d := TABLE.directive(s, n))]
)


@given(DIRECTIVES, st.one_of(PLAIN, st.lists(PLAIN)))
def test_nothing_leaves_its_line(directive: Directive, value: object) -> None:
    try:
        lines = render(directive, value)
    except BadValue:
        return
    assert len(lines) == (len(value) if isinstance(value, list) else 1)
    for line in lines:
        assert len(f"{directive.name}={line}".splitlines()) == 1
        assert "\0" not in line and line == line.strip(" \t\n\r")
        assert not line.endswith("\\") or line.endswith("\\\\")


@given(st.floats(min_value=0, allow_infinity=False))
def test_numbers_keep_their_value_without_exponents(number: float) -> None:
    (line,) = render(directive("RestartSec"), number)
    assert float(line) == number
    assert "e" not in line and not line.endswith(".0")


@given(st.timedeltas(min_value=timedelta(0)))
def test_spans_keep_their_length(value: timedelta) -> None:
    text = span(value)
    digits = text.rstrip("mus")
    size = {"s": 1_000_000, "ms": 1000, "us": 1}[text[len(digits) :]]
    assert timedelta(microseconds=int(digits) * size) == value
