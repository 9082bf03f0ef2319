"""What is known of an option: its declarations, and every definition with its fate.

In: a result and the path of an option. Out: `OptionFacts` and `Told`, as data. Refuses to
compute what the value did not need: a definition that never ran says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .definition import Definition, discharge
from .errors import NoSuchName
from .evaluated import Evaluated
from .frozen import NOTHING
from .merge import ranked
from .properties import OPTION_DEFAULT, PLAIN, PROPERTIES
from .provenance import Location, Place, locate_part, users_line
from .renaming import as_path
from .tree import Alias, Group, Slot
from .types.submodule import Submodule
from .words import Path, show_path


@dataclass(frozen=True, slots=True)
class Told:
    """One definition of an option: what it says, where, how strong, and what became of it.

    `fate` is "won", "lost", "absent" (its condition is False) or "not needed"; `why` says
    it in words. A default that was not needed has no value.
    """

    value: Any
    location: Location
    module: str
    priority: int
    order: int
    fate: str
    why: str


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """An option of a result, as data. `definitions` are those that count, in order."""

    path: Path
    type: str
    description: str
    has_default: bool
    read_only: bool
    declarations: tuple[tuple[str, Location], ...]
    is_defined: bool
    priority: int
    definitions: tuple[tuple[str, Any], ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the modules whose definitions count, one for each definition."""
        return tuple(name for name, _ in self.definitions)


def has_option(view: Any, path: Path | str) -> bool:
    """Is there an option, or a group of options, at a path? Reads no value."""
    child = _find(view, as_path(path))
    return child is not None


def option_facts(view: Any, path: Path | str) -> OptionFacts:
    """What is known of an option. Raises NoSuchName where there is none."""
    node, slot, _ = _slot(view, as_path(path))
    found = node.counting(slot, node.definitions_of(slot))
    return OptionFacts(
        path=(*node.path, *slot.path),
        type=slot.type.describe(),
        description=slot.option.description,
        has_default=slot.default is not None,
        read_only=slot.read_only,
        declarations=tuple((o.owner.name, o.place.locate()) for o in slot.declarations),
        is_defined=bool(found),
        priority=found[0].priority if found else 9999,
        definitions=tuple((_module(d), d.value) for d in found),
    )


def is_defined(view: Any, path: Path | str) -> bool:
    """Has an option a definition or a default?"""
    node, slot, _ = _slot(view, as_path(path))
    return bool(node.counting(slot, node.definitions_of(slot)))


def history(view: Any, path: Path | str) -> tuple[Told, ...]:
    """Every definition of an option, the winners first, with what became of it.

    `path` may go on into dict entries. Raises NoSuchName where there is no such option.
    """
    node, slot, rest = _slot(view, as_path(path), whole=False)
    every = node.definitions_of(slot)
    if slot.default is not None:
        every = [slot.default, *every]
    return _told(node, slot, every, rest)


def _told(node: Evaluated, slot: Slot, every: list[Definition], rest: Path) -> tuple[Told, ...]:
    kept: list[Definition] = []
    absent: list[Told] = []
    for definition in every:
        if definition is slot.default and _stronger(node, every, slot):
            absent.append(_default_told(definition))
            continue
        found = _inside(node, discharge([definition], node), rest)
        kept += found
        if not found and not rest:
            why = "its condition is False"
            absent.append(_tell(definition, "absent", why, value=_content(definition.value)))
    winners = ranked(kept)
    chosen = {id(definition) for definition in winners}
    best = winners[0].priority if winners else 0
    inside = (*slot.path, *rest) if rest else ()
    told = [_tell(definition, "won", _won(definition), inside=inside) for definition in winners]
    for definition in kept:
        if id(definition) not in chosen:
            why = f"priority {definition.priority} is weaker than {best}"
            told.append(_tell(definition, "lost", why, inside=inside))
    return (*told, *absent)


def _stronger(node: Evaluated, every: list[Definition], slot: Slot) -> bool:
    others = [definition for definition in every if definition is not slot.default]
    return any(d.priority < OPTION_DEFAULT for d in discharge(others, node))


def _inside(node: Evaluated, found: list[Definition], rest: Path) -> list[Definition]:
    """The parts of definitions at an entry below the option."""
    for step in rest:
        parts = [_part(d, step) for d in found if _has(d.value, step)]
        found = discharge(parts, node)
    return found


def _part(definition: Definition, step: Any) -> Definition:
    """An entry of what a definition says. A kind of dict may give its entries a priority."""
    part = definition.holding(definition.value[step])
    part.priority = getattr(definition.value, "__priority__", PLAIN)
    return part


def _has(value: Any, step: Any) -> bool:
    return isinstance(value, dict) and step in value


def _content(value: Any) -> Any:
    while value.__class__ in PROPERTIES:
        value = value.content
    return value


def _won(definition: Definition) -> str:
    names = {50: "forced", 100: "plain", 1000: "a default", 1500: "the option's own default"}
    words = names.get(definition.priority, f"priority {definition.priority}")
    return words if definition.order == 1000 else f"{words}, order {definition.order}"


def _default_told(definition: Definition) -> Told:
    return _tell(
        definition, "not needed", "a stronger definition exists", NOTHING, priority=OPTION_DEFAULT
    )


def _tell(
    definition: Definition,
    fate: str,
    why: str,
    value: Any = None,
    priority: int | None = None,
    inside: Path = (),
) -> Told:
    """A definition in words; `inside` leads to the part of it that is told of, if it is a part."""
    place = definition.place
    location = locate_part(place, inside) if inside else place.locate()
    return Told(
        definition.value if value is None else value,
        location,
        _module(definition),
        definition.priority if priority is None else priority,
        definition.order,
        fate,
        why,
    )


def _module(definition: Definition) -> str:
    name: str = definition.source.record.name
    return name


def _find(view: Any, path: Path) -> Group | Slot | Alias | None:
    child: Any = view.__group__
    for depth, step in enumerate(path):
        if isinstance(child, Slot) and isinstance(child.type, Submodule):
            return _find(view.__node__.cell(child), path[depth:])
        child = child.children.get(step) if isinstance(child, Group) else None
        if child is None:
            return None
    found: Group | Slot | Alias = child
    return found


def _slot(view: Any, path: Path, whole: bool = True) -> tuple[Evaluated, Slot, Path]:
    """The option at a path, and the rest of the path: none, or with `whole` False some entry."""
    node: Evaluated = view.__node__
    child: Any = view.__group__
    for depth, step in enumerate(path):
        child = child.children.get(step)
        if isinstance(child, Alias) and child.target is not None:
            return _slot(node.view(node.shape.root, node.cls), (*child.target, *path[depth + 1 :]))
        if isinstance(child, Slot):
            if depth + 1 == len(path):
                return node, child, ()
            inner = _inner(node.cell(child), path[depth + 1 :])
            if inner is not None and inner[1]:
                return _slot(inner[0], inner[1], whole)
            if not whole:
                return node, child, path[depth + 1 :]
        if not isinstance(child, Group):
            break
    full = (*node.path, *path)
    raise NoSuchName(full, [users_line()], view.__group__.children, show_path(node.path))


def _inner(value: Any, path: Path) -> tuple[Any, Path] | None:
    """The result inside a value that a path leads to, and the rest of the path."""
    for depth, step in enumerate(path):
        if getattr(value, "__node__", None) is not None:
            return value, path[depth:]
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return None


def places(view: Any, path: Path | str) -> tuple[Place, ...]:
    """Where the definitions of an option that count were written, in order."""
    node, slot, _ = _slot(view, as_path(path))
    return tuple(d.place for d in node.counting(slot, node.definitions_of(slot)))
