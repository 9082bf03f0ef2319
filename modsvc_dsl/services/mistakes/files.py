"""What can be wrong with what a config file says.

In: paths, values, places. Out: one `Mistake` class each. Refuses to detect: the options'
own files do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...language.errors import Mistake, Report
from ...language.errors.report import placed
from ...language.provenance import Location, Place
from ...language.words import Path, show_found, show_path, show_value


class NoFormat(Mistake):
    """Settings for a file whose name tells no format."""

    category = "undefined"

    def __init__(self, path: Path, name: str, known: Mapping[str, str], written: Any) -> None:
        """`known` has the format that each end of a name tells, `written` labelled places."""
        headline = (
            f"`{show_path((*path, 'format'))}` has no value, and {show_value(name)} tells none"
        )
        ends = f"names that end in {', '.join(known)} tell one"
        advice = f'write format="json", or one of {", ".join(sorted(set(known.values())))}; {ends}'
        super().__init__(Report(headline, (), written, (advice,)), path)


class BadSetting(Mistake):
    """A setting that the format of its file cannot hold."""

    category = "type"

    def __init__(self, path: Path, what: str, advice: str, places: Any) -> None:
        """`places` are labelled."""
        super().__init__(Report(f"`{show_path(path)}` {what}", (), places, (advice,)), path)


class SameKey(Mistake):
    """Two options of settings that are written as one key of the file."""

    category = "conflict"

    def __init__(
        self, path: Path, key: str, names: Sequence[str], places: Sequence[Location]
    ) -> None:
        """`path` is that of the second one, `names` are both."""
        one, other = names
        headline = f"`{show_path(path)}` is written as {key!r}, and so is `{one}`"
        advice = f"define one of them: {one} and {other} stand for one key of the file"
        found = tuple(dict.fromkeys(("defined", place) for place in places))
        super().__init__(Report(headline, (), found, (advice,)), path)


class BadSettings(Mistake):
    """Settings by keys that are no dict."""

    category = "type"

    def __init__(self, found: object, place: Place) -> None:
        headline = f"settings(...) takes a dict of keys, found {show_found(found)}"
        advice = 'write settings({"key": value})'
        super().__init__(Report(headline, (), placed("written", [place]), (advice,)))


class BadValidator(Mistake):
    """A validator that could not be run on its file."""

    category = "type"

    def __init__(self, path: Path, why: str, advice: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` {why}"
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), path)


class NoReload(Mistake):
    """A file whose change shall reload a service that cannot be reloaded."""

    category = "conflict"

    def __init__(self, path: Path, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` is reload, and nothing says how the service is reloaded"
        advice = 'write process.reload_signal or process.reload_command, or on_change="restart"'
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), path)
