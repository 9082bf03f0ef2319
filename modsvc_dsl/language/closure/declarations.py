"""Several declarations of one option, as one.

In: the declarations of a path, each with the module that makes it. Out: the type that they have in common,
and one declaration with what each of them says. Refuses what they say against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any

from ..declaration.option import Option
from ..declaration.target import Target, owner_of, steps_of
from ..declaration.tree import Source
from ..errors import BadModule, DuplicateDeclaration, Mistake, WrongKind
from ..provenance import Place
from ..types.option_type import OptionType
from ..types.plain import Untyped
from ..words import Path, all_of, show_path

Found = Sequence[tuple[Option, Source]]
"""Declarations with their modules, in order."""


def old_name(path: Path, found: Found) -> Option | None:
    """The old name that a path is, if it is one. Raises DuplicateDeclaration where it is something else, too."""
    says = {(option.alias, option.removed, option.renamed) for option, _ in found}
    first = found[0][0]
    if says == {(None, None, False)}:
        return None
    if len(says) > 1:
        why = ", as an old name of different things"
        if (None, None, False) in says:
            why = ", as an option and as the old name of one"
        advice = "keep one of the two, or give the other one another name"
        raise DuplicateDeclaration(path, _named(found), why, advice)
    return first


def joined_type(path: Path, found: Found) -> OptionType:
    """The one type of all declarations of a path. Raises DuplicateDeclaration."""
    type_ = found[0][0].type()
    for index, (option, _) in enumerate(found[1:], 1):
        if not _related([o for o, _ in found[:index]], option):
            raise DuplicateDeclaration(path, _named(found), " by modules that are not related")
        try:
            joined = _joined_types(type_, option.type())
        except WrongKind as error:
            places = [each.place for each, _ in found]
            second = "a second declaration of it"
            raise WrongKind(path, second, error.found, error.expected, places) from None
        if joined is None:
            both = f"{type_.describe()}; {option.type().describe()}"
            why = f", with types that contradict: {both}"
            advice = "write one type in both, or rename one of the options"
            raise DuplicateDeclaration(path, _named(found), why, advice)
        type_ = joined
    if sum(option.has_default() for option, _ in found) > 1:
        why, advice = ", and both times with a default", "keep one of the two defaults"
        raise DuplicateDeclaration(path, _named(found), why, advice)
    if sum(option.apply is not None for option, _ in found) > 1:
        why, advice = ", and both times with an apply function", "keep one of the two functions"
        raise DuplicateDeclaration(path, _named(found), why, advice)
    return type_


def as_one(found: Found) -> tuple[Option, Source]:
    """The declaration with the default, or the first, with what others say that it does not."""
    option, source = next(((o, s) for o, s in found if o.has_default()), found[0])
    apply = next((each.apply for each, _ in found if each.apply is not None), None)
    description = option.description or next(
        (each.description for each, _ in found if each.description), ""
    )
    if (apply, description) != (option.apply, option.description):
        option = copy(option)
        option.apply, option.description = apply, description
    return option, source


# Any: a class of modules
def refused_of_group(module: Any, path: Path, option: Option) -> Iterator[Mistake]:
    """A mistake for what a declaration says of a group of options, which has no value of its own."""
    said = {
        "a default": option.has_default(),
        "apply=": option.apply is not None,
        "read_only=": option.read_only,
    }
    words = [word for word, is_said in said.items() if is_said]
    if words:
        name, cls = show_path(path[-1:]), module.__name__
        headline = f"`{show_path(path)}` is the group of options of {cls}, and has {all_of(words)}"
        advice = (
            f"write {name}: SubmoduleOf[{cls}] = option(...), which has a value of its own; "
            f"or define what is in it, as in {name} = {cls}(...)"
        )
        yield BadModule(headline, option.place, advice)


def _named(found: Found) -> list[tuple[str, Place]]:
    return [(option.owner.name, option.place) for option, _ in found]


def _related(earlier: Sequence[Option], option: Option) -> bool:
    """May an option be declared again? By `module(...)` always, by a class if it says so."""
    classes = [o for o in earlier if o.owner.owner is not None]
    if option.owner.owner is None or not classes:
        return True
    return any(_shares(option, other) or _shares(other, option) for other in classes)


def _joined_types(one: OptionType, other: OptionType) -> OptionType | None:
    """The type of an option declared as both, whichever is first: to say no type contradicts none."""
    return one if isinstance(other, Untyped) else one.joined(other)


def _shares(option: Option, other: Option) -> bool:
    shared = option.shares
    if not isinstance(shared, Target):
        return False
    return steps_of(shared) == other.path and issubclass(owner_of(shared), other.owner.owner)
