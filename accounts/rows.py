"""Whole rows in hand-written statements: for the few places where each round trip counts.

The columns come from the model, so a migration that adds one needs no change here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection, models
from psycopg.sql import Literal

#: What the driver writes by itself, whatever the field.
_PLAIN = frozenset({bool, datetime, int, str, UUID})
ModelT = TypeVar("ModelT", bound=models.Model)


def _default_of(field: models.Field[Any, Any]) -> str:
    if field.has_default() and callable(field.default) and field.default not in (list, dict):
        raise ValueError(f"{field} has another default for each row")
    value = field.get_db_prep_save(field.get_default(), connection)
    return Literal(value).as_string().replace("%", "%%")


class Row(Generic[ModelT]):
    """How the rows of one model stand in SQL; parameters have the names of the columns."""

    def __init__(self, model: type[ModelT]) -> None:
        self._model = model
        self._fields = model._meta.concrete_fields
        self._names = [field.attname for field in self._fields]
        self._key = self._fields.index(model._meta.pk)
        self._written = [field for field in self._fields if field is not model._meta.auto_field]
        self._readers = [
            (position, reader)
            for position, field in enumerate(self._fields)
            if (reader := getattr(field, "from_db_value", None)) is not None
        ]

    def columns(self, alias: str) -> str:
        """Return the list to select, each column with the alias of its table."""
        return ", ".join(f'{alias}."{field.column}"' for field in self._fields)

    def read(self, values: Iterator[Any]) -> ModelT | None:
        """Take the next selected columns, return their object; None for an outer join's nulls."""
        plain = list(islice(values, len(self._fields)))
        if plain[self._key] is None:
            return None
        for position, reader in self._readers:
            plain[position] = reader(plain[position], None, connection)
        return self._model.from_db(connection.alias, self._names, plain)

    def insertion(self) -> str:
        """Return an INSERT of one row; `values` has its parameters."""
        columns = ", ".join(f'"{field.column}"' for field in self._written)
        places = ", ".join(f"%({field.column})s" for field in self._written)
        return f'INSERT INTO "{self._model._meta.db_table}" ({columns}) VALUES ({places})'  # noqa: S608 - our own models' names

    def selection(self, source: str, **given: str) -> str:
        """Return an INSERT of one row for each of `source`; what is not `given` has its default.

        `given`: the SQL of a column. A default that is made anew for each row must be given.
        """
        selected = [given.get(str(field.column)) or _default_of(field) for field in self._written]
        if unknown := given.keys() - {field.column for field in self._written}:
            raise ValueError(f"{self._model.__name__} has no columns {sorted(unknown)}")
        columns = ", ".join(f'"{field.column}"' for field in self._written)
        return (
            f'INSERT INTO "{self._model._meta.db_table}" ({columns}) '  # noqa: S608 - our own models' names
            f"SELECT {', '.join(selected)} FROM {source}"
        )

    def upsertion(self, key: str) -> str:
        """Return an INSERT that writes over the row with the same `key` (a unique column)."""
        changes = ", ".join(
            f'"{field.column}" = EXCLUDED."{field.column}"'
            for field in self._written
            if field.column != key
        )
        return f'{self.insertion()} ON CONFLICT ("{key}") DO UPDATE SET {changes}'

    def values(self, row: ModelT) -> dict[str, Any]:
        """Return what a new row's object writes, as the database wants it."""
        found: dict[str, Any] = {}
        for field in self._written:
            value = field.pre_save(row, add=True)
            if value is not None and type(value) not in _PLAIN:
                value = field.get_db_prep_save(value, connection)
            found[str(field.column)] = value
        return found

    def recorded(self, writing: str) -> str:
        """Return an insertion or upsertion that also writes the row's history; it returns `id`.

        The same row that django-simple-history writes on save(). Further parameters:
        `history_date`, `history_change_reason`, `history_type` ("+" or "~"), `history_user_id`.
        """
        history: type[models.Model] = self._model.history.model  # type: ignore[attr-defined]  # tracked models have it
        columns = ", ".join(f'"{field.column}"' for field in self._fields)
        about = ("history_date", "history_change_reason", "history_type", "history_user_id")
        places = ", ".join(f"%({name})s" for name in about)
        return (
            f"WITH written AS ({writing} RETURNING *) "  # noqa: S608 - our own models' names
            f'INSERT INTO "{history._meta.db_table}" ({columns}, {", ".join(about)}) '
            f'SELECT {columns}, {places} FROM written RETURNING "id"'
        )
