"""What upstream writes unjudged is said typed, wherever the tables know it and systemd would take it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl.managers.systemd.directives.table import versions
from modsvc_dsl.managers.systemd.section import known
from tests.conformance.services.directives import _is_taken, _plain, _said, typed
from tests.conformance.services.host import translated
from tests.conformance.services.source import source
from tests.conformance.types import Json
from tests.conformance.vectors_in import SERVICES, vectors_in
from tests.managers.systemd.directives.test_with_systemd import VERSION, complaints


def unit(**sections: Any) -> Any:
    """A unit in which upstream's sections are, as `extra` and moved."""
    found = typed({"m": {"services": {"a": {"extra": sections}}}})
    return found["m"]["services"]["a"]


@pytest.mark.parametrize(
    ("section", "said", "moved"),
    [
        ("Service", {"Nice": 5, "X": 1}, {"service": {"Nice": 5}, "extra": {"Service": {"X": 1}}}),
        ("Unit", {"After": ["a.service"]}, {"unit": {"After": ["a.service"]}}),
        ("Service", {"Nice": "lots"}, {"extra": {"Service": {"Nice": "lots"}}}),
        ("Service", {"User": ["a", "b"]}, {"extra": {"Service": {"User": ["a", "b"]}}}),
        ("Service", {"UMask": 27}, {"service": {"UMask": "27"}}),
        ("Service", {"User": "%i"}, {"service": {"User": {"$specifiers": "%i"}}}),
        ("Service", {"MemoryMax": "5%"}, {"service": {"MemoryMax": "5%"}}),
        (
            "Service",
            {"TemporaryFileSystem": "/%i:size=5%"},
            {"service": {"TemporaryFileSystem": {"$specifiers": "/%i:size=5%%"}}},
        ),
        (
            "Unit",
            {"Description": "%x"},
            {"extra": {"Unit": {"Description": {"$specifiers": "%x"}}}},
        ),
        (
            "Service",
            {"$force": {"Nice": {"$default": 5}, "X": 1}},
            {
                "service": {"$force": {"Nice": {"$default": 5}}},
                "extra": {"Service": {"$force": {"X": 1}}},
            },
        ),
        ("Unit", {"Documentation": "a"}, {"extra": {"Unit": {"Documentation": "a"}}}),
        (
            "Service",
            {"DynamicUser": {"$default": True}},
            {"extra": {"Service": {"DynamicUser": {"$default": True}}}},
        ),
    ],
)
def test_what_is_moved(section: str, said: Json, moved: Json) -> None:
    """Into its section where it is known and right, with its properties, and its text as a unit's."""
    assert unit(**{section: said}) == moved


def test_a_directive_is_typed_everywhere_or_nowhere() -> None:
    """Definitions of one directive compete with each other, so they stand in one place."""
    said = {"Service": {"Nice": {"$merge": [5, {"$force": "lots"}]}}}
    assert "service" not in unit(**said)


def test_paths_follow() -> None:
    """A reference to a directive that is moved leads to where it is then."""
    found = typed(
        {"m": {"a": {"extra": {"Service": {"Nice": 5}}}, "b": ["x", "extra", "Service", "Nice"]}}
    )
    assert found["m"]["b"] == ["x", "service", "Nice"]


def test_a_command_that_systemd_would_refuse_is_extra() -> None:
    """Upstream writes it; here it is not judged."""
    found = typed({"m": {"systemd": {"main_exec_start": {"$force": "/bin/a %x"}}}})
    line = {"$force": {"$specifiers": "/bin/a %x"}}
    assert found["m"]["systemd"] == {
        "main_exec_start": {"$force": "/bin/true"},
        "service": {"$merge": [{}, {"extra": {"Service": {"ExecStart": line}}}]},
    }


def left() -> Iterator[tuple[str, str, Any]]:
    """The values of known directives that no vector says typed."""
    for vector in vectors_in(SERVICES):
        for (section, name), value in _said([*translated(vector)["modules"].values()]):
            for each in _plain(value) if known(section, name) is not None else ():
                if not _is_taken(section, name, each):
                    yield section, name, each


@pytest.mark.needs_systemd
@pytest.mark.skipif(VERSION not in versions(), reason="no systemd here that has a table")
def test_systemd_refuses_what_is_left(tmp_path: Path) -> None:
    """Nothing that the library refuses is right, but for numbers that are names of users, for
    single values that are said several times, and for capabilities that systemd leaves out without a word.
    """
    wrong: list[str] = []
    for section, name, value in left():
        lines = [_line(each) for each in (value if isinstance(value, list) else [value])]
        if name in ("AmbientCapabilities", "CapabilityBoundingSet"):
            continue
        if len(lines) > 1 or name == "User" or any("\n" in each for each in lines):
            continue
        if not complaints(tmp_path, section, [f"{name}={each}" for each in lines]):
            wrong.append(f"[{section}] {name}={lines}")
    assert not wrong


def _line(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_most_of_what_is_known_is_typed() -> None:
    """Printed vectors say it as users do."""
    kept = sum(1 for _ in left())
    every = [source(vector) for vector in vectors_in(SERVICES)]
    assert sum("specifiers(" in text for text in every) > 10
    assert kept < 160
