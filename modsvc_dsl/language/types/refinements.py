"""What users write around and inside annotations.

In: nothing. Out: classes such as `Between` that stand in `Annotated[...]`, and names such as
`Port` for everyday combinations of them. To a checker each is the plain type that it refines.
Refuses to check: `refine` turns the plain option type into the refined one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any, TypeVar

from .annotation import option_type
from .containers import DictOf, ListOf
from .duration import DurationType, as_duration
from .entries import EntriesOf
from .held import HeldType
from .option_type import OptionType
from .option_type import Refinement as Refinement
from .percent import PercentType, as_percent
from .plain import Anything, Raw, Shallow, Untyped
from .scalars import Boolean, Number
from .serialisable import Serialisable
from .shapes import KeyedDict
from .size import SizeType, as_size
from .submodule import Deferred as DeferredType
from .submodule import Reference, Submodule
from .tagged import Tagged
from .text import FilePath, Separated, Text
from .tuples import TupleOf, TupleOfMany
from .wrappers import Checked, Converted, Single

T = TypeVar("T")


def _unfit(refinement: object, plain: OptionType) -> TypeError:
    return TypeError(f"{refinement} does not go with {plain.describe()}")


class Between(Refinement):
    """Bounds of a number, a duration or a size, both inclusive; None leaves a side open.

    Bounds of durations and sizes may be texts: `Between("1s", "1h")`.
    """

    def __init__(
        self,
        least: float | str | timedelta | None = None,
        most: float | str | timedelta | None = None,
    ) -> None:
        self.least = least
        self.most = most

    def refine(self, plain: OptionType) -> OptionType:
        other: OptionType
        if isinstance(plain, DurationType):
            other = DurationType(*self._bounds(as_duration, plain.least, plain.most))
        elif isinstance(plain, SizeType):
            other = SizeType(*self._bounds(as_size, plain.least, plain.most))
        elif isinstance(plain, PercentType):
            other = PercentType(*self._bounds(as_percent, plain.least, plain.most))
        elif isinstance(plain, Number):
            other = Number(plain.floats, *self._bounds(_number, None, None), name=plain.name)
        else:
            raise _unfit(self, plain)
        both = plain.joined(other)
        if both is None:
            raise TypeError(f"{self} leaves nothing of {plain.describe()}")
        return both

    def _bounds(self, read: Callable[[Any], Any], least: Any, most: Any) -> tuple[Any, Any]:
        try:
            low = least if self.least is None else read(self.least)
            high = most if self.most is None else read(self.most)
        except ValueError as error:
            raise TypeError(f"{self} has a bound that is none: {error}") from None
        if low is not None and high is not None and low > high:
            raise TypeError(f"{self} has its bounds in the wrong order")
        return low, high


def _number(bound: Any) -> float:
    if isinstance(bound, bool) or not isinstance(bound, (int, float)) or bound != bound:
        raise TypeError(f"{bound!r} is no bound of a number")
    return bound


class Above(Refinement):
    """A lower bound that is itself excluded."""

    def __init__(self, bound: float = 0) -> None:
        self.bound = bound

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Number):
            raise _unfit(self, plain)
        other = Number(plain.floats, _number(self.bound), plain.most, above=True, name=plain.name)
        both = plain.joined(other)
        if both is None:
            raise TypeError(f"{self} leaves nothing of {plain.describe()}")
        return both


class Named(Refinement):
    """A word for a number's purpose, shown in messages."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Number):
            raise _unfit(self, plain)
        return Number(plain.floats, plain.least, plain.most, plain.above, self.name)


class Strict(Refinement):
    """A float that is written as one: 2.0 and not 2."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Number) or plain.floats == "no":
            raise _unfit(self, plain)
        return Number("only", plain.least, plain.most, plain.above, plain.name)


class Matching(Refinement):
    """A string that a regular expression matches as a whole."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Text) or plain.pattern not in ("", self.pattern):
            raise _unfit(self, plain)
        return Text(self.pattern, plain.non_empty, plain.single_line)


class NonEmpty(Refinement):
    """A list or tuple with an item, or a string that is not blank."""

    def refine(self, plain: OptionType) -> OptionType:
        if isinstance(plain, ListOf):
            return type(plain)(plain.item, True, plain.kind)
        if isinstance(plain, Text):
            return Text(plain.pattern, True, plain.single_line)
        raise _unfit(self, plain)


class SingleLine(Refinement):
    """A string without line breaks, but for one at its end, which is taken off."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Text):
            raise _unfit(self, plain)
        return Text(plain.pattern, plain.non_empty, True)


class JoinedBy(Refinement):
    """A string whose definitions are joined by a separator."""

    def __init__(self, separator: str) -> None:
        self.separator = separator

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Text) or plain.key() != Text().key():
            raise _unfit(self, plain)
        return Separated(self.separator)


class PathKind(Refinement):
    """A path, or a string that is one, which is absolute (True) or relative (False)."""

    def __init__(self, absolute: bool | None) -> None:
        self.absolute = absolute

    def refine(self, plain: OptionType) -> OptionType:
        if isinstance(plain, FilePath):
            if plain.absolute not in (None, self.absolute):
                raise TypeError(f"{self} contradicts {plain.describe()}")
            return FilePath(self.absolute, plain.as_text, plain.kind)
        if isinstance(plain, Text):
            return FilePath(self.absolute, as_text=True)
        raise _unfit(self, plain)


class ByOr(Refinement):
    """A boolean that is True as soon as one definition is."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Boolean):
            raise _unfit(self, plain)
        return Boolean(by_or=True)


class AsDuration(Refinement):
    """A `timedelta` that may also be written as a text with units, or as whole seconds."""

    def refine(self, plain: OptionType) -> OptionType:
        return DurationType()


class AsSize(Refinement):
    """A number of bytes that may also be written as a text with a unit."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Number) or plain.floats != "no":
            raise _unfit(self, plain)
        return SizeType()


class AsPercent(Refinement):
    """A number of percent that may also be written as a text with its sign."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Number) or plain.floats == "no":
            raise _unfit(self, plain)
        return PercentType()


class Unique(Refinement):
    """At most one definition of the strongest priority."""

    def __init__(self, message: str = "") -> None:
        self.message = message

    def refine(self, plain: OptionType) -> OptionType:
        return Single(plain, self.message)


class Passing(Refinement):
    """A value for which a predicate is true; `words` say what it asks."""

    def __init__(self, predicate: Callable[[Any], bool], words: str = "") -> None:
        self.predicate = predicate
        self.words = words

    def refine(self, plain: OptionType) -> OptionType:
        return Checked(plain, self.predicate, self.words)


class Coerced(Refinement):
    """Values of another annotation are taken as well, and converted by a function.

    The function gets nothing else. Where it is `shallow`, the sort of a value decides and not what is in
    it, as upstream: then any list is converted where the source is a list of numbers.
    """

    def __init__(
        self, source: Any, conversion: Callable[[Any], Any], *, shallow: bool = False
    ) -> None:
        self.source = source
        self.conversion = conversion
        self.shallow = shallow

    def refine(self, plain: OptionType) -> OptionType:
        return Converted(option_type(self.source), self.conversion, plain, self.shallow)


class LazyEntries(Refinement):
    """A dict of which entries under a False condition still exist."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, DictOf):
            raise _unfit(self, plain)
        return DictOf(plain.item, plain.key_type, True, plain.kind, plain.key_name)


class KeyName(Refinement):
    """What manuals write for a key of a dict: `hosts.<domain>.port` instead of `<name>`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, DictOf):
            raise _unfit(self, plain)
        return DictOf(plain.item, plain.key_type, plain.lazy, plain.kind, self.name)


class OneKey(Refinement):
    """A TypedDict (`total=False`) of which exactly one key is there: a tagged union."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, KeyedDict):
            raise _unfit(self, plain)
        if plain.required:
            names = ", ".join(sorted(plain.required))
            raise TypeError(f"OneKey() needs total=False: {plain.name} always has {names}")
        return Tagged(plain.keys)


class Entries(Refinement):
    """A list of pairs that may also be written as a dict, or as a list of one-entry dicts."""

    def refine(self, plain: OptionType) -> OptionType:
        pair = plain.item if isinstance(plain, ListOf) else None
        if not isinstance(pair, TupleOf) or len(pair.items) != 2 or isinstance(plain, TupleOfMany):
            raise TypeError(f"Entries() takes list[tuple[str, T]], not {plain.describe()}")
        return EntriesOf(pair.items[1], pair.items[0])


class Replaces(Refinement):
    """A type that stands for the annotation as a whole."""

    def __init__(self, type_: OptionType) -> None:
        self.type = type_

    def refine(self, plain: OptionType) -> OptionType:
        return self.type


class IsSubmodule(Refinement):
    """A Module class that is one value, and no group of options."""

    def refine(self, plain: OptionType) -> OptionType:
        return plain


class IsReference(Refinement):
    """A module placed elsewhere, referred to."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Submodule):
            raise _unfit("Ref[...]", plain)
        return Reference(plain.modules[0])


Port = Annotated[int, Between(0, 65535), Named("a port")]
"""A TCP or UDP port: 16 bits without a sign (RFC 9293, RFC 768)."""
Unsigned = Annotated[int, Between(0)]
Positive = Annotated[int, Between(1)]
U8 = Annotated[int, Between(0, 2**8 - 1)]
U16 = Annotated[int, Between(0, 2**16 - 1)]
U32 = Annotated[int, Between(0, 2**32 - 1)]
S8 = Annotated[int, Between(-(2**7), 2**7 - 1)]
S16 = Annotated[int, Between(-(2**15), 2**15 - 1)]
S32 = Annotated[int, Between(-(2**31), 2**31 - 1)]
StrictFloat = Annotated[float, Strict()]

Lines = Annotated[str, JoinedBy("\n")]
Commas = Annotated[str, JoinedBy(",")]
SearchPath = Annotated[str, JoinedBy(":")]
NonEmptyStr = Annotated[str, NonEmpty()]
LineOfText = Annotated[str, SingleLine()]
AbsolutePath = Annotated[str, PathKind(True)]
"""A string that is an absolute path; for a `Path` annotate `Annotated[Path, PathKind(True)]`."""
RelativePath = Annotated[str, PathKind(False)]
"""A string that is a relative path; for a `Path` annotate `Annotated[Path, PathKind(False)]`."""
BoolByOr = Annotated[bool, ByOr()]

Duration = Annotated[timedelta, AsDuration()]
"""A span of time: a `timedelta`, whole seconds, or a text as in systemd.time(7): "1h 30min".

Results hold a `timedelta`. To a checker it is one, so in a class body write `duration("5s")`.
"""
Size = Annotated[int, AsSize()]
"""A number of bytes: an `int`, or a text such as "512M" whose units count 1024 of the one below.

Results hold an `int`. To a checker it is one, so in a class body write `size("512M")`.
"""

Percent = Annotated[float, AsPercent()]
"""A share: a number that counts percent, or a text such as "12.5%".

Results hold a number. To a checker it is one, so in a class body write `percent("12.5%")`, or 12.5.
"""

RawValue = Annotated[Any, Replaces(Raw())]
"""One value of any sort, never looked into."""
ShallowDict = Annotated[dict[str, Any], Replaces(Shallow())]
"""A dict of anything, of which later definitions replace keys of earlier ones."""
AnyData = Annotated[Any, Replaces(Anything())]
"""Data of any shape, merged in depth; the same as `Any`."""
JsonData = Annotated[Any, Replaces(Serialisable(null=True))]
"""Data that JSON can hold; a `Path` counts as its text. Lists join, dicts merge per key."""
TomlData = Annotated[Any, Replaces(Serialisable(null=False))]
"""Data that TOML can hold: the same without None."""
HeldAnnotation = Annotated[Any, Replaces(HeldType())]
"""An annotation, or an option type, as a value; several become the one that fits them all."""
NoType = Annotated[Any, Replaces(Untyped())]
"""What an option without an annotation has."""
Deferred = Annotated[Any, Replaces(DeferredType())]
"""A module to be imported elsewhere."""

Ref = Annotated[T, IsReference()]
"""`Ref[Service]`: a module placed elsewhere in the tree; to a checker simply `Service`."""
SubmoduleOf = Annotated[T, IsSubmodule()]
"""`SubmoduleOf[Settings]`: one value with options of its own, not a group of options."""
