"""Vector types -> annotations.

In: a vector's type as JSON. Out: an annotation that `option(type=...)` takes. Refuses to
check or merge anything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import modsvc_dsl as m

Json = dict[str, Any]


def annotation(kind: Json, module: Callable[[Json], Any]) -> Any:
    """The annotation of a vector type; `module` makes the modules inside it."""
    name = kind["kind"]
    if name in _PLAIN:
        return _PLAIN[name]

    def inner(key: str) -> Any:
        return annotation(kind[key], module)

    if name in ("nullOr", "listOf", "nonEmptyListOf", "attrsOf", "lazyAttrsOf", "uniq", "unique"):
        return _WRAPPED[name](inner("elem"), kind)
    if name in _SCALARS:
        return _SCALARS[name](kind)
    if name == "either":
        return m.first_of(inner("left"), inner("right"))
    if name == "oneOf":
        return m.first_of(*(annotation(member, module) for member in kind["elems"]))
    if name == "addCheck":
        return m.refined(inner("elem"), m.Passing(CHECKS[kind["check"]], kind["check"]))
    if name == "coercedTo":
        coerced = m.Coerced(inner("from"), COERCIONS[kind["coerce"]])
        return m.refined(inner("to"), coerced)
    if name == "submodule":
        return m.submodule(
            *map(module, kind["modules"]),
            kind=kind.get("class"),
            arguments=kind.get("specialArgs"),
            shorthand=kind.get("shorthandOnlyDefinesConfig", True),
        )
    if name == "attrTag":
        return m.tagged({tag: annotation(o["type"], module) for tag, o in kind["tags"].items()})
    raise NotImplementedError(f"the type {name}")


_PLAIN: dict[str, Any] = {
    "bool": bool,
    "boolByOr": m.BoolByOr,
    "int": int,
    "unsigned": m.Unsigned,
    "positive": m.Positive,
    "u8": m.U8,
    "u16": m.U16,
    "u32": m.U32,
    "s8": m.S8,
    "s16": m.S16,
    "s32": m.S32,
    "port": m.Port,
    "float": m.StrictFloat,
    "number": float,
    "numberPositive": Annotated[float, m.Above(0)],
    "numberNonnegative": Annotated[float, m.Between(0)],
    "str": str,
    "nonEmptyStr": m.NonEmptyStr,
    "singleLineStr": m.LineOfText,
    "lines": m.Lines,
    "commas": m.Commas,
    "envVar": m.SearchPath,
    "path": m.AbsolutePath,
    "anything": Any,
    "raw": m.RawValue,
    "attrs": m.ShallowDict,
    "unspecified": m.NoType,
    "deferredModule": m.Deferred,
}

_SCALARS: dict[str, Callable[[Json], Any]] = {
    "intBetween": lambda kind: Annotated[int, m.Between(kind["min"], kind["max"])],
    "numberBetween": lambda kind: Annotated[float, m.Between(kind["min"], kind["max"])],
    "strMatching": lambda kind: Annotated[str, m.Matching(kind["pattern"])],
    "separatedString": lambda kind: m.separated(kind["sep"]),
    "enum": lambda kind: m.one_of_values(kind["values"]),
}

_WRAPPED: dict[str, Callable[[Any, Json], Any]] = {
    "nullOr": lambda elem, kind: m.optional(elem),
    "listOf": lambda elem, kind: m.list_of(elem),
    "nonEmptyListOf": lambda elem, kind: m.list_of(elem, non_empty=True),
    "attrsOf": lambda elem, kind: m.dict_of(elem),
    "lazyAttrsOf": lambda elem, kind: m.dict_of(elem, lazy=True),
    "uniq": lambda elem, kind: m.refined(elem, m.Unique()),
    "unique": lambda elem, kind: m.refined(elem, m.Unique(kind["message"])),
}

COERCIONS: dict[str, Callable[[Any], Any]] = {
    "intToStr": str,
    "boolToStr": lambda value: "true" if value else "false",
    "strToInt": int,
    "strLength": len,
    "singleton": lambda value: [value],
    "wrapValue": lambda value: {"value": value},
    "splitComma": lambda value: value.split(","),
    "listToFlags": lambda names: dict.fromkeys(names, True),
    "negate": lambda value: not value,
}

CHECKS: dict[str, Callable[[Any], bool]] = {
    "even": lambda value: value % 2 == 0,
    "nonZero": lambda value: value != 0,
    "lowercase": lambda value: value == value.lower(),
    "shorterThan4": lambda value: len(value) < 4,
}
