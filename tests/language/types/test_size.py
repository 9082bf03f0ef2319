"""Amounts of memory and disk."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import Between, Size
from modsvc_dsl.language.types.size import LARGEST, read_size, size, spelled
from tests.language.types.evaluation import complaint, complaints, merged

RIGHT = {
    "0": 0,
    "512": 512,
    "512B": 512,
    "1K": 1024,
    "512M": 512 * 1024**2,
    "1.5G": 1536 * 1024**2,
    "2 T": 2 * 1024**4,
    "1P": 1024**5,
    "15E": 15 * 1024**6,
    "1G 512M": 1536 * 1024**2,
    "1G512M1": 1536 * 1024**2 + 1,
    "0.5K": 512,
}
WRONG = {
    "512MB": "write M, which is 1024 of the unit below it",
    "512MiB": "write M",
    "512Mi": "write M",
    "512m": "write M",
    "512kb": "write K",
    "50%": "is a share, and a size is a number of bytes",
    "infinity": "annotate Size | None",
    "-1": "is negative",
    "much": "is no size",
    "": "an empty text says no size",
    "0.3K": "is no whole number of bytes",
    "512M 1G": "has its units in no order",
    "1K 1K": "has its units in no order",
    "16E": "more than systemd can count",
    "5X": "which is none",
    "1.M": "is no size",
    "9" * 30: "more than 20 digits",
}


@pytest.mark.parametrize("text", RIGHT)
def test_texts_are_read_as_systemd_reads_them(text: str) -> None:
    """Each unit is 1024 of the one below it, and numbers with falling units are added up."""
    assert size(text) == RIGHT[text]
    assert merged(Size, text, RIGHT[text]) == RIGHT[text]


@pytest.mark.parametrize("text", WRONG)
def test_texts_that_are_refused(text: str) -> None:
    """Units of other notations and parts of a byte are refused, with the reason as the advice."""
    with pytest.raises(ValueError, match=re.escape(WRONG[text])) as raised:
        read_size(text)
    assert complaint(Size, text).split("\n")[2] == str(raised.value)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (512.0, "write 512: bytes are whole"),
        (0.5, "write a text such as '512M', or a number of bytes"),
        (True, "write a text such as '512M', or a number of bytes"),
        (None, "write a text such as '512M', or a number of bytes"),
        (-1, "-1 is negative, and a size is not"),
        (LARGEST + 1, "it is 15E 1023P 1023T 1023G 1023M 1023K 1023B"),
    ],
)
def test_values_that_are_refused(value: Any, hint: str) -> None:
    """Other values are refused with what to write."""
    lines = complaint(Size, value).split("\n")
    assert lines[0] == "`it` expects a size"
    assert lines[2:] == [hint]


def test_definitions_have_to_be_equal() -> None:
    """Two ways to write one size are one value, two sizes conflict."""
    assert merged(Size, "1K", 1024, "1024B") == 1024
    assert complaints(Size, "1K", 1000) == ["`it` has definitions that differ"]


def test_bounds_may_be_texts() -> None:
    """`Between` takes texts for sizes, and both of two declarations hold."""
    annotation = Annotated[Size, Between("1M", "1G")]
    assert complaint(annotation, "2G") == (
        "`it` expects a size between 1M and 1G\nfound '2G' (a string)\nit is 2G"
    )
    joined = option_type(annotation).joined(option_type(Annotated[Size, Between("512M")]))
    assert joined is not None and joined.describe() == "a size between 512M and 1G"
    assert option_type(annotation).joined(option_type(Annotated[Size, Between("2G")])) is None
    assert option_type(annotation).joined(option_type(int)) is None
    assert option_type(Annotated[Size, Between(most="1K")]).describe() == "a size of at most 1K"


@given(st.integers(0, LARGEST))
def test_what_is_spelled_is_read_back(count: int) -> None:
    """Spelling and reading are inverse."""
    assert size(spelled(count)) == count


STRICTER = {"0.3K", "1.M", "50%", "infinity", "512M 1G", "1K 1K"}
"""Texts that systemd takes for a limit, or cuts off, and we refuse; or the reverse of a sum."""


@pytest.mark.needs_systemd
def test_systemd_takes_what_we_take(tmp_path: Path) -> None:
    """systemd-analyze finds no fault with a size that we take, and finds those that we refuse."""
    texts = [*RIGHT, *WRONG]
    texts = [text for text in texts if text not in STRICTER and text not in ("", "0")]
    lines = [f"MemoryMax={text}" for text in texts]
    unit = tmp_path / "sizes.service"
    unit.write_text("\n".join(["[Service]", "ExecStart=/bin/true", *lines, ""]))
    command = ["systemd-analyze", "verify", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if "sizes.service:" in line]
    refused = {texts[int(line.split("sizes.service:")[1].split(":")[0]) - 3] for line in said}
    assert refused == {text for text in texts if text in WRONG}
