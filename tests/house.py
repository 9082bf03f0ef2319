"""A source tree, read as syntax: its files, and who imports whom.

In: a folder of Python files; nothing in it is imported or run. Out: a `House`. Refuses to know what
is allowed in a house: that is said by `house_rules`.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """One Python file: `name` dotted and relative to its `package` (empty for the `__init__`)."""

    package: str
    name: str
    path: str
    text: str
    tree: ast.Module
    is_package: bool

    @property
    def room(self) -> str:
        """The first part of the name: `language` for `language.merge`, empty for the facade."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, order=True)
class Import:
    """`importer` says on `line` that it needs `imported`; both are names of files of the house."""

    importer: str
    imported: str
    path: str
    line: int


@dataclass(frozen=True)
class House:
    """The Python files below the folder `package`, by their names relative to it."""

    package: str
    sources: Mapping[str, Source]

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Every import between files of the house, wherever it is written.

        An import inside a function or under `TYPE_CHECKING` is knowledge too, so it counts.
        """
        return tuple(sorted(set(self._imports())))

    def _imports(self) -> Iterator[Import]:
        for source in self.sources.values():
            for line, module, name in imported_names(source):
                target = self._file(module, name)
                if target is not None and target != source.name:
                    yield Import(source.name, target, source.path, line)

    def _file(self, module: str, name: str) -> str | None:
        """The file that `from module import name` reads, or None for one outside the house."""
        if module != self.package and not module.startswith(f"{self.package}."):
            return None
        inner = module[len(self.package) + 1 :]
        deeper = f"{inner}.{name}".lstrip(".")
        return next((each for each in (deeper, inner) if each in self.sources), None)


def read_house(root: Path, leave_out: Collection[str] = ()) -> House:
    """The house that stands in the folder `root` and is imported by that folder's name.

    `leave_out` holds paths relative to `root` whose files, or whose folders with all they hold, are
    no part of it. Raises SyntaxError for a file that is no Python.
    """
    sources: dict[str, Source] = {}
    for file in sorted(root.rglob("*.py")):
        relative = file.relative_to(root)
        if any(relative.is_relative_to(each) for each in leave_out):
            continue
        text = file.read_text(encoding="utf-8")
        is_package = file.name == "__init__.py"
        parts = relative.parent.parts if is_package else relative.with_suffix("").parts
        path = f"{root.name}/{relative.as_posix()}"
        tree = ast.parse(text, filename=path)
        name = ".".join(parts)
        sources[name] = Source(root.name, name, path, text, tree, is_package)
    return House(root.name, sources)


def python_folders(root: Path) -> list[str]:
    """The folders of the repository `root` with Python in them, but for what tools leave behind."""
    return sorted(
        folder.name
        for folder in root.iterdir()
        if folder.name not in ("build", "dist", "venv")
        and not folder.name.startswith(".")
        and any(folder.rglob("*.py"))
    )


def imported_names(source: Source) -> Iterator[tuple[int, str, str]]:
    """(line, absolute module, name) of each import in `source`; the name of `import x` is empty."""
    here = f"{source.package}.{source.name}".rstrip(".").split(".")
    if not source.is_package:
        here.pop()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, ""
        elif isinstance(node, ast.ImportFrom):
            start = here[: len(here) - node.level + 1] if node.level else []
            module = ".".join([*start, *filter(None, [node.module])])
            for alias in node.names:
                yield node.lineno, module, alias.name
