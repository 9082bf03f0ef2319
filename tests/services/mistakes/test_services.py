"""Mistakes of services are data: they carry a path, a category, places and advice."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from modsvc_dsl import ConfigFile, Host, Mistake, Mistakes, Process, Service, check, evaluate
from modsvc_dsl.services.mistakes import services as mistakes
from tests.services.saying import ARGV

WRONG: dict[type[Mistake], tuple[Service, str, tuple[object, ...]]] = {
    mistakes.BadProgram: (Service(process=Process(argv=["x"])), "type", ("process", "argv")),
    mistakes.BadCharacter: (
        Service(process=Process(argv=["/x", "\0"])),
        "type",
        ("process", "argv", 1),
    ),
    mistakes.NothingToRun: (Service(), "undefined", ()),
    mistakes.BadFileName: (
        Service(process=Process(argv=ARGV), config_data={"..": ConfigFile(text="")}),
        "type",
        ("config_data", ".."),
    ),
    mistakes.NoSingleContent: (
        Service(
            process=Process(argv=ARGV), config_data={"a": ConfigFile(text="", source=Path("b"))}
        ),
        "conflict",
        ("config_data", "a"),
    ),
    mistakes.NoContent: (
        Service(process=Process(argv=ARGV), config_data={"a": ConfigFile()}),
        "undefined",
        ("config_data", "a"),
    ),
}


@pytest.mark.parametrize("kind", WRONG, ids=lambda kind: kind.__name__)
def test_a_mistake_leads_to_the_option(kind: type[Mistake]) -> None:
    """Programs read the path and the category; people the report, which names this file."""
    service, category, path = WRONG[kind]
    with pytest.raises(Mistakes) as caught:
        check(evaluate(Host(services={"web": service})))
    (mistake,) = caught.value.mistakes
    assert type(mistake) is kind
    assert (mistake.category, mistake.path) == (category, ("services", "web", *path))
    report = mistake.report()
    assert [location.file for _, location in report.places] == [__file__]
    assert report.headline and all(report.advice)


@pytest.mark.parametrize("kind", WRONG, ids=lambda kind: kind.__name__)
def test_a_mistake_can_be_sent_to_another_process(kind: type[Mistake]) -> None:
    """A pickle of it says the same."""
    with pytest.raises(Mistakes) as caught:
        check(evaluate(Host(services={"web": WRONG[kind][0]})))
    (mistake,) = caught.value.mistakes
    back = pickle.loads(pickle.dumps(mistake))
    assert (type(back), str(back), back.path) == (kind, str(mistake), mistake.path)
