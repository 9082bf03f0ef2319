"""Where output goes, and what is said of a log that gets nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import Logging, Process, Service
from tests.services.saying import ARGV, on_host, running, said_of


def logged(**options: Any) -> Service:
    return Service(process=Process(argv=ARGV), logging=Logging(**options))


def test_all_goes_to_the_log_unless_said() -> None:
    """Both streams to one place."""
    logging = on_host(running()).logging
    assert (logging.stdout, logging.stderr) == ("log", "stdout")
    assert on_host(logged(stdout=Path("/var/log/a.log"))).logging.stdout == Path("/var/log/a.log")


@pytest.mark.parametrize("name", ["stdout", "stderr"])
@pytest.mark.parametrize("value", ["journal", Path("a.log"), "a.log", 3, "/a\nb", None])
def test_a_stream_goes_to_one_of_the_places(name: str, value: Any) -> None:
    """A file has an absolute path that a line can hold."""
    (message,) = said_of(it=logged(**{name: value}))
    assert message.startswith(f"`services.it.logging.{name}` expects one of")


@pytest.mark.parametrize("value", ["", "a b", "a\n", "%n", "x" * 49, 5])
def test_a_name_in_a_log_is_one_word(value: Any) -> None:
    """No specifier, no blank, no line break."""
    (message,) = said_of(it=logged(identifier=value))
    assert message.startswith("`services.it.logging.identifier` expects a name in a log")


@pytest.mark.parametrize(
    ("name", "value"),
    [("identifier", "a"), ("level_max", "info"), ("rate_burst", 5), ("rate_interval", "5s")],
)
def test_what_is_said_of_a_log_that_gets_nothing_is_a_mistake(name: str, value: Any) -> None:
    """With the line that sends the output elsewhere."""
    assert said_of(it=logged(stdout="null", stderr="log", **{name: value})) == []
    assert said_of(it=logged(stdout="null", **{name: value})) == [
        f"`services.it.logging.{name}` is said of the log, where neither stdout nor stderr goes\n"
        f"  `{name}` defined at test_logging.py\n"
        "      return Service(process=Process(argv=ARGV), logging=Logging(**options))\n"
        "  `stdout` defined at test_logging.py\n"
        "      return Service(process=Process(argv=ARGV), logging=Logging(**options))\n"
        '  to fix: take it away, or write stdout="log"'
    ]


def test_no_rate_is_limited_in_no_time() -> None:
    """An interval of 0 lets all pass."""
    (message,) = said_of(it=logged(rate_burst=5, rate_interval=0))
    assert message.startswith(
        "`services.it.logging.rate_burst` limits what a rate_interval of 0 lets pass\n"
    )
