"""The record of a module: the same, whichever front end made it."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Module, define, evaluate_all, imports, module, option
from modsvc_dsl.language.errors import BadModule
from modsvc_dsl.language.provenance import Line
from modsvc_dsl.language.declaration.record import Record, record_of

from tests.language.mistakes import mistake_of
from tests.language.services import Service, Tls, Web


def test_a_class_an_instance_and_a_value_have_records() -> None:
    """That of an instance leads back to its class; a record is its own."""
    web = Web(port=1)
    cls, instance = record_of(Web), record_of(web)
    assert (cls.name, cls.owner, cls.base, cls.kind) == ("Web", Web, None, "service")
    assert (instance.name, instance.owner, instance.base, instance.kind) == (
        *("Web", Web),
        *(cls, "service"),
    )
    made = module("made", kind="service")
    assert record_of(made) is made and record_of(record_of(web)) is instance


def test_the_record_of_a_class_holds_what_its_body_says() -> None:
    """Options and definitions with their lines, imports in order: bases before `@imports`."""

    @imports(Tls)
    class Docs(Web):
        title: str = option(default="docs")
        port = 8080

        @define(Service.notes)
        def _notes(self) -> list[str]:
            return [self.title]

    record = record_of(Docs)
    assert list(record.options) == [("title",)]
    assert [d.name for d in record.definitions] == ["port", "_notes"]
    assert [record_of(each).name for each in record.imports] == ["Web", "Tls"]
    lines = [d.place.locate().line for d in record.definitions]
    assert lines == sorted(lines) and record.place.locate().line < lines[0]
    assert record.place.locate().file == __file__


def test_keys_tell_modules_apart() -> None:
    """One that is given is the identity; without one a module is only itself."""
    place = Line("f", 1)
    assert Record("a", place, key="k").key == Record("b", place, key="k").key
    assert Record("a", place).key != Record("a", place).key
    assert record_of(Web(port=1)).key != record_of(Web(port=1)).key


def test_an_instance_keeps_what_it_was_given() -> None:
    """A later change of a list or dict does not reach it."""

    class Listing(Module):
        names: list[str] = option()
        table: dict[str, list[int]] = option()

    names, table = ["a"], {"x": [1]}
    record = record_of(Listing(names=names, table=table))
    names.append("b")
    table["x"].append(2)
    assert [d.value for d in record.definitions] == [["a"], {"x": [1]}]


def test_the_keywords_of_an_instance_are_definitions() -> None:
    """Each in its line, whichever way they are looked at; nothing is lost where it is placed."""
    record = record_of(
        Web(
            port=1,
            notes=["a"],
        )
    )
    assert record.values == {"port": 1, "notes": ["a"]} and not record.stated
    assert [(d.target, d.value) for d in record.definitions] == [
        (("port",), 1),
        (("notes",), ["a"]),
    ]
    first, second = (d.place.locate().line for d in record.definitions)
    assert second == first + 1 and record.place.locate().file == __file__
    result: Any = evaluate_all([record])
    assert (result.port, [*result.notes]) == (1, ["a"])


@pytest.mark.parametrize("wrong", [None, 3, "Web", {}, int, object()])
def test_what_is_no_module_has_no_record(wrong: Any) -> None:
    """The mistake says what was found."""
    mistake = mistake_of(lambda: record_of(wrong))
    assert isinstance(mistake, BadModule)
    assert mistake.report().headline == "something that is no module stands where a module does"
    assert mistake.report().found and mistake.report().places[0][1].file == __file__


def test_records_show_their_name() -> None:
    """In reprs, which evaluate nothing."""
    assert repr(module("made")) == "<module made>"
