"""A service vector's expectation against a result line: the first difference, in words.

In: a vector with its expectation, and a result line. Out: what differs, empty where they agree.
Refuses to know how the result came about. Command lines and environments are compared by what systemd
reads in them (systemd.service(5), systemd.exec(5)), everything else as it stands.
"""

from __future__ import annotations

import re
from typing import Any

from tests.conformance.comparing import difference as differs
from tests.conformance.types import Json

EXEC = re.compile(r"Exec(?:Start|StartPre|StartPost|Condition|Reload|ReloadPost|Stop|StopPost)")
NAMED = dict(zip("abfnrtvs", "\a\b\f\n\r\t\v "))


def difference(vector: Json, line: Json) -> str:
    """What differs between a result line and the expectation of its vector."""
    expect = vector["expect"]
    if "error" in expect or "ok" not in line:
        return differs(vector, line)
    want, got = expect["ok"], line["ok"]
    masked = {name for name, known in want["install"].items() if known.get("enable") is False}
    loose = bool(vector.get("anyOrder"))
    sides = [
        {
            "units": {
                name: _unit(unit, loose)
                for name, unit in side["units"].items()
                if name not in masked
            },
            "install": _loosened(side["install"]) if loose else side["install"],
            "configData": _files(side, want),
            "argv": _loosened(side["argv"]) if loose else side["argv"],
            "notes": [sorted(map(repr, side[key])) for key in ("failedAssertions", "warnings")],
        }
        for side in (want, got)
    ]
    found = differs({"expect": {"ok": sides[0]}}, {"ok": sides[1]})
    for rule in vector.get("orderedPairs", ()):
        found = found or _disorder(rule, got)
    return found


def _unit(sections: Json, loose: bool) -> Json:
    """A unit as section -> directive -> the values that stand there, in order."""
    found: Json = {}
    for section, pairs in sections.items():
        for key, value in pairs:
            values = found.setdefault(section, {}).setdefault(key, [])
            if key == "Environment":
                values[:] = [{**(values[0] if values else {}), **_variables(value)}]
            else:
                values.append(_command(value) if EXEC.fullmatch(key) else _number(value))
    return _loosened(found) if loose else found


def _loosened(value: Any) -> Any:
    """A value whose lists, and the words in its texts, are sorted."""
    if isinstance(value, dict):
        return {key: _loosened(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted((_loosened(item) for item in value), key=repr)
    return " ".join(sorted(re.split("[ \n]", value))) if isinstance(value, str) else value


def _number(value: Any) -> Any:
    decimal = isinstance(value, str) and re.fullmatch(r"-?\d+\.\d{6}", value)
    text = value.strip() if isinstance(value, str) else value
    return text.rstrip("0").rstrip(".") if decimal else text


def _variables(value: Any) -> Json:
    if isinstance(value, dict):
        return {key: re.sub("%+", "%", text) for key, text in value.items()}
    pairs = (word.partition("=") for word in words(value) or [value])
    return {name: re.sub("%+", "%", text) for name, _, text in pairs}


def _command(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = words(value)
    if found is None or any(word == ";" for word in value.split()):
        return {"raw": value}
    first = found[0] if found else ""
    program = first.lstrip("-@:+!|")
    prefix = "".join(sorted(first[: len(first) - len(program)]))
    argv = [program, *found[1:]] if found else []
    for mark in ["%"] if ":" in prefix else ["%", "$"]:
        if any(mark in part for word in argv for part in word.split(mark * 2)):
            return {"raw": value}
        argv = [word.replace(mark * 2, mark) for word in argv]
    return {"argv": argv, "prefix": prefix}


def words(text: str) -> list[str] | None:
    """The words of a line without their quotes and escapes; None if a quote stays open."""
    found: list[str] = []
    rest = text.lstrip(" \t\n\r")
    while rest:
        word = bytearray()
        while rest and rest[0] not in " \t\n\r":
            quote = rest[0] if rest[0] in "\"'" else ""
            rest = rest[1:] if quote else rest
            while rest and rest[0] != quote and (quote or rest[0] not in " \t\n\r\"'"):
                rest = _character(rest, word)
            if quote and not rest:
                return None
            rest = rest[1:] if quote else rest
        found.append(word.decode("utf-8", "replace"))
        rest = rest.lstrip(" \t\n\r")
    return found


def _character(rest: str, word: bytearray) -> str:
    """Take one character or escape off the rest of a line."""
    if rest[0] != "\\" or len(rest) == 1:
        word += rest[0].encode("utf-8", "surrogatepass")
        return rest[1:]
    number = re.match(
        r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))", rest
    )
    if number:
        byte, short, wide, octal = number.groups()
        code = int(octal, 8) if octal else int(byte or short or wide, 16)
        word += bytes([code & 255]) if byte or octal else chr(code).encode()
        return rest[number.end() :]
    word += NAMED.get(rest[1], rest[1]).encode()
    return rest[2:]


def _files(side: Json, want: Json) -> Json:
    """Config files by service and key, in the fields that are expected."""
    fields = {(*item["service"], item["key"]): set(item) for item in want["configData"]}
    named = {(*item["service"], item["key"]): item for item in side["configData"]}
    return {
        " ".join(name): {key: text for key, text in item.items() if key in fields.get(name, item)}
        for name, item in named.items()
    }


def _disorder(rule: Json, got: Json) -> str:
    """The first pair of a rule that stands the wrong way round in a result."""
    if rule["path"][0] != "units":
        return differs({"expect": {"ok": got}, "orderedPairs": [rule]}, {"ok": got})
    _, name, section, key, *rest = rule["path"]
    value = _unit(got["units"][name], False)[section][key]
    ruled = {**rule, "path": rest}
    return differs({"expect": {"ok": value}, "orderedPairs": [ruled]}, {"ok": value})
