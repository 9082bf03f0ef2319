"""`systemd(...)` in `imports=[...]`: each keyword's directives reach the unit they belong to."""

from __future__ import annotations

import pytest

from modsvc_dsl import Host, Mistakes, Process, Service, build, check, evaluate, systemd, specifiers
from modsvc_dsl.managers.tree import File, Link, Tree

UNITS = "etc/systemd/system"


def tree(service: Service) -> Tree:
    """The tree of a host with one service called `it`."""
    return build(check(evaluate(Host(services={"it": service})))).trees["host"]


def text(tree: Tree, path: str) -> list[str]:
    """The lines of a unit."""
    entry = tree[f"{UNITS}/{path}"]
    assert isinstance(entry, File)
    return entry.content.decode().splitlines()


def test_directives_of_the_service_unit() -> None:
    """[Unit], [Service], [Install] and the command line."""
    short = systemd(
        unit={"StartLimitBurst": 3},
        service={"Nice": 5},
        install={"WantedBy": ["graphical.target"]},
        main_exec_start=specifiers("/bin/true %i"),
    )
    made = tree(Service(process=Process(argv=["/bin/true"]), imports=[short]))
    lines = text(made, "it.service")
    assert {"StartLimitBurst=3", "Nice=5", "ExecStart=/bin/true %i"} <= set(lines)
    assert "WantedBy=graphical.target" in lines and "WantedBy=multi-user.target" not in lines
    assert isinstance(made[f"{UNITS}/graphical.target.wants/it.service"], Link)


@pytest.mark.parametrize(
    ("short", "unit", "line"),
    [
        (systemd(socket={"ListenStream": ["80"]}), "it.socket", "ListenStream=80"),
        (systemd(timer={"OnCalendar": ["daily"]}), "it.timer", "OnCalendar=daily"),
    ],
)
def test_a_socket_or_timer_appears_beside_the_service_and_starts_it(
    short: Service, unit: str, line: str
) -> None:
    """It is wanted by its own target, and the service no longer starts at boot."""
    made = tree(Service(process=Process(argv=["/bin/true"]), imports=[short]))
    assert line in text(made, unit)
    links = [path for path, entry in made.items() if isinstance(entry, Link)]
    assert links == [f"{UNITS}/{unit.rpartition('.')[2]}s.target.wants/{unit}"]


def test_a_directive_in_the_wrong_section_is_refused_where_it_was_written() -> None:
    """The message names the option and this file."""
    wrong = systemd(timer={"ListenStream": ["80"]})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    service = Service(process=Process(argv=["/bin/true"]), imports=[wrong])
    with pytest.raises(Mistakes) as caught:
        tree(service)
    name = "services.it.systemd.timer.timer.ListenStream"
    assert f"`{name}` is no directive of [Timer], but of [Socket]" in str(caught.value)
    assert "test_short_form.py" in str(caught.value)
