"""Groups that are imported as if they were modules.

In: a place that the modules of its shape make impossible. Out: its mistakes, told as what they are
where a group of a module, such as `Hardening`, joins that module by an import as well. Its options then
clash, or say nothing to anybody. Refuses to judge places of no kind, where a module may be both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..cells.evaluated import Evaluated
from ..closure.graph import as_record
from ..declaration.record import Record
from ..declaration.tree import Group
from ..errors import BadModule, GroupImported, Mistake
from ..provenance import Place, is_ours
from ..words import show_path, with_article


def explained(node: Evaluated, problems: Sequence[Mistake]) -> list[Mistake]:
    """What is wrong with a place: the imports of groups where there are some, else `problems`."""
    if not problems and node.kind is None:
        return []
    return list(_imports_of_groups(node)) or list(problems)


def _imports_of_groups(node: Evaluated) -> Iterator[Mistake]:
    root = node.shape.root
    for owner, mounted in node.shape.owners.items():
        if len(mounted) == 1:
            continue
        inner = next((group for group in mounted if group.cls is owner), None)
        if owner is None or inner is None or root not in mounted:
            continue
        if node.cls is not None and issubclass(node.cls, owner):
            if is_ours(inner.place.locate().file):  # a group of a class that was inherited from
                importers = _importers(node, owner)
                yield GroupImported(
                    (*node.path, *inner.path), owner.__name__, node.cls.__name__, importers
                )
            elif node.cls is not owner:  # which would have one in it, and so on
                yield _group_of_itself(node, inner)
            continue
        importers = _importers(node, owner)  # none where a module is a group of itself
        if importers:
            module = node.cls.__name__ if node.cls else "module"
            path = (*node.path, *inner.path)
            declarer = _declarer(node, inner)
            yield GroupImported(path, owner.__name__, module, importers, declarer)


def _declarer(node: Evaluated, group: Group) -> str:
    """The class that declares a group, empty where the place's own class is, or inherits from, that."""
    found = next((each.owner for each in node.shape.records if group.path in each.options), None)
    if found is None or (node.cls is not None and issubclass(node.cls, found)):
        return ""
    name: str = found.__name__
    return name


def _group_of_itself(node: Evaluated, group: Group) -> Mistake:
    """The mistake of an option of a class that is annotated with a base of that class."""
    name, path = group.cls.__name__, show_path((*node.path, *group.path))
    module = with_article(node.cls.__name__)
    headline = f"`{path}` has all options of {name} below it, and {module} is a {name} itself"
    advice = (
        f"write Ref[{name}] for one that is placed elsewhere, SubmoduleOf[{name}] for one that is placed"
        f" here, or {name} | None, list[{name}] or dict[str, {name}]"
    )
    return BadModule(headline, group.place, advice)


def _importers(node: Evaluated, owner: Any) -> list[Place]:
    """Where a group is imported."""
    found = [
        imported.place if imported.base is not None else record.place
        for record in (*node.shape.records, *node.records)
        for imported in map(as_record, _written(record))
        if imported.owner is owner
    ]
    return list(dict.fromkeys(found))


def _written(record: Record) -> Iterator[Any]:
    """The imports of a record that stand there as they are, not made later."""
    for each in record.imports:
        if isinstance(each, (type, Record)) or hasattr(each, "__module_record__"):
            yield each
