"""What all benchmarks have in common: N on the command line, and what it took.

In: a piece of work for a size. Out: one line: the figures of the work, seconds and MiB. Refuses to
run anything twice: whoever wants a median runs the program several times.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

T = TypeVar("T")


def report(
    about: str | None,
    start: float,
    work: Callable[[T], Mapping[str, object]],
    prepare: Callable[[int], T],
) -> None:
    """Do the work once, with the cyclic collector off as in the command, and print what it took.

    `start` is the moment, by `time.perf_counter`, at which the program began to import. What
    `prepare` makes of the size is given to the work, and is no part of it.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("count", type=int)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    imported = time.perf_counter() - start
    gc.disable()
    begun = time.perf_counter()
    prepared = prepare(arguments.count)
    before, user = time.perf_counter(), time.process_time()
    done = work(prepared)
    facts = {
        **done,
        "import_s": round(imported, 4),
        "prepared_s": round(before - begun, 4),
        "work_s": round(time.perf_counter() - before, 6),
        "work_cpu_s": round(time.process_time() - user, 6),
        "peak_MiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }
    print(json.dumps(facts) if arguments.json else facts)
    gc.freeze()  # as the command does: or Python would collect once more at its end
