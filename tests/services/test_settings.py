"""Settings of programs as options, and the files that they become."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest

from modsvc_dsl import (
    ConfigFile,
    Ini,
    KeyValue,
    Mistake,
    Module,
    Port,
    Process,
    Service,
    Settings,
    check,
    define,
    evaluate,
    force,
    history,
    json_data,
    option,
    settings,
    when,
)
from modsvc_dsl.services.formats.every import BY_SUFFIX, FORMATS, FormatName, format_of
from modsvc_dsl.services.settings import plain
from tests.services.saying import ARGV, on_host, said_of


class Level(Enum):
    LOW = "low"


class Listener(Module):
    port: Port = option(default=80)
    host: str = option(required=False)


class App(Settings):
    """What the program of these tests reads."""

    _dashed: ClassVar[bool] = True
    _keys: ClassVar[Mapping[str, str]] = {"class_": "class"}
    log_level: Level = option(default=Level.LOW)
    class_: str = option(default="a")
    listener: Listener = option()
    roots: list[Path] = option(default=[])


def service(file: ConfigFile, *imports: Service) -> Service:
    """A service with one file."""
    return Service(
        process=Process(argv=ARGV), config_data={"app.json": file}, imports=list(imports)
    )


def content(file: ConfigFile, *imports: Service) -> Any:
    """The settings as they stand in the file."""
    return plain(on_host(service(file, *imports)).config_data["app.json"].settings)


def test_keys_are_written_as_the_class_says() -> None:
    """Dashes, names of their own; what has no value is left out; paths and members are values."""
    found = App(roots=[Path("/srv")], imports=[settings({"other_key": {"a_b": 1}})])
    assert content(ConfigFile(settings=found)) == {
        "log-level": "low",
        "class": "a",
        "listener": {"port": 80},
        "roots": ["/srv"],
        "other_key": {"a_b": 1},
    }


def test_instances_and_imports_add_and_force_keys() -> None:
    """Every definition of the file joins, by the rules of the module system."""

    class Defined(Service):
        @define(Service.config_data["app.json"].settings)
        def _settings(self) -> Settings:
            return App(listener=Listener(port=force(8443)), roots=[Path("/a")])

    other = Service(config_data={"app.json": ConfigFile(settings=App(roots=[Path("/b")]))})
    file = ConfigFile(settings=App(listener=Listener(port=1, host="h"), class_="b"))
    found = content(file, Defined(), other)
    assert found["listener"] == {"port": 8443, "host": "h"}
    assert (found["roots"], found["class"]) == (["/a", "/b"], "b")


def test_settings_are_read_by_their_own_class() -> None:
    """`settings[App]` has the types of App, and a history."""
    file = on_host(service(ConfigFile(settings=App(class_="b")))).config_data["app.json"]
    assert file.settings[App].listener.port == 80
    told, _ = history(file, "settings.class_")
    assert (told.value, told.fate) == ("b", "won")


def test_a_file_has_text_or_settings() -> None:
    """Two contents are one too many."""
    both = ConfigFile(settings=settings({"a": 1}), text="x")
    assert said_of(web=service(both)) == [
        '`services.web.config_data["app.json"]` has text and settings, and a file has one content\n'
        "  written at test_settings.py\n"
        '      both = ConfigFile(settings=settings({"a": 1}), text="x")\n'
        "  to fix: keep one of them"
    ]


def test_a_wrong_value_of_a_known_key() -> None:
    """The option's type judges it, at its own line."""
    wrong: Any = App(class_=cast(Any, 3))
    assert said_of(web=service(ConfigFile(settings=wrong))) == [
        '`services.web.config_data["app.json"].settings.class_` expects a string\n'
        "  found 3 (an integer)\n"
        "  defined at test_settings.py\n"
        "      wrong: Any = App(class_=cast(Any, 3))\n"
        '  to fix: write "3" in quotes, or str(...)'
    ]


def test_what_a_format_cannot_hold_is_told_at_its_line() -> None:
    """All of it at once, by the names of options."""
    found = App(
        listener=Listener(host="a\nb"),
        imports=[settings({"none": None})],
    )
    ini = ConfigFile(settings=found, format=Ini(lists="commas"))
    assert said_of(web=service(ini)) == [
        '`services.web.config_data["app.json"].settings.listener.host` has a line break in it, '
        "which a value of INI cannot hold\n"
        "  defined at test_settings.py\n"
        '      listener=Listener(host="a\\nb"),\n'
        "  to fix: write a text on one line",
        '`services.web.config_data["app.json"].settings.none` is None, which INI cannot hold\n'
        "  defined at test_settings.py\n"
        '      imports=[settings({"none": None})],\n'
        "  to fix: leave the key out: define it under a condition, when(..., value), and declare "
        "it with option(required=False)",
    ]


def test_a_condition_leaves_a_key_out() -> None:
    """As the advice says."""
    found = App(listener=Listener(host=when(False, "a")))
    assert content(ConfigFile(settings=found))["listener"] == {"port": 80}


def test_a_name_that_tells_no_format() -> None:
    """Then somebody has to say it."""
    web = Service(
        process=Process(argv=ARGV), config_data={"app.conf": ConfigFile(settings=settings({}))}
    )
    assert said_of(web=web) == [
        "`services.web.config_data[\"app.conf\"].format` has no value, and 'app.conf' tells none\n"
        "  defined at test_settings.py\n"
        '      process=Process(argv=ARGV), config_data={"app.conf": ConfigFile(settings=settings({}))}\n'
        '  to fix: write format="json", or one of env, ini, json, toml, yaml; names that end in '
        ".json, .toml, .yaml, .yml, .ini, .env tell one"
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_by_its_name(name: FormatName) -> None:
    """Each is an option's value, and data."""
    file = ConfigFile(settings=settings({"A": {"b": 1}}), format=name)
    if name in ("env", "keyvalue"):
        file = ConfigFile(settings=settings({"A": 1}), format=name)
    found = on_host(service(file)).config_data["app.json"]
    assert found.content and json_data(found)["format"] == name


def test_formats_with_words_of_their_own() -> None:
    """A format that has fields is an option's value and data as well."""
    file = ConfigFile(settings=settings({"save": ["1 2"]}), format=KeyValue(" ", lists="repeated"))
    found = on_host(service(file)).config_data["app.json"]
    assert found.content == "save 1 2\n"
    assert json_data(found)["format"]["separator"] == " "


@pytest.mark.parametrize(("end", "name"), BY_SUFFIX.items())
def test_the_end_of_a_name_tells_the_format(end: str, name: str) -> None:
    """Unless another one is said."""
    assert format_of(f"etc/app{end}") == name


def test_settings_that_are_no_dict() -> None:
    """The message shows what to write."""
    with pytest.raises(Mistake) as caught:
        wrong: Any = ["a"]
        settings(wrong)
    assert str(caught.value).startswith(
        "settings(...) takes a dict of keys, found ['a'] (a list)\n"
    )


def test_an_empty_file_of_settings() -> None:
    """No key is a content, too."""
    assert check(evaluate(service(ConfigFile(settings=Settings())))).config_data[
        "app.json"
    ].content == ("{}\n")


class Twins(Settings):
    """Two options of one key."""

    _keys: ClassVar[Mapping[str, str]] = {"one": "x", "two": "x"}
    one: int = option(required=False)
    two: int = option(required=False)


@pytest.mark.parametrize(
    ("written", "second", "first", "key"),
    [
        (App(class_=force("b"), imports=[settings({"class": "c"})]), "class", "class_", "class"),
        (App(imports=[settings({"log-level": "high"})]), "log-level", "log_level", "log-level"),
        (Twins(one=1, two=2), "two", "one", "x"),
    ],
)
def test_two_options_of_one_key(written: Settings, second: str, first: str, key: str) -> None:
    """Neither is lost: both are told, whatever their strength."""
    (message,) = said_of(web=service(ConfigFile(settings=written)))
    assert f"settings.{second}` is written as '{key}', and so is `{first}`" in message.replace(
        f'settings["{second}"]', f"settings.{second}"
    )
    assert "define one of them" in message
    assert content(ConfigFile(settings=Twins(two=2))) == {"x": 2}
