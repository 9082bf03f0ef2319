"""Numbers that were meant to be octal."""

from __future__ import annotations

import pytest

from modsvc_dsl.services.values.octal import is_upside_down, mask_lacks_prefix, mode_lacks_prefix


def test_usual_modes_and_masks_are_no_mistakes() -> None:
    """As numbers they are some decimal number; none of them reads as another usual one."""
    for mode in (0o400, 0o440, 0o444, 0o600, 0o640, 0o644, 0o664, 0o700, 0o750, 0o755, 0o1777):
        assert not mode_lacks_prefix(mode) and not is_upside_down(mode & 0o777)
    for mask in (0, 0o2, 0o7, 0o22, 0o27, 0o37, 0o66, 0o77, 0o117, 0o127, 0o177, 0o377, 0o777):
        assert not mask_lacks_prefix(mask)


@pytest.mark.parametrize("mode", [600, 640, 644, 664, 700, 750, 755, 777])
def test_modes_without_their_prefix(mode: int) -> None:
    assert mode_lacks_prefix(mode)


@pytest.mark.parametrize("mask", [22, 27, 37, 66, 77, 177, 277, 377, 777])
def test_masks_without_their_prefix(mask: int) -> None:
    assert mask_lacks_prefix(mask)


@pytest.mark.parametrize("mode", [400, 440, 444, 0o620, 0o602, 0o641, 0o622])
def test_what_nobody_wants_of_a_file_that_is_read(mode: int) -> None:
    """The three decimal ones among them are too small to have bits above the permissions."""
    assert is_upside_down(mode)
