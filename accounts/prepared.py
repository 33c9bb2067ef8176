"""Hand-written statements that the server plans once for each connection.

For the few places where the planning costs more than the work: a join of six small look-ups is
planned in a millisecond and run in a tenth of it. Not for a connection pooler that gives each
transaction another server connection (docs/operations.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

_PLACE = re.compile(r"%\((\w+)\)s")
_prepared: WeakKeyDictionary[psycopg.Connection[Any], set[str]] = WeakKeyDictionary()


class Statement:
    """One statement with named parameters, as `%(name)s`. `name` is its own in the whole project.

    Where a parameter's type is not told by what stands beside it, the statement casts it.
    """

    def __init__(self, name: str, sql: str) -> None:
        self.name = name
        names = list(dict.fromkeys(_PLACE.findall(sql)))
        numbered = _PLACE.sub(lambda place: f"${names.index(place[1]) + 1}", sql)
        self.preparation = f"PREPARE {name} AS {numbered}"
        self.call = f"EXECUTE {name} ({', '.join(f'%({name})s' for name in names)})"


def execute(cursor: CursorWrapper, params: Mapping[str, Any], *statements: Statement) -> None:
    """Run statements one after the other in one round trip; `cursor.nextset()` goes to the next.

    Each sees what was committed before it began, as when they are sent one by one. Outside a
    transaction they are one together.
    """
    link = connection.connection
    prepared = _prepared.setdefault(link, set())
    for statement in statements:
        if statement.name not in prepared:
            link.execute(statement.preparation)  # once a connection: not one of Django's queries
            prepared.add(statement.name)
    cursor.execute("; ".join(statement.call for statement in statements), params)
