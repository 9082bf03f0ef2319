"""Calls of the library's own functions with arguments that they do not take.

In: a function that users call. Out: the same function, which answers such a call with a mistake in
the place of Python's TypeError. Refuses to look at values: the function does.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from .errors import BadModule
from .provenance import call_site
from .words import did_you_mean

F = TypeVar("F", bound=Callable[..., Any])


def refuses_others(function: F) -> F:
    """A function that raises BadModule for arguments it does not take, with the caller's line.

    It stands one frame between the function and whoever calls it.
    """

    @functools.wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        try:
            return function(*arguments, **keywords)
        except TypeError as error:
            ran = error.__traceback__ is not None and error.__traceback__.tb_next is not None
            if ran:
                raise
            why = str(error)
        known = list(inspect.signature(function).parameters)
        unknown = [name for name in keywords if name not in known]
        called = f"{function.__name__}(...)"
        headline = f"{called} does not know {', '.join(unknown)}" if unknown else why
        raise BadModule(headline, call_site(1), instead(function, unknown[:1]))

    return cast("F", call)


def instead(function: Callable[..., Any], unknown: Sequence[str] = ()) -> str:
    """What to write: the name that was meant by the first unknown one, or all that there are."""
    known = inspect.signature(function).parameters
    meant = did_you_mean(unknown[0], known) if unknown else ""
    named = inspect.Parameter.KEYWORD_ONLY
    every = (f"{each.name}=" if each.kind is named else each.name for each in known.values())
    return meant or f"it takes {', '.join(every)}"
