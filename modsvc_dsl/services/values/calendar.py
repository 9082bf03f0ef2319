"""Points in time that come again, written as systemd writes them.

In: texts such as "Mon..Fri 03:00" and "quarterly". Out: their normal form, "Mon..Fri *-*-* 03:00:00".
Refuses what systemd refuses. Refuses to know when that is next.

The rules are those of systemd.time(7), "Calendar events", as its `calendar_spec_from_string` reads
and `calendar_spec_to_string` writes them, tested against both. Stricter than there: a point in
time by its number of seconds (`@0`) is none that comes again, a fraction has at most six digits, and
a name of a time zone is one that Python's copy of the database knows, where there is one.
"""

from __future__ import annotations

from typing import NamedTuple
import re
from collections.abc import Sequence

from ...language.pattern import pattern
from ...language.words import did_you_mean

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = pattern("(" + "|".join((*_LONG, *WEEKDAYS)) + r")(?=$|[ ,.-])", re.IGNORECASE)

SHORTHANDS = {
    "minutely": "*-*-* *:*:00",
    "hourly": "*-*-* *:00:00",
    "daily": "*-*-* 00:00:00",
    "weekly": "Mon *-*-* 00:00:00",
    "monthly": "*-*-01 00:00:00",
    "quarterly": "*-01,04,07,10-01 00:00:00",
    "semiannually": "*-01,07-01 00:00:00",
    "semi-annually": "*-01,07-01 00:00:00",
    "biannually": "*-01,07-01 00:00:00",
    "bi-annually": "*-01,07-01 00:00:00",
    "yearly": "*-01-01 00:00:00",
    "annually": "*-01-01 00:00:00",
    "anually": "*-01-01 00:00:00",  # as it is written in systemd, too
}
"""Words that stand for a whole expression."""

_SECOND = 1_000_000


class Part(NamedTuple):
    """One number of a component, a range (`stop`), or every so many (`repeat`), in its own unit.

    Seconds are counted in microseconds. `stop` is -1 and `repeat` 0 where there is none.
    """

    start: int
    stop: int = -1
    repeat: int = 0


class Component(NamedTuple):
    """What may stand in one place: its name, least and most value, and how many digits it has."""

    name: str
    least: int
    most: int
    digits: int = 2
    unit: int = 1


YEAR = Component("year", 1970, 2199, 4)
MONTH = Component("month", 1, 12)
DAY = Component("day", 1, 31)
DAY_FROM_END = Component("day from the end", 1, 28)  # the shortest month has no more
HOUR = Component("hour", 0, 23)
MINUTE = Component("minute", 0, 59)
SECOND = Component("second", 0, 60 * _SECOND - 1, unit=_SECOND)

Chain = tuple[Part, ...]
"""The parts of a component; none means any value."""

_NUMBER = r"([0-9]+)"
_FRACTION = r"([0-9]+(?:\.[0-9]+)?)"


def calendar(text: str) -> str:
    """The normal form of a calendar expression. Raises ValueError with what is wrong."""
    stripped = text.strip(" ")
    if not stripped:
        raise ValueError("an empty text says no time")
    body, zone = _parted(stripped, text)
    normal = SHORTHANDS.get(body.lower())
    if normal is None:
        normal = _Reader(body, text).normal()
    return f"{normal} {zone}" if zone else normal


def _parted(stripped: str, text: str) -> tuple[str, str]:
    """The expression and its time zone, empty where it has none."""
    body, blank, last = stripped.rpartition(" ")
    if not blank or not last[:1].isalpha() or _DAY.match(last):
        return stripped, ""
    if last.lower() == "utc":
        return body.rstrip(" "), "UTC"
    problem = _zone_problem(last)
    if problem:
        raise ValueError(f"{text!r} has the time zone {last!r}, {problem}")
    return body.rstrip(" "), last


def _zone_problem(zone: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", zone):
        return "which is none: write one such as Europe/Berlin"
    from zoneinfo import available_timezones  # read where a zone is written, and only there

    known = available_timezones()
    if known and zone not in known:
        near = did_you_mean(zone, known) if "/" in zone else ""
        return f"which is none: {near or 'write one such as Europe/Berlin'}"
    return ""


class _Reader:
    """Reads one expression from left to right; `text` is the whole, for messages."""

    def __init__(self, body: str, text: str) -> None:
        self.rest = body
        self.text = text

    def normal(self) -> str:
        """The expression in its normal form."""
        days = self._weekdays()
        date = self._date()
        time = self._time()
        return f"{days}{date} {time}"

    def _wrong(self, why: str) -> ValueError:
        return ValueError(f"{self.text!r} is no calendar expression: {why}")

    # -- weekdays

    def _weekdays(self) -> str:
        """The weekdays in front, as a list of runs with a blank behind; empty for any day."""
        found: set[int] = set()
        first = -1
        is_start = True
        while True:
            match = _DAY.match(self.rest)
            if match is None:
                if is_start:
                    return ""
                raise self._wrong(f"a weekday is missing before {self.rest!r}")
            day = [each.lower() for each in WEEKDAYS].index(match[1][:3].lower())
            if first > day:
                raise self._wrong(f"a range of days from {WEEKDAYS[first]} to {WEEKDAYS[day]}")
            found.update(range(first if first >= 0 else day, day + 1))
            self.rest = self.rest[match.end() :]
            joint = re.match(r"\.\.|,|-", self.rest)
            if joint is None:
                break
            if joint[0] != "," and first >= 0:
                raise self._wrong("a range of days goes from one day to one other")
            first = day if joint[0] != "," else -1
            self.rest = self.rest[joint.end() :]
            is_start = False
            if self.rest[:1] in ("", " "):
                if first >= 0:
                    raise self._wrong("a range of days has no end")
                break
        if self.rest[:1] not in ("", " "):
            raise self._wrong(f"{self.rest!r} stands behind the weekdays")
        self.rest = self.rest.lstrip(" ")
        return "" if len(found) == len(WEEKDAYS) else f"{_runs(sorted(found))} "

    # -- date

    def _date(self) -> str:
        word, blank, behind = self.rest.partition(" ")
        if not word or ":" in word:
            return "*-*-*"
        if word.startswith("@"):
            raise ValueError(f"{self.text!r} is one point in time, which does not come again")
        pieces = re.split(r"([-~])", word)
        if len(pieces) not in (3, 5) or (len(pieces) == 5 and pieces[1] == "~"):
            near = did_you_mean(word, (*SHORTHANDS, *_LONG)) if word.isalpha() else ""
            if near:
                raise self._wrong(near)
            raise self._wrong(f"{word!r} is no date: write it as 2026-12-31, *-12-31 or *-*-01")
        self.rest = behind.lstrip(" ")
        if blank and not self.rest:
            raise self._wrong("a time is missing behind the date")
        from_end = pieces[-2] == "~"
        years = () if len(pieces) == 3 else self._chain(pieces[0], YEAR)
        month = self._chain(pieces[-3], MONTH)
        day = self._chain(pieces[-1], DAY_FROM_END if from_end else DAY)
        joint = "~" if from_end and day else "-"  # any day is any day, counted from either end
        return f"{_shown(years, YEAR)}-{_shown(month, MONTH)}{joint}{_shown(day, DAY)}"

    # -- time

    def _time(self) -> str:
        if not self.rest:
            return "00:00:00"
        pieces = self.rest.split(":")
        if len(pieces) not in (2, 3):
            raise self._wrong(f"{self.rest!r} is no time: write it as 03:00 or 03:00:00")
        hour = self._chain(pieces[0], HOUR)
        minute = self._chain(pieces[1], MINUTE)
        second = self._chain(pieces[2] if len(pieces) == 3 else "0", SECOND)
        return f"{_shown(hour, HOUR)}:{_shown(minute, MINUTE)}:{_shown(second, SECOND)}"

    # -- one component

    def _chain(self, text: str, of: Component) -> Chain:
        """The parts of a component, sorted, each once."""
        if text == "*":
            return () if of is not SECOND else (Part(0, -1, _SECOND),)
        parts = [_whole_steps(self._part(each, of)) for each in text.split(",")]
        for part in parts:
            self._demand_valid(part, of)
        found = tuple(sorted(set(parts)))
        if of is DAY_FROM_END:
            self._demand_near_end(found)
        return found

    def _part(self, text: str, of: Component) -> Part:
        number = _FRACTION if of is SECOND else _NUMBER
        found = re.fullmatch(rf"{number}(?:\.\.{number})?(?:/{number})?", text, re.ASCII)
        if found is None:
            if text.startswith("*"):
                raise self._wrong(f"{text!r} is no {of.name}: write {of.least:g}{text[1:]}")
            raise self._wrong(f"{text!r} is no {of.name}")
        start, stop, repeat = (
            None if each is None else self._number(each, of) for each in found.groups()
        )
        assert start is not None
        if repeat == 0:
            raise self._wrong(f"{text!r} repeats without end")
        if of is SECOND and stop is not None and repeat is None and stop < start + of.unit:
            raise self._wrong("a range of seconds ends before its second value")
        made = Part(start, -1 if stop is None else stop, repeat or (0 if stop is None else of.unit))
        return _with_century(made) if of is YEAR else made

    def _number(self, text: str, of: Component) -> int:
        whole, _, fraction = text.partition(".")
        if len(whole) > 9 or len(fraction) > 6:
            raise self._wrong(f"{text!r} has too many digits")
        return int(whole) * of.unit + int(fraction.ljust(6, "0") or "0") * (of.unit > 1)

    def _demand_valid(self, part: Part, of: Component) -> None:
        """Raise ValueError where a part reaches out of its component, as systemd's chain_valid."""
        least, most = of.least // of.unit, of.most // of.unit
        outside = f"the {of.name} lies between {least} and {most}"
        if not of.least <= part.start <= of.most or part.stop > of.most:
            raise self._wrong(outside)
        if part.stop >= 0 and part.start + part.repeat > part.stop:
            raise self._wrong(f"a range of {of.name}s ends before its second value")
        if part.stop >= 0:
            return
        following = part.start + part.repeat if of is not DAY_FROM_END else part.start - part.repeat
        if part.repeat and not of.least <= following <= of.most:
            raise self._wrong(f"every {part.repeat // of.unit} {of.name}s leaves one only")

    def _demand_near_end(self, chain: Chain) -> None:
        """Raise ValueError for days that systemd does not take in a list counted from the end.

        For each item its chain_valid takes three days off once more, up to version 257 at least.
        """
        for place, part in enumerate(chain, 1):
            most = 31 - 3 * place
            if max(part.start, part.stop) > most or part.repeat > most - 1:
                raise self._wrong(
                    f"of days from the end, number {place} of a list lies up to {most} for systemd:"
                    " write several expressions"
                )


def _with_century(part: Part) -> Part:
    """Years of two digits are those around 2000, from 1970 to 2069."""

    def full(year: int) -> int:
        return year + 2000 if 0 <= year < 70 else year + 1900 if 70 <= year < 100 else year

    return part._replace(start=full(part.start), stop=full(part.stop))


def _whole_steps(part: Part) -> Part:
    """A range that ends where its last step does; without a second one it is its first value."""
    if part.stop < part.start or not part.repeat:
        return part
    if part.repeat > part.stop - part.start:
        return Part(part.start)
    return part._replace(stop=part.stop - (part.stop - part.start) % part.repeat)


def _shown(chain: Chain, of: Component) -> str:
    """A component as systemd writes it."""
    if not chain or (of is SECOND and Part(0, -1, of.unit) in chain):
        return "*"  # every second, whatever else is said of them
    return ",".join(_shown_part(part, of) for part in chain)


def _shown_part(part: Part, of: Component) -> str:
    text = _amount(part.start, of)
    if part.stop > 0:
        text += f"..{_amount(part.stop, of)}"
    if part.repeat and not (part.stop > 0 and part.repeat == of.unit):
        text += f"/{_amount(part.repeat, of, padded=False)}"
    return text


def _amount(number: int, of: Component, padded: bool = True) -> str:
    whole, fraction = divmod(number, of.unit)
    text = str(whole).zfill(of.digits) if padded else str(whole)
    return f"{text}.{fraction:06}" if fraction else text


def _runs(days: Sequence[int]) -> str:
    """Days as systemd writes them: three or more in a row as a range."""
    found: list[list[int]] = []
    for day in days:
        if found and found[-1][-1] == day - 1:
            found[-1].append(day)
        else:
            found.append([day])
    return ",".join(
        (
            f"{WEEKDAYS[run[0]]}..{WEEKDAYS[run[-1]]}"
            if len(run) > 2
            else ",".join(WEEKDAYS[d] for d in run)
        )
        for run in found
    )
