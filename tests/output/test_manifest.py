"""The manifest: its bytes, its way back, and every way in which it can be broken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import modsvc_dsl
from modsvc_dsl.managers.tree import File, Link, Origin, Tree
from modsvc_dsl.output.errors import ManifestBroken, ManifestNewer
from modsvc_dsl.output.manifest import (
    FileRecord,
    LinkRecord,
    Manifest,
    decode,
    encode,
    manifest_of,
)
from tests.output.trees import FIRST, fleets

BASE = Path("/home/ann/fleet")
PATH = Path("/srv/out/manifest.json")


TREES: dict[str, Tree] = {
    "web1": {
        "etc/wants/web.service": Link("../web.service", ("web",)),
        "etc/web.service": File(
            b"[Unit]\n",
            ("web", "sub"),
            (
                Origin("/home/ann/fleet/site.py", 12),
                Origin("/home/ann/fleet/site.py", 3),
                Origin("/home/ann/fleet/site.py", 12),
            ),
            mode=0o600,
        ),
    },
    "ünï": {},
}

DIGEST = hashlib.sha256(b"[Unit]\n").hexdigest()

BYTES = (
    "{\n"
    '  "format": 1,\n'
    '  "hosts": {\n'
    '    "web1": {\n'
    '      "files": {\n'
    '        "etc/web.service": {\n'
    '          "mode": "0600",\n'
    '          "origins": [\n'
    '            "site.py:3",\n'
    '            "site.py:12"\n'
    "          ],\n"
    '          "service": [\n'
    '            "web",\n'
    '            "sub"\n'
    "          ],\n"
    f'          "sha256": "{DIGEST}"\n'
    "        }\n"
    "      },\n"
    '      "links": {\n'
    '        "etc/wants/web.service": {\n'
    '          "origins": [],\n'
    '          "service": [\n'
    '            "web"\n'
    "          ],\n"
    '          "target": "../web.service"\n'
    "        }\n"
    "      }\n"
    "    },\n"
    '    "\\u00fcn\\u00ef": {\n'
    '      "files": {},\n'
    '      "links": {}\n'
    "    }\n"
    "  },\n"
    '  "written_by": "modsvc"\n'
    "}\n"
)


def test_the_bytes_of_a_manifest() -> None:
    """Sorted, indented, ASCII, with each origin once."""
    assert encode(manifest_of(TREES, BASE)).decode() == BYTES


@settings(deadline=None)  # other work on the machine is no failure
@given(fleets)
def test_what_was_encoded_reads_back(trees: dict[str, Tree]) -> None:
    manifest = manifest_of(trees, BASE)
    assert decode(encode(manifest), PATH) == manifest


@settings(deadline=None)  # other work on the machine is no failure
@given(fleets, st.randoms())
def test_the_order_of_writing_leaves_no_trace(trees: dict[str, Tree], random: Any) -> None:
    def shuffled(mapping: Any) -> Any:
        items = list(mapping.items())
        random.shuffle(items)
        return dict(items)

    again = shuffled({host: shuffled(tree) for host, tree in trees.items()})
    assert encode(manifest_of(again, BASE)) == encode(manifest_of(trees, BASE))


@pytest.mark.parametrize(
    ("file", "seen"),
    [
        ("/home/ann/fleet/site.py", "site.py"),
        ("/home/ann/fleet/roles/../site.py", "site.py"),
        ("/home/ann/shared/web.py", "../shared/web.py"),
        ("roles/web.py", "roles/web.py"),
        ("<string>", "<string>"),
        (str(Path(modsvc_dsl.__file__).parent / "services/x.py"), "modsvc_dsl/services/x.py"),
        ("/home/ann/fleet/n\nl\udcff.py", "n\nl\udcff.py"),
    ],
)
def test_origins_are_relative_to_the_base(file: str, seen: str) -> None:
    manifest = manifest_of({"h": {"a": File(b"", (), (Origin(file, 4),))}}, BASE)
    record = manifest.hosts["h"]["a"]
    assert record.origins == (Origin(seen, 4),)
    assert decode(encode(manifest), PATH) == manifest


def test_origins_are_sorted_by_file_and_number_each_once() -> None:
    written = tuple(Origin(f"{name}.py", line) for name in "cab" for line in (10, 9, 100, 9))
    manifest = manifest_of({"h": {"a": File(b"", (), written)}}, BASE)
    assert manifest.hosts["h"]["a"].origins == tuple(
        Origin(f"{name}.py", line) for name in "abc" for line in (9, 10, 100)
    )


def test_records_and_folders_are_paths_in_the_whole() -> None:
    manifest = manifest_of(FIRST, BASE)
    assert list(manifest.records()) == [
        "db1/etc/systemd/system/db.service",
        "web1/etc/system-services/web/key",
        "web1/etc/systemd/system/multi-user.target.wants/web.service",
        "web1/etc/systemd/system/web.service",
    ]
    assert manifest.folders() == {
        "db1",
        "db1/etc",
        "db1/etc/systemd",
        "db1/etc/systemd/system",
        "web1",
        "web1/etc",
        "web1/etc/system-services",
        "web1/etc/system-services/web",
        "web1/etc/systemd",
        "web1/etc/systemd/system",
        "web1/etc/systemd/system/multi-user.target.wants",
    }
    assert Manifest({"empty": {}}).folders() == {"empty"}


# --- broken -------------------------------------------------------------------------------

GOOD = encode(
    Manifest(
        {
            "h": {
                "f": FileRecord("0" * 64, 0o644, ("web",), (Origin("site.py", 1),)),
                "l": LinkRecord("f"),
            }
        }
    )
)


def problem(data: bytes) -> str:
    with pytest.raises(ManifestBroken) as caught:
        decode(data, PATH)
    return caught.value.problem


def test_the_whole_message_for_a_broken_manifest() -> None:
    with pytest.raises(ManifestBroken) as caught:
        decode(b'{\n  "format": 1,\n', PATH)
    assert str(caught.value) == (
        "cannot tell what belongs to the last build: /srv/out/manifest.json is broken\n"
        "    it is no JSON (line 3, column 1: Expecting property name enclosed in double quotes)\n"
        "to fix: put the manifest back as it was built (from version control or a backup)\n"
        "to fix: or, if nothing in it is worth keeping, remove /srv/out and build again"
    )


def test_the_whole_message_for_a_newer_format() -> None:
    with pytest.raises(ManifestNewer) as caught:
        decode(b'{"format": 7, "written_by": "modsvc", "generations": []}', PATH)
    assert str(caught.value) == (
        "cannot tell what belongs to the last build: /srv/out/manifest.json was written by a"
        " newer modsvc\n"
        "    it has format 7; this modsvc reads formats up to 1\n"
        "to fix: build with the newer modsvc, or build into another folder"
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is no JSON (line 1, column 1: Expecting value)"),
        (b"\xff{}", "it is no ASCII text (byte 0)"),
        (b"[]", "the document is no object"),
        (b"null", "the document is no object"),
        (b'{"name": "my extension"}', "it was not written by modsvc"),
        (b'{"a": 1, "a": 2}', '"a" is written twice in one object'),
        (b"[" * 100_000, "it is no JSON that a build writes"),
        (b"1" * 10_000, "it is no JSON that a build writes"),
    ],
)
def test_what_is_no_manifest_at_all(data: bytes, words: str) -> None:
    assert words in problem(data)


def _set(path: str, value: object) -> Callable[[Any], None]:
    """Writes one value into the document at a path, `-` in front of its last step deletes."""

    def change(document: Any) -> None:
        *steps, last = path.split("/")
        for step in steps:
            document = document[step]
        if last.startswith("-"):
            del document[last[1:]]
        else:
            document[last] = value

    return change


FILE, LINK = "hosts/h/files/f", "hosts/h/links/l"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_set("-format", None), '"format" is no whole number from 1'),
        (_set("format", "1"), '"format" is no whole number from 1'),
        (_set("format", True), '"format" is no whole number from 1'),
        (_set("format", 0), '"format" is no whole number from 1'),
        (_set("-hosts", None), 'the document has no "hosts"'),
        (_set("more", 1), 'the document has "more", which format 1 does not know'),
        (_set("hosts", []), "hosts is no object"),
        (_set("hosts/..", {}), "host \"..\": '..' is no name"),
        (_set("hosts/h", 3), 'host "h" is no object'),
        (_set("hosts/h/-links", 3), 'host "h" has no "links"'),
        (_set("hosts/h/files", None), 'files of host "h" is no object'),
        (_set("hosts/h/files/..", {}), '".." of host "h": \'..\' is no name'),
        (_set("hosts/h/links/f", {}), '"f" of host "h" is a file and a link'),
        (_set(FILE, "x"), '"f" of host "h" is no object'),
        (_set(FILE + "/-sha256", None), '"f" of host "h" has no "sha256"'),
        (_set(FILE + "/sha256", "0" * 63), 'sha256 of "f" of host "h" is no SHA-256'),
        (_set(FILE + "/sha256", "G" * 64), 'sha256 of "f" of host "h" is no SHA-256'),
        (_set(FILE + "/sha256", 0), 'sha256 of "f" of host "h" is no text'),
        (_set(FILE + "/mode", "644"), "is not four octal digits from 0"),
        (_set(FILE + "/mode", "4755"), "is not four octal digits from 0"),
        (_set(FILE + "/mode", "0689"), "is not four octal digits from 0"),
        (_set(FILE + "/service", "web"), 'service of "f" of host "h" is no list'),
        (_set(FILE + "/service", [1]), 'service of "f" of host "h" is no text'),
        (_set(FILE + "/origins", ["site.py"]), 'holds "site.py", which is no file:line'),
        (_set(FILE + "/origins", ["site.py:x"]), 'holds "site.py:x", which is no file:line'),
        (_set(LINK + "/target", None), 'target of "l" of host "h" is no text'),
        (_set(LINK + "/mode", "0644"), '"l" of host "h" has "mode", which format 1'),
    ],
)
def test_a_manifest_with_one_thing_wrong(change: Callable[[Any], None], words: str) -> None:
    document = json.loads(GOOD)
    change(document)
    assert words in problem(json.dumps(document).encode())


@settings(deadline=None)  # other work on the machine is no failure
@given(st.data())
def test_a_cut_or_changed_manifest_never_crashes_the_reader(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1))
    byte = data.draw(st.binary(max_size=2))
    changed = GOOD[:at] + byte + GOOD[at + 1 :]
    try:
        manifest = decode(changed, PATH)
    except (ManifestBroken, ManifestNewer):
        return
    assert decode(encode(manifest), PATH) == manifest
