"""How a user's file is loaded: as a module of its own, beside its neighbours.

In: files that ask what they are. Out: what they see. Refuses to know what the command does with them.
"""

from __future__ import annotations

import pytest

from tests.cli.modsvc import Modsvc

HOST = """
from modsvc_dsl import Host, Process, Service, option


class Web(Service):
    text: str = option(default="")
    process = Process(argv=["/bin/true"])


def host_of(text: str) -> Host:
    return Host(services={"web": Web(text=text)})
"""


def shown(modsvc: Modsvc, text: str, file: str = "site_of_mine.py") -> str:
    """What the expression that a file ends with was, when it was loaded."""
    modsvc.write(file, f"{HOST}\n{text}")
    ended = modsvc.run("show", file, "web.text")
    assert ended.err == ""
    return ended.out.rstrip("\n")


def test_a_file_is_never_the_main_module(modsvc: Modsvc) -> None:
    """What stands behind `if __name__ == "__main__"` does not run."""
    text = 'host = host_of(__name__)\nif __name__ == "__main__":\n    raise SystemExit("ran")\n'
    assert shown(modsvc, text) == "site_of_mine"


@pytest.mark.parametrize("file", ["json.py", "sys.py", "click.py", "two words.py", "class.py"])
def test_a_file_whose_name_is_taken_gets_another(modsvc: Modsvc, file: str) -> None:
    """Neither a module that is loaded, nor one of Python's, nor a name that is none is hidden."""
    text = "import sys\nhost = host_of(str(sys.modules[__name__].__dict__ is globals()))"
    assert shown(modsvc, text, file) == "True"


def test_a_files_neighbours_can_be_imported(modsvc: Modsvc) -> None:
    """From its own folder, wherever the command runs; and they import it back as the same module."""
    modsvc.write("sites/ports.py", "import main_site\nWEB = 80\nSAME = main_site.ports is None\n")
    text = "ports = None\nimport ports\nhost = host_of(f'{ports.WEB} {ports.SAME}')\n"
    assert shown(modsvc, text, "sites/main_site.py") == "80 True"


def test_a_neighbour_called_as_a_module_of_pythons_harms_nobody(modsvc: Modsvc) -> None:
    """What this package imports later is Python's."""
    for name in ("json", "ast", "subprocess", "tempfile", "linecache", "dataclasses", "hashlib"):
        modsvc.write(f"{name}.py", "raise RuntimeError('not Python')\n")
    modsvc.write("web.py", f"{HOST}\nhost = host_of('')\n")
    for arguments in (["build", "web.py", "--out", "out"], ["check", "web.py"]):
        assert modsvc.run(*arguments).code == 0
    assert modsvc.run("explain", "web.py", "web.text", "--json").code == 0


def test_a_file_behind_a_link_has_the_neighbours_of_the_real_one(modsvc: Modsvc) -> None:
    """As when Python runs it."""
    modsvc.write("real/ports.py", "WEB = 80\n")
    modsvc.write("real/web.py", HOST + "import ports\nhost = host_of(str(ports.WEB))\n")
    (modsvc.folder / "link.py").symlink_to("real/web.py")
    assert modsvc.run("show", "link.py", "web.text").out == "80\n"


def test_classes_of_a_file_can_be_pickled(modsvc: Modsvc) -> None:
    """Their module is found by its name."""
    text = "import pickle\nhost = host_of(str(pickle.loads(pickle.dumps(Web)) is Web))"
    assert shown(modsvc, text) == "True"


def test_postponed_annotations_are_understood(modsvc: Modsvc) -> None:
    """Names in annotations are those of the file."""
    text = f"from __future__ import annotations\n{HOST}\nhost = host_of('here')\n"
    modsvc.write("web.py", text)
    assert modsvc.run("show", "web.py", "web.text").out == "here\n"


def test_a_file_may_have_a_colon_in_its_name(modsvc: Modsvc) -> None:
    """What exists as it is written is the file; a NAME comes after its last colon."""
    assert shown(modsvc, "host = host_of('colon')", "a:host") == "colon"
    modsvc.write("b:c.py", HOST + "one = host_of('one')\ntwo = host_of('two')\n")
    assert modsvc.run("show", "b:c.py:two", "web.text").out == "two\n"


def test_a_whole_traceback_can_be_asked_for(modsvc: Modsvc) -> None:
    """With MODSVC_TRACE=1 the frames that called the user's are shown, too."""
    modsvc.write("web.py", "import json\njson.loads('{')\n")
    trimmed = modsvc.run("show", "web.py")
    whole = modsvc.run("show", "web.py", environment={"MODSVC_TRACE": "1"})
    assert trimmed.code == whole.code == 3
    assert "decoder.py" not in trimmed.err
    assert 'json/decoder.py", line' in whole.err


def test_all_errors_of_a_group_are_trimmed(modsvc: Modsvc) -> None:
    """Every error in it keeps the user's frames only, and their chains do."""
    modsvc.write(
        "web.py",
        "import json\n"
        "def read(text):\n"
        "    try:\n"
        "        json.loads(text)\n"
        "    except ValueError as error:\n"
        "        return error\n"
        "raise ExceptionGroup('two', [read('{'), read('[')])\n",
    )
    ended = modsvc.run("show", "web.py")
    assert ended.code == 3
    assert "decoder.py" not in ended.err
    assert ended.err.count("line 4, in read") == 2
