"""`Module`, its metaclass, and `define`, the decorator of definitions.

In: a class body, or the keywords of an instance. Out: one frozen record each. Refuses what
is no option, at once and all of it. The body itself is read by `body`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    Protocol,
    Self,
    TypeVar,
    dataclass_transform,
)

from ..arguments import refuses_others
from .body import Body, Collected, DefineMark, collect
from ..function import demand_function
from ..errors import BadModule, Immutable, NoSuchName, NotEvaluated
from .instance import (
    demand_keywords,
    group_with,
    instance_record,
    option_names,
    kind_of,
)
from .option import Draft, DraftPart, Option
from ..provenance import CallSite, call_site
from .record import Record
from .target import Target
from .tree import Group, Slot
from ..types.confidential import discreet
from ..types.submodule import Declared, is_module
from ..unready import Unready
from ..words import Path, show_found, show_value

M = TypeVar("M", bound="Module")
T = TypeVar("T")
K_contra = TypeVar("K_contra", contravariant=True)


class Behind(Protocol):
    """What stands behind a result: the place in an evaluation that it shows.

    `group` is the part of the place's options that the result has.
    """

    @property
    def path(self) -> Path: ...
    @property
    def problems(self) -> Sequence[Any]: ...
    @property
    def cells(self) -> list[Any]: ...
    def cell(self, slot: Any) -> Any: ...
    def below(self, group: Any) -> Any: ...
    def read(self, group: Any, name: Any) -> Any: ...
    def seen_as(self, view: Any, module: Any) -> Any: ...
    def contains(self, group: Any, module: Any) -> bool: ...
    def same_data(self, one: Any, other: Any) -> bool: ...
    def shown(self, view: Any) -> str: ...
    def reduced(self, view: Any) -> Any: ...
    def as_record(self) -> Record: ...


class OptionOfClass:
    """What stands for an option in its class: a target on the class, a value on a result.

    A value that was read once lies in the result itself, where Python looks first: values of
    results do not change. `Module.__setattr__` keeps others from being put there.
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: Any) -> Any:
        if instance is None:
            return Target(owner, (self.name,))
        node = instance.__node__
        if node is None:
            raise NotEvaluated(type(instance).__name__, self.name, [instance.__record__.place])
        name, group = self.name, instance.__group__
        option = group.children.get(name)
        kind = option.__class__
        if kind is Slot and not node.problems:  # as `read` would say, with one call
            value = node.cells[option.index]
            if value.__class__ is Unready:
                value = node.cell(option)
        elif kind is Group and not node.problems:
            value = node.below(option)
        else:
            value = node.read(group, name)
        instance.__dict__[name] = value
        return value


@dataclass_transform(kw_only_default=True, eq_default=False)
class ModuleMeta(type):
    """Collects a class body into a record, and keyword arguments into the record of an instance."""

    __class_record__: Record

    @classmethod
    def __prepare__(metacls, name: str, bases: tuple[type, ...], /, **keywords: Any) -> Body:
        body = Body(call_site(1))
        demand_keywords(name, body.place(), keywords)
        return body

    def __new__(
        metacls,
        name: str,
        bases: tuple[type, ...],
        namespace: Body,
        *,
        kind: str | None = None,
        key: str | None = None,
        disabled: Sequence[Any] = (),
        freeform: Any = None,
    ) -> ModuleMeta:
        if not isinstance(namespace, Body):
            namespace = Body.of(namespace, call_site(1))
        found = collect(name, bases, namespace, frame_names(2))
        names = {option: OptionOfClass(option) for option in found.options}
        slots = found.kept.pop("__slots__", ())
        cls = super().__new__(metacls, name, bases, {**found.kept, **names, "__slots__": slots})
        parents = [base for base in bases if is_module(base) and base.__bases__ != (object,)]
        cls.__class_record__ = Record(
            name,
            namespace.place(),
            key=key or cls,
            kind=kind_of(name, kind, parents, namespace.place()),
            definitions=tuple(found.definitions),
            imports=tuple(parents),
            disabled=tuple(disabled),
            freeform=freeform,
            owner=cls,
        )
        _declare_options(cls, found)
        return cls

    def __init__(
        cls,
        name: str,
        bases: tuple[type, ...],
        namespace: Body,
        *,
        kind: str | None = None,
        key: str | None = None,
        disabled: Sequence[Any] = (),
        freeform: Any = None,
    ) -> None:
        # the keywords are those of the class statement, which `__new__` has used
        super().__init__(name, bases, namespace)

    __module_record__ = property(attrgetter("__class_record__"))

    if not TYPE_CHECKING:  # or checkers would let every name pass

        def __getattr__(cls, name: str) -> Any:
            if name.startswith("_"):  # no option has such a name, so nothing is near it
                raise AttributeError(name)
            names = option_names(cls)
            group = group_with(name, names)
            advice = f"did you mean `{cls.__name__}.{group[0]}.{name}`?" if group else ""
            raise NoSuchName((name,), [call_site(1)], names, cls.__name__, advice=advice)

    def __setattr__(cls, name: str, value: Any) -> None:
        if isinstance(getattr(cls, name, None), Target):
            raise Immutable(cls.__name__, name)
        super().__setattr__(name, value)

    if not TYPE_CHECKING:

        def __call__(cls, *args: Any, imports: Any = (), **values: Any) -> Any:
            frame = sys._getframe(1)
            site = CallSite(frame.f_code, frame.f_lasti)
            instance = object.__new__(cls)
            _set_node(instance, None)
            _set_group(instance, None)
            _set_record(instance, instance_record(cls, args, imports, values, site))
            return instance


def _declare_options(cls: ModuleMeta, found: Collected) -> None:
    """Let the record of a class declare what its body does."""
    # names in annotations may mean what the body defines, or the class itself
    found.names[1].update({**found.kept, cls.__name__: cls})
    record = cls.__class_record__
    for _, draft, _ in found.options.values():
        draft.__owner__ = cls
    record.options = {
        (option,): Option((option,), annotation, found.names, draft, place, record)
        for option, (annotation, draft, place) in found.options.items()
    }


def frame_names(depth: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The global and local names of the code that holds a class statement."""
    frame = sys._getframe(depth)
    local = frame.f_locals
    return frame.f_globals, {} if local is frame.f_globals else dict(local)


def _property(cls: type, name: str) -> Any:
    """The property of a user's class that has a name, None where there is none."""
    for each in cls.__mro__:
        found = vars(each).get(name)
        if found.__class__ is property:
            return found
    return None


def make_view(cls: Any, node: Behind, group: Any) -> Any:
    """A result of a class: its options as evaluated by `node`, from `group` downwards."""
    view = object.__new__(cls)
    _set_node(view, node)
    _set_group(view, group)
    _set_record(view, None)
    return view


class Importers(Generic[K_contra]):
    """For checkers only: modules of which kinds may import a module."""

    def take(self, importer: K_contra, /) -> None:
        """Say that `importer` may."""


class Module(metaclass=ModuleMeta):
    """The base of all modules. Subclasses declare options and definitions; results are
    instances of them, whose options have values."""

    if not TYPE_CHECKING:  # a slot is a variable to checkers, which would hide the properties below
        __slots__ = ("__node__", "__group__", "__record__", "__dict__")

    if TYPE_CHECKING:

        @property
        def __node__(self) -> Any:
            """For checkers only: the evaluation of a result, None for an instance."""

        @property
        def __group__(self) -> Any:
            """For checkers only: the group of options that a result shows."""

        @property
        def __record__(self) -> Any:
            """For checkers only: the record of an instance, None for a result."""

        @classmethod
        def __own__(cls) -> Self:
            """For checkers only: lets `@imports` keep the class that it decorates."""
            ...

        @classmethod
        def __kind__(cls) -> Module:
            """For checkers only: a kind says here what its modules are."""
            ...

        @classmethod
        def __importers__(cls) -> Importers[Any]:
            """For checkers only: a kind says here that its own modules import it."""
            ...

    @property
    def __module_record__(self) -> Record:
        if self.__record__ is not None:
            record: Record = self.__record__
            return record
        return self.__node__.as_record()  # type: ignore[no-any-return]

    def __getitem__(self, module: type[M]) -> M:
        """The same result as seen by another of its modules. Raises NotImported."""
        if self.__node__ is None:
            raise NotEvaluated(type(self).__name__, "[...]", [self.__record__.place])
        found: M = self.__node__.seen_as(self, module)
        return found

    __iter__ = None

    def __contains__(self, module: type[Module] | str) -> bool:
        if self.__node__ is None:
            raise NotEvaluated(type(self).__name__, "[...]", [self.__record__.place])
        return bool(self.__node__.contains(self.__group__, module))

    if not TYPE_CHECKING:  # or checkers would let every name pass

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__") and name.endswith("__"):
                raise AttributeError(name)
            computed = _property(type(self), name)
            if computed is not None:  # which raised AttributeError, or nobody would ask here
                return computed.__get__(self, type(self))
            if self.__node__ is None:
                if name in option_names(type(self)):
                    raise NotEvaluated(type(self).__name__, name, [self.__record__.place])
                raise NoSuchName((name,), [call_site(1)], option_names(type(self)), _name(self))
            return self.__node__.read(self.__group__, name)

    def __setattr__(self, name: str, value: Any) -> None:
        raise Immutable(_name(self), name)

    def __delattr__(self, name: str) -> None:
        raise Immutable(_name(self), name)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Module) or self.__node__ is None or other.__node__ is None:
            return False
        return bool(self.__node__.same_data(self, other))

    def __hash__(self) -> int:
        if self.__node__ is None:
            return object.__hash__(self)
        return hash((type(self), self.__node__.path, self.__group__.path))

    def __repr__(self) -> str:
        if self.__node__ is not None:
            return str(self.__node__.shown(self))
        types = Declared([type(self)]).types
        values = (
            f"{name}={show_value(discreet(types[name], d.value) if name in types else d.value)}"
            for d in self.__record__.definitions
            for name in d.target[:1]
        )
        return f"{_name(self)}({', '.join(values)})"

    def __reduce__(self) -> Any:
        if self.__node__ is None:
            raise TypeError(f"{_name(self)} was not evaluated: pickle a result instead")
        return self.__node__.reduced(self)


# how the slots are filled, past the `__setattr__` that refuses every change
_set_node, _set_group, _set_record = (
    vars(Module)[name].__set__ for name in ("__node__", "__group__", "__record__")
)


def _name(module: Module) -> str:
    return type(module).__name__


class Defined:
    """What a function under `@define` becomes for a checker: nothing to call."""


@refuses_others
def define(target: T, /, *, optional: bool = False) -> Callable[[Callable[[Any], T]], Defined]:
    """Make a function the definition of an option: `@define(Service.process.argv)`.

    `target` is an option of a class, extended by attribute and key; the function gets the
    view of its module and returns the value. `optional` skips the definition where no path
    to the declaring module exists. Raises BadModule where `target` is no option.
    """
    if not isinstance(target, (Target, Draft, DraftPart)):
        headline = "@define(...) got something that is no option of a class"
        advice = "write for example @define(Process.argv)"
        raise BadModule(headline, call_site(2), advice, f"found {show_found(target)}")

    def mark(function: Callable[[Any], T]) -> Any:
        advice = "write def _name(self) -> type: below it"
        demand_function(function, "@define(...)", advice, call_site(1), 1)
        return DefineMark(target, function, optional)

    return mark
