"""Options whose values are said otherwise now: old ones of another type, or several for one.

In: the paths of old options, that of the new one, a function from the old values to the new.
Out: a module to import. Refuses to know where warnings are declared: they are given where
there is such an option.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..arguments import demand, refuses_others
from ..evaluation.history import has_definition, option_facts
from ..declaration.option import Option, draft, read_path, refuse_reserved
from ..properties import PLAIN, Later, Override, When
from ..function import demand_function
from ..provenance import Place, call_site
from ..declaration.record import Declared, Record
from ..declaration.tree import WARNINGS
from ..types.refinements import NoType
from ..words import Path, all_of, show_path


@refuses_others
def changed(old: Path | str, new: Path | str, change: Callable[[Any], Any]) -> Any:
    """A module in which the value of `old`, where it is defined, is changed into one of `new`.

    `change` takes the old value. The new definition is as strong as the old one. A warning
    names the modules that use the old option.
    """
    place = call_site(2)
    demand_function(change, "changed(...)", "write lambda value: ...", place, 1)
    path, target = (read_path(each, "changed(...)", place) for each in (old, new))
    return _module([path], target, lambda values: change(values[path]), place)


@refuses_others
def gathered(
    olds: Sequence[Path | str],
    new: Path | str,
    gather: Callable[[Mapping[Path, Any]], Any],
) -> Any:
    """A module in which the values of several old options are gathered into one of `new`.

    `gather` takes a dict from path to value of those that are defined, which are some. The new
    definition is as strong as the strongest of them. Warnings name the modules that use them.
    """
    place = call_site(2)
    demand_function(gather, "gathered(...)", "write lambda values: ...", place, 1)
    right = isinstance(olds, Sequence) and not isinstance(olds, str)
    demand(right, "gathered", "a list of paths", olds, 'write gathered(["a", "b"], "new", ...)')
    paths = [read_path(old, "gathered(...)", place) for old in olds]
    return _module(paths, read_path(new, "gathered(...)", place), gather, place)


def _module(
    olds: Sequence[Path], new: Path, gather: Callable[[Mapping[Path, Any]], Any], place: Place
) -> Record:
    record = Record(f"the old options {all_of(map(show_path, olds))}", place)
    for path in olds:
        refuse_reserved("changed(...)", path, place)
        made = draft(NoType, place, internal=True, required=False)
        record.options = {
            **record.options,
            path: Option(path, NoType, ({}, {}), made, place, record),
        }

    def used(view: Any) -> list[Path]:
        return [path for path in olds if has_definition(view, path)]

    def value(view: Any) -> Any:
        found = used(view)
        strongest = min(option_facts(view, path).priority for path in found)
        made = gather({path: _read(view, path) for path in found})
        return made if strongest == PLAIN else Override(strongest, made)

    def warnings(view: Any) -> list[str]:
        return [_sentence(view, path, new) for path in used(view)]

    condition = Later(lambda view: bool(used(view)), wants_view=True)
    record.stated = (
        Declared(new, When(condition, Later(value, wants_view=True)), place),
        Declared(WARNINGS, Later(warnings, wants_view=True), place, optional=True),
    )
    return record


def _read(view: Any, path: Path) -> Any:
    for step in path:
        view = view[step]
    return view


def _sentence(view: Any, old: Path, new: Path) -> str:
    names = all_of(f"`{name}'" for name in dict.fromkeys(option_facts(view, old).files))
    return (
        f"The option `{show_path(old)}' defined in {names} has been changed to "
        f"`{show_path(new)}', which has another type: define that one instead."
    )
