"""The files of a host while they are made: each path has one owner."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from modsvc_dsl import ConfigFile, Host, Process, Service, evaluate
from modsvc_dsl.managers.files import FileAndFolder, Files, SameFile
from modsvc_dsl.managers.tree import File
from tests.services.saying import ARGV, running


def services(**written: Service) -> Any:
    """The results of services on a host."""
    return evaluate(Host(services=written)).services


def with_files(**files: ConfigFile) -> Service:
    """A service with config files."""
    return Service(process=Process(argv=ARGV), config_data=files)


def test_a_path_is_given_once() -> None:
    """The second one is told, and the first one stays."""
    files, found = Files(), services(a=running(), b=running())
    assert files.add("etc/x", File(b"1"), found["a"])
    assert not files.add("etc/x", File(b"2"), found["b"])
    assert not files.add("etc/x", File(b"3"), found["a"])
    emitted = files.emitted()
    assert dict(emitted.files) == {"etc/x": File(b"1")}
    assert [type(mistake) for mistake in emitted.mistakes] == [SameFile, SameFile]
    assert emitted.mistakes[0].path == ("services", "b")


def test_config_files_are_texts_or_sources() -> None:
    """A source is read by the build; what is switched off is not there."""
    service = with_files(
        a=ConfigFile(text="é\n"), b=ConfigFile(source=Path("b.conf")), c=ConfigFile(enable=False)
    )
    files = Files()
    files.add_config(services(web=service)["web"])
    emitted = files.emitted(["a note"])
    (file,) = emitted.files.values()
    assert isinstance(file, File) and file.content == "é\n".encode() and file.service == ("web",)
    (source,) = emitted.sources
    assert (source.path, source.target) == ("etc/system-services/web/b", "b.conf")
    assert source.place.locate().file == __file__
    assert emitted.notes == ("a note",)


def test_a_source_is_where_it_was_said() -> None:
    """Not where another module speaks of the same file."""

    class Sourced(Service):
        process = Process(argv=ARGV)
        config_data = {"a": ConfigFile(source=Path("beside.conf"))}

    record: Any = Sourced.__module_record__
    line = record.place.locate().line
    more = Service(config_data={"a": ConfigFile(name="other.conf")})
    files = Files()
    files.add_config(services(web=Sourced(imports=[more]))["web"])
    (source,) = files.emitted().sources
    assert source.path == "etc/system-services/web/other.conf"
    assert source.place.locate().line == line + 2


def test_paths_come_in_order() -> None:
    """Whoever made them first."""
    files, found = Files(), services(a=running())
    for path in ("z", "a/b", "m"):
        files.add(path, File(b""), found["a"])
    assert list(files.emitted().files) == ["a/b", "m", "z"]


def test_a_file_is_no_folder() -> None:
    """However deep the other file lies, and whichever came first."""
    files, found = Files(), services(a=running(), b=running())
    files.add("etc/a/b/c", File(b""), found["a"])
    files.add("etc/a", File(b""), found["b"])
    (mistake,) = files.emitted().mistakes
    assert type(mistake) is FileAndFolder
    assert str(mistake).startswith(
        "`services.b` makes the file etc/a, and `services.a` a file below it\n"
    )
