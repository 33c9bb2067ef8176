"""A POST with an `Idempotency-Key` is done once, however often it is sent; the answer is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, connection, transaction
from rest_framework.response import Response

from accounts.api_errors import ApiError, exception_handler
from accounts.clock import now
from accounts.models import IdempotentAnswer, User

KEPT_HOURS = 24
MAX_KEY = 255
#: How long a second request waits for the first before it is told to come back.
WAIT_SECONDS = 10
_CONFLICT = 409
_FIRST_ERROR = 400


def answer_once(
    user: User, *, key: str, path: str, body: bytes, act: Callable[[], Response]
) -> Response:
    """Do `act` unless this person sent this key to this path before; return the first answer then.

    The claim, the act and the answer are one transaction: when the server dies in between, nothing
    was done and the key is free. Of two requests at the same instant the second waits on the unique
    row. Answers that did nothing (a wrong field, a stranger) are not kept. Raises ApiError: 422
    `key_reused` for the same key with another body, 422 `bad_key`, 409 `in_progress` when the first
    request takes longer than WAIT_SECONDS.
    """
    if not key.strip() or len(key) > MAX_KEY or not key.isprintable():
        raise ApiError(422, "bad_key", f"Idempotency-Key: 1 to {MAX_KEY} printable characters.")
    request_hash = hashlib.sha256(path.encode() + b"\n" + body).hexdigest()
    path = path[:MAX_KEY]
    _forget_old()
    with transaction.atomic():
        claimed = _claim(user, key, path, request_hash)
        if claimed is None:
            return _first_answer(user, key, path, request_hash)
        try:
            response = act()
        except Exception as error:
            refusal = exception_handler(error, {})
            if refusal is None:
                raise
            response = refusal
        if response.status_code >= _FIRST_ERROR and response.status_code != _CONFLICT:
            transaction.set_rollback(True)
            return response
        IdempotentAnswer.objects.filter(pk=claimed).update(
            status_code=response.status_code,
            answer=json.dumps(response.data, cls=DjangoJSONEncoder),
        )
    return response


def _forget_old() -> None:
    with transaction.atomic():
        old = (
            IdempotentAnswer.objects.filter(created_at__lt=now() - timedelta(hours=KEPT_HOURS))
            .order_by("created_at")
            .select_for_update(skip_locked=True)
            .values_list("pk", flat=True)[:200]
        )
        if keys := list(old):
            IdempotentAnswer.objects.filter(pk__in=keys).delete()


def _claim(user: User, key: str, path: str, request_hash: str) -> int | None:
    """Insert the row and return its key; None when somebody was first (and has committed)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{WAIT_SECONDS}s"])
        try:
            cursor.execute(
                """
                INSERT INTO accounts_idempotentanswer
                    (user_id, key, path, request_hash, status_code, answer, created_at)
                VALUES (%s, %s, %s, %s, 0, '', %s)
                ON CONFLICT (user_id, key, path) DO NOTHING
                RETURNING id
                """,
                [user.pk, key, path, request_hash, now()],
            )
        except OperationalError:
            raise ApiError(
                _CONFLICT, "in_progress", "The first request with this key is still running."
            ) from None
        row = cursor.fetchone()
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    return int(row[0]) if row else None


def _first_answer(user: User, key: str, path: str, request_hash: str) -> Response:
    first = IdempotentAnswer.objects.filter(user=user, key=key, path=path).first()
    if first is None:
        raise ApiError(
            _CONFLICT, "in_progress", "The first request with this key is still running."
        )
    if first.request_hash != request_hash:
        raise ApiError(422, "key_reused", "This key was used for another request.")
    return Response(
        json.loads(first.answer), status=first.status_code, headers={"Idempotent-Replayed": "true"}
    )
