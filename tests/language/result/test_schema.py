"""The JSON Schema of a module: what its results' JSON data fits."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, NotRequired, TypedDict

import pytest

import modsvc_dsl as m
from modsvc_dsl import Module, check, module, option, read_only
from modsvc_dsl.language.errors import Mistake, Mistakes
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all
from modsvc_dsl.language.result.schema import json_schema
from tests.conformance.outcome import evaluated
from tests.conformance.vectors_in import VECTORS, vectors_in

from tests.language.fits import misfit
from tests.language.services import Fleet, Host, Unit, Web


class Level(Enum):
    LOW = 1
    HIGH = 2


class Limits(TypedDict):
    soft: int
    hard: NotRequired[int]


@dataclass(frozen=True)
class Owner:
    name: str
    id: int = 0


class Point(NamedTuple):
    x: int
    y: int


class Everything(Module):
    """One option of every sort."""

    boolean: bool = option(default=True, description="On or off.")
    port: m.Port = option(default=80, example=8080)
    ratio: Annotated[float, m.Above(0)] = option(default=0.5)
    name: Annotated[str, m.Matching("[a-z]+")] = option(default="web")
    word: m.NonEmptyStr = option(default="w")
    lines: m.Lines = option(default="a\nb")
    folder: Path = option(default=Path("/srv"))
    mode: Literal["a", "b", 3] = option(default="a")
    level: Level = option(default=Level.HIGH)
    maybe: int | None = option()
    either: int | list[str] = option(default=["x"])
    many: list[int] = option(default=[1, 2])
    table: dict[str, bool] = option(default={"k": True})
    members: set[str] = option(default={"b", "a"})
    pair: tuple[int, str] = option(default=(1, "x"))
    limits: Limits = option(default=Limits(soft=1))
    owner: Owner = option(default=Owner("root"))
    point: Point = option(default=Point(1, 2))
    span: timedelta = option(default=timedelta(seconds=5))
    blob: bytes = option(default=b"\x00\xff")
    inner: dict[str, Web] = option(default={"a": Web(port=1)})
    anything: Any = option(default={"x": [1, None]})
    call: Callable[[int], int] = option(default=lambda number: number)

    @read_only
    @option
    def fixed(self) -> str:
        """Made here."""
        return "f"


def property_of(name: str) -> dict[str, Any]:
    """The schema of one option of Everything."""
    found: dict[str, Any] = json_schema(Everything)["properties"][name]
    return found


def test_the_data_of_a_result_fits() -> None:
    """With every sort of option; both are JSON."""
    data = m.json_data(check(evaluate(Everything())))
    schema = json.loads(json.dumps(json_schema(Everything)))
    assert misfit(schema, json.loads(json.dumps(data))) == ""
    assert set(schema["properties"]) == set(data)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("boolean", 1),
        ("port", 65536),
        ("port", "80"),
        ("ratio", 0),
        ("name", "Web"),
        ("word", ""),
        ("mode", "c"),
        ("level", "HIGH"),
        ("maybe", "x"),
        ("either", [1]),
        ("many", ["x"]),
        ("table", {"k": 1}),
        ("members", ["a", "a"]),
        ("pair", [1]),
        ("pair", ["x", 1]),
        ("limits", {"hard": 1}),
        ("owner", {"name": 3, "id": 1}),
        ("span", "5s"),
        ("inner", {"a": {"port": "x"}}),
        ("fixed", None),
    ],
)
def test_other_data_does_not_fit(name: str, wrong: Any) -> None:
    """Each option refuses what its type does."""
    data = m.json_data(check(evaluate(Everything())))
    assert misfit(json_schema(Everything), {**data, name: wrong}) != ""


def test_an_option_that_is_missing_does_not_fit() -> None:
    """Every option is there in a result, except those that may go without."""
    schema = json_schema(Everything)
    assert set(schema["properties"]) - set(schema["required"]) == {"anything"}
    assert misfit(schema, {}) != ""


def test_what_options_say_of_themselves() -> None:
    """Descriptions, defaults, examples, and that an option is read-only."""
    assert property_of("boolean")["description"] == "On or off."
    assert property_of("port")["default"] == 80 and property_of("port")["examples"] == [8080]
    assert property_of("fixed")["readOnly"] and property_of("fixed")["description"] == "Made here."
    assert property_of("folder")["default"] == "/srv"
    assert "default" not in property_of("inner")


def test_functions_and_modules_for_later_are_no_part() -> None:
    """They are none of the data."""
    assert "call" not in json_schema(Everything)["properties"]


def test_modules_inside_modules_are_said_once() -> None:
    """Also those that hold themselves."""
    schema = json_schema(Fleet)
    assert set(schema["$defs"]) == {"Host", "Service"}
    services = schema["$defs"]["Service"]["properties"]["services"]
    assert services["additionalProperties"] == {"$ref": "#/$defs/Service"}
    database = Web()
    fleet = Fleet(hosts={"a": Host(services={"db": database, "app": Unit(after=[database])})})
    assert misfit(schema, m.json_data(check(evaluate(fleet)))) == ""


def test_groups_freeform_modules_and_old_names() -> None:
    """Groups are objects, freeform ones with a type for the rest, old names are deprecated."""
    made = module(
        "made",
        options={"net.port": option(type=int, default=1)},
        definitions={"extra": "e"},
        imports=[m.renamed("port", "net.port"), m.removed("gone", "no use")],
        freeform=dict[str, str],
    )
    schema = json_schema(made)
    assert schema["properties"]["net"]["required"] == ["port"]
    assert schema["additionalProperties"] == {"type": "string"}
    assert schema["properties"]["port"] == {"type": "integer", "default": 1, "deprecated": True}
    assert "gone" not in schema["properties"]
    assert misfit(schema, m.json_data(check(evaluate_all([made])))) == ""


def test_an_option_type_of_a_users_own_may_say_its_schema() -> None:
    """By a method; without one anything fits."""

    class Even(m.OptionType):
        def describe(self) -> str:
            return "an even number"

        def accepts(self, value: Any) -> bool:
            return isinstance(value, int) and value % 2 == 0

    class Told(Even):
        def json_schema(self) -> dict[str, Any]:
            return {"type": "integer", "multipleOf": 2}

    made = module("m", options={"a": option(type=Even()), "b": option(type=Told())})
    properties = json_schema(made)["properties"]
    assert properties == {"a": {}, "b": {"type": "integer", "multipleOf": 2}}


VALUES = [v for v in vectors_in(VECTORS) if "ok" in v["expect"] and "select" not in v]


@pytest.mark.parametrize("vector", VALUES, ids=lambda vector: vector["id"])
def test_every_vector_fits_its_own_schema(vector: dict[str, Any]) -> None:
    """What the conformance vectors make fits what their modules declare."""
    try:
        result = check(evaluated(vector))
    except (Mistake, Mistakes):
        assert "deviation" in vector
        return
    assert misfit(json_schema(result), m.json_data(result)) == ""
