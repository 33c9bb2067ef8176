"""Peak memory of a consent archive's build, each in its own process."""

from __future__ import annotations

import resource
import subprocess
import sys

from django.contrib.auth import get_user_model

from accounts.models import Dealership
from archive import exports
from consent.models import ConsentEvent

_peaks: list[tuple[int, int]] = []  # entries, kilobytes


def build(dealership: Dealership) -> None:
    """Build one archive in a process of its own and keep its peak."""
    user = get_user_model().objects.get(email="seller0@volume.example")
    pk = exports.request_export(dealership, acting_user=user).pk
    done = subprocess.run(
        [sys.executable, "-m", "bench.export", str(pk)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    entries = ConsentEvent.objects.filter(dealership=dealership).count()
    _peaks.append((entries, int(done.stdout.split()[-1])))


def compare() -> None:
    """Print the ratio of the peaks."""
    (few, low), (many, high) = _peaks[0], _peaks[-1]
    print(
        f"export of {many} ledger entries: {high / low:.2f} x the peak memory of {few} "
        f"(ceiling 1.2); {high / 1024:.0f} MB against {low / 1024:.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    assert exports.build(int(sys.argv[1])) == "complete"
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
