"""One declared option.

In: what `option(...)` says, and later a name, an annotation and a place. Out: `Option`, the
frozen declaration. Refuses to know modules: where names of annotations come from is handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NoReturn, TypeVar, get_args, get_type_hints, overload

from ..arguments import refuses_others
from ..errors import BadModule
from ..frozen import CHANGEABLE, NOTHING, kept
from ..function import demand_function
from ..provenance import Place, call_site
from .target import NO_VALUE_OF_OPTION
from ..types.annotation import option_type
from ..types.option_type import OptionType
from ..types.refinements import NoType
from ..types.submodule import is_module
from .no_value import NoValue
from ..words import Path, as_path, did_you_mean, show_error, show_found, show_path, show_value

T = TypeVar("T")

Names = tuple[dict[str, Any], dict[str, Any]]
"""The global and local names that an annotation written as text may use."""


MODULE = "_module"
"""The name under which the language's own options live, as upstream."""


class Draft(NoValue):
    """What `option(...)` returns at run time: a declaration without a name yet.

    In the class body that declares it, it is a target: by attribute and key it goes on into
    what the option holds. Among values it stands for the option's own.

    `__name__` is the name that the body binds it to, `__owner__` the class, once that is made.
    """

    __in_words__ = "a declaration"
    __declares__ = True  # of what stands behind a tag, too
    __no_value__ = "option(...) declares an option in a class body: write a value here"

    __slots__ = ("__function__", "__fields__", "__place__", "__name__", "__owner__")

    __function__: Callable[[Any], Any] | None
    __fields__: dict[str, Any]
    __place__: Place
    __name__: str
    __owner__: Any

    def __init__(self, function: Callable[[Any], Any] | None, fields: dict[str, Any], place: Place):
        self.__function__ = function
        self.__fields__ = fields
        self.__place__ = place
        self.__name__ = ""
        self.__owner__ = None

    def __getattr__(self, name: str) -> DraftPart:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return DraftPart(self, (name,))

    def __getitem__(self, key: Any) -> DraftPart:
        return DraftPart(self, (key,))

    def __repr__(self) -> str:
        return "option(...)"

    def __call__(self, *others: Any, **named: Any) -> NoReturn:
        """Written with parentheses over a function, it is called with that."""
        if not self.__name__ and not named and len(others) == 1 and callable(others[0]):
            headline = "@option(...) stands over a function, which takes no parentheses there"
            raise BadModule(headline, self.__place__, _OVER_A_FUNCTION)
        self._refuse()

    def __named__(self) -> str:
        return self.__name__ or "option(...)"

    def __instead__(self) -> str:
        return _INSTEAD


class DraftPart(NoValue):
    """Something below an option of the same class body, as a target."""

    __in_words__ = "an option of a class"
    __no_value__ = NO_VALUE_OF_OPTION

    __slots__ = ("__draft__", "__steps__")

    __draft__: Draft
    __steps__: Path

    def __init__(self, draft: Draft, steps: Path) -> None:
        self.__draft__ = draft
        self.__steps__ = steps

    def __getattr__(self, name: str) -> DraftPart:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return DraftPart(self.__draft__, (*self.__steps__, name))

    def __getitem__(self, key: Any) -> DraftPart:
        return DraftPart(self.__draft__, (*self.__steps__, key))

    def __repr__(self) -> str:
        return self.__named__()

    def __named__(self) -> str:
        return show_path((self.__draft__.__named__(), *self.__steps__))

    def __instead__(self) -> str:
        return _INSTEAD


_OVER_A_FUNCTION = (
    "write @option without parentheses: its return annotation is the type, its docstring the "
    "description, and what it returns the default"
)
_INSTEAD = (
    "name it alone, as in tcp(port), where its value is to stand; to make something of the value, "
    "read it from self in a function below @define(...)"
)


class Option:
    """A declared option. `path` is relative to the module that declares it.

    `annotation` may be text until it is first needed; `default` is NOTHING where there is
    none; `compute` makes the default from a view; `apply` changes the merged value.
    """

    __slots__ = (
        "path",
        "annotation",
        "names",
        "default",
        "compute",
        "description",
        "example",
        "read_only",
        "internal",
        "apply",
        "shares",
        "alias",
        "removed",
        "renamed",
        "required",
        "on_demand",
        "place",
        "owner",
        "_type",
    )

    def __init__(
        self, path: Path, annotation: Any, names: Names, draft: Draft, place: Place, owner: Any
    ) -> None:
        fields = draft.__fields__
        self.path = path
        self.annotation = annotation
        self.names = names
        self.default = fields.get("default", NOTHING)
        self.compute: Callable[[Any], Any] | None = draft.__function__ or fields.get("compute")
        self.description: str = fields.get("description") or _docstring(draft.__function__)
        self.example: Any = fields.get("example", NOTHING)
        self.read_only: bool = fields.get("read_only", False)
        self.internal: bool = fields.get("internal", False)
        self.apply: Callable[[Any], Any] | None = fields.get("apply")
        self.shares: Any = fields.get("shares")
        self.alias: Path | None = fields.get("alias")
        self.removed: str | None = fields.get("removed")
        self.renamed: bool = fields.get("renamed", False)
        self.required: bool = fields.get("required", True)
        self.on_demand: bool = fields.get("on_demand", False)
        self.place = place
        self.owner = owner
        self._type: OptionType | None = None

    def resolved(self) -> Any:
        """The annotation as an object. Raises BadModule where a name in it does not exist."""
        if isinstance(self.annotation, str) or get_args(self.annotation):
            self.annotation = resolve(self.annotation, self.names, self.path, self.place)
        return self.annotation

    def group(self) -> Any:
        """The module class whose options live below this name, None for an ordinary option."""
        annotation = self.resolved()
        return annotation if isinstance(annotation, type) and is_module(annotation) else None

    def type(self) -> OptionType:
        """The option type. Raises BadModule where the annotation means nothing."""
        if self._type is None:
            try:
                self._type = option_type(self.resolved(), self.names)
            except TypeError as error:
                name = show_path(self.path)
                headline = f"option `{name}` has an annotation that is no option type: {error}"
                usual = "write a type, such as int, list[str], Port or a Module class"
                advice = getattr(error, "advice", usual)
                raise BadModule(headline, self.place, advice) from None
        return self._type

    def has_default(self) -> bool:
        """Does it have a default, plain or computed?"""
        return self.default is not NOTHING or self.compute is not None


def _docstring(function: Callable[[Any], Any] | None) -> str:
    import inspect

    return inspect.getdoc(function) or "" if function is not None else ""


def resolve(annotation: Any, names: Names, path: Path, place: Place) -> Any:
    """The object that an annotation means, where it or a part of it is text. Raises BadModule."""
    holder = SimpleNamespace(__annotations__={"it": annotation})
    try:
        return get_type_hints(holder, names[0], names[1], include_extras=True)["it"]
    except Exception as error:
        headline = f"the annotation `{annotation}` of `{show_path(path)}` cannot be read"
        missing = getattr(error, "name", None) or ""
        near = did_you_mean(missing, _types_among(names)) if missing else ""
        advice = near or "import the name in this file, outside of `if TYPE_CHECKING`"
        raise BadModule(headline, place, advice, show_error(error)) from None


_OWN_TYPES = "bool int float str bytes list dict set frozenset tuple".split()
"""Python's own types that options can have."""


def _types_among(names: Names) -> list[str]:
    """The names that mean a type: Python's own, and those at hand where an annotation stands."""
    every = {**names[0], **names[1]}
    return [*_OWN_TYPES, *(name for name, value in every.items() if _is_type(value))]


def _is_type(value: Any) -> bool:
    return isinstance(value, type) or bool(get_args(value)) or is_module(value)


@overload
def option(function: Callable[[Any], T], /) -> T: ...
@overload
def option(
    *,
    default: T,
    description: str = ...,
    example: object = ...,
    read_only: bool = ...,
    internal: bool = ...,
    required: bool = ...,
    apply: Callable[[Any], Any] | None = ...,
    shares: object = ...,
    type: Any = ...,
) -> T: ...
@overload
def option(
    *,
    compute: Callable[[Any], T],
    description: str = ...,
    example: object = ...,
    read_only: bool = ...,
    internal: bool = ...,
    required: bool = ...,
    apply: Callable[[Any], Any] | None = ...,
    shares: object = ...,
    type: Any = ...,
) -> T: ...
@overload
def option(
    *,
    description: str = ...,
    example: object = ...,
    read_only: bool = ...,
    internal: bool = ...,
    required: bool = ...,
    apply: Callable[[Any], Any] | None = ...,
    shares: object = ...,
    type: Any = ...,
) -> Any: ...
@refuses_others
def option(function: Callable[[Any], Any] | None = None, /, **fields: Any) -> Any:
    """Declare an option: as the value of an annotated name, or over a method.

    Over a method, its return annotation is the option's type, its docstring the
    description, and its body the default, computed when it is first needed.

    `default`: the value where nothing else is defined. `compute`: the same from the view of
    the module, for an option that instances may set by keyword. `read_only`: a second
    definition is a mistake. `internal`: left out of manuals. `apply`: changes the merged
    value. `required=False`: having no value is a mistake only where it is read. `shares`: an
    option of an unrelated module which is the same. `type`: the
    annotation, in `module(...)` where there is no name to annotate.

    Raises BadModule for both `default` and `compute`, or for an unknown keyword.
    """
    place = call_site(2)
    unknown = set(fields) - _KEYWORDS
    if unknown:
        names = ", ".join(sorted(unknown))
        raise BadModule(
            f"option(...) does not know {names}",
            place,
            did_you_mean(min(unknown), _KEYWORDS) or f"it takes {_shown(_KEYWORDS)}",
        )
    if "default" in fields and "compute" in fields:
        raise BadModule("option(...) has both default= and compute=", place, "keep one of the two")
    if function is not None and not callable(function):
        headline = "option(...) takes keyword arguments only"
        raise BadModule(headline, place, f"write option(default={show_value(function)})")
    if function is not None:
        demand_function(function, "@option", "write def name(self) -> type: below it", place, 1)
    if fields.get("compute") is not None:
        advice = "write compute=lambda self: ..."
        demand_function(fields["compute"], "option(compute=...)", advice, place, 1)
    if fields.get("apply") is not None:
        advice = "write apply=lambda value: ..."
        demand_function(fields["apply"], "option(apply=...)", advice, place, 1)
    if fields.get("default").__class__ in CHANGEABLE:
        fields["default"] = kept(fields["default"])
    return Draft(function, fields, place)


_KEYWORDS = frozenset(
    {
        "default",
        "compute",
        "description",
        "example",
        "read_only",
        "internal",
        "apply",
        "required",
        "shares",
        "type",
    }
)


def _shown(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))


@refuses_others
def read_only(declared: T, /) -> T:
    """Over `@option`: a second definition is a mistake. Raises BadModule over anything else."""
    if not isinstance(declared, Draft):
        raise BadModule(
            "@read_only stands over something that is no option",
            call_site(2),
            "write it above @option, or say option(read_only=True)",
        )
    declared.__fields__ = {**declared.__fields__, "read_only": True}
    return declared


def draft(annotation: Any, place: Place, **fields: Any) -> Draft:
    """A declaration made by the language itself."""
    return Draft(None, {"type": annotation, **fields}, place)


def read_path(path: Any, who: str, place: Place) -> Path:
    """A path of names, from a tuple or from names joined by dots. Raises BadModule."""
    try:
        return as_path(path)
    except TypeError:
        found = f"found {show_found(path)}"
        advice = "write a tuple of names, or names joined by dots"
        raise BadModule(f"{who} got something that is no path", place, advice, found) from None


def refuse_reserved(who: str, path: Path, place: Place) -> None:
    """Raise BadModule for the path of an option that nobody could define."""
    if not path or path[0] == MODULE:
        headline = f"{who} declares an option at {show_path(path)}"
        advice = "an option needs a name" if not path else f"{MODULE} is the language's own name"
        raise BadModule(headline, place, f"{advice}: give it another path")


def declared_annotation(draft: Draft) -> Any:
    """The annotation that a draft brings by itself: its `type`, or its method's result."""
    if "type" in draft.__fields__:
        return draft.__fields__["type"]
    if draft.__function__ is not None:
        return getattr(draft.__function__, "__annotations__", {}).get("return", NoType)
    return NoType
