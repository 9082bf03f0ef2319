"""Paths as names of units, and instances as parts of them.

In: plain text. Out: what systemd-escape(1) makes of it. Refuses to know units. The rules are those of
`unit_name_path_escape` and `unit_name_escape` in systemd's source, tested against that program.
"""

from __future__ import annotations

_KEPT = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:_.")


def path_name(path: str) -> str:
    """The name for a path, without a suffix: `/srv/a b` is `srv-a\\x20b`, `/` is `-`.

    Raises ValueError, in words, for what is no absolute path or leads upwards.
    """
    steps = [step for step in path.split("/") if step not in ("", ".")]
    if not path.startswith("/"):
        raise ValueError(f"{path!r} is no absolute path; begin it with a /")
    if ".." in steps:
        raise ValueError(f"{path!r} has .. in it; write the path that is meant")
    return escaped("/".join(steps)) or "-"


def escaped(text: str) -> str:
    """A text as part of a unit's name: `/` is `-`, what is not allowed there is `\\xNN`."""
    found: list[str] = []
    for position, byte in enumerate(text.encode("utf-8", "surrogatepass")):
        if byte == ord("/"):
            found.append("-")
        elif byte not in _KEPT or (byte == ord(".") and position == 0):
            found.append(f"\\x{byte:02x}")
        else:
            found.append(chr(byte))
    return "".join(found)
