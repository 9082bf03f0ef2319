"""`evaluate` as users know it: every service gets the modules of its host's manager.

In: a fleet, a host or a service. Out: its result. Refuses to compute anything by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from ..language import evaluate as language
from ..language.record import record_of
from ..managers.manager import Manager
from ..services.path import KIND

M = TypeVar("M")


def evaluate(
    module: M, *, manager: Manager | None = None, arguments: Mapping[str, Any] | None = None
) -> M:
    """The result of a fleet, a host, a service, or any other module.

    Its options have values, computed when they are read; reading raises Mistake or Mistakes
    where a value cannot be made. `manager` manages services that are on no host; without
    one, optional parts for managers are skipped. `arguments` are module arguments.
    """
    own = manager.modules() if manager is not None else ()
    beside = own if record_of(module).kind == KIND else ()

    def bring(node: Any, submodule: Any) -> Sequence[Any]:
        if record_of(submodule).kind != KIND:
            return ()
        found = manager_of(node)
        return own if found is None else found.modules()

    return language.evaluate(module, arguments=arguments, bring=bring, beside=beside)


def manager_of(node: Any) -> Manager | None:
    """The manager of the host that a node is part of, None where there is no host."""
    while node is not None:
        if node.kind == "host":
            manager: Manager = node.main().manager
            return manager
        node = node.parent
    return None
