"""What a real Celery worker imports (`-I`) so that it halts at one line until somebody kills it.

HALT_AT names the line: before_call (claimed, the fence not passed), after_fence (the call may
begin), after_accepted (the carrier has it, nothing is written), before_commit (the SID is written,
and not committed). Each halt leaves a file in
HALT_FOLDER, so that the test knows.
"""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path
from typing import Any

from messaging import delivery, dispatch

LINES = {"before_call": "begin_call", "after_fence": "_call", "after_accepted": "_settle"}


def halt(*_: Any, **__: Any) -> None:
    """Say that the line was reached, and go no further."""
    (Path(os.environ["HALT_FOLDER"]) / uuid.uuid4().hex).write_text("here", encoding="utf-8")
    time.sleep(600)  # noqa: TID251 - the test kills this process


_became_sent = delivery.became_sent


def write_and_halt(*given: Any, **named: Any) -> None:
    """Write what the carrier said, and die before the transaction that holds it ends."""
    _became_sent(*given, **named)
    halt()


HALT_AT = os.environ.get("HALT_AT")
if HALT_AT == "before_commit":
    delivery.became_sent = write_and_halt
elif HALT_AT:
    setattr(dispatch, LINES[HALT_AT], halt)
