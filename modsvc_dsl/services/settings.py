"""Settings of a program: what stands in its config file, as options.

In: nothing. Out: `Settings`, which users subclass with the keys that they know; `settings(...)` for
keys that nobody declared; settings as plain data. Refuses to know how a file is written:
`formats` does.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar, cast

from ..language.arguments import refuses_others
from ..language.evaluation.configuration import is_result, items
from ..language.evaluation.history import history
from ..language.declaration.module import Importers, Module
from ..language.errors import BadModule
from ..language.provenance import call_site
from ..language.declaration.reading import declared
from ..language.declaration.record import Record, record_of
from ..language.types.refinements import JsonData
from ..language.words import Path, show_found
from .mistakes.files import BadSettings, SameKey

KIND = "settings"


class Settings(Module, kind=KIND, freeform=dict[str, JsonData]):
    """The settings of one file. Subclasses declare keys; all others are taken as they are.

    A key has the name of its option. `_dashed = True` writes `log_level` as `log-level`, and `_keys`
    has the keys that are written otherwise: `{"class_": "class"}`. Both count for the names that
    the class itself declares, also for one that stands for a group of settings.
    """

    imports: Sequence[Settings] = ()

    if TYPE_CHECKING:

        @classmethod
        def __kind__(cls) -> Settings: ...
        @classmethod
        def __importers__(cls) -> Importers[Settings]: ...

    _dashed: ClassVar[bool] = False
    _keys: ClassVar[Mapping[str, str]] = {}


@refuses_others
def settings(keys: Mapping[str, Any]) -> Settings:
    """Settings by keys that nobody declared: `settings({"http-port": 80})`.

    They can stand alone, or among others: `AppSettings(port=80, imports=[settings({...})])`.
    Raises BadSettings for what is no dict.
    """
    site = call_site(2)
    given: object = keys
    if not isinstance(given, Mapping):
        raise BadSettings(given, site)
    definitions = [declared((key,), value, site) for key, value in given.items()]
    name = "settings(...)"
    made: Any = Record(name, site, kind=KIND, definitions=definitions, imports=(Settings,))
    return cast(Settings, made)


def plain(view: Any) -> dict[str, Any]:
    """The result of settings as dicts, lists and values, by the keys that the file will have.

    A path is its text, and a member of an enumeration its value. Names without a value are left
    out. Raises SameKey for two options of one key.
    """
    names = _keys_of(view)
    found: dict[str, Any] = {}
    options: dict[str, str] = {}
    for name, value in items(view):
        key = names.get(name, name)
        if key in options:
            both = [options[key], name]
            said = [told for each in both for told in history(view, each) if told.fate == "won"]
            path = (*view.__node__.path, *view.__group__.path, name)
            raise SameKey(path, key, both, [told.location for told in said])
        options[key] = name
        found[key] = _plain(value)
    return found


def option_steps(view: Any, steps: Path) -> Path:
    """The steps to an option from the steps of keys, as they stand in the file."""
    found: list[Any] = []
    for step in steps:
        if is_result(view):
            step = next((n for n, key in _keys_of(view).items() if key == step), step)
        found.append(step)
        try:
            view = view[step] if not is_result(view) else dict(items(view)).get(step)
        except (KeyError, IndexError, TypeError):
            view = None
    return tuple(found)


def _plain(value: Any) -> Any:
    if is_result(value):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, enum.Enum):
        return _plain(value.value)
    return str(value) if isinstance(value, PurePath) else value


def _demand_keys(cls: Any, keys: object) -> None:
    """Raise BadModule for a `_keys` that is no dict of texts."""
    right = isinstance(keys, Mapping) and all(
        isinstance(text, str) for pair in keys.items() for text in pair
    )
    if not right:
        place = record_of(cls).place
        advice = 'write names of options with keys of the file: _keys = {"class_": "class"}'
        raise BadModule(
            f"{cls.__name__}._keys is no dict of texts", place, advice, f"found {show_found(keys)}"
        )


def _keys_of(view: Any) -> dict[str, str]:
    """Option -> key, for those of a group that are written otherwise."""
    found: dict[str, str] = {}
    classes: list[Any] = [view.__group__.cls]
    if not view.__group__.path:
        classes = [record.owner for record in view.__node__.shape.records]
    for each in dict.fromkeys(cls for owner in classes for cls in getattr(owner, "__mro__", ())):
        said = vars(each)
        if not ("_dashed" in said or "_keys" in said):
            continue
        _demand_keys(each, said.get("_keys", {}))
        if said.get("_dashed"):
            own = {path[0] for path in record_of(each).options}
            found.update({name: name.replace("_", "-") for name in own if "_" in name})
        found.update(said.get("_keys", {}))
    return found
