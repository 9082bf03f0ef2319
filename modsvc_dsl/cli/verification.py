"""`systemd-analyze verify` over the units of hosts.

In: the trees of hosts. Out: what the program finds, as `managers.systemd.findings` understands it.
Refuses to understand anything by itself. The program is at work on the next hosts, as many as there are
processors, while the command does something else.
"""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from ..managers.systemd.findings import Judge, Judgement, added_to, masked_units, units_of_tree
from ..managers.systemd.scope import SCOPES, SYSTEM, Scope
from ..managers.tree import Tree
from .systemd_analyze import (
    PROGRAM,
    Running,
    broken,
    in_memory,
    installed,
    surroundings,
    whose,
    write_units,
)


class Verification:
    """systemd-analyze, of the version `here`, at work on all units of a host's tree at once.

    Drop-ins are verified with the unit that they add to, where this machine has it. Where not, they
    are read beside an empty unit, which systemd takes for a masked one.
    """

    # Any: the result of a host, whose services are only known to the manager
    def __init__(self, tree: Tree, host: Any, here: int) -> None:
        self.tree, self.host, self.here = tree, host, here
        self._things = ExitStack()
        self._running: Running | None = None
        with ExitStack() as things:  # gone at once if the program does not start
            self._begin(things)
            self._things = things.pop_all()

    def _begin(self, things: ExitStack) -> None:
        tree, scope = self.tree, SCOPES[self.host.manager.scope]
        units, added = units_of_tree(tree, scope), added_to(tree, scope)
        masked = masked_units(tree, scope)
        if not units and not added and not masked:
            return
        top = tempfile.TemporaryDirectory(prefix="modsvc-", dir=in_memory())
        self.folder = write_units(tree, Path(things.enter_context(top)), scope)
        for unit in added:
            if not _packaged(unit, scope):
                (self.folder / unit).touch()
        paths = [_argument(self.folder, unit, self.here) for unit in (*units, *masked)]
        for unit in added:
            lies = (self.folder / unit).exists()
            paths.append(_argument(self.folder, unit, self.here) if lies else unit)
        command = [PROGRAM, *whose(scope), "verify", "--man=no", "--recursive-errors=no", *paths]
        self._running = things.enter_context(Running(command, surroundings(self.folder)))

    def judgement(self) -> Judgement:
        """What it found, once it is done.

        Raises Failure if it breaks down, or is not content for reasons that nobody understands.
        """
        if self._running is None:
            return Judgement()
        code, output, errors = self._running.ended()
        scope, version = SCOPES[self.host.manager.scope], self.host.manager.version
        said = output + errors
        judge = Judge(
            self.tree, self.host.services, str(self.folder), self.here, version, self.host, scope
        )
        judged = judge.judge(said)
        known = judged.findings or judged.lacking or judged.masked
        if code not in (0, 1) or (code == 1 and not known):
            raise broken(f"it ended with {code} and said: {(said.strip() or '(nothing)')[-400:]}")
        return judged

    def close(self) -> None:
        """Stop it if it is not done, and take its files away."""
        self._things.close()


class Verifications:
    """Those of many hosts. Raises Failure where one cannot begin.

    `version` is that of systemd-analyze, and None where nothing is verified: it is not here, or there is no host.
    """

    # Any: the results of hosts by name
    def __init__(self, trees: Mapping[str, Tree], hosts: Mapping[str, Any]) -> None:
        self.version = here = installed() if hosts else None
        able = () if here is None else hosts
        self._todo = ((name, Verification(trees[name], hosts[name], here or 0)) for name in able)
        self._begun: deque[tuple[str, Verification]] = deque()

    def __enter__(self) -> Verifications:
        with ExitStack() as things:  # those that have begun do not outlive one that cannot
            things.callback(self._close)
            self._begun += islice(self._todo, os.cpu_count() or 1)
            things.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def _close(self) -> None:
        for _name, verification in self._begun:
            verification.close()

    def judgements(self) -> Iterator[tuple[str, Judgement]]:
        """What was found, host by host; another host begins where one is done."""
        while self._begun:
            name, verification = self._begun[0]
            judged = verification.judgement()
            verification.close()
            self._begun.popleft()
            self._begun += islice(self._todo, 1)
            yield name, judged


HERE = ("/usr/local/lib/systemd", "/usr/lib/systemd", "/lib/systemd")
"""Where packages put their units (systemd.unit(5)), in a folder for each scope."""


def _packaged(unit: str, scope: Scope) -> str:
    """Where a package has put a unit on this machine, empty if none has."""
    places = (f"{folder}/{scope.name}/{unit}" for folder in HERE)
    return next((place for place in places if os.path.lexists(place)), "")


def replaced(tree: Tree, scope: Scope = SYSTEM) -> list[str]:
    """A note for each unit of a tree whose name a package has a unit of, on this machine."""
    found: list[str] = []
    for unit in units_of_tree(tree, scope):
        at = _packaged(unit, scope)
        if at:
            found.append(f"{unit} takes the place of {at}, which this machine has")
    return found


def _argument(folder: Path, unit: str, here: int) -> str:
    """A unit as the command takes it.

    Since 250 it reads `FILE:NAME`, and verifies a copy of the file that it gives the name. So a unit
    with a colon in its name is given by another file, and its name behind that.
    """
    if ":" not in unit or here < FIRST_WITH_NAMES:
        return str(folder / unit)
    other = folder / unit.replace(":", " ")  # no unit has a blank in its name
    other.symlink_to(unit)
    return f"{other}:{unit}"


FIRST_WITH_NAMES = 250
"""The version of systemd-analyze(1) that first takes `FILE:NAME`."""
