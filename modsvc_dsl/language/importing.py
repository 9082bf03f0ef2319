"""`@imports`: other modules join a class.

In: module classes and instances, and the class that they join. Out: the class, with a longer
record. Refuses modules of another kind, both to checkers and when the class is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar, cast

from .errors import BadModule
from .instance import import_mistakes, one_or_all
from .module import Importers, ModuleMeta
from .provenance import call_site

K = TypeVar("K")
K_co = TypeVar("K_co", covariant=True)
K_contra = TypeVar("K_contra", contravariant=True)
C = TypeVar("C")
C_co = TypeVar("C_co", covariant=True)


class KindClass(Protocol[C_co, K_co]):
    """A module class as checkers see it below `@imports`: what it makes, and of which kind."""

    def __own__(self) -> C_co: ...
    def __kind__(self) -> K_co: ...


class Importable(Protocol[K_contra]):
    """A module as checkers see it in `@imports`: the kinds that may import it."""

    def __importers__(self) -> Importers[K_contra]: ...


class Importer(Generic[K]):
    """`@imports(...)`, waiting for the class that it decorates."""

    def __init__(self, modules: Sequence[Any]) -> None:
        self.modules = modules

    def __call__(self, module: KindClass[C, K], /) -> type[C]:
        cls: Any = module
        if not isinstance(cls, ModuleMeta):
            headline = "@imports(...) stands over something that is no module class"
            raise BadModule(headline, call_site(1), "write it above class Name(Module)")
        record = cls.__class_record__
        mistakes = import_mistakes(self.modules, record, call_site(1))
        if mistakes:
            raise one_or_all(mistakes)
        record.imports = (*record.imports, *self.modules)
        return cast("type[C]", cls)


def imports(*modules: Importable[K]) -> Importer[K]:
    """Let other modules of the same kind join a class: `@imports(Hardened, Tls)`.

    Raises BadModule and WrongKind, for all wrong ones at once.
    """
    return Importer(modules)
