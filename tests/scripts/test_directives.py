"""The script that makes the tables, on a small source tree of systemd's shape.

In: a tree made up here. Out: verdicts on what the script reads and writes. Refuses to know the
network: the real sources are a maintainer's to fetch.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.directive_sections import Home, write_sections
from scripts.directive_sources import (
    MANUAL,
    Entry,
    manager_table,
    manual,
    parser_table,
    string_tables,
)
from scripts.directives import (
    Record,
    describe,
    entries,
    forget_wrong_notes,
    legacy,
    records,
    write_table,
)

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
MANAGER = """\
        const ConfigTableItem items[] = {
                { "Manager", "LogLevel",        config_parse_level2,      0,               NULL },
#if HAVE_SECCOMP
                { "Manager", "CrashChVT", /* legacy */ config_parse_crash_chvt, 0,         &arg },
#else
                { "Manager", "CrashChVT",       config_parse_warn_compat, DISABLED_LEGACY, NULL },
#endif
                { "Manager", "DefaultEnvironment", config_parse_environ,  arg_scope,       &arg },
                {}
"""
PARSERS = """\
int config_parse_timer(
                const char *unit, void *userdata) {

        r = unit_full_printf(u, rvalue, &k);
}

int config_parse_unit_deps(void *userdata) {
        r = unit_name_printf(u, word, &k);
}

int config_parse_environ(void *userdata) {
        r = extract_first_word(&p, &word, NULL, EXTRACT_CUNESCAPE|EXTRACT_UNQUOTE);
        r = u ? unit_env_printf(u, word, &k) : specifier_printf(word, table, &k);
}

int config_parse_bool(void *userdata) {
        r = parse_boolean(rvalue);
}
"""
STRINGS = """\
static const char *const log_level_table[] = {
        [LOG_INFO] = "info",
};
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
    "systemd.exec": {"ProtectSystem": 214, "LockPersonality": None},
    "systemd.timer": {"OnCalendar": 197, "OnBootSec": None},
    "systemd.unit": {"Alias": 201, "DefaultInstance": 215},
    "systemd-system.conf": {"LogLevel": 198, "DefaultEnvironment": 205},
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("src/core", "src/shared", "src/basic", "man"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "src/core/load-fragment-gperf.gperf.in").write_text(TABLE)
    (tmp_path / "src/core/namespace.c").write_text(STRINGS)
    (tmp_path / "src/core/main.c").write_text(MANAGER)
    (tmp_path / "src/core/load-fragment.c").write_text(PARSERS)
    for page in {page for pages in MANUAL.values() for page in pages}:
        written = (
            ENTRY.format(name=name, note=NOTE.format(since) if since else "")
            for name, since in DOCUMENTED.get(page, {}).items()
        )
        file = tmp_path / "man" / f"{page}.xml"
        file.write_text(PAGE.replace("%BODY%", "".join(written)))
    return tmp_path


def test_the_parser_table_is_expanded(tree: Path) -> None:
    found = parser_table(tree)
    assert found[0] == Entry("Unit", "BindTo", "unit_deps", "UNIT_BINDS_TO", "")
    assert Entry("Mount", "ProtectSystem", "protect_system", "0", "EXEC") in found
    locks = [entry for entry in found if entry.name == "LockPersonality"]
    assert [(e.section, e.parser) for e in locks] == [("Service", "bool"), ("Mount", "bool")]
    assert len(found) == 9


def test_the_settings_of_the_manager_are_read(tree: Path) -> None:
    """Of a conditional the first branch, without comments."""
    assert manager_table(tree) == [
        Entry("Manager", "LogLevel", "level2", "0", ""),
        Entry("Manager", "CrashChVT", "crash_chvt", "0", ""),
        Entry("Manager", "DefaultEnvironment", "environ", "arg_scope", ""),
    ]


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
    assert (found["OnBootSec"]["specifiers"], found["BindTo"]["specifiers"]) == ("unit", "name")
    assert found["DefaultEnvironment"] == {
        **{"name": "DefaultEnvironment", "sections": ["Manager"], "kind": "environment"},
        **{"many": True, "words": True, "specifiers": "manager", "unescaped": True, "since": None},
    }
    assert "prefixes" not in found["LogLevel"] and found["CrashChVT"]["legacy"] is True
    newer = {record["name"]: record for record in records(tree, 257, manual(tree))}
    assert newer["LogLevel"]["prefixes"]
    assert (found["OnCalendar"]["kind"], found["OnCalendar"]["since"]) == ("calendar", 197)
    assert found["OnBootSec"]["kind"] == "seconds"
    assert (found["BindTo"]["legacy"], found["BindTo"]["successor"]) == (True, "BindsTo")
    assert "empty" not in found["OnBootSec"]
    assert (found["Alias"]["kind"], found["DefaultInstance"]["kind"]) == ("unit", "text")


def test_what_the_script_does_not_know_stops_it() -> None:
    with pytest.raises(KeyError, match="config_of_tomorrow"):
        describe(Entry("Service", "New", "config_of_tomorrow", "0", ""), {}, 257)
    with pytest.raises(SystemExit, match="Service.New is in no manual: is it legacy?"):
        legacy(Entry("Service", "New", "bool", "0", ""), documented=False)


def test_a_note_that_an_older_table_contradicts() -> None:
    old: list[Record] = [{"name": "A", "sections": ["Service"], "since": 230}]
    new: list[Record] = [dict(old[0]), {"name": "B", "sections": ["Service"], "since": 230}]
    forget_wrong_notes({252: old, 257: new})
    assert [record["since"] for record in new] == [230, None]


def test_what_is_written(tree: Path, tmp_path: Path) -> None:
    table = records(tree, 257, manual(tree))
    write_table(tmp_path / "systemd-257.json", 257, table, {"unit": "in"})
    text = (tmp_path / "systemd-257.json").read_text()
    found = json.loads(text)
    assert found == {"version": 257, "specifiers": {"unit": "in"}, "directives": table}
    assert len(text.splitlines()) == len(table) + 2
    homes = {
        (entry.section, entry.name): Home(entry.context, "protect_system")
        for entry in entries(tree)
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
    assert "    OnBootSec: SpansOrSpecifiers\n" in sections
    assert "    BindTo: CommandsOrSpecifiers\n" in sections
