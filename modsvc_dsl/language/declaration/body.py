"""A class body, read into options, definitions and what stays a plain attribute.

In: the names that a class statement bound, each with its line. Out: `Collected`. Refuses
every name that is neither, all in one error.
"""

from __future__ import annotations

import functools
import sys
import types
from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar, get_origin

from ..errors import BadModule, Mistake, Mistakes
from .option import Draft, DraftPart, Names, Option, declared_annotation
from ..properties import Later
from ..provenance import Annotation, CallSite, Line, Place
from .reading import computed_by_names, declared
from .record import Declared, Record
from .refusals import class_over_option, declared_by, method_over_option, shown, stray
from .target import Target, written

from ..words import Path

RESERVED = frozenset({"imports"})
"""Names that no option may have."""


_WITHOUT_EFFECT = {
    **dict.fromkeys(
        ("__init__", "__new__", "__post_init__"),
        (
            "would never run: instances and results are made by the library",
            "compute what it computes in an @option or a @define",
        ),
    ),
    "imports": (
        "in a class body imports nothing",
        "write @imports(...) above the class, with the modules as its arguments",
    ),
}
"""Name -> why it does nothing in a body, and what to write instead."""


class DefineMark:
    """A function under `@define`, until its class is collected."""

    __slots__ = ("target", "function", "optional")

    def __init__(
        self, target: Target | Draft | DraftPart, function: Callable[[Any], Any], optional: bool
    ) -> None:
        self.target = target
        self.function = function
        self.optional = optional


_FUNCTIONS = (DefineMark, types.FunctionType)
_ATTRIBUTES = (types.FunctionType, property, classmethod, staticmethod, type)

_OVER = (property, classmethod, staticmethod, functools.cached_property)
"""Decorators that keep what they stand over in an attribute of their own."""


class Body(dict[str, Any]):
    """The namespace of a class statement; it remembers the line of every name.

    `hidden` has the names that were bound anew although they held something of the language.
    """

    def __init__(self, site: CallSite) -> None:
        super().__init__()
        self.site = site
        self.lines: dict[str, int] = {}
        self.hidden: list[tuple[str, Any, Place]] = []

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self.lines and not isinstance(self[name], _ATTRIBUTES):
            self.hidden.append((name, self[name], self.line(name)))
        self.lines[name] = sys._getframe(1).f_lineno
        if value.__class__ is Draft and not value.__name__:
            value.__name__ = name
        super().__setitem__(name, value)

    @classmethod
    def of(cls, names: dict[str, Any], site: CallSite) -> Body:
        """The namespace of a class that is made by a call, as in `type(name, bases, {...})`."""
        body = cls(site)
        dict.update(body, names)
        body.lines = dict.fromkeys(names, site.locate().line)
        return body

    def line(self, name: str) -> Place:
        """Where a name was bound."""
        return Line(self.site.code.co_filename, self.lines.get(name, 0))

    def place(self) -> Place:
        """Where the class statement stands."""
        return self.site


class Collected:
    """What a class body holds."""

    def __init__(self, names: Names) -> None:
        self.options: dict[str, tuple[Any, Draft, Place]] = {}
        self.definitions: list[Declared] = []
        self.kept: dict[str, Any] = {}
        self.names = names


def collect(name: str, bases: tuple[type, ...], body: Body, names: Names) -> Collected:
    """Sort the names of a class body. Raises BadModule, or Mistakes for several."""
    found = Collected(names)
    annotations = _annotations(body)
    inherited = _inherited(bases)
    mistakes: list[Mistake] = []
    drafts = {id(value): key for key, value in body.items() if isinstance(value, Draft)}
    for key, value in body.items():
        mistake = _sort(name, key, value, body, annotations, inherited, found, drafts)
        mistakes += [mistake] if mistake else []
    for key, annotation in annotations.items():
        if key not in body and not _is_plain(key, annotation):
            mistakes.append(_bare(name, key, annotation, body, inherited))
    mistakes += _overridden(name, bases, body)
    mistakes += _bound_twice(name, body, inherited)
    if mistakes:
        raise mistakes[0] if len(mistakes) == 1 else Mistakes(mistakes)
    return found


def _annotations(body: Body) -> dict[str, Any]:
    found: dict[str, Any] = dict(body.get("__annotations__", {}))
    annotate = body.get("__annotate_func__") or body.get("__annotate__")
    if annotate is not None:  # Python 3.14 makes annotations when asked
        annotationlib = import_module("annotationlib")
        made, texts = annotationlib.call_annotate_function, None
        for key, value in made(annotate, annotationlib.Format.FORWARDREF).items():
            if "ForwardRef(" in repr(value):  # a later name, which aliases may have taken apart
                texts = texts or made(annotate, annotationlib.Format.STRING)
                value = texts[key]
            found[key] = value
    return found


def _inherited(bases: tuple[type, ...]) -> dict[str, Option]:
    names: dict[str, Option] = {}
    for base in bases:
        for parent in base.__mro__:
            record: Record | None = vars(parent).get("__class_record__")
            if record is not None:
                for path, option in record.options.items():
                    names.setdefault(path[0], option)
    return names


def _is_plain(key: str, annotation: Any) -> bool:
    """Is an annotated name no option: private, reserved, or a ClassVar?"""
    text = annotation if isinstance(annotation, str) else ""
    class_var = annotation is ClassVar or get_origin(annotation) is ClassVar
    return (
        key.startswith("_")
        or key in RESERVED
        or class_var
        or text.removeprefix("typing.").startswith("ClassVar")
    )


def _take_function(
    name: str, key: str, mark: DefineMark, place: Place, found: Collected, drafts: dict[int, str]
) -> Mistake | None:
    """Put a function under @define among the definitions."""
    target: Any = mark.target
    if isinstance(target, (Draft, DraftPart)):
        target = _own_target(target, drafts)
        if target is None:
            headline = f"{name}.{key} defines an option that this class body does not declare"
            return BadModule(headline, place, "write @define(<name>) below <name> = option()")
    later = _computed(mark.function)
    found.definitions.append(Declared(target, later, place, mark.optional, key))
    return None


def _sort(
    name: str,
    key: str,
    value: Any,
    body: Body,
    annotations: dict[str, Any],
    inherited: dict[str, Option],
    found: Collected,
    drafts: dict[int, str],
) -> Mistake | None:
    """Put one name where it belongs, or say why it belongs nowhere."""
    place = body.line(key)
    if isinstance(value, Draft):
        return _declare(name, key, value, place, annotations, inherited, found)
    if isinstance(value, DefineMark):
        return _take_function(name, key, value, place, found, drafts)
    useless = _without_effect(name, key, value, place)
    if useless is not None:
        return useless
    if key.startswith("_") or key in RESERVED or _is_plain(key, annotations.get(key, "")):
        found.kept[key] = value
        return None
    if isinstance(value, _ATTRIBUTES):
        if key in inherited and isinstance(value, type):
            return class_over_option(name, key, value, place, inherited[key])
        if key in inherited:
            return method_over_option(name, key, place, inherited[key])
        found.kept[key] = value
        return None
    if key in inherited:
        return _define(name, key, value, place, annotations, inherited[key], found)
    return stray(name, key, value, place, inherited, annotations.get(key))


def _without_effect(name: str, key: str, value: Any, place: Place) -> Mistake | None:
    """What is wrong with a name that would do nothing."""
    if _within(value) is not None:
        over = f"@{type(value).__name__}"
        headline = f"{name}.{key} has {over} over an option or a definition, which it would hide"
        return BadModule(headline, place, f"take {over} away: the function runs once by itself")
    if key in _WITHOUT_EFFECT and value != ():  # `imports: Sequence[Kind] = ()` is for checkers
        what, advice = _WITHOUT_EFFECT[key]
        return BadModule(f"{name}.{key} {what}", place, advice)
    return None


def _within(value: Any) -> Draft | DefineMark | None:
    """The option or definition that another decorator stands over, and would hide."""
    for name in ("fget", "__func__", "func") if isinstance(value, _OVER) else ():
        inner = getattr(value, name, None)
        if isinstance(inner, (Draft, DefineMark)):
            return inner
    return None


def _own_target(target: Draft | DraftPart, drafts: dict[int, str]) -> Path | None:
    """The path of an option that the same body declares, or of something below it."""
    draft, steps = target, ()
    if isinstance(target, DraftPart):
        draft, steps = target.__draft__, target.__steps__
    name = drafts.get(id(draft))
    return None if name is None else (name, *steps)


def _computed(function: Callable[[Any], Any]) -> Any:
    return Later(function, wants_view=True)


def _declare(
    name: str,
    key: str,
    draft: Draft,
    place: Place,
    annotations: dict[str, Any],
    inherited: dict[str, Option],
    found: Collected,
) -> Mistake | None:
    if key in RESERVED or key.startswith("__"):
        return BadModule(f"{name}.{key} is a reserved name", place, "give the option another name")
    if key in inherited and draft.__fields__.get("shares") is None:
        owner = inherited[key].owner.name
        headline = f"{name} declares the option {key} again, which {owner} declares already"
        advice = f"write {key} = ... to define it, or give the new option another name"
        return BadModule(headline, place, advice, others=declared_by(inherited[key]))
    if draft.__function__ is None and key not in annotations and "type" not in draft.__fields__:
        headline = f"{name}.{key} is an option without a type"
        return BadModule(headline, place, f"write {key}: <type> = option(...)")
    if draft.__function__ is not None and "return" not in draft.__function__.__annotations__:
        headline = f"{name}.{key} is an option without a type"
        return BadModule(headline, place, f"write def {key}(self) -> <type>:")
    annotation = annotations.get(key, declared_annotation(draft))
    computed_by_names(draft, place)
    found.options[key] = (annotation, draft, place)
    return None


def _define(
    name: str,
    key: str,
    value: Any,
    place: Place,
    annotations: dict[str, Any],
    option: Option,
    found: Collected,
) -> Mistake | None:
    if key in annotations and not _same(annotations[key], option, found.names):
        headline = f"{name}.{key} has another type than the option that {option.owner.name} has"
        advice = f"write {key} = ... without a type, or with the option's own"
        return BadModule(headline, place, advice, others=declared_by(option))
    made = declared((key,), value, place)
    made.name = key
    found.definitions.append(made)
    return None


def _same(annotation: Any, option: Option, names: Names) -> bool:
    """Does an annotation, perhaps as text, mean the type that an option has?"""
    if annotation == option.annotation:
        return True
    if isinstance(annotation, str):
        try:
            annotation = eval(annotation, names[0], names[1])
        except Exception:  # whatever it means, it is not the option's own type
            return False
    return bool(annotation == option.resolved())


def _bare(
    name: str, key: str, annotation: Any, body: Body, inherited: dict[str, Option]
) -> Mistake:
    headline = f"{name}.{key} has an annotation and no value"
    if key in inherited:
        advice = f"write {key} = ... to define the option of {inherited[key].owner.name}"
        others = declared_by(inherited[key])
    else:
        advice = f"write {key}: {shown(annotation)} = option() to declare an option"
        others = []
    return BadModule(headline, Annotation(body.place(), key), advice, others=others)


def _overridden(name: str, bases: tuple[type, ...], body: Body) -> list[Mistake]:
    """Functions under @define that hide one of the same name in a base."""
    mistakes: list[Mistake] = []
    for key, value in body.items():
        for base in bases:
            hidden = _mark_of(base, key) if isinstance(value, _FUNCTIONS) else None
            if hidden is not None:
                target = written(hidden.target) if isinstance(hidden.target, Target) else key
                headline = f"{name}.{key} has the name of a definition that {base.__name__} makes"
                advice = (
                    f"give the function another name to add a definition, and return force(...) "
                    f"from it to replace that of {target}"
                )
                others = [(f"defined by {base.__name__}", hidden.place)]
                mistakes.append(BadModule(headline, body.line(key), advice, others=others))
                break
    return mistakes


def _bound_twice(name: str, body: Body, inherited: dict[str, Option]) -> list[Mistake]:
    """Options and definitions that a later line of the same body takes the name of."""
    mistakes: list[Mistake] = []
    for key, value, place in body.hidden:
        if isinstance(value, (Draft, DefineMark)) or key in inherited:
            headline = f"{name}.{key} is bound twice, and only the second would count"
            advice = "give one of the two another name, or say both in one: merged(..., ...)"
            mistakes.append(BadModule(headline, place, advice))
    return mistakes


def _mark_of(base: type, key: str) -> Declared | None:
    for parent in base.__mro__:
        record: Record | None = vars(parent).get("__class_record__")
        for declared in record.definitions if record is not None else ():
            if declared.name == key and isinstance(declared.target, Target):
                return declared
    return None
