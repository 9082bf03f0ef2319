"""The option type of calendar expressions, and how to write one in parts.

In: texts and `Calendar`s. Out: a list of expressions in normal form. Refuses to read a text itself:
`calendar` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, cast

from ...language.arguments import demand, refuses_others
from ...language.definition import Definition
from ...language.errors import Mistake, Report
from ...language.frozen import FrozenList
from ...language.provenance import Place, call_site
from ...language.types.containers import ListOf
from ...language.types.option_type import OptionType, Spot
from ...language.types.refinements import Replaces
from ...language.words import show_value
from .calendar import calendar
from .cron import instead_of_cron

Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
Values = int | Sequence[int] | None
"""One value, several, or None for any."""


@refuses_others
def at(
    *,
    weekday: Weekday | Sequence[Weekday] = (),
    month: Values = None,
    day: Values = None,
    hour: Values = 0,
    minute: Values = 0,
    second: Values = 0,
    timezone: str = "",
) -> str:
    """A calendar expression in parts: `at(weekday="Mon", hour=4)`; None stands for any value.

    Days below 0 count from the end of the month: -1 is its last. Raises BadCalendar.
    """
    _demand_parts(weekday, timezone, month=month, day=day, hour=hour, minute=minute, second=second)
    days = [weekday] if isinstance(weekday, str) else list(weekday)
    number = [day] if isinstance(day, int) else list(day or ())
    from_end = bool(number) and all(each < 0 for each in number)
    number = [-each for each in number] if from_end else number
    date = f"*-{_listed(month)}{'~' if from_end else '-'}{_listed(number)}"
    time = ":".join(map(_listed, (hour, minute, second)))
    text = " ".join(filter(None, (",".join(days), date, time, timezone)))
    try:
        return calendar(text)
    except ValueError as error:
        raise BadCalendar(str(error), call_site(2)) from None


def _demand_parts(weekday: object, timezone: object, **numbers: object) -> None:
    """Raise BadModule for parts that are of the wrong sort."""
    words = [weekday] if isinstance(weekday, str) else weekday
    right = _is_list(words) and all(isinstance(each, str) for each in cast("list[object]", words))
    demand(right, "at", "days of the week", weekday, 'write at(weekday="Mon"), or a list of them')
    demand(isinstance(timezone, str), "at", "a name", timezone, 'write timezone="Europe/Berlin"')
    for name, said in numbers.items():
        listed = said if _is_list(said) else [said]
        right = all(type(each) is int for each in cast("list[object]", listed))
        advice = f"write at({name}=1), a list of numbers, or None for any"
        demand(said is None or right, "at", f"numbers as its {name}", said, advice)


def _is_list(said: object) -> bool:
    return isinstance(said, Sequence) and not isinstance(said, (str, bytes))


def _listed(values: Values) -> str:
    numbers = [values] if isinstance(values, int) else list(values or ())
    return ",".join(map(str, numbers)) or "*"


class BadCalendar(Mistake):
    """Parts that make no calendar expression."""

    category = "type"

    def __init__(self, why: str, place: Place) -> None:
        super().__init__(Report(f"at(...): {why}", (), (("written", place.locate()),)))


class CalendarText(OptionType):
    """One calendar expression, in normal form."""

    def describe(self) -> str:
        return "a calendar expression"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and not _problem(value)

    def convert(self, value: Any) -> Any:
        return calendar(value)

    def hint(self, value: Any) -> str:
        if not isinstance(value, str):
            return 'write a text such as "Mon 03:00"'
        meant = instead_of_cron(value)
        if meant:
            said = show_value(meant[0] if len(meant) == 1 else meant)
            return f"that is a crontab's: write {said}"
        if value.strip().lower() == "@reboot":
            return 'that is a crontab\'s: write after_boot="0s" in place of a calendar'
        return _problem(value)


def _problem(text: str) -> str:
    try:
        calendar(text)
    except ValueError as error:
        return str(error)
    return ""


class CalendarList(ListOf):
    """Calendar expressions; one alone may stand without brackets."""

    def __init__(self) -> None:
        super().__init__(CalendarText())

    def describe(self) -> str:
        return "a calendar expression, or a list of them"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) or super().accepts(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        listed = [
            each.holding([each.value]) if isinstance(each.value, str) else each
            for each in definitions
        ]
        return FrozenList(dict.fromkeys(super().merge(spot, listed)))

    def joined(self, other: OptionType) -> OptionType | None:
        return self if isinstance(other, CalendarList) else None


if TYPE_CHECKING:
    from .quantities import Written

    CalendarOption: TypeAlias = Written[Sequence[str], str | Sequence[str]]
else:
    CalendarOption = Annotated[Any, Replaces(CalendarList())]
