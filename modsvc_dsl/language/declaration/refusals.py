"""What a class body holds and cannot, in words.

In: a name of a body, and what stands there. Out: mistakes. Refuses to decide what is one: `body` does.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from ..errors import BadModule, Mistake
from .instance import group_with
from .option import Option
from ..provenance import Place
from ..types.submodule import is_module
from ..words import did_you_mean, show_found, show_value


def method_over_option(name: str, key: str, place: Place, option: Option) -> Mistake:
    """A method where the bases have an option."""
    headline = f"{name}.{key} is a method over the option {key} of {option.owner.name}"
    advice = f"write @define({option.owner.name}.{key}) over a function of another name"
    return BadModule(headline, place, advice, others=declared_by(option))


def class_over_option(name: str, key: str, cls: Any, place: Place, option: Option) -> Mistake:
    """A nested class where the bases have an option."""
    headline = f"{name}.{key} is a class over the option {key} of {option.owner.name}"
    advice = f"write {key} = {cls.__name__}(...)" if is_module(cls) else "give it another name"
    return BadModule(headline, place, advice, others=declared_by(option))


def declared_by(option: Option) -> list[tuple[str, Place]]:
    """Where an option was declared, and by whom."""
    return [(f"declared by {option.owner.name}", option.place)]


def stray(
    name: str, key: str, value: Any, place: Place, inherited: dict[str, Option], typed: Any
) -> Mistake:
    """A name that is no option of the bases and declares none."""
    headline = f"{name} defines `{key}`, which is no option of its bases"
    near = did_you_mean(key, inherited)
    if typed is not None and "Final" in shown(typed).split("[")[0]:
        advice = f"write {key}: ClassVar = {show_value(value)} for a constant, or _{key} = ..."
        return BadModule(headline, place, advice, f"found {show_found(value)}")
    if typed is not None:
        type_ = shown(typed)
        declare = f"write {key}: {type_} = option(default={show_value(value)}) to declare it"
        near = f"{near} Else {declare}" if near else declare
    meant = group_with(key, inherited)
    if meant:
        advice = f"write {meant[0]} = {meant[1].__name__}({key}=...)"
        return BadModule(headline, place, advice, f"found {show_found(value)}")
    advice = near or (
        f"write {key}: <type> = option(default=...) to declare it, _{key} for a constant of your "
        f"own, or @define(<module>.{key}) for an option of an imported module"
    )
    return BadModule(headline, place, advice, f"found {show_found(value)}")


def shown(annotation: Any) -> str:
    """An annotation as source text."""
    if isinstance(annotation, str):
        return annotation
    inside = f"{Path.__module__}."  # since Python 3.13 a module that nobody imports
    return inspect.formatannotation(annotation).replace(inside, "pathlib.")
