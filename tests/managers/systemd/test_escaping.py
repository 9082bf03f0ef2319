"""What `escaping` writes is what systemd, and a reader made from its manual, read back.

In: texts, hypothesis' and hand-picked. Out: verdicts. Refuses to know services and directives.
"""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from modsvc_dsl.managers.systemd.directives.table import load
from modsvc_dsl.managers.systemd.directives.values import render
from modsvc_dsl.managers.systemd.escaping import (
    LONGEST_VALUE,
    BadValue,
    environment_assignment,
    exec_line,
    line_problem,
    untrimmed,
    one_line,
    quoted,
    quoted_command,
)
from modsvc_dsl.services.values.argument_vector import LONGEST_ARGUMENT

needs_analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)

AWKWARD = [
    *("", " ", "  lead", "trail  ", "two words", '"quoted"', "it's", "back\\slash", "\\", '"'),
    *("100%", "%n", "%%", "%", "$HOME", "${HOME}", "$$", "cost $5", "$", "%$", "$%n", "$$$"),
    *(";", "\\;", ";;", "a;b", "; ", "#x", "[Service]", "line1\nline2", "\n", "tab\there", "\r\n"),
    *("é", "日本語", "😀", "\u00a0", "\u2028", "e\u0301", "\u202ertl", "\x01", "\x7f", "\x85"),
    *("-lead", "@at", ":colon", "+plus", "!bang", "!!two", "|pipe", "~home", "*", "?", "`x`"),
    *("\\n", "\\x41", "\\s", "'", "'\"'", "\U000e0001", "\ue000", "=", "A=B", "{}", "$(x)"),
]
writable = st.text(
    st.characters(codec="utf-8", exclude_characters="\0").filter(
        lambda c: not (0xFDD0 <= ord(c) <= 0xFDEF or ord(c) & 0xFFFE == 0xFFFE)
    )
)
spiced = st.one_of(
    writable,
    st.sampled_from(AWKWARD),
    st.text(st.sampled_from("%$\\\"'; \n\tnx0{}@-a"), max_size=12),
)
paths = st.one_of(
    st.just("/bin/app"),
    st.lists(
        st.text(st.sampled_from("ab.-%${} é@:;#"), min_size=1).filter(lambda n: n[-1] != "."),
        min_size=1,
        max_size=4,
    ).map(lambda names: "/" + "/".join(names)),
    st.sampled_from(["//a", "/a//b", "/a/./b", "/a/../b", "/a/${B}", "/a$$", "/-a", "/a$ //b"]),
)


def written(directive: str, value: str) -> str:
    """A value as the line of a directive of services has it."""
    (line,) = render(load(257).directive("Service", directive), value)
    return line


# --- A reader of its own, after systemd.service(5), "Command lines", and systemd.syntax(7)

ESCAPES = dict(zip("abfnrtvs\\\"'", "\a\b\f\n\r\t\v \\\"'", strict=True))


def read_words(line: str) -> list[str]:
    """Split at unquoted blanks, undo quotes and C escapes; refuse what the manual does not know."""
    words: list[str] = []
    word: bytearray | None = None
    quote = ""
    position = 0
    while position < len(line):
        character = line[position]
        position += 1
        if character == "\\":
            word = bytearray() if word is None else word
            position = read_escape(line, position, word)
        elif character == quote:
            quote = ""
        elif quote:
            assert word is not None
            word += character.encode()
        elif character in "\"'":
            quote, word = character, bytearray() if word is None else word
        elif character in " \t":
            if word is not None:
                words.append(word.decode())
            word = None
        else:
            word = (bytearray() if word is None else word) + character.encode()
    assert not quote, line
    return [*words, word.decode()] if word is not None else words


def read_escape(line: str, position: int, word: bytearray) -> int:
    if line[position] in ESCAPES:
        word += ESCAPES[line[position]].encode()
        return position + 1
    match = re.compile(r"x(\w\w)|u(\w{4})|U(\w{8})").match(line, position)
    assert match, line[position:]
    byte, short, wide = match.groups()
    word += bytes([int(byte, 16)]) if byte else chr(int(short or wide, 16)).encode()
    return match.end()


def expand_specifiers(word: str) -> str:
    """Every % must be one of a pair: anything else would be a specifier."""
    assert "%" not in word.replace("%%", ""), word
    return word.replace("%%", "%")


def expand_variables(word: str) -> str:
    """Every $ must be one of a pair: anything else could be a variable."""
    assert "$" not in word.replace("$$", ""), word
    return word.replace("$$", "$")


def read_command(line: str) -> tuple[str, list[str]]:
    """The path that is run, and the argument vector of the process."""
    outside = re.sub(r'"(?:\\.|[^"\\])*"', "quoted", line)
    assert not re.search(r"(^|\s);(\s|$)", outside), "a separate command"
    assert not line.startswith("#") and line_problem(line) is None
    words = [expand_specifiers(word) for word in read_words(line)]
    path = words[0].lstrip("-@:+!|")
    prefix = words[0][: len(words[0]) - len(path)]
    assert set(prefix) <= {"@", ":"}, line
    argv = words[1:] if "@" in prefix else [path, *words[1:]]
    return path, argv if ":" in prefix else [expand_variables(word) for word in argv]


@given(paths, st.lists(spiced, max_size=6))
@example("/ ; ", [";", " ; "])
def test_a_reader_of_the_manual_gets_the_arguments_back(path: str, arguments: list[str]) -> None:
    run, argv = read_command(written("ExecStart", exec_line([path, *arguments])))
    assert argv == [path, *arguments]
    assert os.path.normpath(run).lstrip("/") == os.path.normpath(path).lstrip("/")


WORDS = st.text("abcXYZ019/._-+,:=@%$;\n \"'\\é\0", max_size=6)


@given(WORDS.map("/".__add__), st.lists(st.one_of(WORDS, st.text("ab/.-=@", min_size=1))))
def test_plain_commands_are_written_as_the_long_way_would(path: str, arguments: list[str]) -> None:
    def said(write: Callable[[list[str]], str]) -> str:
        try:
            return write([path, *arguments])
        except BadValue as bad:
            return str(bad)

    assert said(exec_line) == said(quoted_command)


@given(st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,9}", fullmatch=True), spiced)
def test_a_reader_of_the_manual_gets_the_variable_back(name: str, value: str) -> None:
    line = written("Environment", environment_assignment(name, value))
    assert line_problem(line) is None
    assert [expand_specifiers(word) for word in read_words(line)] == [f"{name}={value}"]


@given(spiced)
def test_quoting_keeps_the_characters(word: str) -> None:
    assert read_words(quoted(word)) == [word]


# --- systemd itself: with debug messages, verify prints what its parser made of a unit


def parsed_by_systemd(folder: Path, lines: list[str]) -> tuple[str, str]:
    """What systemd read (its dump) and what it complained about, for one [Service]."""
    unit = folder / "escaping.service"
    unit.write_text("\n".join(["[Service]", "Type=oneshot", *lines]) + "\n", encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit)],
        env={**environment, "SYSTEMD_LOG_LEVEL": "debug", "SYSTEMD_LOG_TARGET": "console"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    complaints = [
        line
        for line in result.stderr.decode(errors="replace").split("\n")
        if re.search(r"escaping\.service:\d+:", line)
    ]
    return result.stdout.decode(errors="surrogateescape"), "\n".join(complaints)


def read_dumped_words(text: str) -> list[str]:
    """The words of a "Command Line:" in the dump, which is quoted for a shell."""
    return read_words(re.sub(r"\\([0-7]{3}|.)", _escape_of_a_shell, text))


def _escape_of_a_shell(match: re.Match[str]) -> str:
    """What the reader of units knows for an escape of the dump's: a pair of backslashes stays."""
    if match[1].isdigit():
        return f"\\x{int(match[1], 8):02x}"
    return match[1] if match[1] in "$`!" else match[0]


@pytest.mark.needs_systemd
@needs_analyze
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(commands=st.lists(st.lists(spiced, max_size=5), min_size=20, max_size=60))
def test_systemd_reads_the_same_arguments(
    tmp_path_factory: pytest.TempPathFactory, commands: list[list[str]]
) -> None:
    commands = [["/bin/true", *arguments] for arguments in [*commands, AWKWARD]]
    folder = tmp_path_factory.mktemp("units")
    lines = [f"ExecStart={written('ExecStart', exec_line(c))}" for c in commands]
    dump, complaints = parsed_by_systemd(folder, lines)
    assert not complaints
    dumped = [match[1] for match in re.finditer(r"\n\t*Command Line: (.*)(?=\n)", dump)]
    # `!!` and the like are no shell quoting: words are compared after their dollars are undoubled.
    assert [[expand_variables(w) for w in read_dumped_words(d)] for d in dumped] == commands


@pytest.mark.needs_systemd
@needs_analyze
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values=st.lists(spiced, min_size=20, max_size=60))
def test_systemd_reads_the_same_environment(
    tmp_path_factory: pytest.TempPathFactory, values: list[str]
) -> None:
    variables = {f"V{n}_": value for n, value in enumerate([*values, *AWKWARD])}
    assigned = [environment_assignment(n, v) for n, v in variables.items()]
    lines = [f"Environment={written('Environment', each)}" for each in assigned]
    folder = tmp_path_factory.mktemp("units")
    dump, complaints = parsed_by_systemd(folder, [*lines, "Environment=END_=1", "ExecStart=/x"])
    assert not complaints
    read = dump.split("\n\t\tEnvironment: ")[1:]
    assert read.pop().startswith("END_=1\n")
    assert dict(assignment.split("=", 1) for assignment in read) == variables


@pytest.mark.needs_systemd
@needs_analyze
@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/bin//echo", "@/bin/echo /bin//echo $$HOME"),
        ("/bin/./echo", "@/bin/echo /bin/./echo $$HOME"),
        ("/bin/${x}", ":/bin/${x} $HOME"),
        ("/bin//a$b%c", "@:/bin/a$b%%c /bin//a$b%%c $HOME"),
        ("/opt/my app", '"/opt/my app" $$HOME'),
        ("/-@:+!", "/-@:+! $$HOME"),
    ],
)
def test_unusual_paths_get_a_prefix_that_keeps_them(path: str, line: str, tmp_path: Path) -> None:
    assert written("ExecStart", exec_line([path, "$HOME"])) == line
    dump, complaints = parsed_by_systemd(tmp_path, [f"ExecStart={line}"])
    assert not complaints
    found = re.search(r"Command Line: (.*)", dump)
    words = read_dumped_words(found[1]) if found else []
    if ":" not in line.split("/")[0]:
        words = [expand_variables(word) for word in words]
    assert words == [path, "$HOME"]


@pytest.mark.needs_systemd
@needs_analyze
@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/bin/a'b", "special characters"),
        ('/bin/a"b', "special characters"),
        ("/bin/a\\\\b", "special characters"),
        ("/bin/", "directory"),
        ("bin/echo", "Neither a valid executable name nor an absolute path"),
        ("/" + "x" * 256, "Neither a valid executable name nor an absolute path"),
    ],
)
def test_paths_refused_here_are_refused_by_systemd(
    path: str, complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(BadValue):
        exec_line([path.replace("\\\\", "\\")])
    written = path.replace("'", "\\'").replace('"', '\\"')
    assert complaint in parsed_by_systemd(tmp_path, [f"ExecStart={written}"])[1]


# --- What is refused, in words


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ([], "command is [], not a list of arguments; write a list such as"),
        ("/bin/ls -l", "command is '/bin/ls -l', not a list of arguments"),
        (["ls"], "argument 0 (the executable) is 'ls', no absolute path; write it from the / on"),
        ([""], "argument 0 (the executable) is '', no absolute path"),
        (["-/bin/ls"], "is '-/bin/ls', no absolute path"),
        (["/bin/"], "argument 0 (the executable) is '/bin/', a directory"),
        (["/bin/."], "a directory"),
        (["/"], "a directory"),
        (["/bin/a\nb"], "systemd runs no path with U+000A (line feed)"),
        (["/bin/a\\b"], "systemd runs no path with '\\\\' (U+005C)"),
        (["/a" * 2048], "longer than Linux allows a path"),
        (["/bin/a", "x\0y"], "argument 1 is 'x\\x00y', and its character 1 is U+0000 (NUL)"),
        (["/bin/a", "\ud800"], "U+D800; write real characters: UTF-8 cannot encode half a pair"),
        (["/bin/a", "\ufffe"], "U+FFFE; remove it: systemd takes no noncharacters"),
        (["/bin/a", "\U0010ffff"], "U+10FFFF"),
        (["/bin/a", 80], "argument 1 is 80, no string"),
        (["/bin/a", "x" * (LONGEST_ARGUMENT + 1)], "argument 1 has 131072 bytes"),
        (["/bin/a", *["\x01" * 100_000] * 3], "command has 1200015 bytes"),
    ],
)
def test_commands_no_unit_can_express(argv: list[str], message: str) -> None:
    with pytest.raises(BadValue) as caught:
        exec_line(argv)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["", "1A", "A-B", "A B", "A=B", "É", "A\n", "A%n", "$A"])
def test_names_of_variables(name: str) -> None:
    with pytest.raises(
        BadValue, match="has a name that systemd ignores; use letters, digits and _"
    ):
        environment_assignment(name, "x")


@pytest.mark.parametrize("value", ["\0", "a\udc80", "\ufdd0", "x" * LONGEST_ARGUMENT])
def test_values_no_environment_holds(value: str) -> None:
    with pytest.raises(BadValue, match="environment variable A "):
        environment_assignment("A", value)


BREAKING = ["\n", "\r", "\0", "\x0b", "\x0c", "\x1c", "\x1e", "\x7f", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("character", [*BREAKING, "\x1b", "\ud800", "\ufffe"])
def test_a_value_cannot_leave_its_line(character: str) -> None:
    text = f"a{character}ExecStart=/bin/evil"
    with pytest.raises(BadValue, match=f"its character 1 is U\\+{ord(character):04X}"):
        one_line(text)
    with pytest.raises(BadValue):
        untrimmed(text)


@given(st.text())
def test_a_value_that_passes_is_one_line_for_every_reader(text: str) -> None:
    if line_problem(text) is None:
        assert one_line(text) == text
        assert len(f"Key={text}".splitlines()) == 1
        assert "\0" not in text
        text.encode()


@pytest.mark.parametrize(("text", "joins"), [("a\\", True), ("a\\\\", False), ("\\\\\\", True)])
def test_a_backslash_at_the_end(text: str, joins: bool, tmp_path: Path) -> None:
    assert (line_problem(text) is not None) == joins
    if shutil.which("systemd-analyze"):
        lines = ["ExecStart=/bin/true", f"SyslogIdentifier={text}", "Unknown=1"]
        assert ("Unknown" not in parsed_by_systemd(tmp_path, lines)[1]) == joins


def test_a_long_value() -> None:
    assert line_problem("é" * (LONGEST_VALUE // 2)) is None
    problem = line_problem("é" * (LONGEST_VALUE // 2 + 1))
    assert problem is not None and "longer than" in problem[0]


def test_literals() -> None:
    assert untrimmed("100% of\t%n $X 'q'") == "100% of\t%n $X 'q'"
    assert untrimmed("") == ""
    for text in (" a", "a ", "\ta"):
        with pytest.raises(BadValue, match="with blanks at an end; write it without them"):
            untrimmed(text, "description")


def test_a_bad_value_is_data() -> None:
    with pytest.raises(BadValue) as caught:
        untrimmed("a\nb", "Description")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (copy.what, copy.found, copy.instead) == (
        caught.value.what,
        caught.value.found,
        caught.value.instead,
    )
    assert str(copy).startswith("Description is 'a\\nb', and its character 1 is U+000A (line feed)")
