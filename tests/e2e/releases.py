"""The releases of Debian that the tests boot, beside what is installed here.

In: nothing. Out: where their root directories are. Refuses to boot them: the fixtures do.
"""

from __future__ import annotations

import os
from pathlib import Path

from modsvc_dsl.testing.plugin import REQUIRE, refuse
from scripts.debian_root import RELEASES, NotMade

DEBIAN_13 = RELEASES[13]


def root_of_debian_13() -> Path:
    """Its root directory. Made where a machine is required, else a lack of it skips the test."""
    required = os.environ.get(REQUIRE)
    try:
        return DEBIAN_13.make() if required == "1" else DEBIAN_13.find()
    except NotMade as why:
        refuse(str(why), required)
