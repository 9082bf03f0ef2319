"""Annotations of a Python that makes them when asked (3.14), whose names may come later."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, ForwardRef

import pytest

from modsvc_dsl import Module, evaluate, option
from modsvc_dsl.language.declaration.body import Body
from modsvc_dsl.language.declaration.module import ModuleMeta
from modsvc_dsl.language.provenance import call_site

PYTHON = "python3.14"

LATER = """
from typing import Optional, Union
from modsvc_dsl import Module, SubmoduleOf, check, evaluate, option

class Site(Module):
    name: Later = option()
    tls: SubmoduleOf[Tls] = option()
    others: dict[str, Tls] = option()
    port: Union[int, str] = option(default=80)
    log: Optional[Later] = option(default=None)

class Tls(Module):
    enable: bool = option(default=False)

Later = str

def inside():
    class Inner(Module):
        number: int = option(default=3)

    class Outer(Module):
        inner: Inner = option()
        inners: list[Inner] = option()

    return check(evaluate(Outer(inner=Inner(number=5), inners=[Inner()])))

site = check(evaluate(Site(name="a", others={"b": Tls(enable=True)})))
print(site.name, site.tls.enable, site.others["b"].enable, site.port, site.log)
print(inside().inner.number, inside().inners[0].number)
"""


def test_names_that_come_later(tmp_path: Path) -> None:
    """Also where an alias, such as SubmoduleOf, has taken the name apart."""
    python = shutil.which(PYTHON)
    if python is None or subprocess.run([python, "--version"], capture_output=True).returncode:
        pytest.skip(f"no {PYTHON} is here")
    (tmp_path / "later.py").write_text(LATER)
    root = str(Path(__file__).parents[3])
    command, env = [python, str(tmp_path / "later.py")], {"PYTHONPATH": root}
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    assert done.stdout == "a False True 80 None\n5 3\n", done.stderr


class Format(Enum):
    """What `annotationlib` can be asked for."""

    FORWARDREF = 1
    STRING = 2


def test_text_stands_for_what_has_a_later_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others stay the objects that they are: their text could not be read again."""
    known = Annotated[int, lambda: "no text of a function can be read"]
    made = {
        Format.FORWARDREF: {"a": known, "b": Annotated[ForwardRef("*Later.odd"), "mark"]},
        Format.STRING: {"a": "unreadable", "b": "list[int]"},
    }

    def call(annotate: Callable[[Format], dict[str, Any]], asked: Format) -> dict[str, Any]:
        return annotate(asked)

    library = ModuleType("annotationlib")
    vars(library).update(Format=Format, call_annotate_function=call)
    monkeypatch.setitem(sys.modules, "annotationlib", library)
    body = Body.of(
        {"a": option(default=1), "b": option(), "__annotate_func__": made.__getitem__}, call_site(0)
    )
    made_class: Any = ModuleMeta("Made", (Module,), body)
    result = evaluate(made_class(b=[2]))
    assert (result.a, result.b) == (1, [2])
