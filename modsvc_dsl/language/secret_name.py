"""Names of what is usually secret.

In: the name of an option, a variable, a setting. Out: whether what it names should not be shown. Refuses to
look at values.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .pattern import pattern

_NAME = pattern(
    r"(?:^|[^A-Za-z])(?:pass(?:words?|wd|phrase)?|secrets?|token|api[_-]?key|access[_-]?key|"
    r"private[_-]?key|credentials?)(?:[^A-Za-z]|$)",
    re.IGNORECASE,
)
"""Whole words, so that `passive` and `tokenizer` are none."""

_ABOUT = pattern(
    r"_(?:name|file|path|dir|id|url|uri|endpoint|ttl|type|length|size|policy|command|cmd|encryption|"
    r"authentication|lifetime|expiry|expires|timeout|age|rounds|hash|hashes|limit|count|header|field)s?$",
    re.IGNORECASE,
)
"""What is about a secret, and is none."""

_HUMP = pattern(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(maxsize=1024)
def is_secret_name(name: str) -> bool:
    """Is what is called so usually a secret? `dbPassword` and `API_KEY` are, `password_file` is not."""
    words = _HUMP.sub("_", name).replace("-", "_").replace(".", "_")
    return bool(_NAME.search(words)) and not _ABOUT.search(words)
