"""How much of its stack a thread may use, and threads with room of their own."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

import pytest

from modsvc_dsl.language.cells.room import FEW_FRAMES, FRAMES, MEMORY, nearly_full, start


def frames_until_full() -> int:
    """How many more frames of ours it takes until the stack counts as nearly full."""

    def down(count: int) -> int:
        return count if nearly_full() else down(count + 1)

    return down(0)


def in_thread(work: Callable[[], int], size: int) -> int:
    """What work returns in a thread of the user's with a stack of `size` bytes."""
    found: list[int] = []
    with stack_size(size):
        thread = threading.Thread(target=lambda: found.append(work()))
        thread.start()
    thread.join()
    return found[0]


@contextmanager
def stack_size(size: int) -> Generator[None, None, None]:
    before = threading.stack_size(size)
    try:
        yield
    finally:
        threading.stack_size(before)


def test_a_thread_of_ours_has_room() -> None:
    """For as many frames as one stack holds, whatever its maker had used."""
    found: list[int] = []
    start(lambda: found.append(frames_until_full())).join()
    limit = min(sys.getrecursionlimit() // 2, FRAMES)
    assert limit - 20 <= found[0] <= limit


def test_a_thread_of_the_users_with_a_small_stack_has_less() -> None:
    """It is not made larger, and it does not overflow."""
    with stack_size(256 * 1024):
        found = in_thread(frames_until_full, 256 * 1024)
    assert found <= FEW_FRAMES


def test_what_users_have_set_stays_as_it_is() -> None:
    """The recursion limit and the size of their stacks."""
    before = sys.getrecursionlimit(), threading.stack_size()
    nearly_full()
    start(lambda: None).join()
    assert (sys.getrecursionlimit(), threading.stack_size()) == before
    with stack_size(512 * 1024):
        start(lambda: None).join()
        assert threading.stack_size() == 512 * 1024


def test_a_lower_recursion_limit_is_kept_to() -> None:
    """Half of it is for us, half for the functions of the user's."""
    limit = sys.getrecursionlimit()
    found: list[int] = []

    def lowered() -> None:
        sys.setrecursionlimit(300)
        try:
            found.append(frames_until_full())
        finally:
            sys.setrecursionlimit(limit)

    start(lowered).join()
    assert found[0] <= 150


@pytest.mark.parametrize("count", [1, 10])
def test_threads_end_with_their_work(count: int) -> None:
    """None is left over, and none keeps the program from ending."""
    before = threading.active_count()
    threads = [start(lambda: None) for _ in range(count)]
    assert all(thread.daemon for thread in threads)
    for thread in threads:
        thread.join()
    assert threading.active_count() == before
    assert MEMORY >= 1 << 20
