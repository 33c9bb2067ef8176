"""`make bench`: all benchmarks, or those named: decision webhook screen dispatch inbox."""

from __future__ import annotations

import sys

from bench import decision, dispatch, inbox, screen, stage, webhook

ALL = ("decision", "webhook", "screen", "dispatch", "inbox")


def main(names: list[str]) -> None:
    """Run the named ones on a fresh database, in this order."""
    user = stage.prepare()
    runs = {
        "decision": decision.run,
        "webhook": webhook.run,
        "screen": lambda: screen.run(user),
        "dispatch": lambda: dispatch.run(user),
        "inbox": inbox.run,
    }
    for name in ALL:
        if name in names or not names:
            runs[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
