"""`evaluate` as users know it: every service gets the modules of its host's manager.

In: a fleet, a host or a service. Out: its result. Refuses to compute anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from ..language.arguments import demand, demand_arguments, refuses_others
from ..language.errors import Mistake
from ..language.evaluation import evaluate as language
from ..language.declaration.record import record_of
from ..managers.manager import Manager
from ..services.path import KIND, service_path
from ..services.placement import Placement
from ..services.service import Service
from ..services.together import mistakes_together

M = TypeVar("M")


@refuses_others
def evaluate(
    module: M, *, manager: Manager | None = None, arguments: Mapping[str, Any] | None = None
) -> M:
    """The result of a fleet, a host, a service, or any other module.

    Its options have values, computed when they are read; reading raises Mistake or Mistakes
    where a value cannot be made. `manager` manages services that are on no host; without
    one, optional parts for managers are skipped. `arguments` are module arguments.
    Raises BadModule for a manager or arguments that are none.
    """
    demand_arguments("evaluate", arguments)
    given: object = manager
    right = given is None or isinstance(given, Manager)
    demand(right, "evaluate", "a manager", given, "write one, as in manager=SystemdManager()")
    bring = Bringing(manager)
    beside = bring.own if record_of(module).kind == KIND else ()
    return language.evaluate(module, arguments=arguments, bring=bring, beside=beside)


class Bringing:
    """What managers bring to the services of an evaluation: modules, and places on the host.

    `alone` manages services that are on no host.
    """

    def __init__(self, alone: Manager | None) -> None:
        self.alone = alone
        self.own = alone.modules() if alone is not None else ()

    def __call__(self, node: Any, submodule: Any) -> Sequence[Any]:
        """The modules that join a service below a node."""
        if submodule.__module_record__.kind != KIND:
            return ()
        found = manager_of(node)
        return self.own if found is None else found.modules()

    def placement_of(self, node: Any) -> Placement | None:
        """The places of the manager that a node is under."""
        found = manager_of(node) or self.alone
        return None if found is None else found.placement

    def mistakes(self, node: Any) -> Iterator[Mistake]:
        """What is wrong with a whole, beyond what its modules say: services that are on no host have
        none that says whether they can be together.
        """
        service = node.main()
        if isinstance(service, Service):
            yield from mistakes_together({service_path(service)[0]: service})


def manager_of(node: Any) -> Manager | None:
    """The manager of the host that a node is part of, None where there is no host."""
    while node is not None:
        if node.kind == "host":
            manager: Manager = node.read(node.shape.root, "manager")
            return manager
        node = node.parent
    return None
