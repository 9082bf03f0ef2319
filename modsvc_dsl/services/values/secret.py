"""References to secrets.

In: paths and names. Out: `Secret`, which says where a secret lies and is plain data. Refuses to
read it, and to be written where a text stands: nothing here can show what nobody should see.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, Literal, NoReturn

from ...language.arguments import refuses_others
from ...language.definition import Definition
from ...language.provenance import call_site, users_line
from ...language.types.option_type import OptionType, Spot
from ...language.words import Path, show_path
from ..mistakes.secrets import BadSecret, NoPathOfSecret, NoSecret, SecretAsText
from ..placement import Unplaced
from .spelling import CREDENTIAL_NAME, USER_NAME, path_problem

Kind = Literal["file", "encrypted", "stored", "command"]


@refuses_others
@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """Where a secret lies. `secret_file` and its kin make them.

    `kind` is "file", "encrypted" (a file that only the host can read), "stored" (the host knows
    it by name) or "command" (a `CommandSecret`); `source` is the file's path, the name, or the
    program's path. In a service's `credentials`, `given_as`
    is where the process finds it, None where that cannot be known.
    """

    kind: Kind
    source: str
    given_as: str | None = field(default=None, compare=False)
    _option: str = field(default="", compare=False)
    _unplaced: Unplaced | None = field(default=None, compare=False)

    @property
    def path(self) -> str:
        """The file in which the process finds the secret. Raises NoPathOfSecret."""
        if self.given_as is not None:
            return self.given_as
        if self._unplaced is not None:
            why, advice = self._unplaced.why, self._unplaced.instead
        else:
            why = "no service has been given it"
            advice = 'write credentials={"name": ...} in the service, and read its path from there'
        raise NoPathOfSecret(self._option or repr(self), why, advice, users_line())

    def __as_text__(self) -> str:
        """What to write where a text is wanted."""
        if self._option:
            return "write .path behind it: the file in which the process finds the secret"
        return (
            'give it to the service with credentials={"name": ...}, and write'
            ' self.credentials["name"].path'
        )

    @classmethod
    def __option_type__(cls) -> OptionType:
        """The type of options that are annotated with it."""
        return SecretReference()

    def _refuse(self, *_: Any) -> NoReturn:
        raise SecretAsText(self._option or repr(self), self.__as_text__(), users_line())

    __str__ = __format__ = __fspath__ = __bytes__ = _refuse
    __add__ = __radd__ = __mod__ = __rmod__ = __truediv__ = __rtruediv__ = _refuse

    def __repr__(self) -> str:
        return f"{_MAKERS[self.kind]}({self.source!r})"


class SecretReference(OptionType):
    """A reference to a secret. What stands in its place is never shown: it may be the secret."""

    confidential = True

    def describe(self) -> str:
        return "a secret, as secret_file(...) makes one"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Secret)

    def demand(self, spot: Spot, definitions: Sequence[Definition]) -> None:
        wrong = [d for d in definitions if not isinstance(d.value, Secret)]
        if wrong:
            raise NoSecret(spot.path, wrong[0].value, [d.place for d in wrong])


_MAKERS: dict[Kind, str] = {
    "file": "secret_file",
    "encrypted": "encrypted_secret",
    "stored": "stored_secret",
    "command": "secret_command",
}
"""Kind -> the function that makes secrets of it."""


@dataclass(frozen=True, slots=True, repr=False)
class CommandSecret(Secret):
    """A secret that a command of the host writes to its standard output.

    `argv` is the command; `user` is whom it runs as, None for a user that is made for it alone.
    """

    argv: tuple[str, ...] = ()
    user: str | None = None

    def __repr__(self) -> str:
        user = "" if self.user is None else f", user={self.user!r}"
        return f"{_MAKERS[self.kind]}({[*self.argv]!r}{user})"


@refuses_others
def secret_file(path: str | PurePath) -> Secret:
    """A secret in a file that the host has, which its manager can read and the service need not.

    `path` is absolute. Raises BadSecret.
    """
    return Secret("file", _path(path, "secret_file", call_site(2)))


@refuses_others
def encrypted_secret(path: str | PurePath) -> Secret:
    """A secret in a file that was encrypted for the host, and under the name it is given by.

    It may lie beside public files: only the manager of that host decrypts it, when the service
    starts. `path` is absolute. Raises BadSecret.
    """
    return Secret("encrypted", _path(path, "encrypted_secret", call_site(2)))


@refuses_others
def stored_secret(name: str) -> Secret:
    """A secret that the host's manager has under a name: in its store, or given to it at boot.

    Raises BadSecret.
    """
    given: object = name
    if not isinstance(given, str) or not re.fullmatch(CREDENTIAL_NAME, given):
        advice = 'write the name that the host has it under: stored_secret("db-password")'
        raise BadSecret("stored_secret", "a name", given, "", advice, call_site(2))
    return Secret("stored", given)


@refuses_others
def secret_command(argv: list[str] | tuple[str, ...], *, user: str | None = None) -> Secret:
    """A secret that a command writes to its standard output, each time the service starts.

    `argv` is the absolute path of a program and its arguments, which are literal: there is no
    shell. It runs as `user`, by name or number, and root has to be written out; None: as a user
    that is made for it alone. It never runs in a build. Raises BadSecret.
    """
    place = call_site(2)
    given: object = argv
    fits = isinstance(given, (list, tuple)) and all(isinstance(each, str) for each in given)
    if not fits or not argv or not argv[0].startswith("/"):
        expected = "a list of strings that starts with the absolute path of a program"
        raise BadSecret("secret_command", expected, given, "", _COMMAND, place)
    if any("\0" in each for each in argv):
        why = "has a NUL in it, where a string ends"
        raise BadSecret("secret_command", "a list of strings", given, why, _COMMAND, place)
    named: object = user
    if named is not None and not (isinstance(named, str) and re.fullmatch(USER_NAME, named)):
        advice = f'write the user it runs as: {_COMMAND_CALL}, user="vault")'
        raise BadSecret("secret_command", "the name or number of a user", named, "", advice, place)
    return CommandSecret("command", argv[0], argv=tuple(argv), user=user)


_COMMAND_CALL = 'secret_command(["/usr/bin/pass", "show", "db"]'
_COMMAND = f"write the program by its absolute path, and its arguments: {_COMMAND_CALL})"


def _path(path: object, function: str, place: Any) -> str:
    advice = f'write where the file lies on the host: {function}("/etc/keys/db-password")'
    if not isinstance(path, (str, PurePath)):
        raise BadSecret(function, "an absolute path", path, "", advice, place)
    text = str(path)
    if not text.startswith("/"):
        raise BadSecret(function, "an absolute path", path, "", advice, place)
    why = path_problem(text)
    if why:
        raise BadSecret(function, "an absolute path", path, why, advice, place)
    return text


def handed_over(secret: Secret, option: Path, to: str | Unplaced) -> Secret:
    """A secret as the process of a service gets it."""
    name = show_path(option)
    if isinstance(to, Unplaced):
        return replace(secret, given_as=None, _option=name, _unplaced=to)
    return replace(secret, given_as=to, _option=name, _unplaced=None)
