"""What a piece of code is told, for tests.

In: a function that makes a mistake. Out: the mistakes. Refuses code that makes none.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable
from textwrap import dedent
from typing import Any

from modsvc_dsl import Mistake, Mistakes, flatten


def mistakes_of(work: Callable[[], Any]) -> list[Mistake]:
    """The mistakes that `work` raises. Fails where it raises none."""
    try:
        found = work()
    except (Mistake, Mistakes) as error:
        return list(flatten(error))
    raise AssertionError(f"no mistake was found, the result is {found!r}")


def mistake_of(work: Callable[[], Any]) -> Mistake:
    """The one mistake that `work` raises. Fails where it raises none, or several."""
    (mistake,) = mistakes_of(work)
    return mistake


def lines_of(mistake: Mistake) -> set[int]:
    """The lines that a mistake names."""
    return {location.line for _, location in mistake.report().places}


def statements(text: str, **names: Any) -> dict[str, Any]:
    """The names that Python source binds: code that no checker would let pass.

    Its lines are at hand for messages, as those of a file are.
    """
    source = dedent(text).strip() + "\n"
    file = f"<{hash(source)}>"
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    space: dict[str, Any] = {"__name__": __name__, **names}
    exec(compile(source, file, "exec"), space)
    return space
