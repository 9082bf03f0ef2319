"""What the merged value of an option is made of.

In: a result and a path. Out: `MadeOf`: the evaluation behind a submodule, the parts of a
container. Refuses to read parts that nobody asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..arguments import refuses_others
from ..declaration.option import read_path
from ..evaluation.configuration import is_result, node_of
from ..evaluation.lookup import find_option
from ..provenance import users_line
from ..words import Path


class MadeOf(NamedTuple):
    """How a value came about: nothing is known of a single value.

    `result` is the evaluated submodule, whose options can be asked about in turn; `parts` has
    the same of the entries of a dict by key, and of the items of a list by index.
    """

    result: Any = None
    parts: Mapping[Any, MadeOf] = {}


@refuses_others
def made_of(view: Any, path: Path | str) -> MadeOf:
    """What the value at a path is made of. Raises NoSuchName, and what is wrong with the value."""
    steps = read_path(path, "made_of(...)", users_line())
    node_of(view, "made_of")
    find_option(view, steps)
    value = view
    for step in steps:
        value = value[step]
    return _made_of(value)


def _made_of(value: Any) -> MadeOf:
    if is_result(value):
        return MadeOf(result=value)
    if isinstance(value, Mapping):
        return MadeOf(parts={key: _made_of(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return MadeOf(parts={index: _made_of(item) for index, item in enumerate(value)})
    return MadeOf()
