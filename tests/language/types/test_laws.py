"""Laws of merging and joining, by random search."""

from __future__ import annotations

import itertools
from typing import Annotated, Any, Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from modsvc_dsl.language.errors import Mistake, Mistakes
from modsvc_dsl.language.properties import order
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import (
    Above,
    Between,
    BoolByOr,
    Commas,
    JsonData,
    Lines,
    Matching,
    NonEmpty,
    Unique,
)
from tests.language.types.annotations import pairs, some_annotations
from tests.language.types.evaluation import merged, result

FEW = settings(max_examples=60, deadline=None)
LISTS = st.lists(st.lists(st.integers(), max_size=4), min_size=1, max_size=4)
WORDS = st.text("abc", max_size=3)
DICTS = st.lists(
    st.dictionaries(WORDS, st.lists(st.integers(), max_size=2), max_size=3), min_size=1, max_size=4
)
PLAIN = st.recursive(
    st.integers(0, 1) | st.sampled_from(["a", "b"]),
    lambda each: st.dictionaries(WORDS, each, max_size=3),
    max_leaves=6,
)
TYPES: list[Any] = [
    *(int, float, str, bool, None, Any, BoolByOr, Lines, Commas, JsonData, Literal["a", 1]),
    *(Annotated[int, Between(0)], Annotated[int, Between(most=9)], Annotated[float, Above(0)]),
    *(Annotated[str, Matching("a+")], Annotated[str, NonEmpty()], Annotated[int, Unique("x")]),
    *(list[int], Annotated[list[int], NonEmpty()], list[str], dict[str, int], set[int], int | str),
    *(int | None, tuple[int, ...], tuple[int, str], dict[str, Annotated[int, Between(3)]]),
]


def outcome(annotation: Any, *values: Any) -> Any:
    """What values merge to, or that they do not."""
    try:
        return merged(annotation, *values)
    except (Mistake, Mistakes) as error:
        return type(error)


def failed(made: Any) -> bool:
    """Is an outcome no value?"""
    return isinstance(made, type) and issubclass(made, (Mistake, Mistakes))


@FEW
@given(LISTS)
def test_lists_are_joined_in_the_order_of_their_definitions(parts: list[list[int]]) -> None:
    """Merging lists is adding them; tuples of any length the same."""
    whole = list(itertools.chain(*parts))
    assert merged(list[int], *parts) == whole
    assert merged(tuple[int, ...], *map(tuple, parts)) == tuple(whole)


@FEW
@given(LISTS, st.randoms(use_true_random=False))
def test_an_explicit_order_makes_the_written_one_irrelevant(
    parts: list[list[int]], random: Any
) -> None:
    """Ordered definitions come out the same, however they are shuffled."""
    numbered = [order(number, part) for number, part in enumerate(parts)]
    shuffled = random.sample(numbered, len(numbered))
    assert merged(list[int], *shuffled) == list(itertools.chain(*parts))


@FEW
@given(LISTS, st.integers(0, 4))
def test_merging_parts_first_changes_nothing(parts: list[list[int]], cut: int) -> None:
    """Lists are associative: some may be merged before."""
    left, right = parts[:cut], parts[cut:]
    assert merged(list[int], merged(list[int], *left), *right) == merged(list[int], *parts)


@FEW
@given(DICTS)
def test_dicts_merge_key_by_key(parts: list[dict[str, list[int]]]) -> None:
    """Each key is what its own definitions merge to."""
    keys = {key for part in parts for key in part}
    expected = {key: merged(list[int], *(p[key] for p in parts if key in p)) for key in keys}
    assert merged(dict[str, list[int]], *parts) == expected


@FEW
@given(
    st.lists(st.sets(st.integers(0, 9)), min_size=1, max_size=4), st.randoms(use_true_random=False)
)
def test_sets_are_united_in_any_order(parts: list[set[int]], random: Any) -> None:
    """Union is commutative, associative and idempotent."""
    whole = set().union(*parts)
    assert merged(set[int], *parts) == whole
    assert merged(set[int], *random.sample(parts, len(parts)), *parts) == whole


@FEW
@given(PLAIN, PLAIN)
def test_plain_data_merges_in_any_order(one: Any, other: Any) -> None:
    """Without lists, order does not matter: the same value, or a conflict both ways."""
    for annotation in (Any, JsonData):
        assert outcome(annotation, one, other) == outcome(annotation, other, one)


@FEW
@given(PLAIN)
def test_plain_data_merged_with_itself_is_itself(value: Any) -> None:
    """Merging is idempotent where nothing is joined."""
    assert merged(Any, value, value, value) == value
    assert merged(JsonData, value, value) == value


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_what_fits_merges_alone(pair: tuple[Any, Any]) -> None:
    """A single definition that fits is a value; one that does not fit is a mistake."""
    annotation, value = pair
    fits = option_type(annotation).fits(value)
    made = outcome(annotation, value)
    assert fits == (not failed(made))


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_the_merged_value_fits_again(pair: tuple[Any, Any]) -> None:
    """Merging a result gives the result: evaluation is idempotent."""
    annotation, value = pair
    made = outcome(annotation, value)
    if not failed(made) and not _is_other_collection(annotation):
        again = outcome(annotation, result(annotation, value).it)
        assert again == made


def _is_other_collection(annotation: Any) -> bool:
    """Does an annotation ask for a class that results do not keep?"""
    text = str(annotation)
    names = (
        "deque",
        "OrderedDict",
        "defaultdict",
        "Mutable",
        "Counter",
        "Callable",
        "float",
        "complex",
    )
    return any(name in text for name in names) or "Any" in text or "object" in text


@settings(max_examples=150, deadline=None)
@given(some_annotations)
def test_a_type_joins_with_itself(annotation: Any) -> None:
    """Declaring an option twice alike is declaring it once."""
    one, other = option_type(annotation), option_type(annotation)
    joined = one.joined(other)
    assert joined is not None
    assert joined.describe() == one.describe()
    assert joined.key() == one.key()


def test_joining_goes_both_ways() -> None:
    """Which declaration comes first does not matter to what fits."""
    for one, other in itertools.product(TYPES, TYPES):
        a, b = option_type(one).joined(option_type(other)), option_type(other).joined(
            option_type(one)
        )
        assert (a is None) == (b is None), (one, other)
        if a is not None and b is not None:
            for value in (0, 5, 12, "a", "aa", True, None, [1], {"a": 4}, (1,), 1.5):
                assert a.accepts(value) == b.accepts(value), (one, other, value)


def test_a_joined_type_is_no_laxer_than_both() -> None:
    """What fits the joined type fits one of the declarations at least."""
    for one, other in itertools.product(TYPES, TYPES):
        joined = option_type(one).joined(option_type(other))
        for value in (0, 5, 12, "a", "aa", True, None, [1], [], {"a": 4}, (1,), 1.5):
            if joined is not None and joined.fits(value):
                assert option_type(one).fits(value) or option_type(other).fits(value)
