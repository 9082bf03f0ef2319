"""Functions that give values, looked at before anybody runs them.

In: what was given as a function. Out: BadModule where it could never give a value; and what a function
says that it reads. Refuses to run it.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from .errors import BadModule
from .provenance import Line, Place
from .words import show_found

F = TypeVar("F", bound=Callable[..., Any])

_COROUTINE = inspect.CO_COROUTINE
_GENERATOR = inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR


def demand_function(function: Any, who: str, advice: str, place: Place, *takes: int) -> None:
    """Raise BadModule for what cannot be called with one of these numbers of arguments.

    `who` is the beginning of the message, as in "option(compute=...)", `advice` what to write.
    Functions that are not written in Python are only called.
    """
    if not callable(function) or isinstance(function, (staticmethod, classmethod)):
        found = f"found {show_found(function)}"
        raise BadModule(f"{who} got something that is no function", place, advice, found)
    if not isinstance(function, types.FunctionType):
        return
    code = function.__code__
    line = Line(code.co_filename, code.co_firstlineno)
    if code.co_flags & _COROUTINE:
        instead = "write def without async: a value is computed, and nobody could await it"
        raise BadModule(f"{who} got an async function", line, instead)
    if code.co_flags & _GENERATOR:
        raise BadModule(f"{who} got a function with yield", line, "return a list instead")
    most = code.co_argcount
    least = most - len(function.__defaults__ or ())
    missing = code.co_kwonlyargcount > len(function.__kwdefaults__ or ())
    if missing or not any(least <= count <= _most(code, most) for count in takes):
        parameters = inspect.signature(function)
        found = f"found {function.__qualname__}{_shown(parameters)}"
        raise BadModule(f"{who} got a function of other parameters", line, advice, found)


def reads(*names: str) -> Callable[[F], F]:
    """Tag a function that reads nothing but these options and groups of its `self`, if anything.

    One of the whole place, where the function is that of a group, begins with a `/`.

    Where none of them varies from place to place, its result does not either, and it runs once
    for all. For the package's own functions: nobody looks whether it is true.
    """

    def tag(function: F) -> F:
        _READS[function] = names
        return function

    return tag


def read_by(function: Any) -> tuple[str, ...] | None:
    """What a function says that it reads, None for one that does not say."""
    return _READS.get(function) if isinstance(function, types.FunctionType) else None


_READS: WeakKeyDictionary[Callable[..., Any], tuple[str, ...]] = WeakKeyDictionary()


def _most(code: types.CodeType, count: int) -> float:
    return float("inf") if code.co_flags & inspect.CO_VARARGS else count


def _shown(parameters: inspect.Signature) -> str:
    return f"({', '.join(parameters.parameters)})"
