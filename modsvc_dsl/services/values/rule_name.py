"""The names of the rules that `modsvc check` lints by.

In: nothing. Out: `RuleName`, for silencing a rule. Refuses to know what a rule looks for: each has a
file in `lints` and a page in docs/lints, both called as it is.
"""

from __future__ import annotations

from typing import Literal

RuleName = Literal[
    "hidden-path",
    "low-port",
    "machine-code",
    "no-hardening",
    "no-instance",
    "no-persistence",
    "no-restart-limit",
    "no-such-day",
    "relative-path",
    "root",
    "secret-in-text",
    "shell-in-argv",
    "specifier-in-text",
    "started-again",
    "unit-suffix",
    "unreachable-dependency",
    "unreadable-file",
]
