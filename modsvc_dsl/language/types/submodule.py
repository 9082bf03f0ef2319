"""Types whose values are modules: submodules, modules kept for later, references to modules.

In: definitions that are dicts or modules. Out: the view of a module evaluated in its own
place, by the evaluator behind `Spot`. Refuses to evaluate by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

from ..definition import Definition
from ..errors import Conflict, Mistake, ModuleAsSetting, WrongKind
from ..frozen import FrozenList
from ..words import Path, with_article
from .option_type import (
    Absent,
    Misfit,
    OptionType,
    Spot,
    SubmoduleOptions,
    valued,
    without_properties,
)


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


def plainly(module: Any, value: Any) -> str:
    """What to write where a plain value stands for a module, as its class says; empty if it does not.

    A class says it by a static method `__instead__`, from the value to the source text.
    """
    say: Callable[[Any], str] | None = getattr(module, "__instead__", None)
    return say(value) if say is not None else ""


class Submodule(OptionType):
    """Options of their own in one value; all definitions are merged in one evaluation."""

    simple = False

    def __init__(self, modules: Sequence[Any], options: SubmoduleOptions | None = None) -> None:
        self.modules = tuple(modules)
        self.options = options or SubmoduleOptions()
        self.classes = tuple(module for module in modules if isinstance(module, type))

    def describe(self) -> str:
        names = [module_name(module) for module in self.modules]
        return f"a submodule ({', '.join(names)})" if names else "a submodule"

    def accepts(self, value: Any) -> bool:
        if isinstance(value, self.classes) or isinstance(value, Mapping):
            return True
        return is_importable(value) and not self._is_another(value)

    def _is_another(self, value: Any) -> bool:
        """Is a value made of a class that has nothing to do with those of the type?

        A module without a class may add to any of its kind; one of a kind that is another one's is for
        the evaluation to refuse.
        """
        if not self.classes:
            return False
        node = None if isinstance(value, type) else getattr(value, "__node__", None)
        if node is not None:  # a result is of all classes that it was evaluated from
            owners = [record.owner for record in node.records if record.owner is not None]
            return bool(owners) and not any(issubclass(each, self.classes) for each in owners)
        record = getattr(value, "__module_record__", None)
        if record is None:
            return False
        kind = self.options.kind or self.modules[0].__module_record__.kind
        if None not in (kind, record.kind) and kind != record.kind:
            return False
        if record.owner is None:
            return record.kind not in (None, kind)
        if issubclass(record.owner, self.classes):
            return False
        keys = Declared([value]).keys
        return not any(module.__module_record__.key in keys for module in self.modules)

    def describe_many(self) -> str:
        return self.describe().replace("a submodule", "submodules", 1)

    def hint(self, value: Any) -> str:
        names = [module_name(module) for module in self.modules]
        if not names:
            return "write a dict of its options"
        meant = next(filter(None, (plainly(module, value) for module in self.modules)), "")
        if meant:
            return f"write {meant}"
        return f"write {names[0]}(...), or a dict of its options"

    def fits(self, value: Any) -> bool:
        return next(self.misfits(value), None) is None

    def misfits(self, value: Any, path: Path = ()) -> Iterator[Misfit]:
        """What does not fit as far as it can be said without an evaluation.

        A module fits where it is made from one of the type's; a dict where its names are
        declared and its values fit their types.
        """
        found = Declared(self.modules)
        if not self.accepts(value):
            yield path, self, value
        elif is_module(value):
            keys = Declared([value]).keys
            if self.modules and not any(m.__module_record__.key in keys for m in self.modules):
                yield path, self, value
        elif isinstance(value, Mapping) and self.options.shorthand and not found.open:
            for name, item in value.items():
                if name in found.types:
                    for bare in without_properties(item):
                        yield from found.types[name].misfits(bare, (*path, name))
                else:
                    yield (*path, name), Absent(self.describe()), item

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
        if any(
            two.arguments[name] != one.arguments[name]
            for name in one.arguments.keys() & two.arguments
        ):
            return None  # nobody knows which of the two is meant
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


class Declared:
    """What modules declare, with all that they import: the types of their options by name.

    `keys` are those of all modules; `open` says that more names may be taken than `types`
    has, since the modules are freeform or import something that is computed.
    """

    def __init__(self, modules: Sequence[Any]) -> None:
        self.types: dict[str, OptionType] = {}
        self.keys: set[Hashable] = set()
        self.open = False
        todo = [getattr(module, "__module_record__", None) for module in modules]
        while todo:
            record = todo.pop()
            if record is None or record.freeform is not None:
                self.open = True
            if record is None or record.key in self.keys:
                continue
            self.keys.add(record.key)
            todo += [getattr(module, "__module_record__", None) for module in record.imports]
            todo += [record.base] if record.base is not None else []
            for path, option in record.options.items():
                self.types[path[0]] = _type_below(path, option)

    def __repr__(self) -> str:
        return f"<the options {', '.join(self.types)}>"


def _type_below(path: Path, option: Any) -> OptionType:
    """The type of an option, as far as its own module can be asked for it."""
    try:
        group = option.group()
        if len(path) > 1 or option.alias is not None:
            return Unasked()
        return option.type() if group is None else Submodule([group])
    except Mistake:
        return Unasked()  # the evaluation says what is wrong with the declaration


class Unasked(OptionType):
    """A type that anything fits, for what only an evaluation can judge."""

    def describe(self) -> str:
        return "any value"

    def accepts(self, value: Any) -> bool:
        return True


class Deferred(OptionType):
    """A module kept as it is, to be imported somewhere else; several become one that imports all."""

    simple = False

    def describe(self) -> str:
        return "a module"

    def accepts(self, value: Any) -> bool:
        if getattr(value, "__record__", None) is not None:
            return True  # an instance, as most are
        return is_module(value) or isinstance(value, (Mapping, DeferredModule))

    def hint(self, value: Any) -> str:
        return "write a module class, module(...), or a dict of definitions"

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        every: list[Definition] = []
        for definition in definitions:
            value = definition.value
            every += value.definitions if isinstance(value, DeferredModule) else [definition]
        return DeferredModule(spot.path, FrozenList(every))


class DeferredModule:
    """The value of a deferred option: importable, and no data."""

    __slots__ = ("path", "definitions")

    def __init__(self, path: tuple[Any, ...], definitions: Sequence[Definition]) -> None:
        self.path = path
        self.definitions = definitions

    def __repr__(self) -> str:
        return f"<module from {len(self.definitions)} definitions>"


class Reference(OptionType):
    """A reference to a module placed elsewhere in the tree.

    It takes instances and results, and what is its own target (`__reference_target__`, a path), which
    may say by `__stands_for__` as which class of modules it can be taken. The module may say by
    `__refer_instead__` what to write instead of another value.
    """

    def __init__(self, module: Any) -> None:
        self.module = module

    simple = False

    def describe(self) -> str:
        return f"{with_article(module_name(self.module))} that is placed in the tree"

    def describe_many(self) -> str:
        return f"{module_name(self.module)} objects that are placed in the tree"

    def hint(self, value: Any) -> str:
        if isinstance(value, type) and is_module(value):
            return f"write an instance that is placed in the tree, not the class {value.__name__}"
        if hasattr(value, "__stands_for__"):
            stands_for = with_article(module_name(value.__stands_for__))
            return f"it stands for {stands_for} and no more: refer to an instance in the tree"
        own = "__refer_instead__" in getattr(self.module, "__dict__", ())  # no subclass of it
        meant = self.module.__refer_instead__(value) if own else ""
        return meant or "refer to an instance that is placed in the tree, or read one from it"

    def accepts(self, value: Any) -> bool:
        if hasattr(value, "__reference_target__"):
            stands_for = getattr(value, "__stands_for__", self.module)
            return issubclass(stands_for, self.module)
        return hasattr(type(value), "__reference_path__") or isinstance(value, self.module)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        first, *others = definitions
        made = spot.refer(first.value, first)
        for other in others:
            if other.value is not first.value and spot.refer(other.value, other) != made:
                raise Conflict(spot.path, valued(definitions))
        return made

    def key(self) -> object:
        return type(self), id(self.module)
