"""Time-stamps of checkpoints by an authority outside (RFC 3161): mail to oneself is no witness.

Optional: TIMESTAMP_URL names the authority. It learns a SHA-512, nothing else. What it answered is
kept byte for byte; whoever holds the authority's root certificate checks it without the portal:

    openssl ts -verify -data checkpoint-N.txt -in checkpoint-N.tsr -CAfile root.pem
"""

from __future__ import annotations

import hashlib
import logging

import requests
from django.conf import settings
from rfc3161_client import PKIStatus, TimestampRequestBuilder, decode_timestamp_response
from rfc3161_client.tsp import TimeStampRequest, TimeStampResponse

from consent.models import Checkpoint, CheckpointTimestamp

logger = logging.getLogger(__name__)
TIMEOUT_SECONDS = 10
#: An answer with its chain of certificates takes some kilobytes.
MAX_BYTES = 100_000
_GRANTED = {PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS}


class NotStamped(Exception):
    """The authority was not reached, or what it answered is no time-stamp of what was asked."""


def stamp_newest(*, limit: int) -> int:
    """Stamp each ledger's newest checkpoint that has no stamp; it covers the ones before it.

    Returns how many were stamped; what failed is tried again by the next run.
    """
    if not settings.TIMESTAMP_URL:
        return 0
    newest = Checkpoint.objects.order_by("dealership_id", "-size").distinct("dealership_id")
    waiting = Checkpoint.objects.filter(pk__in=newest.values("pk"), timestamp=None)
    stamped = 0
    for point in waiting.order_by("pk")[:limit]:
        try:
            stamp(point)
        except NotStamped as error:
            logger.warning("not stamped checkpoint=%s %s", point.pk, error)
            break  # the authority is away: the others would only wait for it too
        stamped += 1
    return stamped


def stamp(point: Checkpoint) -> CheckpointTimestamp:
    """Ask the authority to stamp one checkpoint, and keep its answer. Raises NotStamped."""
    request = TimestampRequestBuilder().data(point.note.encode()).build()
    answer = _ask(request.as_bytes())
    try:
        response = decode_timestamp_response(answer)
    except ValueError:
        raise NotStamped("the answer is no time-stamp") from None
    _check(request, response, point.note.encode())
    made, _ = CheckpointTimestamp.objects.get_or_create(
        checkpoint=point,
        defaults={
            "authority": settings.TIMESTAMP_URL,
            "response": answer,
            "stamped_at": response.tst_info.gen_time,
        },
    )
    return made


def _ask(body: bytes) -> bytes:
    try:
        with requests.post(
            settings.TIMESTAMP_URL,
            data=body,
            headers={"Content-Type": "application/timestamp-query"},
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
            stream=True,
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise NotStamped(f"status {answer.status_code}")
            content: bytes = answer.raw.read(MAX_BYTES + 1, decode_content=True)
    except (requests.RequestException, OSError) as error:
        raise NotStamped(type(error).__name__) from None
    if len(content) > MAX_BYTES:
        raise NotStamped("the answer is too long")
    return content


def _check(request: TimeStampRequest, response: TimeStampResponse, note: bytes) -> None:
    if response.status not in _GRANTED:
        raise NotStamped(f"refused with status {response.status}")
    info = response.tst_info
    # The authority's signature is for whoever has its root; that it is an answer to us is ours.
    if info.message_imprint.message != hashlib.sha512(note).digest():
        raise NotStamped("it stamps something else")
    if info.nonce != request.nonce:
        raise NotStamped("it answers another request")
