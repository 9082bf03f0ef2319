"""Values with names that nobody declared, and dicts whose keys are typed: the spellings for checkers.

A freeform class takes any keyword when it runs. No checker can be told so (PEP 681): keys that nobody
declared come from `settings({...})`, or from a module of values.
"""

from __future__ import annotations

from typing import Any, TypedDict

from modsvc_dsl import Module, Process, Service, Settings, define, imports, module, option, settings


class Limits(TypedDict, total=False):
    """A dict with typed keys, each of which may be missing."""

    files: int
    procs: int


class Cfg(Module, freeform=dict[str, int]):
    """One declared name beside any others."""

    port: int = option(default=1)


more: dict[str, Any] = {"queue": 7, "workers": 2}


@imports(module("more", definitions=more))
class Tuned(Cfg):
    """What is not declared comes from a module of values."""


class AppSettings(Settings):
    """A config file with one key that is known."""

    port: int = option(default=80)


class Web(Service):
    """Takes a dict with typed keys, and settings."""

    limits: Limits = option(default=Limits(files=3))  # mypy does not see {"files": 3} as Limits
    cfg: Cfg = option()
    app: AppSettings = option()
    process = Process(argv=["/bin/true"])


class Busy(Web):
    """Defines some of them."""

    cfg = Tuned(port=4)
    app = AppSettings(port=81, imports=[settings({"log-level": "info"})])

    @define(Web.limits)  # not Web.limits["procs"]: pyright reads a key that may be missing
    def _limits(self) -> Limits:
        return {"procs": 4}
