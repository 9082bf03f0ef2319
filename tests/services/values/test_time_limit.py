"""Limits in time: spans above zero, or "never"."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language.types.duration import spelled
from modsvc_dsl.services.values.time_limit import NEVER, TimeLimitType

LIMIT = TimeLimitType()
SPANS = st.timedeltas(timedelta(microseconds=1), timedelta(days=10_000))


@given(span=SPANS)
def test_every_span_above_zero_is_a_limit(span: timedelta) -> None:
    """As itself, and as the text that says it."""
    assert LIMIT.accepts(span) and LIMIT.accepts(spelled(span))
    assert LIMIT.convert(span) == LIMIT.convert(spelled(span)) == span


@given(span=st.timedeltas(max_value=timedelta(0)))
def test_nothing_and_less_are_none(span: timedelta) -> None:
    """Managers would take 0 for no limit at all."""
    assert not LIMIT.accepts(span)
    assert LIMIT.hint(span)


def test_never_is_the_only_word() -> None:
    """Others are answered with it."""
    assert LIMIT.accepts(NEVER) and LIMIT.convert(NEVER) == NEVER
    for word in ("infinity", "Never", "none", "off", "unlimited"):
        assert not LIMIT.accepts(word)
        assert LIMIT.hint(word) == 'write "never" for no limit'
