"""`python -m messaging.simulator`."""

from __future__ import annotations

import sys

from messaging.simulator.program import main

if __name__ == "__main__":
    sys.exit(main())
