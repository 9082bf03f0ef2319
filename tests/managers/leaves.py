"""The leaf options of a service, read from the declarations.

In: a module, and modules that join it. Out: the paths of all options that have a value of their
own, `*` standing for any key. Refuses to know what an option means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from modsvc_dsl.language.closure.graph import close
from modsvc_dsl.language.declaration.option import MODULE
from modsvc_dsl.language.closure.shape import Shape, shape_of
from modsvc_dsl.language.declaration.tree import Group, Slot
from modsvc_dsl.language.types.containers import DictOf, ListOf
from modsvc_dsl.language.types.option_type import OptionType
from modsvc_dsl.language.types.submodule import Submodule
from modsvc_dsl.language.types.unions import Optional_, Union_


def leaves(*modules: Any) -> list[str]:
    """The leaf options of modules, such as `process.argv` and `config_data.*.text`.

    An option that holds a module or something else is a leaf, and so is what is in the module. One that
    holds modules of a kind, such as `services`, is a leaf: what is in them is theirs.
    """
    return sorted(".".join(path) for path in _below(shape_of(close(modules).records)))


def _below(shape: Shape) -> Iterator[tuple[str, ...]]:
    for slot in _slots(shape.root):
        inner = _submodule(slot.type)
        if inner is None:
            yield slot.path
            continue
        if isinstance(slot.type, Union_ | Optional_):
            yield slot.path  # it may also be something else
        star = ("*",) if isinstance(slot.type, DictOf | ListOf) else ()
        for path in _below(shape_of(close(inner.modules).records)):
            yield (*slot.path, *star, *path)


def _slots(group: Group) -> Iterator[Slot]:
    for name, child in group.children.items():
        if isinstance(child, Slot):
            yield child
        elif isinstance(child, Group) and name != MODULE:
            yield from _slots(child)


def _submodule(type_: OptionType) -> Submodule | None:
    """The submodule without a kind that a type holds, however deep."""
    todo = [type_]
    while todo:
        each = todo.pop()
        if isinstance(each, Submodule):
            kinds = {module.__module_record__.kind for module in each.modules}
            return each if kinds == {None} else None
        todo.extend(each.below())
    return None
