"""Options that no place computes by itself.

In: declarations. Out: the same, for those alone who read them. Refuses to say that for options of users:
a mistake in what nobody reads is told to nobody.
"""

from __future__ import annotations

from typing import TypeVar

from ..errors import BadModule
from ..provenance import call_site
from .option import Draft

T = TypeVar("T")


def on_demand(declared: T, /) -> T:
    """Over `@option`: read-only, and computed for those alone who read it.

    What nobody reads costs nothing, and a mistake in it is told to its readers only. Raises
    BadModule over anything else.
    """
    return _with(declared, read_only=True, required=False, on_demand=True)


def for_readers(declared: T, /) -> T:
    """Around `option(...)`: where nobody defines it, it is computed for those alone who read it.

    It is for a submodule that is right as long as nobody says anything in it. Raises BadModule
    around anything else.
    """
    return _with(declared, on_demand=True)


def _with(declared: T, **fields: bool) -> T:
    if not isinstance(declared, Draft):
        raise BadModule(
            "@on_demand stands over something that is no option",
            call_site(2),
            "write it above @option",
        )
    declared.__fields__ = {**declared.__fields__, **fields}
    return declared
