"""What a service says of itself to people."""

from __future__ import annotations

import pytest

from modsvc_dsl import Meta, Process, Service, check, evaluate, json_data
from tests.services.saying import ARGV, running, said_of


def about(meta: Meta) -> Service:
    """A service that says something of itself."""
    return Service(process=Process(argv=ARGV), meta=meta)


def test_nothing_has_to_be_said() -> None:
    """All of it is optional."""
    assert json_data(check(evaluate(running())).meta) == {
        "description": None,
        "documentation": [],
        "maintainers": [],
        "silenced": {},
        "unsupported": {},
    }


def test_documentation_and_maintainers_of_modules_are_joined() -> None:
    """A mixin has its own."""
    mixin = Service(meta=Meta(documentation=["man:a(1)"], maintainers=["ann"]))
    service = Service(process=Process(argv=ARGV), meta=Meta(maintainers=["bob"]), imports=[mixin])
    meta = check(evaluate(service)).meta
    assert (meta.documentation, meta.maintainers) == (["man:a(1)"], ["ann", "bob"])


def test_a_description_is_one_line() -> None:
    """One line break at its end is the line's own, as in a triple-quoted text."""
    assert evaluate(about(Meta(description="A shop\n"))).meta.description == "A shop"
    service = about(Meta(description="A\nshop"))
    assert said_of(web=service) == [
        "`services.web.meta.description` expects a string on a single line or None\n"
        "  found 'A\\nshop' (a string)\n"
        "  defined at test_metadata.py\n"
        '      service = about(Meta(description="A\\nshop"))'
    ]


@pytest.mark.parametrize(
    "address",
    ["http://a", "https://example.org/a?b=%20", "file:/usr/share/doc/a", "info:a", "man:a(1)"],
)
def test_addresses_of_documentation(address: str) -> None:
    """The kinds that systemd.unit(5) knows."""
    assert said_of(web=about(Meta(documentation=[address]))) == []


@pytest.mark.parametrize(
    "address", ["", "a", "https://a b", "https://ä", "man:a\n", "ftp://a", "/a"]
)
def test_other_addresses_are_refused(address: str) -> None:
    """The message names the item and the kinds."""
    (message,) = said_of(web=about(Meta(documentation=["man:a(1)", address])))
    assert message.startswith(
        "`services.web.meta.documentation[1]` expects an address: http://..., https://..., "
        f"file:/..., info:... or man:name(section)\n  found {address!r} (a string)\n"
    )


def test_protocols_are_off_unless_said() -> None:
    """A program is not waited for by mistake."""
    protocols = check(evaluate(running())).notification_protocol
    assert (protocols.systemd, protocols.s6) == (False, False)
