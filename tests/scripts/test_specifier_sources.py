"""Which specifiers there are and who expands them, read off a small source tree of systemd's shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.specifier_sources import Expansion, expansions, specifier_tables

FILES = {
    "src/shared/specifier.h": """\
#define COMMON_SYSTEM_SPECIFIERS                   \\
        { 'a', specifier_architecture,     NULL }, \\
        { 'H', specifier_hostname,         NULL }

#define COMMON_CREDS_SPECIFIERS(scope)                           \\
        { 'u', specifier_user_name,        INT_TO_PTR(scope) }

#define COMMON_TMP_SPECIFIERS                      \\
        { 'T', specifier_tmp_dir,          NULL }
""",
    "src/shared/specifier.c": """\
const Specifier system_and_tmp_specifier_table[] = {
        COMMON_SYSTEM_SPECIFIERS,
        COMMON_TMP_SPECIFIERS,
        {}
};
""",
    "src/core/unit-printf.c": """\
static int specifier_cgroup(char specifier, char **ret) {
        bad_specifier(u, specifier);
        return 0;
}

int unit_name_printf(const Unit *u, char **ret) {
        const Specifier table[] = {
                { 'i', specifier_string,              u->instance },
                COMMON_SYSTEM_SPECIFIERS,
                {}
        };
        return 0;
}

int unit_full_printf_full(const Unit *u, char **ret) {
        const Specifier table[] = {
                { 'i', specifier_string,   u->instance },
                { 'c', specifier_cgroup,   NULL },  /* deprecated */
                COMMON_SYSTEM_SPECIFIERS,
                COMMON_CREDS_SPECIFIERS(scope),
                {}
        };
        return 0;
}
""",
    "src/shared/install-printf.c": """\
int install_name_printf(
                const InstallInfo *info,
                char **ret) {
        const Specifier table[] = {
                { 'n', specifier_name,                NULL },
                {}
        };
        return 0;
}
""",
    "src/core/load-fragment.c": """\
int config_parse_environ(
                const char *unit,
                void *userdata) {
        r = extract_first_word(&p, &word, NULL, EXTRACT_CUNESCAPE|EXTRACT_UNQUOTE);
        r = unit_env_printf(u, word, &resolved);
}

int config_parse_unit_deps(void *userdata) {
        r = unit_name_printf(u, word, &k);
}

int config_parse_obsolete_unit_deps(void *userdata) {
        return config_parse_unit_deps(unit, userdata);
}

int config_parse_bool(void *userdata) {
        return parse_boolean(rvalue);
}
""",
    "src/tmpfiles/tmpfiles.c": """\
static int parse_line(
                const char *fname) {
        const Specifier specifier_table[] = {
                { 'h', specifier_user_home,       NULL },
                COMMON_TMP_SPECIFIERS,
                {}
        };
}
""",
    "src/sysusers/sysusers.c": """\
static int parse_line(const char *fname) {
        r = specifier_printf(name, NAME_MAX, system_and_tmp_specifier_table, &resolved_name);
}
""",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


def test_the_letters_by_what_they_are_for(tree: Path) -> None:
    """Macros are written out, broken ones are left out, and who has no table shares one."""
    assert specifier_tables(tree) == {
        **{"unit": "Haiu", "name": "Hai", "install": "n"},
        **{"manager": "HTa", "tmpfiles": "Th", "sysusers": "HTa"},
    }


def test_who_expands_them(tree: Path) -> None:
    """By which table, behind undoing escapes or not, and be it through another parser."""
    assert expansions(tree) == {
        "environ": Expansion("unit", True),
        "unit_deps": Expansion("name", False),
        "obsolete_unit_deps": Expansion("name", False),
        "NULL": Expansion("install", False),
    }
