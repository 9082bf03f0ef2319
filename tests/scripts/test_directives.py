"""The script that makes the tables, on a small source tree of systemd's shape.

In: a tree made up here. Out: verdicts on what the script reads and writes. Refuses to know the
network: the real sources are a maintainer's to fetch.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.directive_sections import Home, write_sections
from scripts.directive_sources import MANUAL, Entry, manual, parser_table, string_tables
from scripts.directives import Record, describe, forget_wrong_notes, legacy, records, write_table

TABLE = """\
{# a comment, with {{ braces }} #}
{%- macro EXEC_CONTEXT_CONFIG_ITEMS(type) -%}
{{type}}.ProtectSystem,  config_parse_protect_system,  0,  offsetof({{type}}, a.b)
{% if HAVE_SECCOMP %}
{{type}}.LockPersonality,  config_parse_bool,  0,  offsetof({{type}}, c)
{% else %}
{{type}}.LockPersonality,  config_parse_warn_compat,  DISABLED_CONFIGURATION,  0
{% endif %}
{%- endmacro -%}
%{
#include "everything.h"
%}
%%
Unit.BindTo,  config_parse_unit_deps,  UNIT_BINDS_TO,  0
Timer.OnCalendar,  config_parse_timer,  TIMER_CALENDAR,  0
Timer.OnBootSec,  config_parse_timer,  TIMER_BOOT,  0
{{ EXEC_CONTEXT_CONFIG_ITEMS('Service') }}
{{ EXEC_CONTEXT_CONFIG_ITEMS('Mount') }}
Install.Alias,  NULL,  0,  0
Install.DefaultInstance,  NULL,  0,  0
"""
STRINGS = """\
static const char *const protect_system_table[_PROTECT_SYSTEM_MAX] = {
        [PROTECT_SYSTEM_NO]     = "no",
        [PROTECT_SYSTEM_YES]    = "yes",
        [PROTECT_SYSTEM_STRICT] = "strict",
};
DEFINE_STRING_TABLE_LOOKUP_WITH_BOOLEAN(protect_system, ProtectSystem, PROTECT_SYSTEM_YES);
static const char* const kill_mode_table[] = {
        [KILL_NONE] = "none",
};
DEFINE_STRING_TABLE_LOOKUP(kill_mode, KillMode);
"""
PAGE = """\
<?xml version='1.0'?>
<!DOCTYPE refentry PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN"
  "http://www.oasis-open.org/docbook/xml/4.2/docbookx.dtd" [
<!ENTITY % entities SYSTEM "custom-entities.ent" >
%entities;
]>
<refentry xmlns:xi="http://www.w3.org/2001/XInclude"><variablelist>%BODY%</variablelist></refentry>
"""
ENTRY = """\
<varlistentry><term><varname>{name}=</varname></term>
<listitem><para>Prose &VERSION; <varname>Other=</varname> &amp; more.</para>{note}</listitem>
</varlistentry>
"""
NOTE = '<xi:include href="version-info.xml" xpointer="v{}"/>'
DOCUMENTED: dict[str, dict[str, int | None]] = {
    "exec": {"ProtectSystem": 214, "LockPersonality": None},
    "timer": {"OnCalendar": 197, "OnBootSec": None},
    "unit": {"Alias": 201, "DefaultInstance": 215},
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("src/core", "src/shared", "src/basic", "man"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "src/core/load-fragment-gperf.gperf.in").write_text(TABLE)
    (tmp_path / "src/core/namespace.c").write_text(STRINGS)
    for page in {page for pages in MANUAL.values() for page in pages}:
        entries = (
            ENTRY.format(name=name, note=NOTE.format(since) if since else "")
            for name, since in DOCUMENTED.get(page, {}).items()
        )
        file = tmp_path / "man" / f"systemd.{page}.xml"
        file.write_text(PAGE.replace("%BODY%", "".join(entries)))
    return tmp_path


def test_the_parser_table_is_expanded(tree: Path) -> None:
    entries = parser_table(tree)
    assert entries[0] == Entry("Unit", "BindTo", "unit_deps", "UNIT_BINDS_TO", "")
    assert Entry("Mount", "ProtectSystem", "protect_system", "0", "EXEC") in entries
    locks = [entry for entry in entries if entry.name == "LockPersonality"]
    assert [(e.section, e.parser) for e in locks] == [("Service", "bool"), ("Mount", "bool")]
    assert len(entries) == 9


def test_string_tables(tree: Path) -> None:
    tables = string_tables(tree)
    assert tables["protect_system"].words == ("no", "yes", "strict")
    assert tables["protect_system"].boolean and not tables["kill_mode"].boolean


def test_the_manual_says_since_when(tree: Path) -> None:
    notes = manual(tree)
    assert notes["Service"] == {"ProtectSystem": 214, "LockPersonality": None}
    assert notes["Timer"] == {"OnCalendar": 197, "OnBootSec": None}
    assert "Other" not in notes["Service"]


def test_records(tree: Path) -> None:
    found = {record["name"]: record for record in records(tree, 200, manual(tree))}
    assert found["ProtectSystem"] == {
        "name": "ProtectSystem",
        "sections": ["Service", "Mount"],
        "kind": "enum",
        "boolean": True,
        "values": ["strict"],
        "since": None,  # 214 is later than the version the table is for
    }
    assert (found["OnCalendar"]["kind"], found["OnCalendar"]["since"]) == ("calendar", 197)
    assert found["OnBootSec"]["kind"] == "seconds"
    assert (found["BindTo"]["legacy"], found["BindTo"]["successor"]) == (True, "BindsTo")
    assert (found["Alias"]["kind"], found["DefaultInstance"]["kind"]) == ("unit", "text")


def test_what_the_script_does_not_know_stops_it() -> None:
    with pytest.raises(KeyError, match="config_of_tomorrow"):
        describe(Entry("Service", "New", "config_of_tomorrow", "0", ""), {})
    with pytest.raises(SystemExit, match="Service.New is in no manual: is it legacy?"):
        legacy(Entry("Service", "New", "bool", "0", ""), documented=False)


def test_a_note_that_an_older_table_contradicts() -> None:
    old: list[Record] = [{"name": "A", "sections": ["Service"], "since": 230}]
    new: list[Record] = [dict(old[0]), {"name": "B", "sections": ["Service"], "since": 230}]
    forget_wrong_notes({252: old, 257: new})
    assert [record["since"] for record in new] == [230, None]


def test_what_is_written(tree: Path, tmp_path: Path) -> None:
    table = records(tree, 257, manual(tree))
    write_table(tmp_path / "systemd-257.json", 257, table)
    text = (tmp_path / "systemd-257.json").read_text()
    assert json.loads(text) == {"version": 257, "directives": table}
    assert len(text.splitlines()) == len(table) + 2
    homes = {
        (entry.section, entry.name): Home(entry.context, "protect_system")
        for entry in parser_table(tree)
    }
    write_sections(tmp_path, [table], homes)
    choices = (tmp_path / "choices.py").read_text()
    assert 'ProtectSystemChoice: TypeAlias = Literal["strict"] | bool | None' in choices
    assert "    ProtectSystem: ProtectSystemChoice\n" in (tmp_path / "contexts.py").read_text()
    sections = (tmp_path / "sections.py").read_text()
    assert (
        "class MountSection(ExecContext, ControlGroupContext, KillContext, total=False):"
        in sections
    )
    assert "    OnBootSec: Spans\n" in sections and "    BindTo: Commands\n" in sections
