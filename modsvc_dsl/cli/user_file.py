"""A user's file, loaded as a module of its own.

In: `FILE.py` or `FILE.py:NAME` as written on a command line. Out: the module, or a `Failure` that
shows the user's own frames and nobody else's. Refuses to know what the module is wanted for.

The file is compiled from its text each time: the cache of compiled modules tells versions of a file
apart by size and full seconds, so that an edit in the second of the last build could be missed.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

from ..language.errors import Mistake, Mistakes, Report
from ..language.provenance import Location, is_foreign, is_installed, is_ours
from ..language.words import did_you_mean, nearest
from ..report import near
from .exits import Exit, Failure

if TYPE_CHECKING:
    from traceback import FrameSummary, TracebackException

_NO_CODE = (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError)
"""What `compile` raises for text that is no Python, or that is too much of it."""


def split(text: str) -> tuple[str, str | None]:
    """`FILE.py:NAME` as file and name; a file whose own name holds a colon is found as it is.

    Raises Failure where NAME is none.
    """
    file, colon, name = text.rpartition(":")
    if not colon or os.path.exists(text):
        return text, None
    if name.isidentifier():
        return file, name
    if not os.path.exists(file):
        return text, None
    what = f"{name!r} is no name that {file} could give to anything"
    advice = f"write {file}:NAME, or leave :{name} out"
    raise Failure(Exit.USAGE, Report(what, advice=(advice,)))


def load(file: str) -> ModuleType:
    """The module that a file makes.

    It is in `sys.modules` by the file's own name where that is free, never as `__main__`. Imports
    are looked for in its folder before installed packages, and after Python's own modules: a
    neighbour called `json.py` would else be what this package imports as `json`. Raises Failure,
    and the Mistake or Mistakes of modules that the file declares wrongly.
    """
    path = Path(os.path.realpath(file))
    code = _compiled(path, _text(path, file))
    name = _free_name(path)
    spec = importlib.util.spec_from_file_location(
        name, path, loader=SourceFileLoader(name, str(path))
    )
    assert spec is not None  # there is a loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(_behind_pythons(sys.path), str(path.parent))
    try:
        exec(code, module.__dict__)
    except (Mistake, Mistakes) as mistake:
        raise located(mistake) from None
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit and its like are the file's own doing, too
        what = f"{near(str(path))} could not be loaded"
        raise Failure(Exit.UNLOADABLE, Report(what, advice=_advice(error)), trace(error)) from error
    return module


def _text(path: Path, file: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        if path.is_dir():
            what, advice = f"{file} is a folder", _files_in(path)
        elif isinstance(error, FileNotFoundError):
            what, advice = f"{file} does not exist", _like(path)
        else:
            what, advice = f"{file} cannot be read: {error.strerror or error}", ""
        raise Failure(Exit.UNLOADABLE, Report(what, advice=(advice,))) from error


def _files_in(folder: Path) -> str:
    names = sorted(entry.name for entry in folder.iterdir() if entry.suffix == ".py")
    if not names:
        return "name a Python file"
    return f"name a Python file in it, such as {near(str(folder / names[0]))}"


def _like(path: Path) -> str:
    """The file that may have been meant."""
    if not path.parent.is_dir():
        return f"there is no folder {near(str(path.parent))} either"
    names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    found = nearest(path.name, names, limit=1)
    return f"did you mean {near(str(path.parent / found[0]))}?" if found else ""


def _compiled(path: Path, text: bytes) -> CodeType:
    try:
        return compile(text, str(path), "exec", dont_inherit=True)
    except _NO_CODE as error:
        what = f"{near(str(path))} is not valid Python"
        raise Failure(Exit.UNLOADABLE, Report(what), trace(error)) from error


def _free_name(path: Path) -> str:
    """The name of the module: the file's, unless it is no name or means something else already."""
    name = path.stem
    taken = name in sys.modules or name in sys.stdlib_module_names
    return name if name.isidentifier() and not taken else f"modsvc file {path}"


def _behind_pythons(search: Sequence[str]) -> int:
    """The index behind Python's own folders in a search path, before those of packages."""
    installed = ("site-packages", "dist-packages")
    found = (n for n, each in enumerate(search) if os.path.basename(each) in installed)
    return next(found, len(search))


def _advice(error: BaseException) -> tuple[str, ...]:
    """What to write instead, for errors that are made again and again."""
    if not isinstance(error, ImportError):
        return ()
    if "relative import" in str(error):
        return ("the file is a module of its own: import its neighbours by their plain names",)
    missing = re.match("cannot import name '(\\w+)' from 'modsvc_dsl'", str(error))
    if missing is None:
        return ()
    from modsvc_dsl import __all__ as names

    return (did_you_mean(missing[1], names),)


def located(mistake: Mistake | Mistakes) -> Mistake | Mistakes:
    """A mistake that names no place, with the user's line that was running when it was made."""
    if isinstance(mistake, Mistakes) or mistake.report().places:
        return mistake
    frame = last_users_frame(mistake)
    if frame is None:
        return mistake
    report = mistake.report()
    places = (("raised", frame),)
    return Mistake(Report(report.headline, report.found, places, report.advice), mistake.path)


def last_users_frame(error: BaseException) -> Location | None:
    """Where in the user's files an error passed last."""
    import traceback

    passed = traceback.walk_tb(error.__traceback__)
    frames = [Location(frame.f_code.co_filename, line) for frame, line in passed]
    return next((each for each in reversed(frames) if is_users(each.file)), None)


def trace(error: BaseException) -> str:
    """Python's traceback of an error without the frames that are not the user's.

    With MODSVC_TRACE=1 in the environment it is whole.
    """
    import traceback

    told = traceback.TracebackException.from_exception(error)
    whole = os.environ.get("MODSVC_TRACE") == "1"
    if not whole:
        _trim(told)
    chained = told.__cause__ is not None or told.__context__ is not None
    lines = told.format_exception_only() if not told.stack and not chained else told.format()
    text = "".join(lines).rstrip("\n")
    return text if whole else _without_files(text, error)


def is_users(file: str) -> bool:
    """Is a source file neither ours, nor Python's, nor one of the library that calls the verbs?"""
    import click

    return not is_foreign(file) and not file.startswith(os.path.dirname(click.__file__) + os.sep)


def _trim(told: TracebackException) -> None:
    """Leave the user's frames only, in an error and in all that it is chained to.

    Those of installed packages stay only where there are no others.
    """
    from traceback import StackSummary

    frames = [each for each in told.stack if is_users(each.filename)]
    own = [each for each in frames if not is_installed(each.filename)]
    told.stack = StackSummary.from_list([_seen_from_here(each) for each in own or frames])
    if isinstance(getattr(told, "filename", None), str):  # that of a syntax error
        told.filename = near(told.filename)
    for each in (told.__cause__, told.__context__, *(told.exceptions or ())):
        if each is not None:
            _trim(each)


def _seen_from_here(frame: FrameSummary) -> FrameSummary:
    """A frame whose file is named as the other messages name it. Its line is read before."""
    if frame.line is not None:
        frame.filename = near(frame.filename)
    return frame


def _without_files(text: str, error: BaseException | None) -> str:
    """A traceback in which no import that fails names the file of somebody else's package."""
    while error is not None:
        file = error.path if isinstance(error, ImportError) else None
        if file and (is_foreign(file) or is_installed(file)):
            text = text.replace(f" ({file})", "")
        error = error.__cause__ or error.__context__
    return text


def raised_by_user(error: BaseException) -> bool:
    """Was it the user's code that raised an error, itself or in a library that it called?"""
    import traceback

    files = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]
    last = next((each for each in reversed(files) if is_ours(each) or is_users(each)), None)
    return last is not None and not is_ours(last)
