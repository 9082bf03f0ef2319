"""A JSON Schema of the JSON data of results, from the same declarations.

In: a module. Out: a schema (draft 2020-12) that `json_data(check(evaluate(module)))` fits.
Refuses to close objects: modules that an instance imports may declare further options. An
option type of a user's own may say its schema by a method `json_schema()`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from pathlib import PurePath
from typing import Any

from ..arguments import refuses_others
from ..evaluation.configuration import is_data, json_data
from ..errors import Mistake
from ..frozen import NOTHING
from ..closure.graph import close, is_loose
from ..evaluation.import_view import Importing
from ..properties import PROPERTIES
from ..declaration.option import MODULE
from ..closure.shape import Shape, shape_of
from ..declaration.tree import Alias, Group, Slot
from ..types.choices import Choice, Member
from ..types.classes import ClassOf, Instance
from ..types.containers import DictOf, ListOf, SetOf
from ..types.duration import DurationType
from ..types.entries import EntriesOf
from ..types.functions import FunctionOf
from ..types.held import HeldType
from ..types.option_type import OptionType
from ..types.plain import Shallow
from ..types.recursive import Recursive
from ..types.scalars import Boolean, NoneOnly, Number
from ..types.shapes import FieldsOf, KeyedDict
from ..types.serialisable import Serialisable
from ..types.size import SizeType
from ..types.submodule import Deferred, Reference, Submodule, module_name
from ..types.tagged import Tag, Tagged
from ..types.text import FilePath, Separated, Text
from ..types.tuples import TupleOf
from ..types.unions import Optional_, Union_
from ..types.wrappers import Wrapper

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@refuses_others
def json_schema(module: Any) -> Schema:
    """The JSON Schema of a module's results: a class, an instance, a record or a result.

    Options carry their description, their default where it is plain data, and whether they are
    read-only; old names are deprecated. Raises what is wrong with the module's declarations.
    """
    shape = shape_of_modules((module,))
    if shape.problems:
        raise shape.problems[0]
    definitions = _Definitions()
    schema: Schema = {"$schema": DIALECT, "title": module_name(module)}
    schema.update(definitions.of_group(shape, shape.root))
    if definitions.made:
        schema["$defs"] = definitions.made
    return schema


def shape_of_modules(modules: tuple[Any, ...]) -> Shape:
    """The shape that modules have together, as far as it is known before they are evaluated."""
    records = close(modules, Importing(None, {}, (), None)).records
    return shape_of(tuple(record for record in records if not is_loose(record)))


class _Definitions:
    """The schemas of submodules and recursive types, each once, referred to by name."""

    def __init__(self) -> None:
        self.made: dict[str, Schema] = {}
        self.names: dict[Any, str] = {}

    def referred(self, key: Any, name: str, make: Callable[[], Schema]) -> Schema:
        """A reference to what `make` makes, once for each key."""
        if key not in self.names:
            self.names[key] = name = self._free(name)
            self.made[name] = {}  # taken, while what it holds may refer to it
            self.made[name] = make()
        return {"$ref": f"#/$defs/{self.names[key]}"}

    def _free(self, name: str) -> str:
        count, free = 1, name
        while free in self.made:
            count += 1
            free = f"{name}{count}"
        return free

    # -- options

    def of_group(self, shape: Shape, group: Group) -> Schema:
        """An object with the options of a group."""
        properties: dict[str, Schema] = {}
        required: list[str] = []
        for name, child in group.children.items():
            made = None if name == MODULE else self._of_child(shape, child)
            if made is not None:
                properties[str(name)] = made
                required += [str(name)] if _is_always_there(child) else []
        schema: Schema = {"type": "object", "properties": properties}
        if required:
            schema["required"] = required
        if group.freeform is not None:
            schema["additionalProperties"] = self.of_freeform(group.freeform)
        return schema

    def of_freeform(self, type_: OptionType) -> Schema:
        """What an undeclared name may hold."""
        return self.of_type(type_.item) if isinstance(type_, DictOf) else {}

    def _of_child(self, shape: Shape, child: Group | Slot | Alias) -> Schema | None:
        if isinstance(child, Group):
            return self.of_group(shape, child)
        if isinstance(child, Alias):
            target = _at(shape.root, child.target) if child.target is not None else None
            made = self._of_child(shape, target) if target is not None else None
            return None if made is None else {**made, "deprecated": True}
        return None if _is_no_data(child.type) else self._of_option(child)

    def _of_option(self, slot: Slot) -> Schema:
        option = slot.option
        schema = self.of_type(slot.type) if option.apply is None else {}
        if option.description:
            schema["description"] = option.description
        if _is_plain(option.default):
            schema["default"] = json_data(option.default)
        if _is_plain(option.example):
            schema["examples"] = [json_data(option.example)]
        if slot.read_only:
            schema["readOnly"] = True
        return schema

    # -- types

    def of_type(self, type_: OptionType) -> Schema:
        """The schema of one option type; anything fits what is not known here."""
        own = getattr(type_, "json_schema", None)
        if own is not None:
            schema: Schema = own()
            return schema
        for kind in type(type_).__mro__:
            if kind in _BY_CLASS:
                return _BY_CLASS[kind](self, type_)
        return {}

    def of_submodule(self, type_: Submodule) -> Schema:
        """A reference to the object of a submodule's options."""
        if not type_.modules:
            return {"type": "object"}
        return self.referred(
            tuple(map(id, type_.modules)),
            module_name(type_.modules[0]),
            lambda: self._of_modules(type_.modules),
        )

    def _of_modules(self, modules: tuple[Any, ...]) -> Schema:
        try:
            shape = shape_of_modules(modules)
        except Mistake as mistake:  # imports that are chosen where it is evaluated
            return {"type": "object", "$comment": mistake.report().headline}
        return self.of_group(shape, shape.root)


def _at(root: Group, path: tuple[Any, ...]) -> Group | Slot | Alias | None:
    child: Group | Slot | Alias | None = root
    for step in path:
        child = child.children.get(step) if isinstance(child, Group) else None
    return child


def _is_no_data(type_: OptionType) -> bool:
    """Is every value of a type left out of data: functions, classes, modules for later?"""
    while isinstance(type_, Wrapper):
        type_ = type_.item
    return isinstance(type_, (FunctionOf, Deferred, ClassOf))


def _is_surely_data(type_: OptionType) -> bool:
    """Is no value of a type ever left out of data? Not known where it says little of values."""
    if isinstance(type_, (Wrapper, Optional_)):
        return _is_surely_data(type_.item)
    if isinstance(type_, Union_):
        return all(map(_is_surely_data, type_.members))
    if isinstance(type_, Instance):
        return bool(_instance(type_))
    return any(kind in _BY_CLASS for kind in type(type_).__mro__)


def _is_always_there(child: Group | Slot | Alias) -> bool:
    """Has the data of every result a value of it?"""
    if isinstance(child, Slot):
        option = child.option
        return option.required and option.apply is None and _is_surely_data(child.type)
    return isinstance(child, Group)


def _is_plain(value: Any) -> bool:
    """Can a default or an example stand in a schema as it is?"""
    if value is NOTHING or value.__class__ in PROPERTIES or not is_data(value):
        return False
    if isinstance(value, Mapping):
        return all(map(_is_plain, value.values()))
    if isinstance(value, (list, tuple, set, frozenset)):
        return all(map(_is_plain, value))
    return not hasattr(value, "__module_record__")


def _number(type_: Number) -> Schema:
    schema: Schema = {"type": "integer" if type_.floats == "no" else "number"}
    if type_.least is not None:
        schema["exclusiveMinimum" if type_.above else "minimum"] = type_.least
    if type_.most is not None:
        schema["maximum"] = type_.most
    return schema


def _text(type_: Text) -> Schema:
    schema: Schema = {"type": "string"}
    if type_.pattern:
        schema["pattern"] = f"^(?:{type_.pattern})$"
    if type_.non_empty:
        schema["minLength"] = 1
    return schema


def _instance(type_: Instance) -> Schema:
    """What `json_data` makes of the classes that it knows."""
    if issubclass(type_.kind, timedelta):
        return {"type": "number"}
    return {"type": "string"} if issubclass(type_.kind, _AS_TEXT) else {}


def _list(makes: _Definitions, type_: ListOf) -> Schema:
    schema: Schema = {"type": "array", "items": makes.of_type(type_.item)}
    return {**schema, "minItems": 1} if type_.non_empty else schema


def _tuple(makes: _Definitions, type_: TupleOf) -> Schema:
    count = len(type_.items)
    items = [makes.of_type(item) for item in type_.items]
    return {"type": "array", "prefixItems": items, "minItems": count, "maxItems": count}


def _object(makes: _Definitions, parts: Mapping[str, OptionType], needed: frozenset[str]) -> Schema:
    """An object with known keys, without those that are no data."""
    kept = {key: type_ for key, type_ in parts.items() if not _is_no_data(type_)}
    properties = {key: makes.of_type(type_) for key, type_ in kept.items()}
    required = sorted(needed & set(kept))
    return {"type": "object", "properties": properties, "required": required}


def _tagged(makes: _Definitions, type_: Tagged) -> Schema:
    properties = {
        tag: {} if isinstance(item, Tag) and item.apply else makes.of_type(item)
        for tag, item in type_.tags.items()
    }
    counts = {"minProperties": 1, "maxProperties": 1, "additionalProperties": False}
    return {"type": "object", "properties": properties, **counts}


def _union(makes: _Definitions, type_: Union_) -> Schema:
    return {"anyOf": [makes.of_type(item) for item in type_.members]}


def _entries(makes: _Definitions, type_: EntriesOf) -> Schema:
    pair = [makes.of_type(type_.name_type), makes.of_type(type_.item)]
    return {"type": "array", "items": {"type": "array", "prefixItems": pair, "minItems": 2}}


_AS_TEXT = (bytes, bytearray, date, time, PurePath)

_BY_CLASS: dict[type[OptionType], Callable[[_Definitions, Any], Schema]] = {
    Boolean: lambda makes, type_: {"type": "boolean"},
    Number: lambda makes, type_: _number(type_),
    NoneOnly: lambda makes, type_: {"type": "null"},
    Text: lambda makes, type_: _text(type_),
    Separated: lambda makes, type_: {"type": "string"},
    FilePath: lambda makes, type_: {"type": "string"},
    HeldType: lambda makes, type_: {"type": "string"},
    Reference: lambda makes, type_: {"type": "string"},
    DurationType: lambda makes, type_: {"type": "number", "minimum": 0},
    SizeType: lambda makes, type_: {"type": "integer", "minimum": 0},
    Choice: lambda makes, type_: {"enum": [json_data(value) for value in type_.values]},
    Member: lambda makes, type_: {"enum": [json_data(member) for member in type_.members]},
    Instance: lambda makes, type_: _instance(type_),
    ListOf: _list,
    SetOf: lambda makes, type_: {
        "type": "array",
        "items": makes.of_type(type_.item),
        "uniqueItems": True,
    },
    TupleOf: _tuple,
    DictOf: lambda makes, type_: {
        "type": "object",
        "additionalProperties": makes.of_type(type_.item),
    },
    Shallow: lambda makes, type_: {"type": "object"},
    KeyedDict: lambda makes, type_: _object(makes, type_.keys, type_.required),
    FieldsOf: lambda makes, type_: _object(makes, type_.fields, frozenset(type_.fields)),
    EntriesOf: _entries,
    Tagged: _tagged,
    Optional_: lambda makes, type_: {"anyOf": [makes.of_type(type_.item), {"type": "null"}]},
    Serialisable: lambda makes, type_: makes.referred(  # its parts are itself
        type_.key(), type_.describe().replace(" data", "Data"), lambda: _union(makes, type_)
    ),
    Union_: _union,
    Wrapper: lambda makes, type_: makes.of_type(type_.item),
    Recursive: lambda makes, type_: makes.referred(
        type_.key(), type_.name, lambda: makes.of_type(type_.type)
    ),
    Submodule: lambda makes, type_: makes.of_submodule(type_),
}
