"""Regular expressions of this package, compiled when they are first used.

In: the text of one. Out: what `re.compile` gives, later. Refuses to be for users' expressions: what is wrong
with those is told where they are declared.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Has the methods of the compiled expression once one is asked for.

    To compile takes up to a millisecond, and a run uses a few of fifty.
    """

    def __init__(self, text: str, flags: int) -> None:
        self._written = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._written), name)
        setattr(self, name, found)  # so that Python finds it by itself from then on
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(text, flags)`, which takes its time when it is first used."""
    return cast("re.Pattern[str]", _Pattern(text, flags))
