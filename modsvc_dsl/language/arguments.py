"""Calls of the library's own functions with arguments that they do not take.

In: a function that users call. Out: the same function, which answers such a call with a mistake in
the place of Python's TypeError; and what several functions demand of a value. Refuses to know what it is for.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from .errors import BadModule, BadQuantity
from .provenance import Place, call_site
from .words import did_you_mean, show_found

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


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


def demand_modules(function: str, modules: object, place: Place) -> None:
    """Raise BadModule for what is no list of modules."""
    if not isinstance(modules, Sequence) or isinstance(modules, (str, bytes)):
        found = f"found {show_found(modules)}"
        advice = "write the modules in a list, also where there is one"
        raise BadModule(f"{function}(...) takes a list of modules", place, advice, found)


def demand_arguments(function: str, arguments: object, place: Place) -> None:
    """Raise BadModule for what are no module arguments: names with values, or None."""
    named = isinstance(arguments, Mapping) and all(isinstance(each, str) for each in arguments)
    if arguments is not None and not named:
        headline = f"{function}(...) takes module arguments as names with values"
        advice = 'write arguments={"name": value}'
        raise BadModule(headline, place, advice, f"found {show_found(arguments)}")


def read_text(function: str, read: Callable[[str], T], text: object, place: Place) -> T:
    """What a text says, as a function reads it that raises ValueError. Raises BadQuantity."""
    if not isinstance(text, str):
        headline = f"{function}(...) takes a text, and this is {show_found(text)}"
        raise BadQuantity(headline, place, f"write a text, as in {EXAMPLES[function]}")
    try:
        return read(text)
    except ValueError as error:
        raise BadQuantity(f"{function}(...): {error}", place) from None


EXAMPLES = {
    "size": 'size("512M")',
    "duration": 'duration("1h 30min")',
    "percent": 'percent("12.5%")',
}
"""Function that reads a quantity -> how it is called."""
