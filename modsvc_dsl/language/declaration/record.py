"""The frozen record of a module: what a class body, an instance or `module(...)` says.

In: options, definitions, imports. Out: `Record` and `Declared`. Refuses to evaluate.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from ..errors import BadModule
from .option import Option
from ..provenance import Argument, Place, users_line
from .target import Target
from ..words import Path, show_found


class Declared:
    """A definition as a module states it: a target, a value, a place.

    `target` is a `Target`, or a path relative to the module. `optional` skips it where
    nothing declares the target, or the first name of the path. `name` is that of the function in the class body, `scope` and `source` are
    the evaluation and the module in which the value was written, where those are not the
    ones that it ends up in.
    """

    __slots__ = ("target", "value", "place", "optional", "name", "scope", "source")

    def __init__(
        self,
        target: Target | Path,
        value: Any,
        place: Place,
        optional: bool = False,
        name: str = "",
        scope: Any = None,
        source: Any = None,
    ) -> None:
        self.target = target
        self.value = value
        self.place = place
        self.optional = optional
        self.name = name
        self.scope = scope
        self.source = source


class Record:
    """A module as data. `key` is its identity, `owner` its class if it has one.

    `base` is the class's record for the record of an instance; the imports of an instance
    come between the imports of its class and the class itself. `values` are the keywords of an
    instance: definitions in its `place`, the call. `stated` are all others. `cache` has what was
    found out about a class, for its instances as well.
    """

    __in_words__ = "a module"

    __slots__ = (
        "name",
        "key",
        "kind",
        "place",
        "options",
        "values",
        "stated",
        "imports",
        "disabled",
        "freeform",
        "owner",
        "base",
        "cache",
    )

    def __init__(
        self,
        name: str,
        place: Place,
        *,
        key: Hashable = None,
        kind: str | None = None,
        options: Mapping[Path, Option] | None = None,
        values: Mapping[str, Any] = {},
        definitions: Sequence[Declared] = (),
        imports: Sequence[Any] = (),
        disabled: Sequence[Any] = (),
        freeform: Any = None,
        owner: Any = None,
        base: Record | None = None,
    ) -> None:
        self.name = name
        self.key: Hashable = self if key is None else key
        self.kind = kind
        self.place = place
        self.options = options or {}
        self.values = values
        self.stated = definitions
        self.imports = imports
        self.disabled = disabled
        self.freeform = freeform
        self.owner = owner
        self.base = base
        self.cache: dict[Any, Any] = {} if base is None else base.cache

    @property
    def definitions(self) -> Sequence[Declared]:
        """All that it defines, keywords first; those who place an instance take `values` as they are."""
        site: Any = self.place
        said = [Declared((n,), value, Argument(site, n)) for n, value in self.values.items()]
        return [*said, *self.stated]

    @property
    def __module_record__(self) -> Record:
        return self

    def __repr__(self) -> str:
        return f"<module {self.name}>"


AS_MODULE = 'write module("name", options={...}, definitions={...}, imports=[...])'
"""What to write instead of a dict that is to be a module."""


def is_written_out(value: object) -> bool:
    """Is something a dict in the words of modules, and no settings alone?"""
    words = ("config", "options", "imports")
    return isinstance(value, Mapping) and any(word in value for word in words)


def record_of(module: Any) -> Record:
    """The record of a module: a class, an instance, or a record itself. Raises BadModule."""
    try:
        record: Record = module.__module_record__
    except AttributeError:
        headline = "something that is no module stands where a module does"
        advice = "write a module class, an instance of one, or what module(...) returns"
        advice = AS_MODULE if is_written_out(module) else advice
        raise BadModule(headline, users_line(), advice, f"found {show_found(module)}") from None
    return record
