"""Describe services in Python as composable typed modules, and turn them into units.

This is the facade: the names that users may rely on, and nothing else.
"""

from __future__ import annotations

from .language.check import check, find_mistakes, find_warnings
from .language.configuration import data, json_data
from .language.constructor import module
from .language.errors import Mistake, Mistakes, flatten
from .language.evaluate import argument, evaluate, evaluate_all, extend, root_of
from .language.history import history, has_option, is_defined, option_facts
from .language.module import Module, define, imports
from .language.option import option, read_only
from .language.properties import (
    after,
    before,
    default,
    force,
    later,
    merged,
    order,
    override,
    when,
)
from .language.renaming import Assertion, alias, removed, renamed
from .language.types.combinators import (
    dict_of,
    first_of,
    list_of,
    one_of,
    one_of_values,
    optional,
    refined,
    separated,
    submodule,
    tagged,
)
from .language.types.option_type import OptionType
from .language.types.refinements import *
