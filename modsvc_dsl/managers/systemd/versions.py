"""The versions of systemd that the library knows.

In: nothing. Out: the oldest and the newest that there is a table of directives for. Refuses to load
a table: `directives.table` does.
"""

from __future__ import annotations

OLDEST = 252
"""That of Debian 12."""

NEWEST = 257
"""That of Debian 13."""
