"""Which options hold secrets, and which values for them must not be shown.

In: options and values. Out: yes or no. Refuses to raise: who reads the class is told what is wrong with it.
"""

from __future__ import annotations

from typing import Any

from ..errors import BadModule
from .option import Option
from ..types.confidential import HIDDEN, discreet, is_confidential


def is_secret(option: Option) -> bool:
    """Does an option hold a secret? Not if its annotation means nothing."""
    try:
        return is_confidential(option.type())
    except BadModule:
        return False


def gives_away(option: Option, value: Any) -> bool:
    """Is a value for an option one that must not be shown?"""
    return is_secret(option) and discreet(option.type(), value) is HIDDEN
