"""Vector types -> annotations, as source.

In: a vector's type as JSON. Out: the source of an annotation that `option(type=...)` takes.
Refuses to check or merge anything. A new kind of type is one row in one of the tables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .layout import Doc, Led, call, listing, literal, mapping
from .posix import python_pattern

Json = dict[str, Any]
ModuleSource = Callable[[Any], Doc]


class Unsupported(Exception):
    """A part of a vector that has no translation."""


def annotation(kind: Json, module: ModuleSource) -> Doc:
    """The annotation of a vector type; `module` makes the source of the modules inside it."""
    name = kind["kind"]
    if name in _PLAIN:
        return _PLAIN[name]
    if name in _SCALARS:
        return _SCALARS[name](kind)
    if name in _AROUND:
        return _AROUND[name](annotation(kind["elem"], module), kind)
    if name in _MADE:
        return _MADE[name](kind, module)
    raise Unsupported(f"the type {name}")


_PLAIN: dict[str, str] = {
    "bool": "bool",
    "boolByOr": "BoolByOr",
    "int": "int",
    "unsigned": "Unsigned",
    "positive": "Positive",
    "u8": "U8",
    "u16": "U16",
    "u32": "U32",
    "s8": "S8",
    "s16": "S16",
    "s32": "S32",
    "port": "Port",
    "float": "StrictFloat",
    "number": "float",
    "numberPositive": "Annotated[float, Above(0)]",
    "numberNonnegative": "Annotated[float, Between(0)]",
    "str": "str",
    "nonEmptyStr": "NonEmptyStr",
    "singleLineStr": "LineOfText",
    "lines": "Lines",
    "commas": "Commas",
    "envVar": "SearchPath",
    "path": "AbsolutePath",
    "anything": "Any",
    "raw": "RawValue",
    "attrs": "ShallowDict",
    "unspecified": "NoType",
    "deferredModule": "Deferred",
}

_SCALARS: dict[str, Callable[[Json], Doc]] = {
    "intBetween": lambda kind: f"Annotated[int, Between({literal(kind['min'])}, {literal(kind['max'])})]",
    "numberBetween": lambda kind: f"Annotated[float, Between({literal(kind['min'])}, {literal(kind['max'])})]",
    "strMatching": lambda kind: f"Annotated[str, Matching({literal(python_pattern(kind['pattern']))})]",
    "separatedString": lambda kind: call("separated", literal(kind["sep"])),
    "enum": lambda kind: call("one_of_values", listing(map(literal, kind["values"]))),
}

_AROUND: dict[str, Callable[[Doc, Json], Doc]] = {
    "nullOr": lambda elem, kind: call("optional", elem),
    "listOf": lambda elem, kind: call("list_of", elem),
    "nonEmptyListOf": lambda elem, kind: call("list_of", elem, "non_empty=True"),
    "attrsOf": lambda elem, kind: call("dict_of", elem),
    "lazyAttrsOf": lambda elem, kind: call("dict_of", elem, "lazy=True"),
    "uniq": lambda elem, kind: call("refined", elem, "Unique()"),
    "unique": lambda elem, kind: call("refined", elem, f"Unique({literal(kind['message'])})"),
    "addCheck": lambda elem, kind: call(
        "refined", elem, f"Passing({CHECKS[kind['check']]}, {literal(kind['check'])})"
    ),
}


def _submodule(kind: Json, module: ModuleSource) -> Doc:
    parts: list[Doc] = [module(spec) for spec in kind["modules"]]
    if "class" in kind:
        parts.append(f"kind={literal(kind['class'])}")
    if "specialArgs" in kind:
        parts.append(f"arguments={literal(kind['specialArgs'])}")
    if not kind.get("shorthandOnlyDefinesConfig", True):
        parts.append("shorthand=False")
    return call("submodule", *parts)


def _coerced(kind: Json, module: ModuleSource) -> Doc:
    source = annotation(kind["from"], module)
    coerced = call("Coerced", source, COERCIONS[kind["coerce"]], "shallow=True")
    return call("refined", annotation(kind["to"], module), coerced)


def _tagged(kind: Json, module: ModuleSource) -> Doc:
    from .options import declaration  # here, since a declaration has a type in it again

    def tag(option: Json) -> Doc:
        if option.keys() <= {"type"}:
            return annotation(option.get("type", {"kind": "unspecified"}), module)
        return declaration(option, module)

    tags = kind["tags"].items()
    return call("tagged", mapping((literal(name), tag(option)) for name, option in tags))


_MADE: dict[str, Callable[[Json, ModuleSource], Doc]] = {
    "either": lambda kind, module: call(
        "first_of", annotation(kind["left"], module), annotation(kind["right"], module)
    ),
    "oneOf": lambda kind, module: call(
        "first_of", *(annotation(member, module) for member in kind["elems"])
    ),
    "coercedTo": _coerced,
    "submodule": _submodule,
    "attrTag": _tagged,
}

COERCIONS: dict[str, str] = {
    "intToStr": "str",
    "boolToStr": "bool_to_str",
    "strToInt": "int",
    "strLength": "len",
    "singleton": "singleton",
    "wrapValue": "wrap_value",
    "splitComma": "split_comma",
    "listToFlags": "list_to_flags",
    "negate": "negate",
}

CHECKS: dict[str, str] = {
    "even": "even",
    "nonZero": "non_zero",
    "lowercase": "lowercase",
    "shorterThan4": "shorter_than_4",
}


def keyword(name: str, doc: Doc) -> Doc:
    """`name=doc`."""
    return Led(f"{name}=", doc)
