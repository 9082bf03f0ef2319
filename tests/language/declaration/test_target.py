"""`Owner.option` as a reference."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from modsvc_dsl.language.declaration.target import Target, owner_of, steps_of, written

from tests.language.mistakes import mistake_of
from tests.language.services import Process, Service

TARGET: Any = Target(Service, ("services",))


def test_a_target_goes_on_by_attribute_and_key() -> None:
    """Names and keys become its steps."""
    further = TARGET["db"].process.flags["v"]
    assert owner_of(further) is Service
    assert steps_of(further) == ("services", "db", "process", "flags", "v")


def test_a_target_as_source_text() -> None:
    """As one would write it."""
    assert written(TARGET["db"].notes) == "Service.services.db.notes"
    assert written(TARGET["a b"]) == 'Service.services["a b"]'
    assert repr(Process.argv) == "<Process.argv>"


USES: list[Any] = [
    bool,
    iter,
    len,
    list,
    int,
    float,
    str,
    format,
    lambda t: t == 1,
    lambda t: t != 1,
    lambda t: t < 1,
    lambda t: t > 1,
    lambda t: t <= 1,
    lambda t: t >= 1,
    lambda t: 1 in t,
    lambda t: t + 1,
    lambda t: 1 + t,
    lambda t: t - 1,
    lambda t: t * 2,
    lambda t: t / 2,
    lambda t: t % 2,
    lambda t: t | 2,
    lambda t: t(),
    lambda t: f"{t}",
    lambda t: range(10)[t],
    lambda t: setattr(t, "x", 1),
    lambda t: t.__setitem__("x", 1),
]


@pytest.mark.parametrize("use", USES)
def test_a_target_is_no_value(use: Any) -> None:
    """Every use as one is refused, with where values are."""
    text = str(mistake_of(lambda: use(TARGET)))
    assert "Service.services" in text and "@define(Service.services)" in text


def test_targets_are_hashable() -> None:
    """By identity, so that they can be keys of `definitions`."""
    assert len({TARGET, Target(Service, ("services",))}) == 2


def test_targets_are_copied_and_pickled_as_they_are() -> None:
    """Nothing of them changes."""
    assert copy.copy(TARGET) is TARGET and copy.deepcopy([TARGET])[0] is TARGET
    again = pickle.loads(pickle.dumps(TARGET.eggs["ham"]))
    assert (owner_of(again), steps_of(again)) == (Service, ("services", "eggs", "ham"))
