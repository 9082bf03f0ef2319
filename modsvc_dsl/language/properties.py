"""What a value may wear: priority, order, condition, several in one, later, a place.

In: a value. Out: the value in a property, typed as the value itself, so that a checker sees
through it. Refuses to know what merging does with it.

The numbers are those of the NixOS module system: a lower priority is stronger, a lower
order comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from .arguments import refuses_others
from .errors import BadModule
from .function import demand_function
from .provenance import Line, Place, call_site
from .words import show_found

T = TypeVar("T")

OPTION_DEFAULT = 1500
"""Priority of an option's own default."""
DEFAULT = 1000
"""Priority of `default(value)`."""
PLAIN = 100
"""Priority of a definition that wears none."""
FORCE = 50
"""Priority of `force(value)`."""

BEFORE = 500
"""Order of `before(value)`."""
ANY_ORDER = 1000
"""Order of a definition that wears none."""
AFTER = 1500
"""Order of `after(value)`."""

_NAMES_OF_PRIORITIES = {DEFAULT: "default(", FORCE: "force("}
_NAMES_OF_ORDERS = {BEFORE: "before(", AFTER: "after("}
"""How the numbers that have a word of their own are written."""


class Property:
    """Something that a value wears until it is merged."""

    __in_words__ = "a property"

    __slots__ = ("content",)

    def __init__(self, content: Any) -> None:
        self.content = content

    def around(self, content: Any) -> Property:
        """The same property around another value."""
        raise NotImplementedError


class Override(Property):
    """A value with a priority of its own."""

    __slots__ = ("priority",)

    def __init__(self, priority: int, content: Any) -> None:
        self.priority = priority
        self.content = content

    def around(self, content: Any) -> Override:
        return Override(self.priority, content)

    def __repr__(self) -> str:
        name = _NAMES_OF_PRIORITIES.get(self.priority, f"override({self.priority}, ")
        return f"{name}{self.content!r})"


class Ordered(Property):
    """A value with a place among the others of its option."""

    __slots__ = ("number",)

    def __init__(self, number: int, content: Any) -> None:
        self.number = number
        self.content = content

    def around(self, content: Any) -> Ordered:
        return Ordered(self.number, content)

    def __repr__(self) -> str:
        return f"{_NAMES_OF_ORDERS.get(self.number, f'order({self.number}, ')}{self.content!r})"


class When(Property):
    """A value that exists where a condition holds."""

    __slots__ = ("condition",)

    def __init__(self, condition: Any, content: Any) -> None:
        self.condition = condition
        self.content = content

    def around(self, content: Any) -> When:
        return When(self.condition, content)

    def __repr__(self) -> str:
        return f"when({self.condition!r}, {self.content!r})"


class Merged(Property):
    """Several definitions written as one; `content` is the tuple of them."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"merged({', '.join(map(repr, self.content))})"


class Later(Property):
    """A value that a function makes when it is first read; `content` is the function.

    `wants_view` says whether the function takes the view of the module that wrote it.
    """

    __slots__ = ("wants_view",)

    def __init__(self, function: Callable[..., Any], wants_view: bool) -> None:
        self.content = function
        self.wants_view = wants_view

    def __repr__(self) -> str:
        return f"later({getattr(self.content, '__qualname__', self.content)!s})"


class Located(Property):
    """A value that was written elsewhere than its definition stands: in a file that was read."""

    __slots__ = ("place",)

    def __init__(self, place: Place, content: Any) -> None:
        self.place = place
        self.content = content

    def around(self, content: Any) -> Located:
        return Located(self.place, content)

    def __repr__(self) -> str:
        location = self.place.locate()
        return f"located({location.file!r}, {self.content!r}, line={location.line})"


PROPERTIES: frozenset[type[Property]] = frozenset({Override, Ordered, When, Merged, Later, Located})
"""The classes above, for a fast test of a value's class."""


@refuses_others
def override(priority: int, value: T) -> T:
    """`value` with a priority: the lowest number wins. Raises BadModule if it is no integer."""
    return cast(T, Override(_whole("override", "priority", priority), value))


@refuses_others
def default(value: T) -> T:
    """`value` for when nobody says otherwise: priority 1000."""
    made: Any = Override(DEFAULT, value)
    return made  # type: ignore[no-any-return]


@refuses_others
def force(value: T) -> T:
    """`value` whatever plain definitions say: priority 50."""
    made: Any = Override(FORCE, value)
    return made  # type: ignore[no-any-return]


@refuses_others
def order(number: int, value: T) -> T:
    """`value` at a place among others: the lowest number comes first, plain ones have 1000."""
    return cast(T, Ordered(_whole("order", "number", number), value))


@refuses_others
def before(value: T) -> T:
    """`value` before the plain ones: order 500."""
    return cast(T, Ordered(BEFORE, value))


@refuses_others
def after(value: T) -> T:
    """`value` behind the plain ones: order 1500."""
    return cast(T, Ordered(AFTER, value))


@refuses_others
def when(condition: bool, value: T) -> T:
    """`value` where `condition` is True, no definition at all where it is False."""
    return cast(T, When(condition, value))


@refuses_others
def merged(*values: T) -> T:
    """Several definitions in the place of one, merged as the option's type says."""
    return cast(T, Merged(values))


@refuses_others
def located(file: str, value: T, *, line: int = 0) -> T:
    """`value` as written in `file`, which messages and histories then name.

    `line` counts from 1; 0 where it is not known. For what a program reads from a file and
    defines: the line of that program would help nobody.
    """
    return cast(T, Located(Line(file, _whole("located", "line", line)), value))


# not overloaded for its two forms: of those mypy infers no `lambda n=n: ...` as loops need it
@refuses_others
def later(function: Callable[..., T], /) -> T:
    """The result of `function`, called at most once and only when the value is read.

    The function takes nothing, or the view of the module in whose definition it stands.
    """
    advice = "write later(lambda: ...), or later(lambda self: ...)"
    demand_function(function, "later(...)", advice, call_site(2), 0, 1)
    code = getattr(function, "__code__", None)
    wants_view = code is not None and code.co_argcount > len(
        getattr(function, "__defaults__", None) or ()
    )
    return cast(T, Later(function, wants_view))


def _whole(function: str, parameter: str, number: int) -> int:
    given: object = number
    if type(given) is not int:
        headline = f"{function}(...) takes a whole number as its {parameter}"
        raise BadModule(
            headline, call_site(3), "write one, such as 50", f"found {show_found(given)}"
        )
    return number
