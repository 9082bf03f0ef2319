"""[Install]: the links that enable a unit, and the names that make none."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Process, Service, Systemd, SystemdService, Unit, systemd
from modsvc_dsl.managers.systemd.install import alias_problem, enablings, instances_of, words
from tests.managers.systemd.reading import ARGV, links_of, tree_of
from tests.services.saying import said


def installed(**install: Any) -> Service:
    """A service with directives of [Install]."""
    return Service(process=Process(argv=ARGV), imports=[systemd(install=install)])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("install", "links"),
    [
        ({}, {"multi-user.target.wants/it.service": "../it.service"}),
        (
            {"WantedBy": ["a.target", "b.service"]},
            {
                "a.target.wants/it.service": "../it.service",
                "b.service.wants/it.service": "../it.service",
            },
        ),
        ({"WantedBy": []}, {}),
        ({"WantedBy": None}, {}),
        (
            {"WantedBy": [], "RequiredBy": ["a.target"]},
            {"a.target.requires/it.service": "../it.service"},
        ),
        (
            {"WantedBy": [], "UpheldBy": ["a.target b.target"]},
            {
                "a.target.upholds/it.service": "../it.service",
                "b.target.upholds/it.service": "../it.service",
            },
        ),
        ({"WantedBy": [], "Alias": ["also.service", "it.service"]}, {"also.service": "it.service"}),
        (
            {"WantedBy": ["a.target", "", "b.target", "b.target"]},
            {"b.target.wants/it.service": "../it.service"},
        ),
    ],
)
def test_links_are_those_of_systemctl_enable(install: Any, links: dict[str, str]) -> None:
    """One for each name, in the folder that says how it is wanted; an empty one begins anew."""
    assert links_of(tree_of({"it": installed(**install)})) == links


def test_an_alias_is_the_name_of_one_unit() -> None:
    """It cannot be that of another unit of the host."""
    message = said(lambda: tree_of({"it": installed(Alias=["web.service"]), "web": installed()}))[0]
    assert message.startswith(
        "`services.it.systemd.service.install.Alias` and `services.web` both make"
        " etc/systemd/system/web.service\n"
    )
    assert message.endswith("\n  to fix: write another name in Alias=, or leave it out")


WANTS = "`services.it.systemd.service.install"


@pytest.mark.parametrize(
    ("directive", "name", "what"),
    [
        ("WantedBy", "../../x", "'../../x' does not end in a unit type"),
        ("WantedBy", "a.target.wants/../../../../x.target", "contains '/' (U+002F)"),
        ("RequiredBy", "/etc/a.target", "contains '/' (U+002F)"),
        ("WantedBy", "multi-user", "'multi-user' does not end in a unit type"),
        ("Alias", "../x.service", "contains '/' (U+002F)"),
        ("Alias", "x.socket", "'x.socket' is not of the type of 'it.service'"),
        ("Alias", "x@.service", "'x@.service' and 'it.service' are not both templates"),
    ],
)
def test_a_name_that_makes_no_link_is_refused_where_it_was_written(
    directive: str, name: str, what: str
) -> None:
    """Nothing is written beside or above the folder of units."""
    (message,) = said(lambda: tree_of({"it": installed(**{directive: [name]})}))
    lines = message.split("\n")
    assert lines[0].startswith(f"{WANTS}.{directive}`") and "it" in lines[0]
    assert what in lines[0] or "is none" in lines[0] or "a unit's name" in lines[0]
    assert lines[1] == "  defined at test_install.py"


def test_a_template_is_enabled_as_an_instance() -> None:
    """The link has the name of the instance, and leads to the template."""
    unit = Unit(
        service={"ExecStart": ["/bin/worker %i"]},
        install={"WantedBy": ["multi-user.target"], "DefaultInstance": "one"},
    )
    further = SystemdService(systemd=Systemd(services={"worker@": unit}))
    tree = tree_of({"it": Service(process=Process(argv=ARGV), imports=[further])})
    assert (
        links_of(tree)["multi-user.target.wants/it-worker@one.service"] == "../it-worker@.service"
    )


def test_a_template_without_an_instance_cannot_be_enabled() -> None:
    """The message says both ways out."""
    (message,) = said(lambda: tree_of({"web@": Service(process=Process(argv=ARGV))}))
    assert message.startswith(
        "`services[\"web@\"]`: 'web@.service' is a template, of which nothing says the instance to start\n"
    )
    assert message.endswith(
        "\n  to fix: write instances=[...] for the unit, or nothing in [Install]"
    )
    off = Service(process=Process(argv=ARGV), imports=[systemd(install={"WantedBy": []})])
    assert links_of(tree_of({"web@": off})) == {}


@pytest.mark.parametrize(
    ("unit", "install", "named", "started"),
    [
        ("a.service", {}, [], ["a.service"]),
        ("a@x.service", {}, [], ["a@x.service"]),
        ("a@.service", {}, [], []),
        ("a@.service", {"DefaultInstance": "x"}, [], ["a@x.service"]),
        ("a@.timer", {"DefaultInstance": ["x", "", "y"]}, [], ["a@y.timer"]),
        ("a@.service", {}, ["x", "y/z", "x"], ["a@x.service", "a@y-z.service"]),
        ("a@.service", {"DefaultInstance": "x"}, ["-"], ["a@\\x2d.service"]),
    ],
)
def test_what_is_started(
    unit: str, install: dict[str, Any], named: list[str], started: list[str]
) -> None:
    """A unit itself, or instances of a template, those that are named before a default one."""
    assert instances_of(unit, install, named) == started


def test_an_instance_cannot_leave_its_folder() -> None:
    """It is part of a name like any other."""
    install = {"WantedBy": ["a.target"], "DefaultInstance": "../../x"}
    (enabling,) = enablings("a@.service", install)
    assert enabling.problem.startswith("'a@../../x.service' contains '/' (U+002F); ")


def test_aliases() -> None:
    """Of the same type, both templates or none."""
    assert (
        alias_problem("a.service", "b.service") == alias_problem("a@.service", "b@.service") == ""
    )
    assert alias_problem("a@x.service", "b@x.service") == ""
    assert alias_problem("a.timer", "b.service").endswith("; end it in .timer")
    assert alias_problem("a.service", "").startswith("the name is empty")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (None, []),
        ("a b", ["a", "b"]),
        (["a", "b c", "a"], ["a", "b", "c"]),
        (["a", "", "b"], ["b"]),
        (["a", None], ["a"]),
        ("", []),
    ],
)
def test_words_of_a_directive(value: Any, found: list[str]) -> None:
    """Between blanks, each once; an empty assignment resets those before it."""
    assert list(words(value)) == found


def test_what_is_enabled_with_a_unit_is_made_here() -> None:
    """It has the links that its own [Install] asks for; of others nobody here knows them."""
    fine = {
        "it": installed(Also="web.service", WantedBy=None),
        "web": installed(WantedBy=["a.target"]),
    }
    assert links_of(tree_of(fine)) == {"a.target.wants/web.service": "../web.service"}
    foreign = {
        "it": installed(Also=["ssh.service", "web.service"]),
        "web": installed(Alias="ab.service"),
    }
    assert said(lambda: tree_of(foreign)) == [
        "`services.it.systemd.service.install.Also`: Also=ssh.service would enable a unit that is not"
        " made here, and whose links only its own [Install] says\n"
        "  defined at test_install.py\n"
        "      return Service(process=Process(argv=ARGV), imports=[systemd(install=install)])"
        "  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]\n"
        "  to fix: write Wants= in [Unit], and it is started with this one"
    ]


def test_nobody_asks_what_is_enabled_with_a_unit_while_some_are_wrong() -> None:
    """The other one may be among those."""
    wrong = Service(process=Process(argv=["web"]))
    (message,) = said(lambda: tree_of({"it": installed(Also="web.service"), "web": wrong}))
    assert message.startswith("`services.web.process.argv` starts with 'web'")
