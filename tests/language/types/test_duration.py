"""Spans of time."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language.properties import force
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.duration import LONGEST, UNITS, read_duration, duration, spelled
from modsvc_dsl.language.types.refinements import Between, Duration
from tests.language.types.evaluation import complaint, complaints, merged


@pytest.mark.parametrize(
    ("text", "microseconds"),
    [
        ("5s", 5_000_000),
        ("2 h", 7_200_000_000),
        ("2hours", 7_200_000_000),
        ("48hr", 172_800_000_000),
        ("1y 12month", 63_115_200_000_000),
        ("55s500ms", 55_500_000),
        ("300ms20s 5day", 432_020_300_000),
        ("1.5h", 5_400_000_000),
        ("90", 90_000_000),
        ("1M", 2_629_800_000_000),
        ("1m", 60_000_000),
        ("7us", 7),
        ("7µs", 7),
        ("7μs", 7),
        ("  1w ", 604_800_000_000),
        ("0", 0),
    ],
)
def test_texts_are_read_as_systemd_reads_them(text: str, microseconds: int) -> None:
    """The examples of systemd.time(7), and one text for each rule."""
    assert duration(text) == timedelta(microseconds=microseconds)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "an empty text says no time"),
        ("5 sce", "did you mean `sec`?"),
        ("5 parsecs", "which is none"),
        ("1h 30", "write 30s for seconds"),
        ("-5s", "is negative"),
        ("2min -1s", "is negative"),
        ("infinity", "annotate Duration | None"),
        ("soon", "is no span of time"),
        ("5.s", "is no span of time"),
        (".5s", "is no span of time"),
        ("1,5s", "is no span of time"),
        ("1.5us", "is finer than a microsecond"),
        ("+5s", "is no span of time"),
        ("٥s", "is no span of time"),
        ("9" * 30 + "s", "more than 18 digits"),
        ("600000y", "is longer than systemd can count"),
    ],
)
def test_texts_that_are_refused(text: str, why: str) -> None:
    """What is ambiguous or nothing is refused, with the reason as the advice."""
    with pytest.raises(ValueError, match=re.escape(why)) as raised:
        read_duration(text)
    assert complaint(Duration, text).split("\n")[2] == str(raised.value)


def test_three_ways_to_write_one_span() -> None:
    """A timedelta, whole seconds and a text are one value where they say the same."""
    assert merged(Duration, "1min", 60, timedelta(minutes=1)) == timedelta(minutes=1)
    assert merged(list[Duration], ["1s", 2]) == [timedelta(seconds=1), timedelta(seconds=2)]
    assert merged(dict[Duration, int], {"1s": 1}) == {timedelta(seconds=1): 1}
    assert merged(Duration, "1s", force("2s")) == timedelta(seconds=2)
    assert complaints(Duration, "1min", 61) == ["`it` has definitions that differ"]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (5.5, "write it with a unit: '5.5s'"),
        (float("nan"), ""),
        (True, "write a text such as '5s', a timedelta, or a number of seconds"),
        (None, "write a text such as '5s', a timedelta, or a number of seconds"),
        (-1, "-1 is negative, and a span of time is not"),
        (timedelta(-1), "datetime.timedelta(days=-1) is negative, and a span of time is not"),
        (10**30, f"{10**30} seconds are longer than systemd can count"),
    ],
)
def test_values_that_are_refused(value: Any, hint: str) -> None:
    """Other values are refused with what to write."""
    lines = complaint(Duration, value).split("\n")
    assert lines[0] == "`it` expects a duration"
    assert lines[2:] == ([hint] if hint else [])


def test_bounds_may_be_texts() -> None:
    """`Between` takes texts for durations, and says the value that is out of bounds."""
    annotation = Annotated[Duration, Between("1s", timedelta(hours=1))]
    assert merged(annotation, "1h") == timedelta(hours=1)
    assert complaint(annotation, "2h") == (
        "`it` expects a duration between 1s and 1h\nfound '2h' (a string)\n"
        "it is 2h: write 1h or less"
    )
    assert complaint(annotation, 0).endswith("it is 0s: write 1s or more")
    assert option_type(Annotated[Duration, Between(1)]).describe() == "a duration of at least 1s"
    assert (
        option_type(Annotated[Duration, Between(most=60)]).describe()
        == "a duration of at most 1min"
    )
    with pytest.raises(TypeError, match="bound that is none"):
        option_type(Annotated[Duration, Between("soon")])


def test_bounds_of_two_declarations_both_hold() -> None:
    """Ranges of durations intersect, and contradict where they are apart."""
    minute = option_type(Annotated[Duration, Between(1, 60)])
    hour = option_type(Annotated[Duration, Between(30, 3600)])
    joined = minute.joined(hour)
    assert joined is not None and joined.describe() == "a duration between 30s and 1min"
    assert minute.joined(option_type(Annotated[Duration, Between(61)])) is None
    assert minute.joined(option_type(timedelta)) is None


@given(st.timedeltas(min_value=timedelta(0), max_value=LONGEST))
def test_what_is_spelled_is_read_back(span: timedelta) -> None:
    """Spelling and reading are inverse."""
    assert duration(spelled(span)) == span


TERMS = st.tuples(st.integers(0, 1000), st.sampled_from(sorted(UNITS)), st.sampled_from(["", " "]))
SPANS = st.lists(TERMS, min_size=1, max_size=3).map(
    lambda terms: "".join(f"{number}{blank}{unit} " for number, unit, blank in terms)
)


@given(st.lists(SPANS, min_size=20, max_size=20))
def test_spans_add_up(texts: list[str]) -> None:
    """The whole is the sum of its terms."""
    assert duration(" ".join(texts)) == sum(map(duration, texts), timedelta(0))


FRACTIONS = ["0.5s", "1.25h 3ms", "0.000001s", "12.5min", "1.5M", "2.75 weeks 1 d", "1y"]


@pytest.mark.needs_systemd
@pytest.mark.parametrize("text", [*FRACTIONS, *(f"3{unit}" for unit in sorted(UNITS))])
def test_systemd_says_the_same(text: str) -> None:
    """systemd-analyze reads every text that we take as the same number of microseconds."""
    command = ["systemd-analyze", "timespan", "--", text]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (line,) = (line for line in done.stdout.splitlines() if "μs:" in line)
    assert duration(text) == timedelta(microseconds=int(line.split(":")[1]))
