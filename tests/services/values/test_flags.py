"""Flags: by name, in one order with the plain arguments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import (
    FlagFormat,
    FlagValue,
    Process,
    Service,
    after,
    before,
    check,
    default,
    define,
    evaluate,
    force,
    json_data,
    merged,
    option,
    order,
    when,
)
from tests.services.saying import said_of


def argv_of(**options: Any) -> list[str]:
    """The command line of a service with such a process."""
    return evaluate(Service(process=Process(**options))).process.argv


class Server(Service):
    """Flags by several modules."""

    port: int = option(default=80)
    process = Process(
        argv=merged(["/usr/bin/server", "run"], after(["/srv"])),
        flags={"level": "info", "v": True, "listen": ["a"]},
    )

    @define(Process.flags["port"])
    def _port(self) -> int:
        return self.port


class Secure(Server):
    process = Process(flags={"level": force("warn"), "listen": ["b"], "key": Path("/k")})


def test_flags_stand_between_plain_arguments_and_those_behind() -> None:
    """In the order in which the names were first written; a list repeats its flag."""
    assert evaluate(Secure()).process.argv == [
        *("/usr/bin/server", "run", "--level", "warn", "-v", "--listen", "a", "--listen", "b"),
        *("--port", "80", "--key", "/k", "/srv"),
    ]


def test_a_later_module_drops_one_flag_or_all() -> None:
    """None leaves a flag out, an empty dict all; the plain arguments stay."""
    one = Secure(process=Process(flags={"v": force(None), "key": force(None)}))
    assert "-v" not in evaluate(one).process.argv and "--key" not in evaluate(one).process.argv
    assert evaluate(one).process.flags["v"] is None
    none = Secure(process=Process(flags=force({})))
    assert evaluate(none).process.argv == ["/usr/bin/server", "run", "/srv"]


def test_another_program_gets_the_same_flags() -> None:
    """force on argv replaces what argv says, and no flag."""
    other = Server(process=Process(argv=force(["/opt/server"])))
    assert evaluate(other).process.argv[:3] == ["/opt/server", "--level", "info"]


def test_arguments_and_flags_share_one_order() -> None:
    """Of one number, arguments come first: a wrapper, its flags, the program, flags, the rest."""
    argv = merged(["/bin/tool"], before(["/bin/wrap"]), order(1300, ["sub"]), after(["end"]))
    flags = merged({"a": 1}, before({"b": 1}), order(1400, {"c": 1}), after({"d": 1}))
    said = argv_of(argv=argv, flags=flags)
    assert said[:4] == ["/bin/wrap", "-b", "1", "/bin/tool"]
    assert said[4:] == ["-a", "1", "sub", "-c", "1", "end", "-d", "1"]


def test_one_flag_has_an_order_of_its_own() -> None:
    """In the dict, the property is around the value."""
    flags: dict[str, FlagValue] = {"last": after(1), "first": 1, "when": when(False, 1)}
    assert argv_of(argv=["/bin/a"], flags=flags) == ["/bin/a", "--first", "1", "--last", "1"]


def test_a_default_of_a_flag_gives_way() -> None:
    """Flags have strengths one by one."""
    process = Process(argv=["/bin/a"], flags={"a": default(1), "b": default(1)})
    service = Service(process=process, imports=[Service(process=Process(flags={"a": 2}))])
    assert evaluate(service).process.argv == ["/bin/a", "-a", "2", "-b", "1"]


def test_flags_read_each_other() -> None:
    """Each is computed when it is read."""

    class Both(Service):
        process = Process(argv=["/bin/a"], flags={"dir": "/srv"})

        @define(Process.flags["log"])
        def _log(self) -> str:
            return f"{self.process.flags['dir']}/log"

    assert evaluate(Both()).process.argv == ["/bin/a", "--dir", "/srv", "--log", "/srv/log"]


def test_the_result_is_plain_data() -> None:
    """The flags and their format, too."""
    service = Server(process=Process(flag_format=FlagFormat.GO))
    found = json.loads(json.dumps(json_data(check(evaluate(service)).process)))
    assert found["flags"] == {"level": "info", "v": True, "listen": ["a"], "port": 80}
    assert found["flag_format"] == {
        "short": "-",
        "long": "-",
        "separator": "=",
        "short_separator": "=",
        "booleans": "true/false",
    }


def test_two_values_of_a_flag_are_a_conflict() -> None:
    """A scalar is not repeated by accident."""
    (message,) = said_of(web=Server(process=Process(flags={"level": "debug"})))
    assert message.startswith("`services.web.process.flags.level` has definitions that differ\n")


def test_dashes_are_not_written_twice() -> None:
    """Names that have them are all told of."""
    process = Process(argv=["/bin/a"], flags={"--port": 80, "-v": True})
    assert said_of(web=Service(process=process)) == [
        f"`services.web.process.flags.{name}` is named with its dashes, and flag_format adds '{adds}'\n"
        "  defined at test_flags.py\n"
        '      process = Process(argv=["/bin/a"], flags={"--port": 80, "-v": True})\n'
        f"  to fix: write '{bare}', or say flag_format=FlagFormat.VERBATIM"
        for name, adds, bare in (("--port", "--", "port"), ("-v", "-", "v"))
    ]
    verbatim = argv_of(argv=["/bin/a"], flags={"--port": 80}, flag_format=FlagFormat.VERBATIM)
    assert verbatim == ["/bin/a", "--port", "80"]


def test_no_flag_stands_before_the_program() -> None:
    """The message has the lines of both."""
    process = Process(argv=["/bin/a"], flags={"b": before(1)})
    assert said_of(web=Service(process=process)) == [
        "`services.web.process.argv` would start with the flag 'b', before its program\n"
        "  defined at test_flags.py\n"
        '      process = Process(argv=["/bin/a"], flags={"b": before(1)})\n'
        "  to fix: take before(...) off the flags, or put before(...) around the program as well: "
        "of one order, arguments come before flags"
    ]


@pytest.mark.parametrize("name", ["", "a b", "a=b", "a\nb", "a\0"])
def test_names_of_flags(name: str) -> None:
    """A name that would be read as more than a name is none."""
    (message,) = said_of(web=Service(process=Process(argv=["/bin/a"], flags={name: 1})))
    assert message.startswith("`services.web.process.flags` expects keys that are each the name of")


def test_a_nul_is_refused_at_its_flag() -> None:
    """As in plain arguments."""
    (message,) = said_of(web=Service(process=Process(argv=["/bin/a"], flags={"a": "b\0"})))
    assert message.startswith("`services.web.process.flags.a` holds a NUL, which ends a string\n")


@pytest.mark.parametrize(
    ("form", "spelt"),
    [
        (FlagFormat.GNU, "--name x -n x --on -o"),
        (FlagFormat.EQUALS, "--name=x -n x --on -o"),
        (FlagFormat.GO, "-name=x -n=x -on=true -off=false -o=true"),
        (FlagFormat.VERBATIM, "name x n x on o"),
        (FlagFormat(booleans="negated"), "--name x -n x --on --no-off -o"),
        (FlagFormat(booleans="yes/no"), "--name x -n x --on yes --off no -o yes"),
        (FlagFormat(separator=":", short_separator=""), "--name:x -nx --on -o"),
    ],
)
def test_formats(form: FlagFormat, spelt: str) -> None:
    """Names, values and booleans as programs want them."""
    flags: dict[str, FlagValue] = {"name": "x", "n": "x", "on": True, "off": False, "o": True}
    assert argv_of(argv=["/bin/a"], flags=flags, flag_format=form)[1:] == spelt.split()


NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1)
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(flags=st.dictionaries(NAMES, st.one_of(TEXTS, st.integers(), st.lists(TEXTS))))
def test_every_value_is_an_argument_as_it_is(flags: dict[str, Any]) -> None:
    """Nothing is split, quoted or lost, and no value can become another flag's name."""
    expected = ["/bin/a"]
    for name, value in flags.items():
        for item in value if isinstance(value, list) else [value]:
            expected += [("-" if len(name) == 1 else "--") + name, str(item)]
    assert argv_of(argv=["/bin/a"], flags=flags) == expected
