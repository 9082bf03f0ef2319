"""What histories and reprs show in the place of values that may be secrets.

In: types and values. Out: the value, or `HIDDEN` where something in it stands for a secret and is
none of the references that its type takes. Refuses to judge what no type calls confidential.
"""

from __future__ import annotations

from typing import Any

from .option_type import OptionType, confidential_below


class Hidden:
    """What stands for a value that is not shown."""

    def __repr__(self) -> str:
        return "(not shown, for it may be a secret)"

    def __reduce__(self) -> str:
        return "HIDDEN"


HIDDEN = Hidden()


def discreet(type_: OptionType, value: Any) -> Any:
    """A value as it may be shown: `HIDDEN` where a part of it may be a secret."""
    for _, wanted, _ in type_.misfits(value):
        if is_confidential(wanted):
            return HIDDEN
    return value


def is_confidential(type_: OptionType) -> bool:
    """May a value that does not fit be a secret, or have one in it?"""
    return type_.confidential or next(confidential_below(type_), None) is not None
