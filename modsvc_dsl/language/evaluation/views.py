"""Which class a result is seen as.

In: a place, and the module or class that asks. Out: the view of the place as the right class.
Refuses to read options.
"""

from __future__ import annotations

from typing import Any

from ..errors import NotImported
from ..cells.evaluated import Evaluated
from ..cells.freeform import undeclared_in
from ..declaration.module import Module
from ..provenance import users_line
from ..declaration.tree import Group, Source


# Any: a class of modules
def class_for(node: Evaluated, source: Source) -> Any:
    """The class that `self` has in functions of a record: the most derived one with its methods."""
    key = source.record.owner, source.group, node.cls
    known = node.shape.selves
    if key not in known:
        known[key] = _self_class(node, *key)
    return known[key]


# Any: classes of modules
def _self_class(node: Evaluated, owner: Any, group: Group, own: Any) -> Any:
    """The class that `self` has in functions of the class `owner`; `own` is that of the place."""
    if owner is None:
        return own if group.parent is None else Module
    candidates = [group.cls] if group.parent is not None else [own]
    candidates += [record.owner for record in reversed(node.shape.records)]
    return next((cls for cls in candidates if cls is not None and issubclass(cls, owner)), owner)


def seen_as(node: Evaluated, view: Any, module: Any) -> Any:
    """The view as another of its modules. A string is the name of an option."""
    if isinstance(module, str):
        return node.read(view.__group__, module)
    group: Group = view.__group__
    if isinstance(view, module):
        return view
    if group.parent is None:
        for record in reversed(node.shape.records):
            if record.owner is not None and issubclass(record.owner, module):
                return node.view(group, record.owner)
    groups = node.shape.owners.get(module, [])
    if len(groups) == 1:
        return node.view(groups[0], groups[0].cls)
    present = dict.fromkeys(r.owner.__name__ for r in node.shape.records if r.owner is not None)
    name = getattr(module, "__name__", repr(module))
    advice = getattr(module, "_if_absent", f"import it with @imports({name}) or imports=[...]")
    raise NotImported(node.path, name, present, [users_line()], advice)


def contains(node: Evaluated, group: Group, module: Any) -> bool:
    """Is a class in the module closure? A string: is there such an option?"""
    if isinstance(module, str):
        return module in group.children or module in undeclared_in(node, group)
    return any(
        record.owner is not None and issubclass(record.owner, module)
        for record in node.shape.records
    )
