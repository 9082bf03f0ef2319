"""Options that are written in several ways and read in one.

In: nothing. Out: annotations of options: to a checker an option so annotated may be set to "5s", 5
or a `timedelta`, and reads as a `timedelta`. Refuses to check: the option types do.

Checkers take a class with `__get__` and `__set__` for a descriptor and look at what each of the two
says. While a program runs there is no such class, only the type of what is read.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeAlias, TypeVar

from ...language.types.refinements import Between, Duration, Percent, Size
from .time_limit import TimeLimitType
from .umask import Umask

R = TypeVar("R")
W = TypeVar("W")

if TYPE_CHECKING:

    class Written(Generic[R, W]):
        """What is read as R and may be written as W."""

        def __get__(self, instance: object, owner: Any = None) -> R: ...
        def __set__(self, instance: object, value: W) -> None: ...

    DurationOption: TypeAlias = Written[timedelta, timedelta | int | str]
    TimeLimitOption: TypeAlias = Written[
        timedelta | Literal["never"] | None, timedelta | int | str | None
    ]
    UmaskOption: TypeAlias = Written[int | None, int | str | None]
    SpanOption: TypeAlias = Written[timedelta | None, timedelta | int | str | None]
    PauseOption: TypeAlias = Written[timedelta | None, timedelta | int | str | None]
    SizeOption: TypeAlias = Written[int | None, int | str | None]
    MemoryOption: TypeAlias = Written[int | None, int | str | None]
    LockedOption: TypeAlias = Written[int | Literal["unlimited"] | None, int | str | None]
    QuotaOption: TypeAlias = Written[float | None, float | str | None]
else:
    DurationOption = Duration
    TimeLimitOption = Annotated[Any, TimeLimitType()] | None
    UmaskOption = Annotated[int, Umask()] | None
    SpanOption = Duration | None
    PauseOption = Annotated[Duration, Between("1s")] | None
    SizeOption = Size | None
    MemoryOption = Annotated[Size, Between("1M")] | None
    LockedOption = Size | Literal["unlimited"] | None
    QuotaOption = Annotated[Percent, Between(1)] | None


def unset() -> Any:
    """None as the default of such an option."""
    return None


def default_of(written: object) -> Any:
    """What is written, as the default of such an option: to a checker it is what is read."""
    return written
