"""Names that the kernel has, as this machine's systemd knows them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import get_args

import pytest

from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.services.values.kernel_names import AddressFamily, Capability, SystemCall

with_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine"
)


def told(*command: str) -> str:
    """What systemd-analyze prints."""
    done = subprocess.run(
        ["systemd-analyze", *command], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@with_systemd
def test_the_capabilities_are_those_of_systemd() -> None:
    """None is missing and none is made up; a newer one would have to be added."""
    known = {line.split()[0].upper() for line in told("capability").splitlines()[1:]}
    assert {*get_args(Capability)[1].values} == known


@with_systemd
def test_systemd_knows_each_address_family(tmp_path: Path) -> None:
    """And says so of what is none."""
    unit = tmp_path / "a.service"
    for names, right in (([*get_args(AddressFamily)[1].values], True), (["AF_NOPE"], False)):
        families = " ".join(names)
        unit.write_text(f"[Service]\nExecStart=/bin/true\nRestrictAddressFamilies={families}\n")
        assert ("address family" not in told("verify", "--man=no", str(unit))) == right


@with_systemd
def test_the_sets_of_system_calls_are_those_of_systemd() -> None:
    """Those that a newer one has besides may be there."""
    known = {line for line in told("syscall-filter").splitlines() if line.startswith("@")}
    type_ = option_type(SystemCall)
    assert known and all(map(type_.accepts, known))
    assert not type_.accepts("@nope")


@pytest.mark.parametrize(
    ("annotation", "wrong", "hint"),
    [
        (Capability, "net_bind_service", "write 'CAP_NET_BIND_SERVICE'"),
        (Capability, "CAP_NET_BIND_SERVCE", "did you mean 'CAP_NET_BIND_SERVICE'?"),
        (Capability, "everything", ""),
        (Capability, "CAP_KILL CAP_CHOWN", ""),
        (AddressFamily, "inet", "write 'AF_INET'"),
        (AddressFamily, "AF_INT", "did you mean 'AF_INET'?"),
        (SystemCall, "@sytem-service", "did you mean '@system-service'?"),
        (SystemCall, " open", "take the blanks around it off"),
        (SystemCall, "OPEN", "upper and lower case count"),
        (SystemCall, "~open", ""),
    ],
)
def test_what_is_no_name_is_told_with_the_one_that_was_meant(
    annotation: object, wrong: str, hint: str
) -> None:
    """Where one is like it."""
    type_ = option_type(annotation)
    assert not type_.accepts(wrong)
    assert type_.hint(wrong) == hint


def test_a_set_like_no_other_is_told_with_all_there_are() -> None:
    """Nothing is like it, and nobody knows them by heart."""
    hint = option_type(SystemCall).hint("@nosuch")
    assert hint.startswith("the sets are @aio, @basic-io, ") and hint.endswith(" @timer")
