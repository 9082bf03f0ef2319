"""The keywords of an instance."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import pytest

from modsvc_dsl import Module, force, module, option
from modsvc_dsl.language.evaluation.evaluate import evaluate
from modsvc_dsl.language.evaluation.history import history

from tests.language.mistakes import lines_of, mistake_of, mistakes_of
from tests.language.services import Host, Service, Web

ANY_WEB: Any = Web


def test_keywords_are_definitions() -> None:
    """With any property, each where it is written."""
    result = evaluate(Web(port=force(1), notes=["n"]))
    assert (result.port, result.notes) == (1, ["n"])
    assert history(result, "port")[0].location.file == __file__


def test_everything_wrong_in_one_call_comes_at_once() -> None:
    """Unknown names, positional values, options where values stand, what is no module."""
    found = mistakes_of(lambda: ANY_WEB(5, prot=1, port=option(default=1), imports=[3, Host()]))
    texts = [str(mistake) for mistake in found]
    assert len(texts) == 5
    assert "keyword arguments only" in texts[0] and "found 5" in texts[0]
    assert "did you mean `port`" in texts[1]
    assert "declares an option where a value stands" in texts[2]
    assert "no module" in texts[3] and "kind machine" in texts[4]


def test_the_line_is_that_of_the_argument() -> None:
    """In a call over several lines."""
    mistake = mistake_of(
        lambda: ANY_WEB(
            port=1,
            prot=2,
        )
    )
    (line,) = lines_of(mistake)
    assert "prot=2" in Path(__file__).read_text().splitlines()[line - 1]


@pytest.mark.parametrize("wrong", [Web, "x", None, {"a": 1}])
def test_imports_is_a_list(wrong: Any) -> None:
    """Of modules, and the message says how to write one."""
    assert "imports=[...]" in str(mistake_of(lambda: ANY_WEB(imports=wrong)))


def test_a_module_without_a_kind_goes_anywhere() -> None:
    """One of another kind does not."""
    plain = module("plain", definitions={"notes": ["p"]})
    assert evaluate(ANY_WEB(imports=[plain])).notes == ["p"]
    other = module("other", kind="machine")
    assert "of kind machine" in str(mistake_of(lambda: ANY_WEB(imports=[other])))


def test_an_instance_without_keywords_is_its_class() -> None:
    """And one instance may be imported by several others."""
    shared = Web(port=1)
    both = [evaluate(Service(imports=[shared]))[Web].port for _ in range(2)]
    assert both == [1, 1] and evaluate(Web()).port == 8000


def test_what_instances_of_a_class_imply_they_say_where_they_are_written() -> None:
    """A keyword says otherwise, and the class itself says nothing."""

    class Wish(Module):
        _implied: ClassVar[dict[str, Any]] = {"granted": True}
        granted: bool = option(default=False)

    class Holder(Module):
        wish: Wish = option()

    said = evaluate(Holder(wish=Wish()))
    assert said.wish.granted and history(said, "wish.granted")[0].location.file == __file__
    assert not evaluate(Holder(wish=Wish(granted=False))).wish.granted
    assert not evaluate(Holder()).wish.granted
