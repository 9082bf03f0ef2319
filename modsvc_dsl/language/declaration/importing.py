"""`@imports`: other modules join a class.

In: module classes and instances, and the class that they join. Out: the class, with a longer
record. Refuses modules of another kind, both to checkers and when the class is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from ..arguments import refuses_others
from ..errors import BadModule
from .instance import import_mistakes, one_or_all
from .module import Importers, ModuleMeta
from ..provenance import CallSite, call_site

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

    def __init__(self, modules: Sequence[Any], site: CallSite) -> None:
        self.modules = modules
        self.site = site

    def __call__(self, module: KindClass[C, K], /) -> type[C]:
        cls: Any = module
        if not isinstance(cls, ModuleMeta):
            headline = "@imports(...) stands over something that is no module class"
            raise BadModule(headline, self.site, "write it above class Name(Module)")
        record = cls.__class_record__
        mistakes = import_mistakes(self.modules, record, self.site)
        if mistakes:
            raise one_or_all(mistakes)
        record.imports = (*record.imports, *self.modules)
        return cast("type[C]", cls)

    if not TYPE_CHECKING:
        decorate = __call__

        def __call__(self, *classes: Any, **values: Any) -> Any:
            if values or len(classes) != 1:
                name = getattr(self.modules[0], "__name__", "a class") if self.modules else ""
                headline = f"@imports stands over {name} without the modules to import"
                raise BadModule(headline, self.site, f"write @imports(Other) above class {name}")
            return self.decorate(*classes)


@refuses_others
def imports(*modules: Importable[K]) -> Importer[K]:
    """Let other modules of the same kind join a class: `@imports(Hardened, Tls)`.

    Raises BadModule and WrongKind, for all wrong ones at once.
    """
    return Importer(modules, call_site(2))
