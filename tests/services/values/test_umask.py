"""Masks of permissions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.services.values.octal import mask_lacks_prefix
from modsvc_dsl.services.values.umask import Umask


@given(mask=st.integers(0, 0o777).filter(lambda mask: not mask_lacks_prefix(mask)))
def test_a_mask_is_the_same_however_it_is_written(mask: int) -> None:
    """As a number, and in three octal digits with or without what stands before them."""
    for written in (mask, f"{mask:03o}", f"0{mask:03o}", f"0o{mask:03o}"):
        assert Umask().accepts(written) and Umask().convert(written) == mask


@pytest.mark.parametrize(
    "value", [-1, 0o1000, True, 1.5, None, "", "8", "77", "0o7", "00777", "٣٣٣"]
)
def test_what_is_none(value: Any) -> None:
    """Bits beyond the permissions, digits that are not octal, too few of them."""
    assert not Umask().accepts(value)


def test_a_mask_without_its_prefix_is_told() -> None:
    """77 would let others do what it was to forbid; who means 0o26 writes it as a text."""
    assert not Umask().accepts(77) and not Umask().accepts(22)
    assert Umask().hint(22) == "write 0o22: the number 22 is 0o26"
    assert Umask().convert("026") == 22
    assert Umask().accepts(0o27)
