"""Numbers of permissions that were meant to be octal, and written without the 0o.

In: numbers. Out: whether each only comes of writing 755 for 0o755. Refuses to tell of a number that
somebody may mean: 23 is 0o27, which is a usual mask.
"""

from __future__ import annotations

_MASKS = frozenset({22, 26, 27, 37, 66, 67, 70, 72, 77, 117, 177, 277, 377, 777})
"""Decimal numbers whose digits are those of a usual mask; as numbers they are 0o26, 0o32, ..."""


def mode_lacks_prefix(mode: int) -> bool:
    """Is a mode one of those that only come of writing 755 for 0o755?

    What is beyond 0o777 has one of the three bits above the permissions, and few of such modes
    look like permissions in decimal digits; none of those lets the owner read and write.
    """
    return mode > 0o777 and len(str(mode)) == 3 and not set(str(mode)) & {"8", "9"}


def mask_lacks_prefix(mask: int) -> bool:
    """Is a mask one of those that come of writing 22 for 0o22, and hardly of anything else?"""
    return mask in _MASKS


def is_upside_down(mode: int) -> bool:
    """May others write to what they cannot read, or run what its owner cannot?

    Nobody wants that of a file that is only read; it comes of writing 400, which is 0o620.
    """
    group, others = mode >> 3 & 0o7, mode & 0o7
    writes_unread = any(each & 0o2 and not each & 0o4 for each in (group, others))
    return writes_unread or bool((group | others) & 0o1 and not mode & 0o100)
