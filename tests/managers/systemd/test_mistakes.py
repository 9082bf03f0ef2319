"""Mistakes of units are data, and their words are fit for people."""

from __future__ import annotations

import pickle

import pytest

from modsvc_dsl import Host, Mistake, Mistakes, Process, Relations, Service, Unit, build, evaluate
from modsvc_dsl import SystemdManager, host_unit, systemd
from modsvc_dsl.managers.systemd import mistakes
from modsvc_dsl.services.mistakes.services import BadReference
from modsvc_dsl.managers.systemd.unit import SECTIONS
from modsvc_dsl.managers.systemd.mistakes import BadDirective, UnknownDirective
from tests.managers.systemd.reading import ARGV

RUN = Process(argv=ARGV)
WRONG: dict[type[Mistake], tuple[Service, str, str]] = {
    mistakes.UnknownDirective: (
        Service(process=RUN, imports=[systemd(service={"Nize": 5})]),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "missing-option",
        "Nize",
    ),
    mistakes.BadDirective: (
        Service(process=RUN, imports=[systemd(service={"Nice": 500})]),
        "type",
        "Nice",
    ),
    BadReference: (
        Service(process=RUN, relations=Relations(after=[host_unit("x")])),
        "other",
        "after",
    ),
    mistakes.BadLine: (
        Service(process=RUN, imports=[systemd(install={"Alias": ["x.timer"]})]),
        "type",
        "Alias",
    ),
}


def raised(service: Service) -> Mistake:
    """The one mistake of a build."""
    with pytest.raises(Mistakes) as caught:
        build(evaluate(Host(services={"web": service})))
    (mistake,) = caught.value.mistakes
    return mistake


@pytest.mark.parametrize("kind", WRONG, ids=lambda kind: kind.__name__)
def test_a_mistake_leads_to_the_line(kind: type[Mistake]) -> None:
    """It has a category, the path of the option, places in this file, and survives a pickle."""
    service, category, last = WRONG[kind]
    mistake = raised(service)
    assert type(mistake) is kind
    assert (mistake.category, mistake.path[:2], mistake.path[-1]) == (
        category,
        ("services", "web"),
        last,
    )
    assert {location.file for _, location in mistake.report().places} == {__file__}
    back = pickle.loads(pickle.dumps(mistake))
    assert (type(back), str(back), back.path) == (kind, str(mistake), mistake.path)


def test_a_bad_unit_name_leads_to_the_service() -> None:
    """And a bad version to the manager."""
    with pytest.raises(Mistakes) as caught:
        build(evaluate(Host(services={"a b": Service(process=RUN)})))
    (mistake,) = caught.value.mistakes
    assert type(mistake) is mistakes.BadUnitName and mistake.path == ("services", "a b")
    with pytest.raises(mistakes.BadVersion) as bad:
        SystemdManager(version=3)
    assert [location.file for _, location in bad.value.report().places] == [__file__]


def test_advice_begins_outside_of_quotes() -> None:
    """A `; ` in a user's text is no end of a sentence."""
    why = "Nice= expects a whole number, found 'a; b'; write 5"
    report = BadDirective(("web", "Nice"), why, []).report()
    assert report.headline == "`web.Nice`: Nice= expects a whole number, found 'a; b'"
    assert report.advice == ("write 5",)


@pytest.mark.parametrize(
    ("name", "homes", "known", "advice"),
    [
        ("X-A", (), ("Nice",), 'write Unit(extra={"Service": {"X-A": ...}})'),
        ("After", ("Unit",), ("Nice",), 'write Unit(unit={"After": ...})'),
        ("Where", ("Mount",), ("Nice",), 'write Unit(mount={"Where": ...})'),
        ("Nise", (), ("Nice",), "did you mean `Nice`?"),
        (
            "Zzz",
            (),
            ("Nice",),
            'if it is newer than this library, write Unit(extra={"Service": {"Zzz": ...}})',
        ),
    ],
)
def test_advice_for_unknown_directives(
    name: str, homes: tuple[str, ...], known: tuple[str, ...], advice: str
) -> None:
    """What to write instead, by what is known of the name."""
    mistake = UnknownDirective(("web", name), "Service", homes, known, (), [])
    assert mistake.report().advice == (advice,)


def test_sections_of_units_have_homes() -> None:
    """Those that `Unit` has options for."""
    assert mistakes.HOMES == tuple(SECTIONS.values())
    assert all(hasattr(Unit, home.lower()) for home in mistakes.HOMES)
