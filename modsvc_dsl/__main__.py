"""`python -m modsvc_dsl`: the command `modsvc` where its script is not on the search path.

In: the arguments of the process. Out: its exit code. Refuses to do anything itself.
"""

from __future__ import annotations

import sys

from .cli.main import main

if __name__ == "__main__":
    sys.exit(main())
