"""The functions of the user's that a place runs, each at most once.

In: functions inside definitions. Out: their results, remembered; what they raise, as a
mistake with the user's own lines. Refuses to know options.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..definition import Definition
from ..errors import BadCondition, Cycle, FunctionFailed, Mistake, Mistakes, NoSuchArgument
from .evaluated import Evaluating
from ..properties import Later
from ..provenance import Line, Place, is_ours, users_line
from ..words import Path, show_value


class Failed:
    """The result of a function that has none."""

    __slots__ = ("error",)

    def __init__(self, error: Mistake | Mistakes) -> None:
        self.error = error


class Running:
    """The result of a function that has not returned yet."""


RUNNING = Running()
_ODD = frozenset({Failed, Running})


_FAILURES = (Exception, SystemExit)
"""What a function may raise; to exit is no value either: it would look like success."""


class Calls:
    """The scope of definitions: `memo` holds the results of functions."""

    __slots__ = ("evaluation", "path", "memo", "views")

    evaluation: Evaluating
    path: Path
    memo: dict[Later, Any]
    views: dict[Any, Any]

    def view_for(self, source: Any) -> Any:
        """What `self` is to functions of a module."""
        raise NotImplementedError

    def force(self, later: Later, definition: Definition) -> Any:
        """The result of a later value; a second read does not run it again."""
        memo = self.memo
        if later in memo:
            value = memo[later]
            return value if value.__class__ not in _ODD else self._known(value)
        memo[later] = RUNNING
        function = later.content
        try:
            if later.wants_view:
                view = self.views.get(definition.source)
                value = function(self.view_for(definition.source) if view is None else view)
            else:
                value = function()
        except (Mistake, Mistakes) as error:
            if isinstance(error, NoSuchArgument) and not error.asking:
                error.asking = definition.source.record.name
            memo[later] = Failed(error)
            raise
        except _FAILURES as error:
            failure = self._failure(function, error)
            memo[later] = Failed(failure)
            raise failure from error
        except BaseException:
            del memo[later]  # interrupted: the next read starts again
            raise
        memo[later] = value
        return value

    def _known(self, value: Any) -> Any:
        """What a function has made, or how it has failed."""
        if value.__class__ is Failed:
            raise value.error.with_traceback(None)
        if value is RUNNING:
            raise Cycle([(self.reading(), [users_line()])])
        return value

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run a function of the user's. Raises FunctionFailed with the frames of theirs."""
        try:
            return function(*arguments)
        except (Mistake, Mistakes):
            raise
        except _FAILURES as error:
            raise self._failure(function, error) from error

    def _failure(self, function: Callable[..., Any], error: BaseException) -> FunctionFailed:
        name = getattr(function, "__qualname__", show_value(function))
        places = users_frames(error) or written_at(function)
        return FunctionFailed(self.reading(), name, error, places)

    def condition(self, value: Any, definition: Definition) -> bool:
        """A condition as a boolean."""
        while value.__class__ is Later:
            value = self.force(value, definition)
        if value is True or value is False:
            return bool(value)
        raise BadCondition(self.reading(), value, definition.place)

    def reading(self) -> Path:
        """The path of what is being computed, for messages."""
        tasks = self.evaluation.stack.tasks
        return tasks[-1].path if tasks else self.path


def users_frames(error: BaseException) -> list[Place]:
    """The user's own frames in a traceback, innermost first."""
    places: list[Place] = []
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not is_ours(file):
            places.append(Line(file, trace.tb_lineno))
        trace = trace.tb_next
    return places[::-1]


def written_at(function: Any) -> list[Place]:
    """Where a function stands that failed before its first line, as one without `self` does."""
    code = getattr(function, "__code__", None)
    return [Line(code.co_filename, code.co_firstlineno)] if code is not None else []
