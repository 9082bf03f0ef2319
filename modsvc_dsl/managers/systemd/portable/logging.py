"""Where what a process says goes, as directives.

In: the result of `logging`. Out: directives of [Service]. Names and meanings are those of
systemd.exec(5), "Logging and Standard Input/Output".
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from ....services.service import Service
from ..escaping import untrimmed
from .translation import Directives, Translation, written

_STREAMS = {"log": "journal", "null": "null", "stdout": "inherit"}
_LEVELS = {"emergency": "emerg", "critical": "crit", "error": "err"}
"""Levels that systemd calls otherwise."""


class LoggingTranslation(Translation):
    """Streams, and what the journal takes."""

    group = "logging"
    made_from = {
        "StandardOutput": ("logging", "stdout"),
        "StandardError": ("logging", "stderr"),
        "SyslogIdentifier": ("logging", "identifier"),
        "LogLevelMax": ("logging", "level_max"),
        "LogRateLimitIntervalSec": ("logging", "rate_interval"),
        "LogRateLimitBurst": ("logging", "rate_burst"),
    }

    def service(self, service: Service) -> Directives:
        logging = service.logging
        found: dict[str, Any] = {
            "StandardOutput": self._stream(service, "StandardOutput", logging.stdout),
            "StandardError": self._stream(service, "StandardError", logging.stderr),
            "SyslogIdentifier": logging.identifier,
            "LogLevelMax": _LEVELS.get(logging.level_max or "", logging.level_max),
            "LogRateLimitIntervalSec": logging.rate_interval,
            "LogRateLimitBurst": logging.rate_burst,
        }
        return {name: value for name, value in found.items() if value is not None}

    def _stream(self, service: Service, directive: str, stream: Any) -> Any:
        if not isinstance(stream, PurePath):
            return _STREAMS[stream]
        return written(service, self.made_from[directive], untrimmed, f"append:{stream}")
