"""Config files: one content, a name inside the service's folder, a path to refer to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import ConfigFile, Process, Service, after, check, define, evaluate
from modsvc_dsl.services.groups.config_data import name_problem
from modsvc_dsl.services.placement import ROOT
from tests.services.saying import ARGV, on_host, said, said_of

NAME_ADVICE = '  to fix: write a relative path that stays in its folder, as in "server.conf"'


def with_file(file: ConfigFile, key: str = "a.conf") -> Service:
    """A service with one config file."""
    return Service(process=Process(argv=ARGV), config_data={key: file})


def test_a_file_has_its_key_as_name_and_a_path() -> None:
    """The path is known while the service is evaluated, and leads into the service's folder."""
    files = on_host(with_file(ConfigFile(text="x"))).config_data
    assert (files["a.conf"].name, files["a.conf"].enable) == ("a.conf", True)
    assert files["a.conf"].path == f"{ROOT}/it/a.conf" == "/etc/system-services/it/a.conf"


def test_a_name_of_its_own_may_have_folders() -> None:
    """`name` replaces the key."""
    file = on_host(with_file(ConfigFile(text="x", name="conf.d/10-x.conf"))).config_data["a.conf"]
    assert file.path == f"{ROOT}/it/conf.d/10-x.conf"


def test_the_folder_has_the_names_on_the_path_of_the_service() -> None:
    """Joined by dashes, as units are."""
    inner = with_file(ConfigFile(text="x"))
    outer = on_host(Service(services={"db": inner}))
    assert outer.services["db"].config_data["a.conf"].path == f"{ROOT}/it-db/a.conf"


class Server(Service):
    """Its command line names its config file, whose text is written in two modules."""

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return ["/bin/server", self.config_data["server.conf"].path]

    config_data = {"server.conf": ConfigFile(text="a = 1")}


@pytest.mark.parametrize(
    ("mode", "advice"),
    [
        (400, "write 0o400: modes are octal numbers"),
        (440, "write 0o440: modes are octal numbers"),
        (644, "write 0o644: modes are octal numbers"),
        (0o602, "let others read what they may write, and its owner run what they may run"),
    ],
)
def test_a_mode_without_its_prefix_is_told(mode: int, advice: str) -> None:
    """400 is 0o620, with which a group writes what it cannot read."""
    (message,) = said_of(web=with_file(ConfigFile(text="x", mode=mode)))
    assert message.endswith(f"\n  to fix: {advice}")


def test_texts_of_several_modules_are_lines() -> None:
    """Definitions of the text are joined by line breaks, in order."""
    more = Service(config_data={"server.conf": ConfigFile(text=after("b = 2\n"))})
    server = on_host(Server(imports=[more]))
    assert server.config_data["server.conf"].text == "a = 1\nb = 2\n"
    assert server.process.argv[1] == "/etc/system-services/it/server.conf"


def test_the_path_is_read_only() -> None:
    """It is the library's to say."""
    (message,) = said_of(web=with_file(ConfigFile(text="", path="/etc/x")))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    assert message.startswith(
        '`services.web.config_data["a.conf"].path` is read-only and has more than one definition\n'
    )


@pytest.mark.parametrize(
    ("content", "what", "advice"),
    [
        (
            {},
            "neither a text nor a source nor settings",
            'ConfigFile(text="..."), ConfigFile(source=Path("...")) or ConfigFile(settings=...)',
        ),
        (
            {"text": "", "source": Path("x")},
            "text and source, and a file has one content",
            "keep one of them",
        ),
    ],
)
def test_a_file_has_one_content(content: dict[str, Any], what: str, advice: str) -> None:
    """A text or a source, and not both; an empty text is one."""
    (message,) = said_of(web=with_file(ConfigFile(**content)))
    write = "" if "keep" in advice else "write "
    assert message == (
        f'`services.web.config_data["a.conf"]` has {what}\n'
        "  written at test_config_data.py\n"
        "      (message,) = said_of(web=with_file(ConfigFile(**content)))\n"
        f"  to fix: {write}{advice}"
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "is empty"),
        ("/etc/passwd", "is absolute"),
        ("../x", "leads out of the service's folder"),
        ("a/../../x", "leads out of the service's folder"),
        ("a//b", "has an empty step or a dot in it"),
        ("a/", "has an empty step or a dot in it"),
        ("./a", "has an empty step or a dot in it"),
        (".", "has an empty step or a dot in it"),
        ("a\nb", "has a control character in it (U+000A)"),
        ("a\x7fb", "has a control character in it (U+007F)"),
        ("a\x85b", "has a control character in it (U+0085)"),
        ("a\u2028b", "has a line break in it (U+2028)"),
        ("a\ud800", "has half of a character in it (U+D800)"),
        ("a\ufffe", "has U+FFFE in it, which is no character"),
        ("é" * 128, "has a step of more than 255 bytes"),
    ],
)
def test_a_name_stays_in_its_folder(name: str, why: str) -> None:
    """As `name` and as key, and the message says why."""
    assert name_problem(name) == why
    (message,) = said_of(web=with_file(ConfigFile(text="", name=name)))
    lines = message.split("\n")
    assert lines[0].startswith('`services.web.config_data["a.conf"]` has the file name ')
    assert lines[0].endswith(f", which {why}")
    assert lines[1] == "  written at test_config_data.py"
    assert lines[-1] == NAME_ADVICE
    (of_key,) = said_of(web=with_file(ConfigFile(text=""), key=name))
    assert of_key.split("\n")[0].endswith(f", which {why}")


@pytest.mark.parametrize("name", ["a", "a.conf", ".hidden", "a b", "a/b/c", "é" * 127, "-", "%n"])
def test_other_names_are_taken(name: str) -> None:
    """A name is a path on a disk and nothing else: blanks and specifiers mean themselves."""
    assert name_problem(name) == ""
    assert said_of(web=with_file(ConfigFile(text="", name=name))) == []


def test_a_text_is_one_that_a_file_can_hold() -> None:
    """Half of a character has no bytes; the message names it."""
    assert said_of(web=with_file(ConfigFile(text="a\ud800"))) == [
        '`services.web.config_data["a.conf"].text` has half of a character in it (U+D800), '
        "which no file can hold\n"
        "  found 'a\\ud800'\n"
        "  defined at test_config_data.py\n"
        '      assert said_of(web=with_file(ConfigFile(text="a\\ud800"))) == [\n'
        "  to fix: write a text without it"
    ]


def test_a_file_that_is_switched_off_may_be_unfinished() -> None:
    """What is not made needs no content and no good name."""
    assert said_of(web=with_file(ConfigFile(enable=False, name="../x"))) == []


def test_several_mistakes_come_at_once() -> None:
    """A bad name and no content are two."""
    assert len(said_of(web=with_file(ConfigFile(name="/x")))) == 2


def test_a_service_alone_is_named_by_its_class() -> None:
    """`HttpServer` becomes `http-server`."""

    class HttpServer(Server):
        pass

    assert said(lambda: check(evaluate(HttpServer()))) == []
    assert (
        evaluate(HttpServer()).config_data["server.conf"].path == f"{ROOT}/http-server/server.conf"
    )
