"""Why a tree was not written: errors with fields, and the words for them.

In: what was found on disk or in the trees. Out: exceptions, each with a headline (`what`),
details (`found`), the `paths` concerned and ways out (`fixes`); `str()` lays them out, one a
line. Refuses to know how any of it was found.
"""

from __future__ import annotations

from typing import NamedTuple
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

LISTED = 20
"""How many names one error lists before it says how many more there are."""


def shown(text: str | os.PathLike[str]) -> str:
    """`text` for one line of a message: what is not printable appears as its escape."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii")
        for c in os.fspath(text)
    )


def listed(lines: Sequence[str]) -> tuple[str, ...]:
    """The first `LISTED` of the lines, and how many more there are."""
    more = len(lines) - LISTED
    return (*lines[:LISTED], *([f"... and {more} more"] if more > 0 else []))


def counted(number: int, one: str, many: str) -> str:
    """`number` with the fitting form of its noun."""
    return f"{number} {one if number == 1 else many}"


class OutputError(Exception):
    """The trees were not published, and OUT is what it was before.

    The one exception to "as before" is `WriteFailed` with `stranded` set, which says so itself.
    """

    what: str
    found: tuple[str, ...]
    paths: tuple[Path, ...]
    fixes: tuple[str, ...]
    leftovers: tuple[Path, ...]
    """What the failed build had made beside OUT and could not remove."""

    def __init__(
        self,
        what: str,
        *,
        found: Iterable[str] = (),
        paths: Iterable[Path] = (),
        fixes: Iterable[str] = (),
    ) -> None:
        super().__init__(what)
        self.what = what
        self.found = tuple(found)
        self.paths = tuple(paths)
        self.fixes = tuple(fixes)
        self.leftovers = ()

    def __str__(self) -> str:
        lines = [self.what]
        lines += [f"    {line}" for line in self.found]
        lines += [f"    {shown(p)} is left over; the next build removes it" for p in self.leftovers]
        lines += [f"to fix: {line}" for line in self.fixes]
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        # Subclasses are made from their own arguments, not from `args`: the fields are what
        # crosses to another process.
        return _revived, (type(self), dict(self.__dict__))


def _revived(kind: type[OutputError], fields: dict[str, object]) -> OutputError:
    error = kind.__new__(kind)
    error.__dict__.update(fields)
    return error


# --- OUT itself ---------------------------------------------------------------------------


class ParentMissing(OutputError):
    """The folder in which OUT would lie does not exist, or is no folder."""

    def __init__(self, out: Path, parent: Path, *, exists: bool) -> None:
        state = "is not a folder" if exists else "does not exist"
        super().__init__(
            f"cannot build into {shown(out)}: {shown(parent)} {state}",
            paths=[parent],
            fixes=(
                [f"name a folder to build into below an existing one, not below {shown(parent)}"]
                if exists
                else [f"make it first (mkdir -p {quoted(parent)}), or correct --out"]
            ),
        )


class ParentNotWritable(OutputError):
    """Nothing can be made beside OUT: the new tree is written there before it is exchanged."""

    def __init__(self, out: Path, parent: Path, reason: str) -> None:
        super().__init__(
            f"cannot build into {shown(out)}: nothing can be written in {shown(parent)}",
            found=[f"{reason}; the new tree is made there, beside the old one, and exchanged"],
            paths=[parent],
            fixes=["build into a folder whose parent you may write to, or get that permission"],
        )


class OutIsNoFolder(OutputError):
    """Something other than a folder lies at OUT. `kind` is its name with an article."""

    def __init__(self, out: Path, kind: str) -> None:
        super().__init__(
            f"cannot build into {shown(out)}: it is {kind}, not a folder",
            paths=[out],
            fixes=["move it away, or build into another folder"],
        )


class OutIsLink(OutputError):
    """OUT is a symbolic link: an exchange would replace the link, not what it leads to."""

    def __init__(self, out: Path, leads_to: str) -> None:
        super().__init__(
            f"cannot build into {shown(out)}: it is a symbolic link",
            found=[
                f"it leads to {shown(leads_to)}; a build replaces the folder it is given,"
                " which would cut the link"
            ],
            paths=[out],
            fixes=["name the folder itself, or remove the link"],
        )


class OutIsForbidden(OutputError):
    """OUT is a folder that no build may replace. `why` says which one it is."""

    def __init__(self, out: Path, why: str) -> None:
        super().__init__(
            f"cannot build into {shown(out)}: it is {why}",
            found=["a build replaces the whole folder it is given"],
            paths=[out],
            fixes=["name a new folder, one that holds nothing but what is built into it"],
        )


class OutputBusy(OutputError):
    """Another build into the same OUT holds the lock."""

    def __init__(self, out: Path, lock: Path) -> None:
        super().__init__(
            f"cannot build into {shown(out)}: another build is writing there now",
            found=[f"it holds the lock {shown(lock)}"],
            paths=[lock],
            fixes=[
                f"wait until it has ended (fuser {quoted(lock)} names its process),"
                " or build into another folder"
            ],
        )


class LeftoverInTheWay(OutputError):
    """A name this build needs beside OUT is taken by something no build has made."""

    def __init__(self, out: Path, leftover: Path, kind: str) -> None:
        super().__init__(
            f"cannot build into {shown(out)}: {shown(leftover)} is in the way",
            found=[f"it is {kind}, which no build makes there"],
            paths=[leftover],
            fixes=["move it away"],
        )


class WriteFailed(OutputError):
    """The operating system refused a step.

    `doing` names the step. `stranded` is None where everything is as before the build, else the
    reason why that could not be brought about; what lay in OUT is then at `kept`, if set.
    """

    def __init__(
        self,
        out: Path,
        doing: str,
        error: OSError,
        stranded: str | None = None,
        kept: Path | None = None,
    ) -> None:
        self.out, self.doing, self.stranded, self.kept = out, doing, stranded, kept
        self.errno = error.errno
        where = error.filename if isinstance(error.filename, str) else None
        found = [reason(error) + (f": {shown(where)}" if where else "")]
        fix = "remove the cause and build again"
        if stranded is None:
            found.append(f"{shown(out)} is as it was before")
        else:
            found.append(f"{shown(out)} could not be put back either: {shown(stranded)}")
            found += [f"what lay there is at {shown(kept)}"] if kept else []
            fix += ": the next build first clears up after this one"
        super().__init__(
            f"cannot build into {shown(out)}: {doing} failed",
            found=found,
            paths=[Path(where)] if where else [],
            fixes=[fix],
        )


# --- what lies in OUT ---------------------------------------------------------------------


class Change(NamedTuple):
    """A file or link of ours that is not what was written.

    `path` is relative to OUT, `how` says what differs, `source` where its service is written
    (`file:line`), if that is known.
    """

    path: str
    how: str
    source: str | None = None

    def __str__(self) -> str:
        made = f" (built from {shown(self.source)})" if self.source else ""
        return f"{shown(self.path)}: {self.how}{made}"


class ForeignContent(OutputError):
    """OUT holds what no build wrote, or what was edited since; nothing of it was touched.

    `foreign` are paths relative to OUT, `changes` what was edited, `manifest` whether OUT has a
    manifest of ours at all.
    """

    def __init__(
        self, out: Path, foreign: Sequence[str], changes: Sequence[Change], *, manifest: bool
    ) -> None:
        self.out, self.manifest = out, manifest
        self.foreign, self.changes = tuple(sorted(foreign)), tuple(sorted(changes))
        parts: list[str] = []
        found: list[str] = []
        fixes: list[str] = []
        if self.changes:
            parts.append(counted(len(self.changes), "file was", "files were") + " changed by hand")
            found += listed([str(change) for change in self.changes])
            fixes += [
                "say it in the service's Python file, then delete the changed file here"
                " (deleted files are built again)",
                "to keep a changed file as it is, move it out of the folder",
            ]
        if self.foreign:
            n = counted(len(self.foreign), "thing in it was", "things in it were")
            parts.append(f"{n} not written by a build")
            found += listed([shown(path) for path in self.foreign])
            if not manifest:
                found.append("(the folder has no manifest.json: no build has written to it)")
            fixes.append("move what is not built out of the folder, or build into another one")
        super().__init__(
            f"cannot build into {shown(out)}: {', and '.join(parts)}",
            found=found,
            paths=[out / path for path in (*(c.path for c in self.changes), *self.foreign)],
            fixes=fixes,
        )


class ManifestBroken(OutputError):
    """The manifest in OUT does not read, so what belongs to us there is not known."""

    def __init__(self, path: Path, problem: str) -> None:
        self.problem = problem
        super().__init__(
            f"cannot tell what belongs to the last build: {shown(path)} is broken",
            found=[shown(problem)],
            paths=[path],
            fixes=[
                "put the manifest back as it was built (from version control or a backup)",
                f"or, if nothing in it is worth keeping, remove {shown(path.parent)} and build"
                " again",
            ],
        )


class ManifestNewer(OutputError):
    """The manifest in OUT is of a format that this version does not know."""

    def __init__(self, path: Path, version: int, known: int) -> None:
        self.version, self.known = version, known
        super().__init__(
            f"cannot tell what belongs to the last build: {shown(path)} was written by a newer"
            " modsvc",
            found=[f"it has format {version}; this modsvc reads formats up to {known}"],
            paths=[path],
            fixes=["build with the newer modsvc, or build into another folder"],
        )


# --- the trees ----------------------------------------------------------------------------


class Problem(NamedTuple):
    """What is wrong with one host (`path` is None) or one entry of its tree.

    `source` says where it was written (`file:line`), as far as that is known.
    """

    host: str
    path: str | None
    what: str
    instead: str
    source: str | None = None

    def __str__(self) -> str:
        place = f"host '{shown(self.host)}'"
        if self.path is not None:
            place += f", path '{shown(self.path)}'"
        made = f" (from {shown(self.source)})" if self.source else ""
        return f"{place}: {shown(self.what)}{made}"


class UnsafeTrees(OutputError):
    """Names, modes or links that would leave OUT or that no disk can hold. Nothing was written."""

    def __init__(self, out: Path, problems: Sequence[Problem]) -> None:
        self.out, self.problems = out, tuple(problems)
        n = counted(len(self.problems), "problem", "problems")
        super().__init__(
            f"cannot build into {shown(out)}: {n} in the trees, so nothing was written",
            found=listed([str(problem) for problem in self.problems]),
            fixes=sorted({problem.instead for problem in self.problems}),
        )


# --- words for the operating system's -----------------------------------------------------


def reason(error: OSError) -> str:
    """The operating system's own words for an error."""
    return error.strerror or str(error) or type(error).__name__


def quoted(path: Path) -> str:
    """`path` as one word of a shell command in a message."""
    text = shown(path)
    plain = all(c.isalnum() or c in "/._-+@%:," for c in text) and not text.startswith("-")
    return text if plain else "'" + text.replace("'", "'\\''") + "'"
