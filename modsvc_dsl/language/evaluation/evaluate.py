"""The lazy fixpoint: modules -> a result that computes what is read.

In: a module. Out: its view. Refuses to compute anything by itself: `evaluate` closes the
graph, and everything else happens when it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from .configuration import node_of
from ..arguments import demand, demand_arguments, demand_modules, refuses_others
from ..definition import Definition
from ..cells.evaluated import Evaluated
from ..closure.graph import settings_of
from ..errors import EndlessModule, TooDeep
from .node import Node
from .outline import outline_of
from .provided import OWN_NAME, own_name
from ..provenance import Place, users_line
from ..declaration.record import Declared, Record, record_of
from ..cells.reference import refer
from ..cells.stack import Stack
from ..declaration.tree import Group
from ..types.option_type import SubmoduleOptions
from ..types.submodule import is_importable, is_module, module_name
from ..words import Path

M = TypeVar("M")

DEEPEST_PATH = 1000
"""How many names a path may have: nesting of 100 levels needs a few hundred at the most."""

DEEPEST_FREEFORM = 100
"""How many freeform submodules may lie in each other at one path."""

Bring = Callable[[Any, Any], Sequence[Any]]
"""From a node and the module of a submodule in it: modules to add to that submodule."""


class Evaluation:
    """What all nodes of one tree share. `root` is the node of the whole, `roots` are the modules that
    it was asked for, without their imports, `checked` says whether all of it was found right, `idle` has
    properties of items that say nothing there."""

    __slots__ = ("stack", "root", "roots", "bring", "checked", "idle")

    def __init__(self, bring: Bring | None) -> None:
        self.stack = Stack()
        self.root: Evaluated | None = None
        self.roots: Sequence[Any] = ()
        self.bring = bring
        self.checked = False
        self.idle: list[tuple[Path, Path, Any, Place]] = []

    def child(
        self,
        parent: Evaluated,
        steps: Path,
        modules: Sequence[Any],
        definitions: Sequence[Definition],
        options: SubmoduleOptions,
    ) -> Node:
        """The node of a submodule: the modules of its type, and what definitions add."""
        path = (*parent.path, *steps)
        given: list[Any] = []
        for definition in definitions:
            value = definition.value
            if getattr(value, "__record__", None).__class__ is not Record:  # no instance
                _refuse_itself(parent, path, modules, definition)
                value = _given(definition, options)
            given.append(value)
        if len(path) > DEEPEST_PATH:
            for definition in definitions:
                _refuse_again(parent, path, modules, definition)
            place = definitions[-1].place if definitions else _declared(parent, steps)
            raise TooDeep(path, 0, place, endless=True)
        if not steps:
            _refuse_endless_freeform(parent)
        bare = None if definitions else tuple(modules)
        if bare is not None:
            _refuse_endless(parent, steps, bare)
        brought = self.bring(parent, modules[0]) if self.bring is not None and modules else ()
        arguments = {**options.arguments, OWN_NAME: steps[-1] if steps else ""}
        roots = [*brought, *modules, *given]
        node = build(self, parent, path, roots, modules, options.kind, arguments)
        node.bare = bare
        if bare is not None and node.shape.args.index in node.extra:
            node.extra[node.shape.args.index][0] = (-1.0, own_name(node, undefined=True))
        return node

    def refer(self, reader: Evaluated, path: Path, value: Any, definition: Definition) -> Any:
        """A reference, as seen from a place."""
        return refer(reader, path, value, definition)


def _refuse_itself(
    parent: Evaluated, path: Path, modules: Sequence[Any], definition: Definition
) -> None:
    """Raise EndlessModule for a result as a value inside of itself: it would be in that as well."""
    node = getattr(definition.value, "__node__", None)
    around: Evaluated | None = None if node is None else parent
    while around is not None and around is not node:
        around = around.parent
    if around is not None:
        raise _endless(path, modules, definition)


def _refuse_again(
    parent: Evaluated, path: Path, modules: Sequence[Any], definition: Definition
) -> None:
    """Raise EndlessModule for what a module puts into what is made of that module."""
    if _again(parent, definition):
        raise _endless(path, modules, definition)


def _endless(path: Path, modules: Sequence[Any], definition: Definition) -> EndlessModule:
    given = [definition.value] if is_module(definition.value) else modules
    name = module_name(given[0]) if given else "submodule"
    return EndlessModule(path, name, definition.place, defined=True)


def _again(node: Evaluated | None, definition: Definition) -> bool:
    """Are a place, and one around it, made of the module that a definition is written in?"""
    times, module = 0, definition.source.record
    while node is not None and times < 2:
        times += module in node.records
        node = node.parent
    return times == 2


def _refuse_endless(parent: Evaluated, steps: Path, modules: Sequence[Any]) -> None:
    """Raise EndlessModule for modules without definitions inside of the very same.

    What nobody defines is the same at every depth, so that it would go on for ever.
    """
    around: Evaluated | None = parent
    while around is not None and around.bare is not None:
        if around.bare == modules:
            name = module_name(modules[0]) if modules else "a submodule"
            raise EndlessModule((*parent.path, *steps), name, _declared(parent, steps))
        around = around.parent


def _refuse_endless_freeform(parent: Evaluated) -> None:
    """Raise TooDeep for undeclared names that are a submodule, which has them too, and so on.

    Their path stays the same at every depth, so that its length never ends it.
    """
    depth, around = 0, parent.parent
    while around is not None and around.path == parent.path:
        depth, around = depth + 1, around.parent
    if depth > DEEPEST_FREEFORM:
        places = [record.place for record in parent.records if record.freeform is not None]
        raise TooDeep(parent.path, 0, places[0] if places else users_line(), endless=True)


def _declared(node: Evaluated, steps: Path) -> Place:
    """Where the option that leads to a place below a node is declared."""
    child: Any = node.shape.root
    for step in steps:
        child = child.children.get(step) if isinstance(child, Group) else child
    return child.place if child is not None else users_line()


def _given(definition: Definition, options: SubmoduleOptions) -> Any:
    """What a definition adds to a submodule: a module, or a dict as one."""
    value = definition.value
    if isinstance(value, type) and is_module(value):
        return _as_instance(value, definition.place)
    return value if is_importable(value) else _definitions_record(definition, options)


def _as_instance(cls: Any, place: Place) -> Record:
    """A class in the place of its instance without values, written where it is named."""
    base = record_of(cls)
    return Record(base.name, place, kind=base.kind, owner=cls, base=base)


def _definitions_record(definition: Definition, options: SubmoduleOptions) -> Record:
    """A dict that defines a submodule's options, as a module."""
    value = definition.value
    name = getattr(getattr(definition.source, "record", None), "name", "a dict")
    place = definition.place
    imports = () if options.shorthand else value.get("imports", ())
    inner = value if options.shorthand else settings_of(value, place)
    config = Declared((), inner, place, scope=definition.scope, source=definition.source)
    return Record(name, place, definitions=[config], imports=imports)


def build(
    evaluation: Evaluation,
    parent: Evaluated | None,
    path: Path,
    roots: Sequence[Any],
    base: Sequence[Any],
    kind: str | None,
    arguments: Mapping[str, Any],
) -> Node:
    """The node of some modules. Raises WrongKind, BadModule, TooDeep."""
    first: Record | None = getattr(base[0], "__module_record__", None) if base else None
    if kind is None and first is not None and first.owner is not None:
        kind = first.kind
    try:
        outline, gaps = outline_of(roots, first, parent, arguments, path, kind)
        node = Node(evaluation, parent, path, outline, gaps, kind, arguments)
        for entry, position in outline.added:
            node.add(gaps[entry] if isinstance(entry, int) else entry, position)
        node.settle()
    except RecursionError as error:
        raise TooDeep(path, 0, users_line()) from error
    return node


def evaluate(
    module: M,
    *,
    arguments: Mapping[str, Any] | None = None,
    bring: Bring | None = None,
    beside: Sequence[Any] = (),
) -> M:
    """The result of a module: its options have values, computed when they are read.

    `arguments` are module arguments fixed from outside. `bring` adds modules to submodules,
    `beside` are modules that come before this one. Reading raises Mistake or Mistakes where a value cannot be made.
    """
    evaluation = Evaluation(bring)
    is_class = isinstance(module, type) and is_module(module)
    roots = [*beside, _as_instance(module, users_line()) if is_class else module]
    result: M = _whole(evaluation, (), roots, [module], None, arguments or {})
    return result


def _whole(
    evaluation: Evaluation,
    path: Path,
    roots: Sequence[Any],
    base: Sequence[Any],
    kind: str | None,
    arguments: Mapping[str, Any],
) -> Any:
    """The result of the modules of a whole evaluation."""
    evaluation.roots = tuple(roots)
    evaluation.root = build(evaluation, None, path, roots, base, kind, arguments)
    return evaluation.root.main()


@refuses_others
def evaluate_all(
    modules: Sequence[Any],
    *,
    kind: str | None = None,
    prefix: Path = (),
    arguments: Mapping[str, Any] | None = None,
    bring: Bring | None = None,
) -> Any:
    """The result of several modules together. `prefix` stands before all paths.

    Raises BadModule where `modules` is no list, `prefix` no tuple, or `arguments` have no names.
    """
    demand_modules("evaluate_all", modules)
    demand_arguments("evaluate_all", arguments)
    advice = 'write a tuple of names, as in ("hosts", "a")'
    demand(isinstance(prefix, tuple), "evaluate_all", "a path as its prefix", prefix, advice)
    evaluation = Evaluation(bring)
    base = [module for module in modules if is_module(module)][:1]
    return _whole(evaluation, prefix, modules, base, kind, arguments or {})


@refuses_others
def extend(result: Any, modules: Sequence[Any]) -> Any:
    """A new result of the modules of `result` and further ones. Raises BadModule, NoResult."""
    node_of(result, "extend")
    demand_modules("extend", modules)
    node: Node = result.__node__
    evaluation = Evaluation(node.evaluation.bring)
    # not all of its records, of whom some are only there because others import them
    before = node.evaluation.roots if node is node.evaluation.root else node.records
    return _whole(evaluation, node.path, [*before, *modules], [], node.kind, node.arguments)


@refuses_others
def argument(view: Any, name: str) -> Any:
    """A module argument as the view's module sees it. Raises NoSuchArgument."""
    node_of(view, "argument")
    demand(isinstance(name, str), "argument", "a name", name, 'write argument(self, "name")')
    return view.__node__.argument(name)


@refuses_others
def root_of(view: Any) -> Any:
    """The view of the whole tree that a view is part of."""
    node_of(view, "root_of")
    root = view.__node__.evaluation.root
    return root.main()
