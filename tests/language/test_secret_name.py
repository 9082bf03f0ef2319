"""Which names sound like secrets, and what is not quoted because of them."""

from __future__ import annotations

import pytest

from modsvc_dsl import Mistake, Mistakes
from modsvc_dsl.language.secret_name import is_secret_name
from tests.language.mistakes import statements


@pytest.mark.parametrize(
    "name",
    ["password", "DB_PASSWORD", "dbPassword", "api-key", "access_key", "secrets", "GITHUB_TOKEN"],
)
def test_names_of_secrets(name: str) -> None:
    """Whole words, however they are joined."""
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["passive", "tokenizer", "password_file", "tokenTtl", "secret-path", "port", "", "compass"],
)
def test_names_of_something_else(name: str) -> None:
    """Parts of words, and what is about a secret."""
    assert not is_secret_name(name)


CLASSES = """
from modsvc_dsl import Module, Secret, evaluate, module, option


class Login(Module):
    phrase: Secret = option()


class Web(Module):
    entry: Secret = option()
    number: int = option(default=1)
    login: Login = option()
"""


@pytest.mark.parametrize(
    ("mistake", "quoted"),
    [
        ('Web(entri="hunter2")', False),  # meant for a secret
        ('Web(phrase="hunter2")', False),  # one further in
        ('Web(passwd="hunter2")', False),  # sounds like one
        ('evaluate(module("x", imports=[Web], definitions={"entri": "hunter2"}))["number"]', False),
        (
            'evaluate(module("x", imports=[Web], definitions={"phrase": "hunter2"}))["number"]',
            False,
        ),
        ('Web(entry="hunter2", numbr=1)', False),  # beside a secret
        ('Web(numbr="hunter2")', True),
        ('evaluate(module("x", imports=[Web], definitions={"numbr": "hunter2"}))["number"]', True),
    ],
)
def test_what_was_meant_for_a_secret_is_not_quoted(mistake: str, quoted: bool) -> None:
    """The place of an unknown name is told, and its line where nothing in it may be a secret."""
    with pytest.raises((Mistake, Mistakes)) as caught:
        statements(f"{CLASSES}\n\n{mistake}\n")
    assert "is no option of" in str(caught.value)
    assert ("hunter2" in str(caught.value)) == quoted


def test_an_annotation_that_means_nothing_hides_nothing() -> None:
    """Who reads the class is told of it; the mistake here is another."""
    with pytest.raises(Mistake, match="`entri` is no option of Web"):
        statements(
            "from modsvc_dsl import Module, option\n\n\n"
            "class Web(Module):\n    entry: 'Nothing' = option()\n\n\nWeb(entri=1)\n"
        )
