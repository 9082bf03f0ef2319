"""Lists, dicts and sets."""

from __future__ import annotations

import collections
import enum
from collections.abc import Iterable, Mapping, MutableSet, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import pytest

from modsvc_dsl.language.errors import Mistakes
from modsvc_dsl.language.properties import after, before, force, when
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import Coerced, KeyName, LazyEntries, NonEmpty
from tests.language.types.evaluation import complaint, complaints, merged, result


class Color(enum.Enum):
    RED = "red"


def test_lists_join_in_order() -> None:
    """Definitions follow each other; explicit orders count first."""
    assert merged(list[int], [1], [2], before([0])) == [0, 1, 2]
    assert merged(list[int], after([3]), [1, when(False, 2)]) == [1, 3]


def test_dicts_merge_per_key() -> None:
    """Keys of different definitions stand beside each other, equal ones merge by their type."""
    assert merged(dict[str, list[int]], {"a": [1], "b": [2]}, {"a": [3]}) == {"a": [1, 3], "b": [2]}
    assert merged(dict[str, int], {"a": 1}, {"a": force(2)}) == {"a": 2}
    assert complaints(dict[str, int], {"a": 1}, {"a": 2}) == ["`it.a` has definitions that differ"]


def test_sets_unite() -> None:
    """An item counts once, whoever says it."""
    assert merged(set[int], {1, 2}, {2, 3}) == {1, 2, 3}
    assert merged(frozenset[str], frozenset({"a"}), frozenset({"b"})) == {"a", "b"}


def test_nothing_defined_is_empty() -> None:
    """Containers without a definition are empty; a non-empty list then has no value."""
    assert merged(list[int]) == [] and merged(dict[str, int]) == {} and merged(set[int]) == set()
    assert complaints(Annotated[list[int], NonEmpty()])[0].startswith("`it` has no value")


def test_a_list_may_have_to_have_an_item() -> None:
    """An empty definition is refused, and so is one whose items all vanish."""
    annotation = Annotated[list[int], NonEmpty()]
    assert merged(annotation, [1]) == [1]
    assert complaint(annotation, []) == (
        "`it` expects a non-empty list of integers\nfound [] (a list)\nit takes at least one item"
    )
    assert complaints(annotation, [when(False, 1)]) == ["`it` expects a non-empty list of integers"]


@pytest.mark.parametrize(
    ("annotation", "value", "hint"),
    [
        (list[str], "a", "write it in square brackets: ['a']"),
        (list[str], ("a",), "write it in square brackets, as in [...]"),
        (list[str], {"a"}, "write it in square brackets, as in [...]"),
        (
            list[str],
            3,
            'write a list, as in [...]; for each item: write "3" in quotes, or str(...)',
        ),
        (list[tuple[str, int]], ("a", 1), "write it in square brackets: [('a', 1)]"),
        (list[list[str]], ["a", "b"], "write it in square brackets once more: [['a', 'b']]"),
        (list[int], range(3), "write list(...) around it"),
        (list[str], {"a": 1}, ""),
        (Sequence[str], "abc", "write it in square brackets: ['abc']"),
        (Iterable[int], {1}, "write it in square brackets, as in [...]"),
        (dict[str, int], {"a"}, "write {key: value, ...}: without colons, braces make a set"),
        (dict[str, int], ["a"], "write it in braces, as in {key: value, ...}"),
        (dict[str, int], MappingProxyType({"a": 1}), "write dict(...) around it"),
        (dict[str, int], "a=1", ""),
        (set[str], ["a"], "write it in braces, as in {...}"),
        (set[str], {}, "an empty set is written set()"),
        (set[str], "a", "write it in braces: {'a'}"),
        (frozenset[str], {"a"}, "write frozenset(...) around it"),
    ],
)
def test_another_sort_is_answered_with_how_to_write_it(
    annotation: Any, value: Any, hint: str
) -> None:
    """Brackets forgotten or confused are the usual mistake."""
    assert complaint(annotation, value).split("\n")[2:] == ([hint] if hint else [])


def test_all_wrong_items_of_a_list_are_told() -> None:
    """Each wrong item has its own mistake with its own path."""
    assert complaints(list[str], ["a", 1, "b", 2]) == [
        "`it[1]` expects a string",
        "`it[3]` expects a string",
    ]
    assert complaints(list[list[int]], [[1, "a"], [], ["b"]]) == [
        "`it[0][1]` expects an integer",
        "`it[2][0]` expects an integer",
    ]


def test_very_many_wrong_items_are_counted() -> None:
    """Eight are shown, the others are counted, in any number of definitions."""
    told = complaints(list[int], ["a"] * 10_000)
    assert len(told) == 9
    assert told[-1] == "`it` expects a list of integers; 9,992 more of its items do not fit"
    told = complaints(list[list[int]], [["a"]] * 5, [["b"]] * 5, [[1]])
    assert told[-1].endswith("; 2 more of its items do not fit")


def test_all_wrong_entries_of_a_dict_are_told() -> None:
    """Each wrong entry has its own mistake; wrong keys have one together."""
    assert complaints(dict[str, int], {"a": "x", "b": 1, "c": None}) == [
        "`it.a` expects an integer",
        "`it.c` expects an integer",
    ]
    assert complaint(dict[int, str], {"1": "a", 2: "b", "3": "c"}) == (
        "`it` expects keys that are each an integer\n"
        "found '1' (a string)\nfound '3' (a string)\nwrite 1 without quotes"
    )


def test_all_wrong_items_of_a_set_are_one_mistake() -> None:
    """No path could name them."""
    assert complaint(set[int], {1, "b", "a"}) == (
        "`it` expects a set of integers\nfound 'a' (a string)\nfound 'b' (a string)"
    )
    (told,) = complaints(set[int], set(map(str, range(20))))
    assert told == "`it` expects a set of integers; 20 of its items do not fit"


def test_an_entry_is_made_when_it_is_read() -> None:
    """One wrong entry does not spoil the others."""
    entries = result(dict[str, int], {"right": 1, "wrong": "x"}).it
    assert entries["right"] == 1
    with pytest.raises(Exception, match="`it.wrong` expects an integer"):
        entries["wrong"]


def test_keys_may_be_of_other_types() -> None:
    """Integers, members of enumerations, paths, tuples: whatever can be hashed."""
    assert merged(dict[int, str], {1: "a"}, {2: "b"}) == {1: "a", 2: "b"}
    assert merged(dict[Color, int], {Color.RED: 1}) == {Color.RED: 1}
    assert merged(dict[Path, int], {Path("/a"): 1}) == {Path("/a"): 1}
    assert merged(dict[tuple[str, int], int], {("a", 1): 1}) == {("a", 1): 1}
    assert complaints(dict[int, int], {True: 1}) == ["`it` expects keys that are each an integer"]
    assert complaints(dict[int, list[int]], {1: ["a"]}) == ["`it[1][0]` expects an integer"]


def test_lazy_entries_outlive_a_false_condition() -> None:
    """A strict dict drops the entry, a lazy one keeps it with its type's empty value."""
    value = {"a": when(False, [1])}
    assert merged(dict[str, list[int]], value) == {}
    assert merged(Annotated[dict[str, list[int]], LazyEntries()], value) == {"a": []}
    lazy = result(Annotated[dict[str, int], LazyEntries()], {"a": when(False, 1)}).it
    with pytest.raises(Exception, match="`it.a` has no value"):
        lazy["a"]


def test_sequences_take_tuples_and_texts_are_none() -> None:
    """`Sequence[T]` takes what has an order, and results hold a list."""
    assert merged(Sequence[int], [1], (2,), range(3, 5)) == [1, 2, 3, 4]
    assert complaints(Sequence[int], b"ab")


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        (collections.deque[int], collections.deque([1]), [1]),
        (collections.OrderedDict[str, int], collections.OrderedDict(a=1), {"a": 1}),
        (collections.defaultdict[str, int], collections.defaultdict(int, a=1), {"a": 1}),
        (collections.Counter[str], collections.Counter("aab"), {"a": 2, "b": 1}),
        (Mapping[str, int], MappingProxyType({"a": 1}), {"a": 1}),
    ],
)
def test_other_collections_become_plain_results(annotation: Any, value: Any, expected: Any) -> None:
    """They are checked in depth and merge as lists and dicts do; results are frozen plain ones."""
    assert merged(annotation, value) == expected
    assert complaints(annotation, 3)


def test_wrong_items_of_other_collections_are_told() -> None:
    """A Counter counts with integers, whatever Python lets it hold."""
    wrong: Any = collections.Counter({"a": "b"})
    assert complaints(collections.Counter[str], wrong) == ["`it.a` expects an integer"]


@pytest.mark.parametrize(
    "annotation",
    [
        set[list[int]],
        set[dict[str, int]],
        set[tuple[list[int], int]],
        dict[list[int], int],
        set[MutableSet[int]],
    ],
)
def test_what_is_never_hashable_is_refused_where_it_is_declared(annotation: Any) -> None:
    """No value could ever fit a set of lists."""
    with pytest.raises(TypeError, match="cannot be (items of a set|keys of a dict)"):
        option_type(annotation)


def test_what_turns_out_unhashable_is_a_mistake() -> None:
    """A conversion may make what no set takes; that is told, and is no traceback."""

    class Unhashable:
        def __hash__(self) -> int:
            raise TypeError("unhashable")

    annotation = set[Annotated[Unhashable, Coerced(int, lambda _: Unhashable())]]
    assert complaints(annotation, {1}) == [
        "`it` expects items that can be in a set (they are hashable)"
    ]


@pytest.mark.parametrize(
    ("one", "other", "joins"),
    [
        (list[int], list[int], True),
        (list[int], list[str], False),
        (list[int], Sequence[int], True),
        (list[int], collections.deque[int], False),
        (list[int], tuple[int, ...], False),
        (dict[str, int], Mapping[str, int], True),
        (dict[str, int], dict[int, int], False),
        (dict[str, int], Annotated[dict[str, int], LazyEntries()], False),
        (Annotated[dict[str, int], KeyName("a")], Annotated[dict[str, int], KeyName("a")], True),
        (Annotated[dict[str, int], KeyName("a")], Annotated[dict[str, int], KeyName("b")], False),
        (set[int], set[int], True),
        (set[int], frozenset[int], True),
        (set[int], set[str], False),
        (set[int], list[int], False),
    ],
)
def test_containers_join_where_their_parts_do(one: Any, other: Any, joins: bool) -> None:
    """Two declarations become one where items, keys, laziness and names of keys agree."""
    assert (option_type(one).joined(option_type(other)) is not None) is joins
    assert (option_type(other).joined(option_type(one)) is not None) is joins


def test_a_joined_list_has_to_have_an_item_if_either_says_so() -> None:
    """The stronger demand holds."""
    joined = option_type(list[int]).joined(option_type(Annotated[list[int], NonEmpty()]))
    assert joined is not None and joined.describe() == "a non-empty list of integers"


def test_several_mistakes_are_raised_as_one_error() -> None:
    """Reading the value raises all of them, reading it again raises the same."""
    it = result(list[int], ["a", "b"])
    with pytest.raises(Mistakes) as first:
        it.it
    with pytest.raises(Mistakes) as second:
        it.it
    assert len(first.value.mistakes) == 2
    assert first.value is second.value
