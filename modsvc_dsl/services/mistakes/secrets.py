"""What can be wrong with references to secrets.

In: paths, values, places. Out: one `Mistake` class each. Refuses to detect.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...language.errors import Mistake, Report
from ...language.errors.report import placed
from ...language.provenance import Place
from ...language.words import Path, show_found, show_kind, show_path


class BadSecret(Mistake):
    """A reference to a secret that leads nowhere.

    What stands where a path or a name belongs may be the secret itself, and is not shown; what
    belongs to a command stands in units anyway.
    """

    category = "type"

    def __init__(
        self, function: str, expected: str, found: object, why: str, advice: str, place: Place
    ) -> None:
        discreet = function != "secret_command"
        what = show_found(found)
        if discreet:
            what = show_kind(found) if why or not isinstance(found, str) else "another text"
        headline = f"{function}(...) takes {expected}, found {what}"
        headline += f", which {why}" if why else ""
        written = placed("written", [place])
        super().__init__(Report(headline, (), written, (advice,), unquoted=discreet))


class NoSecret(Mistake):
    """Something else where a secret is referred to; what it says is not shown."""

    category = "type"

    def __init__(self, path: Path, found: object, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` expects a reference to a secret, found {show_kind(found)}"
        advice = (
            'write secret_file("/etc/keys/db-password") for a file of the host: the secret itself'
            " is never written into a service"
        )
        defined = placed("defined", places)
        super().__init__(Report(headline, (), defined, (advice,), unquoted=True), path)


class SecretAsText(Mistake):
    """A secret where a text stands."""

    category = "type"

    def __init__(self, name: str, advice: str, place: Place) -> None:
        headline = f"`{name}` is a reference to a secret, and no text"
        super().__init__(Report(headline, (), placed("used", [place]), (advice,)))


class NoPathOfSecret(Mistake):
    """A secret whose path is read, and that has none."""

    category = "undefined"

    def __init__(self, name: str, why: str, advice: str, place: Place) -> None:
        headline = f"`{name}` has no path: {why}"
        super().__init__(Report(headline, (), placed("read", [place]), (advice,)))
