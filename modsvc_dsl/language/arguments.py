"""Calls of the library's own functions with arguments that they do not take.

In: a function or a class that users call. Out: the same one, which answers such a call with a mistake in
the place of Python's TypeError; and what several functions demand of a value. Refuses to know what it is for.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from . import errors
from .errors import BadModule, BadQuantity
from .provenance import Place, call_site, users_line
from .words import did_you_mean, show_found

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


def refuses_others(called: F) -> F:
    """A function or class that raises BadModule for arguments it does not take, with the caller's line.

    It stands one frame between the function, or the `__init__` of the class, and whoever calls it.
    """
    if isinstance(called, type):
        cls: Any = called  # a checker sees no assignment of methods
        cls.__init__ = _guarded(cls.__init__, called)
        return cast("F", called)
    return cast("F", _guarded(called, called))


def _guarded(function: Callable[..., Any], called: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        try:
            return function(*arguments, **keywords)
        except TypeError as error:
            ran = error.__traceback__ is not None and error.__traceback__.tb_next is not None
            if ran:
                raise
        if function is called:
            raise _wrong_call(called, arguments, keywords, call_site(1))
        itself, *own = arguments
        inherited = type(itself).__init__ is call
        raise _wrong_call(type(itself) if inherited else called, own, keywords, call_site(1))

    return call


def _wrong_call(
    called: Callable[..., Any],
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
    place: Place,
) -> BadModule:
    """What is wrong with a call that Python refuses."""
    signature = inspect.signature(called)
    takes_any = any(each.kind is each.VAR_KEYWORD for each in signature.parameters.values())
    unknown = [] if takes_any else [name for name in keywords if name not in signature.parameters]
    if unknown:
        headline = f"{called.__name__}(...) does not know {', '.join(unknown)}"
        return BadModule(headline, place, instead(called, unknown[:1]))
    try:
        signature.bind(*arguments, **keywords)
        why = "takes other arguments"
    except TypeError as error:
        why = str(error)
    return BadModule(f"{called.__name__}(...): {why}", place, instead(called))


def instead(function: Callable[..., Any], unknown: Sequence[str] = ()) -> str:
    """What to write: the name that was meant by the first unknown one, or all that there are."""
    known = inspect.signature(function).parameters
    meant = did_you_mean(unknown[0], known) if unknown else ""
    named = inspect.Parameter.KEYWORD_ONLY
    every = [f"{each.name}=" if each.kind is named else each.name for each in known.values()]
    return meant or (f"it takes {', '.join(every)}" if every else "it takes no arguments")


def demand(right: bool, function: str, takes: str, found: object, advice: str) -> None:
    """Raise BadModule where what a function was given is not right, with the line of its caller."""
    if not right:
        headline = f"{function}(...) takes {takes}"
        raise BadModule(headline, users_line(), advice, f"found {show_found(found)}")


def demand_modules(function: str, modules: object) -> None:
    """Raise BadModule for what is no list of modules."""
    right = isinstance(modules, Sequence) and not isinstance(modules, (str, bytes))
    advice = "write the modules in a list, also where there is one"
    demand(right, function, "a list of modules", modules, advice)


def demand_arguments(function: str, arguments: object) -> None:
    """Raise BadModule for what are no module arguments: names with values, or None."""
    named = isinstance(arguments, Mapping) and all(isinstance(each, str) for each in arguments)
    takes, advice = "module arguments as names with values", 'write arguments={"name": value}'
    demand(arguments is None or named, function, takes, arguments, advice)


def read_text(function: str, read: Callable[[str], T], text: object, place: Place) -> T:
    """What a text says, as a function reads it that raises ValueError. Raises BadQuantity."""
    if not isinstance(text, str):
        headline = f"{function}(...) takes a text, and this is {show_found(text)}"
        raise BadQuantity(headline, place, f"write a text, as in {EXAMPLES[function]}")
    try:
        return read(text)
    except ValueError as error:
        raise BadQuantity(f"{function}(...): {error}", place) from None


flatten = refuses_others(errors.flatten)
"""The same for users."""

EXAMPLES = {
    "size": 'size("512M")',
    "duration": 'duration("1h 30min")',
    "percent": 'percent("12.5%")',
}
"""Function that reads a quantity -> how it is called."""
