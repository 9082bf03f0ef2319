"""Outlines: which modules a place has is found once, and found again where it may be another."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import imports, later, module, option
from modsvc_dsl.language.evaluation import outline
from modsvc_dsl.language.result.check import find_mistakes
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all
from modsvc_dsl.language.declaration.module import Module


class Inner(Module):
    """A submodule's module."""

    trace: list[str] = option()


class Beside(Module):
    """A module that only some import."""

    extra: int = option(default=1)


class Box(Module):
    """Holds submodules by name."""

    boxes: dict[str, Inner] = option()


def said(*names: str, **keywords: Any) -> Any:
    return module(f"says {names}", definitions={"trace": list(names)}, **keywords)


def orders(box: Box) -> dict[str, Any]:
    result: Any = evaluate(box)
    assert find_mistakes(result) == []
    return {name: [*view.trace] for name, view in result.boxes.items()}


INSTANCE: Any = Inner
"""To checkers it has no kind, and so no `imports`."""

ENTRIES = st.recursive(
    st.builds(lambda name: ("module", name, ()), st.sampled_from("abc")),
    lambda inner: st.builds(
        lambda kind, name, imported: (kind, name, tuple(imported)),
        st.sampled_from(["module", "instance", "later", "disabling"]),
        st.sampled_from("abc"),
        st.lists(inner, max_size=2),
    ),
    max_leaves=5,
)


def chosen(entry: Any) -> Any:
    """An import that a function chooses."""
    return later(lambda: entry)


def made(entry: Any, again: dict[Any, Any]) -> Any:
    """The module of an entry; the same one where the same entry comes again."""
    kind, name, inner = entry
    if entry not in again:
        imported: list[Any] = [made(each, again) for each in inner]
        if kind == "instance":
            again[entry] = INSTANCE(trace=[name], imports=imported)
        elif kind == "later":
            again[entry] = said(name, imports=[chosen(each) for each in imported])
        elif kind == "disabling":
            again[entry] = said(name, imports=imported, disabled=[Beside, *imported[:1]])
        else:
            again[entry] = said(name, imports=imported)
    return again[entry]


@given(st.lists(st.lists(ENTRIES, min_size=1, max_size=3), min_size=1, max_size=4))
def test_a_kept_outline_is_what_would_be_found_again(boxes: list[list[Any]]) -> None:
    """Evaluated together, and each alone with nothing kept: the same modules in the same order."""

    def box(entries: list[list[Any]]) -> Box:
        again: dict[Any, Any] = {}
        return Box(
            boxes={
                f"b{n}": INSTANCE(trace=[str(n)], imports=[made(each, again) for each in inside])
                for n, inside in enumerate(entries)
            }
        )

    together = orders(box(boxes))
    for n, inside in enumerate(boxes):
        record = vars(Inner)["__class_record__"]
        record.cache.clear()
        assert (
            orders(box([[], *[[]] * (n - 1), inside][: n + 1] if n else [inside]))[f"b{n}"]
            == together[f"b{n}"]
        )


def test_it_is_kept_for_all_instances_of_a_class(monkeypatch: Any) -> None:
    """However many there are, their modules are closed once."""
    closed: list[Any] = []
    close = vars(outline)["close"]

    def counting(*arguments: Any) -> Any:
        closed.append(arguments)
        return close(*arguments)

    monkeypatch.setattr(outline, "close", counting)
    for cls in (Inner, Box):
        vars(cls)["__class_record__"].cache.clear()
    orders(Box(boxes={f"b{n}": Inner(trace=[str(n)]) for n in range(50)}))
    assert len(closed) == 2


def test_imports_that_come_late_count() -> None:
    """`@imports` over a class that was evaluated already."""

    class Late(Module):
        """Gains an import."""

        own: int = option(default=1)

    class Holder(Module):
        """Has one."""

        late: dict[str, Late] = option()

    before: Any = evaluate(Holder(late={"a": Late()}))
    assert Beside not in before.late["a"]
    imports(Beside)(Late)
    after: Any = evaluate(Holder(late={"a": Late()}))
    assert Beside in after.late["a"] and after.late["a"].extra == 1


def test_a_function_for_a_whole_counts_where_its_module_stands() -> None:
    """Also among modules that only define, of which no shape says where they are."""
    late = module("late", definitions={(): later(lambda self: {"trace": ["late"]})})
    result = evaluate_all([Inner, said("a"), late, said("b"), late, said("c")])
    assert result.trace == ["a", "late", "b", "c"]
    result = evaluate_all([late, Inner, said("a"), said("b")])
    assert result.trace == ["late", "a", "b"]
