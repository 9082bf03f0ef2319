"""Describe services in Python as composable typed modules, and turn them into units.

The names that users may rely on are those of `facade`. They are loaded when the first one is asked
for, so that a command which needs none of them, such as `modsvc --help`, does not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .facade import *
    from .facade import __all__ as __all__
else:

    def __getattr__(name: str) -> object:
        """A name of the facade; all of them come at once. Raises AttributeError for others."""
        if name.startswith("__") and name != "__all__":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from .facade import __all__ as names

        if name == "__all__":
            return names
        if name not in names:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from . import facade

        globals().update({each: getattr(facade, each) for each in names})
        return globals()[name]

    def __dir__() -> list[str]:
        """What there is to import, for completion."""
        from .facade import __all__ as names

        return sorted({*globals(), *names})
