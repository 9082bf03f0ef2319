"""The keywords of an instance, read into a record.

In: a module class, keyword arguments, where the call stands. Out: `Record`. Refuses unknown
names, modules of another kind and what is no module, all in one error.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import BadModule, Mistake, Mistakes, UnknownOption, WrongKind
from .option import Draft, Option
from ..provenance import Argument, CallSite
from .reading import LOOKED_INTO, kept
from .record import AS_MODULE, Declared, Record, is_written_out, record_of
from .secrecy import gives_away, is_secret
from ..types.submodule import is_module
from ..words import did_you_mean, show_found, show_value


class _Class(NamedTuple):
    """What instances of a class may say: its options by name, and what they say without a keyword."""

    known: Mapping[str, Option]
    implied: Mapping[str, Any]


def instance_record(
    cls: Any, args: Sequence[Any], imports: Any, values: dict[str, Any], site: CallSite
) -> Record:
    """The record of an instance: its keywords as definitions, with the lines they stand on.

    A class that says `_implied` names there what its instances say without a keyword for it.
    `values` become part of the record.

    Raises BadModule, UnknownOption, WrongKind; Mistakes for several.
    """
    base: Record = cls.__class_record__
    said: _Class | None = base.cache.get(_Class)
    if said is None:
        said = base.cache[_Class] = _Class(option_names(cls), getattr(cls, "_implied", {}))
    kinds = {*map(type, values.values())}
    if args or imports != () or Draft in kinds or not values.keys() <= said.known.keys():
        mistakes = _mistakes(cls, args, imports, values, site, said.known)
        if mistakes:
            raise one_or_all(mistakes)
    if not LOOKED_INTO.isdisjoint(kinds):
        for name, value in values.items():
            if value.__class__ in LOOKED_INTO:
                values[name] = kept(value, Argument(site, name))
    stated: Sequence[Declared] = ()
    if said.implied:
        stated = [Declared((n,), v, site) for n, v in said.implied.items() if n not in values]
    return Record(
        cls.__name__,
        site,
        kind=base.kind,
        values=values,
        definitions=stated,
        imports=tuple(imports),
        owner=cls,
        base=base,
    )


def _mistakes(
    cls: Any,
    args: Sequence[Any],
    imports: Any,
    values: Mapping[str, Any],
    site: CallSite,
    known: Mapping[str, Option],
) -> list[Mistake]:
    """What is wrong with the arguments of an instance."""
    mistakes: list[Mistake] = []
    if args:
        headline = f"{cls.__name__}(...) takes keyword arguments only"
        found = f"found {', '.join(map(show_value, args))}"
        mistakes.append(BadModule(headline, site, f"write {cls.__name__}(name=value)", found))
    for name, value in values.items():
        if name not in known and not takes_any_name(cls):
            mistakes.append(_unknown(cls.__name__, name, Argument(site, name), known))
        elif value.__class__ is Draft and not value.__name__:
            headline = f"{cls.__name__}({name}=option(...)) declares an option where a value stands"
            advice = f"write {name}=<value>; options are declared in class bodies"
            mistakes.append(BadModule(headline, Argument(site, name), advice))
    if imports != ():
        mistakes += import_mistakes(imports, cls.__class_record__, Argument(site, "imports"))
    if mistakes and any(
        name in known and gives_away(known[name], value) for name, value in values.items()
    ):
        for mistake in mistakes:
            mistake.discreet = True
    return mistakes


def _unknown(owner: str, name: str, place: Argument, known: Mapping[str, Option]) -> Mistake:
    """The mistake for a keyword that is no option."""
    meant, advice, options = group_with(name, known), "", known
    if meant is not None:
        group, cls = meant
        advice = f"write {group}={cls.__name__}({name}=...)"
        options = {**known, name: option_names(cls)[name]}

    def holds_secret(each: str) -> bool:
        return each in options and is_secret(options[each])

    return UnknownOption((name,), [place], known, owner, advice=advice, is_secret=holds_secret)


def one_or_all(mistakes: Sequence[Mistake]) -> Mistake | Mistakes:
    """One mistake as itself, several as one error."""
    return mistakes[0] if len(mistakes) == 1 else Mistakes(mistakes)


def import_mistakes(imports: Any, importer: Record, place: Any) -> list[Mistake]:
    """What is wrong with the modules that a class or an instance imports."""
    if not isinstance(imports, (list, tuple)):
        headline = f"imports of {importer.name} is no list of modules"
        return [BadModule(headline, place, "write imports=[...]", f"found {show_value(imports)}")]
    mistakes: list[Mistake] = []
    for module in imports:
        if not is_module(module):
            headline = f"imports of {importer.name} has something that is no module"
            found = f"found {show_value(module)}"
            advice = "import module classes, their instances, or what module(...) returns"
            advice = AS_MODULE if is_written_out(module) else advice
            mistakes.append(BadModule(headline, place, advice, found))
        elif record_of(module).kind not in (None, importer.kind):
            record = record_of(module)
            kind = importer.kind or "none"
            where = f"imports of {importer.name}"
            mistakes.append(WrongKind((), record.name, str(record.kind), kind, [place], where))
    return mistakes


_KEYWORDS = ("kind", "key", "disabled", "freeform")
"""Keywords of a class statement."""


def demand_keywords(name: str, place: Any, said: Mapping[str, object]) -> None:
    """Raise BadModule for unknown keywords of a class statement, and those of the wrong sort."""
    unknown = [keyword for keyword in said if keyword not in _KEYWORDS]
    if unknown:
        advice = did_you_mean(unknown[0], _KEYWORDS) or f"it takes {', '.join(_KEYWORDS)}"
        raise BadModule(f"class {name}(...) does not know {', '.join(unknown)}", place, advice)
    kind, key, disabled = said.get("kind"), said.get("key"), said.get("disabled", ())
    listed = isinstance(disabled, Sequence) and not isinstance(disabled, (str, bytes))
    for keyword, right, takes, found in (
        ("kind", kind is None or isinstance(kind, str), "a name", kind),
        ("key", isinstance(key, Hashable), "something hashable, such as a name", key),
        ("disabled", listed, "a list of modules", disabled),
    ):
        if not right:
            headline = f"class {name}({keyword}=...) takes {takes}"
            raise BadModule(headline, place, "", f"found {show_found(found)}")


def kind_of(name: str, said: str | None, bases: Sequence[Any], place: Any) -> str | None:
    """The kind of a class: as its statement says, or as its bases have it.

    Raises WrongKind for a class that inherits from a class of another kind than its own.
    """
    kinds = {base: record_of(base).kind for base in bases}
    own = said or next(filter(None, kinds.values()), None)
    for base, kind in kinds.items():
        if kind is not None and kind != own:
            raise WrongKind((), base.__name__, kind, str(own), [place], f"class {name}")
    return own


def takes_any_name(cls: Any) -> bool:
    """Is a class, or one that it inherits from, freeform?"""
    records = (vars(base).get("__class_record__") for base in cls.__mro__)
    return any(record is not None and record.freeform is not None for record in records)


def group_with(name: str, options: Mapping[str, Option]) -> tuple[str, Any] | None:
    """The group among options that has an option of a name, with its class."""
    for group, option in options.items():
        try:
            cls = option.group()
        except BadModule:
            continue  # whoever evaluates the module is told
        if cls is not None and name in option_names(cls):
            return group, cls
    return None


def option_names(cls: Any) -> dict[str, Option]:
    """The options that a class and its bases declare, by name."""
    names: dict[str, Option] = {}
    for base in cls.__mro__:
        record = vars(base).get("__class_record__")
        if record is not None:
            for path, option in record.options.items():
                names.setdefault(path[0], option)
    return names
