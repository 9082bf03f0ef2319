"""What the terminal shows: mistakes, warnings, values, histories, what a build changed.

In: reports and histories as data, values, what `output` did. Out: text in colour or plain, several
lines without the last line break. What came from a user's file cannot draw on the terminal: what is
not printable appears as its escape. Refuses to write anywhere, and to know which command asked.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import isfinite
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from .language.evaluation.configuration import json_data
from .language.errors import Mistake, Report
from .language.errors.report import MOST_PLACES, unquoted_in
from .language.frozen import NOTHING
from .language.evaluation.history import OptionFacts, Told
from .language.types.confidential import HIDDEN
from .language.provenance import PACKAGE, Location, is_ours, source_line
from .language.words import Path, show_path, show_value
from .output.errors import counted, shown

if TYPE_CHECKING:
    from .lints.rule import Finding
    from .managers.tree import Tree
    from .output.errors import OutputError
    from .output.publish import Published

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
"""Select Graphic Rendition, ECMA-48."""

_SAME = 3
"""How many other places of one mistake are named before the rest is counted."""

_LONGEST = 160
"""How many characters of a source line are shown."""


@dataclass(frozen=True, slots=True)
class Style:
    """Puts text into colours, or leaves it as it is."""

    colour: bool = False

    def __call__(self, text: str, *names: str) -> str:
        """`text` in the colours named, which are keys of `_CODES`."""
        if not self.colour or not text:
            return text
        return f"\x1b[{';'.join(_CODES[name] for name in names)}m{text}\x1b[0m"


PLAIN = Style()


def show_location(location: Location) -> str:
    """A place as the reader can open it: from the current folder if it lies below that."""
    if location.file == PACKAGE or is_ours(location.file):
        return PACKAGE
    return shown(str(location._replace(file=near(location.file))))


def near(file: str) -> str:
    """A file as seen from the current folder where it lies below that, else as it is."""
    try:
        here = os.getcwd()
    except FileNotFoundError:  # the folder was deleted: nothing lies below it
        return file
    inside = os.path.isabs(file) and file.startswith(os.path.join(here, ""))
    return os.path.relpath(file, here) if inside and here != os.sep else file


def inset(text: str) -> str:
    """A text of one or more lines, those after the first moved to the right."""
    return "\n    ".join(map(shown, text.splitlines()))


def show_report(
    report: Report,
    style: Style = PLAIN,
    kind: str = "error",
    unquoted: Collection[Location] = (),
) -> str:
    """A report with the source lines that it is about, but for those at the places `unquoted`.

    `kind` is its first word: "error".
    """
    colour = "yellow" if kind == "warning" else "red"
    lines = [f"{style(kind + ':', 'bold', colour)} {style(inset(report.headline), 'bold')}"]
    lines += [f"  {inset(text)}" for text in report.found]
    for label, location in report.places[:MOST_PLACES]:
        quoted = not report.unquoted and location not in unquoted
        lines += _place(label, location, style, quoted)
    if len(report.places) > MOST_PLACES:
        lines.append(f"  and {len(report.places) - MOST_PLACES} more places")
    lines += [f"  {style('to fix:', 'green')} {inset(text)}" for text in report.advice if text]
    return "\n".join(lines)


def _place(label: str, location: Location, style: Style, quoted: bool = True) -> list[str]:
    where = show_location(location)
    if where == PACKAGE:
        return [f"  {shown(label)} ({PACKAGE})"]
    lines = [f"  {shown(label)} at {style(where, 'cyan')}"]
    text = source_line(location) if quoted else ""
    if text:
        number = style(f"{location.line:>6} |", "dim")
        lines.append(f"{number} {shown(clipped(text))}")
    return lines


def clipped(text: str) -> str:
    """A line of source, cut where it is too long to help."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def show_mistakes(mistakes: Sequence[Mistake], style: Style = PLAIN, kind: str = "error") -> str:
    """All mistakes, those that differ in their path alone as one, and how many there are."""
    groups = grouped(mistakes)
    unquoted = unquoted_in(first.report() for first, _ in groups)
    texts = []
    for first, others in groups:
        text = show_report(first.report(), style, kind, unquoted)
        if others:
            named = [f"`{shown(show_path(path))}`" for path in others[:_SAME]]
            rest = len(others) - _SAME
            named += [f"{rest} more"] if rest > 0 else []
            text += f"\n  the same for {', '.join(named[:-1])}"
            text += f"{' and ' if named[:-1] else ''}{named[-1]}"
        texts.append(text)
    words = {"error": ("mistake", "mistakes"), "finding": ("finding", "findings")}[kind]
    total = counted(len(mistakes), *words)
    if len(groups) < len(mistakes):
        total += f", {len(groups)} of them different"
    return "\n\n".join([*texts, style(total, "bold")])


def grouped(mistakes: Iterable[Mistake]) -> list[tuple[Mistake, list[Path]]]:
    """Mistakes that say the same of different paths: the first of each, and the other paths."""
    found: dict[object, tuple[Mistake, list[Path]]] = {}
    for mistake in mistakes:
        report = mistake.report()
        path = show_path(mistake.path)
        same = report.headline.replace(path, "") if mistake.path else report.headline
        key = type(mistake), same, report.found, report.places, report.advice
        if key in found:
            found[key][1].append(mistake.path)
        else:
            found[key] = mistake, []
    return list(found.values())


def show_findings(findings: Sequence[Finding], style: Style = PLAIN) -> str:
    """What rules found, the same of several paths as one: warnings whole, notes in one line each."""
    same: dict[object, list[Finding]] = {}
    for finding in findings:
        what = finding.report.headline.replace(show_path(finding.path), "")
        report = finding.report if finding.severity == "warning" else None
        key = finding.rule, what, report and (report.found, report.places)
        same.setdefault(key, []).append(finding)
    texts: dict[str, list[str]] = {"warning": [], "note": []}
    for first, *others in same.values():
        more = _same_for([f"`{shown(show_path(each.path))}`" for each in others])
        headline = first.report.headline
        if first.severity == "warning":
            report = first.report._replace(headline=f"{headline} [{first.rule}]")
            text = show_report(report, style, "warning") + (f"\n  {more}" if more else "")
        else:
            text = show_note(f"{headline}{'; ' if more else ''}{more} [{first.rule}]", style)
        texts[first.severity].append(text)
    return "\n".join([*texts["warning"], *texts["note"]])


def _same_for(others: Sequence[str]) -> str:
    """Of what else the same holds, the first few by name; empty where there are no others."""
    named = [*others[:_SAME]]
    named += [f"{len(others) - _SAME} more"] if len(others) > _SAME else []
    return f"the same for {', '.join(named)}" if named else ""


def same_once(notes: Iterable[str]) -> list[str]:
    """Notes of the form `NAME: what`, those that say the same of several names as one."""
    found: dict[str, list[str]] = {}
    for note in notes:
        name, colon, what = note.partition(": ")
        found.setdefault(what if colon else note, []).append(name)
    return [
        f"{first}: {what}{'; ' if others else ''}{_same_for(others)}" if first != what else what
        for what, (first, *others) in found.items()
    ]


def findings_json(findings: Sequence[Finding], units: Sequence[Mistake]) -> str:
    """What rules and systemd-analyze found, as a list in JSON; no source line stands in it."""
    found = [(each.rule, each.severity, each.path, each.report) for each in findings]
    told = [("systemd-analyze", "error", each.path, each.report()) for each in units]
    return json_text(
        [
            {
                "rule": rule,
                "severity": severity,
                "path": show_path(path),
                "headline": report.headline,
                "found": list(report.found),
                "places": [
                    {"label": label, "file": location.file, "line": location.line}
                    for label, location in report.places
                ],
                "advice": list(report.advice),
            }
            for rule, severity, path, report in [*found, *told]
        ]
    )


def show_warning(path: Path, text: str, style: Style = PLAIN) -> str:
    """A module's warning, with the module that it is of."""
    where = f"{shown(show_path(path))}: " if path else ""
    return f"{style('warning:', 'bold', 'yellow')} {where}{inset(text)}"


def show_note(text: str, style: Style = PLAIN) -> str:
    """Something to know that is no mistake."""
    return f"{style('note:', 'bold', 'cyan')} {inset(_from_here(text))}"


def _from_here(text: str) -> str:
    """A text in which files below the current folder are named from there."""
    try:
        here = os.path.join(os.getcwd(), "")
    except FileNotFoundError:  # the folder was deleted
        return text
    return text.replace(here, "") if here != os.sep else text


def show_output_error(error: OutputError, style: Style = PLAIN) -> str:
    """Why nothing was written, in the same form as a mistake."""
    left = [f"{path} is left over; the next build removes it" for path in error.leftovers]
    return show_report(Report(error.what, (*error.found, *left), (), error.fixes), style)


def show_published(published: Published, style: Style = PLAIN) -> str:
    """What a build changed: a line for each path, and the sum."""
    kinds = (
        ("added", published.added, "green"),
        ("changed", published.changed, "yellow"),
        ("removed", published.removed, "red"),
    )
    lines = [
        f"{style(f'{kind:<8}', colour)} {shown(path)}"
        for kind, paths, colour in kinds
        for path in paths
    ]
    sums = [f"{len(paths)} {kind}" for kind, paths, _ in kinds if paths]
    lines.append(f"{shown(near(str(published.out)))}: {', '.join(sums) or _unchanged(published)}")
    return "\n".join(lines)


def _unchanged(published: Published) -> str:
    files = counted(len(published.manifest.records()), "file", "files")
    hosts = counted(len(published.manifest.hosts), "host", "hosts")
    but = f" but for {published.only}" if published.only else ""
    return f"unchanged{but}, {files} for {hosts}"


def show_checked(file: str, trees: Mapping[str, Tree], version: int | None) -> str:
    """That nothing is wrong; `version` is that of the systemd which said so, too."""
    files = counted(sum(map(len, trees.values())), "file", "files")
    by = "" if version is None else f", verified by systemd {version}"
    return f"{shown(file)}: fine, {files} for {counted(len(trees), 'host', 'hosts')}{by}"


# --- values -------------------------------------------------------------------------------


def show_values(value: Any, path: Path, style: Style = PLAIN) -> str:
    """Plain data: one line for each value in it, each under its whole path."""
    lines = (
        f"{style(shown(show_path(where)), 'cyan')} = {literal(item)}"
        for where, item in leaves(value, path)
    )
    return "\n".join(lines)


def leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """The values in plain data that hold no others, each with its path, in order."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, (list, tuple)) and any(isinstance(item, dict) for item in value):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


def literal(value: Any) -> str:
    """A value on one line, as one would write it in Python; paths and enumerations as text."""
    if isinstance(value, PurePath):
        return repr(str(value))
    if isinstance(value, Enum):
        return literal(value.value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(k)}: {literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(literal, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(map(literal, value))) + "}" if value else "set()"
    return shown(repr(value))


def json_text(value: Any) -> str:
    """Data as JSON, indented. What JSON has no word for, such as NaN, is its text."""
    import json

    return json.dumps(_worded(json_data(value)), indent=2, allow_nan=False)


def _worded(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _worded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_worded(item) for item in value]
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    return value if value is None or isinstance(value, (str, int)) else show_value(value)


# --- histories ----------------------------------------------------------------------------


def show_history(
    path: Path, facts: OptionFacts | None, told: Sequence[Told], value: str, style: Style = PLAIN
) -> str:
    """How a value came to be. `value` is it in words, `facts` are None for an entry of an option."""
    title = f"{style(shown(show_path(path)), 'bold', 'cyan')} = {value}"
    lines = [title]
    quoted = not any(repr(HIDDEN) in show_value(each.value) for each in told)
    if facts is not None:
        lines.append(f"  {shown(facts.type)}{', read-only' if facts.read_only else ''}")
        lines += [f"  {inset(facts.description)}"] if facts.description else []
        for module, location in facts.declarations:
            lines += _place(f"declared by {module}", location, style, quoted)
    if not told:
        lines.append("  nothing defines it")
    for each in told:
        lines += ["", *_definition(each, style, quoted)]
    return "\n".join(lines)


_FATES = {"won": "green", "lost": "red"}


def _definition(told: Told, style: Style, quoted: bool) -> list[str]:
    said = "" if told.value is NOTHING else f" {show_value(told.value)}"
    title = f"  {style(told.fate, 'bold', _FATES.get(told.fate, 'dim'))}{shown(said)}  ({shown(told.why)})"
    return [title, *_place(f"  defined by {told.module}", told.location, style, quoted)]
