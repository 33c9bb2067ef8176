"""What a real Celery worker imports (`-I`) so that it halts at one line until somebody kills it.

HALT_AT names the line: before_call (claimed, the fence not passed), after_fence (the call may
begin), after_accepted (the carrier has it, nothing is committed). Each halt leaves a file in
HALT_FOLDER, so that the test knows.
"""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path
from typing import Any

from messaging import dispatch

LINES = {"before_call": "begin_call", "after_fence": "_call", "after_accepted": "_settle"}


def halt(*_: Any, **__: Any) -> None:
    """Say that the line was reached, and go no further."""
    (Path(os.environ["HALT_FOLDER"]) / uuid.uuid4().hex).write_text("here", encoding="utf-8")
    time.sleep(600)  # noqa: TID251 - the test kills this process


if os.environ.get("HALT_AT"):
    setattr(dispatch, LINES[os.environ["HALT_AT"]], halt)
