"""Types whose values are modules: submodules, modules kept for later, references to modules.

In: definitions that are dicts or modules. Out: the view of a module evaluated in its own
place, by the evaluator behind `Spot`. Refuses to evaluate by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..definition import Definition
from ..errors import ModuleAsSetting, WrongKind
from ..frozen import FrozenList
from .option_type import OptionType, Spot, SubmoduleOptions


def is_module(value: Any) -> bool:
    """Is the value a module: a class, an instance, or the record of one?"""
    return hasattr(value, "__module_record__")


def is_importable(value: Any) -> bool:
    """Is the value a module, or a deferred one?"""
    return is_module(value) or isinstance(value, DeferredModule)


def module_name(module: Any) -> str:
    """A module's name for messages."""
    record = getattr(module, "__module_record__", None)
    return record.name if record is not None else repr(module)


class Submodule(OptionType):
    """Options of their own in one value; all definitions are merged in one evaluation."""

    simple = False

    def __init__(self, modules: Sequence[Any], options: SubmoduleOptions | None = None) -> None:
        self.modules = tuple(modules)
        self.options = options or SubmoduleOptions()

    def describe(self) -> str:
        names = [module_name(module) for module in self.modules]
        return f"a submodule ({', '.join(names)})" if names else "a submodule"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Mapping) or is_importable(value)

    def hint(self, value: Any) -> str:
        names = [module_name(module) for module in self.modules]
        return f"write {names[0]}(...), or a dict of its options" if names else ""

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        if self.options.shorthand:
            for definition in definitions:
                if isinstance(definition.value, DeferredModule):
                    raise ModuleAsSetting(spot.path, definition.place)
        return spot.submodule(self.modules, definitions, self.options)

    def empty(self, spot: Spot) -> Any:
        return spot.submodule(self.modules, (), self.options)

    def with_modules(self, modules: Sequence[Any]) -> Submodule:
        """The type with further modules in it."""
        return Submodule((*self.modules, *modules), self.options)

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, Submodule):
            return None
        one, two = self.options, other.options
        if one.kind and two.kind and one.kind != two.kind:
            raise WrongKind((), "a second declaration of it", two.kind, one.kind, ())
        merged = SubmoduleOptions(
            one.kind or two.kind,
            {**one.arguments, **two.arguments},
            one.shorthand and two.shorthand,
            one.freeform or two.freeform,
        )
        added = [module for module in other.modules if module not in self.modules]
        return Submodule((*self.modules, *added), merged)

    def key(self) -> object:
        return type(self), tuple(map(id, self.modules))


class Deferred(OptionType):
    """A module kept as it is, to be imported somewhere else; several become one that imports all."""

    simple = False

    def describe(self) -> str:
        return "a module"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Mapping) or is_module(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        return DeferredModule(spot.path, FrozenList(definitions))

    def empty(self, spot: Spot) -> Any:
        return DeferredModule(spot.path, FrozenList())


class DeferredModule:
    """The value of a deferred option: importable, and no data."""

    __slots__ = ("path", "definitions")

    def __init__(self, path: tuple[Any, ...], definitions: Sequence[Definition]) -> None:
        self.path = path
        self.definitions = definitions

    def __repr__(self) -> str:
        return f"<module from {len(self.definitions)} definitions>"


class Reference(OptionType):
    """A reference to a module placed elsewhere in the tree."""

    def __init__(self, module: Any) -> None:
        self.module = module

    simple = False

    def describe(self) -> str:
        return f"a {module_name(self.module)} that is placed in the tree"

    def accepts(self, value: Any) -> bool:
        return (
            hasattr(value, "__reference_target__")
            or hasattr(type(value), "__reference_path__")
            or isinstance(value, self.module)
        )

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        return spot.refer(definitions[-1].value, definitions[-1])

    def key(self) -> object:
        return type(self), id(self.module)
