"""Values known by their class, classes as values, and what only typeguard can judge."""

from __future__ import annotations

import io
import typing
from datetime import date, timedelta
from decimal import Decimal
from ipaddress import IPv4Address
from typing import Any, Protocol
from uuid import UUID

import pytest

from modsvc_dsl.language.types.annotation import option_type
from tests.language.types.evaluation import complaint, complaints, merged


class Greets(Protocol):
    def greet(self) -> str: ...


class Greeter:
    def greet(self) -> str:
        return "hello"


class LoudGreeter(Greeter): ...


def test_an_instance_stays_as_it_is() -> None:
    """An option of any class holds an instance, a subclass's too."""
    greeter = LoudGreeter()
    assert merged(Greeter, greeter) is greeter
    assert merged(IPv4Address, IPv4Address("10.0.0.1")) == IPv4Address("10.0.0.1")
    assert merged(bytes, b"a") == b"a"


@pytest.mark.parametrize(
    ("annotation", "value", "expected", "hint"),
    [
        (Greeter, Greeter, "a Greeter", "write Greeter(...): an instance, not the class"),
        (IPv4Address, "10.0.0.1", "an IPv4Address", "write IPv4Address('10.0.0.1')"),
        (Decimal, "1.5", "a Decimal", "write Decimal('1.5')"),
        (UUID, "x", "an UUID", "write UUID('x')"),
        (bytes, "a", "bytes", "write b'a', or encode it"),
        (bytes, bytearray(b"a"), "bytes", "write bytes(...) around it"),
        (date, "2024-01-01", "a date", "write date.fromisoformat(...)"),
        (
            timedelta,
            "5s",
            "a timedelta",
            'write duration("5s") or timedelta(seconds=5), or annotate Duration',
        ),
        (
            type[Greeter],
            Greeter(),
            "the class Greeter, or one made from it",
            "write the class itself: Greeter",
        ),
        (type, 3, "a class", ""),
        (type[int | str], float, "the class int or str, or one made from it", ""),
        (
            Greets,
            3,
            "an object that has what the protocol Greets asks for",
            "int is not compatible with the Greets protocol because it has no method named 'greet'",
        ),
    ],
)
def test_what_is_refused_says_what_to_write(
    annotation: Any, value: Any, expected: str, hint: str
) -> None:
    """A value of another class is answered with how to make the right one."""
    lines = complaint(annotation, value).split("\n")
    assert lines[0] == f"`it` expects {expected}"
    assert lines[2:] == ([hint] if hint else [])


def test_a_class_is_a_value() -> None:
    """`type[T]` holds T or a subclass, `type[Any]` and `type` any class."""
    assert merged(type[Greeter], LoudGreeter) is LoudGreeter
    assert merged(type[Any], int) is int
    assert merged(type, int) is int
    assert complaints(type[LoudGreeter], Greeter)


def test_a_protocol_is_asked_of_typeguard() -> None:
    """What has the methods fits, whatever its class."""
    greeter = Greeter()
    assert merged(Greets, greeter) is greeter


def test_an_open_file_is_asked_of_typeguard() -> None:
    """The classes of typing that nothing is an instance of are judged by typeguard."""
    assert option_type(typing.TextIO).accepts(io.StringIO())
    assert not option_type(typing.IO[bytes]).accepts(io.StringIO())


def test_lists_of_instances_are_called_by_the_name_of_the_class() -> None:
    """No plural is made of the name of a class."""
    assert option_type(list[Greeter]).describe() == "a list of Greeter objects"
    assert option_type(list[type]).describe() == "a list of classes"
    assert option_type(list[bytes]).describe() == "a list of bytes"
