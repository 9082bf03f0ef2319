"""What every test run here shares: Ctrl-C is heard, and with MODSVC_REQUIRE_MACHINE=1 no end-to-end test is skipped.

In: the reports of a run. Out: the same, but a skip of a test that lies in `tests/e2e` or wears one
of the marks below is a failure which gives the reason of the skip. Refuses to know why a test would
skip itself.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from pathlib import Path

import pytest

END_TO_END = Path(__file__).parent / "e2e"
MARKS = frozenset({"e2e", "needs_machine", "needs_supervisor", "needs_systemd"})


def pytest_configure() -> None:
    """Hear Ctrl-C, as the programs that tests start do, though a shell's background job ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skip in a test or in what it is given."""
    report = yield
    marks = frozenset(mark.name for mark in item.iter_markers())
    if not hasattr(report, "wasxfail"):
        _refuse_skip(report, item.path, marks)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A skip of a whole file, which then has no tests to ask for their marks."""
    report = yield
    _refuse_skip(report, collector.path, frozenset())
    return report


def _refuse_skip(
    report: pytest.TestReport | pytest.CollectReport, path: Path, marks: frozenset[str]
) -> None:
    """Make a skip that is not allowed a failure."""
    required = os.environ.get("MODSVC_REQUIRE_MACHINE") == "1"
    if required and report.skipped and (path.is_relative_to(END_TO_END) or marks & MARKS):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"MODSVC_REQUIRE_MACHINE=1, and {report.nodeid} did not run: {reason}"
