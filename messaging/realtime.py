"""The live stream: ids over Redis pub/sub to Server-Sent Events. Never a word of a text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import lru_cache, partial
from typing import Literal

import redis
import redis.asyncio
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET
from redis.backoff import NoBackoff
from redis.retry import Retry

from accounts.models import Dealership, User
from messaging import broker

Event = Literal["conversation", "message", "consent"]
HEARTBEAT_SECONDS = 15.0
#: The browser comes back by itself; whoever lost their job since then gets a 404-free empty stream.
STREAM_SECONDS = 300.0


def channel(dealership_id: int) -> str:
    """Return the pub/sub channel of one dealership."""
    return f"dealership:{dealership_id}"


@lru_cache(maxsize=1)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0)
    )


def publish(dealership_id: int, *changes: tuple[Event, str]) -> None:
    """Publish what changed: events with public ids, in one message.

    Errors are swallowed: a page re-reads on reconnecting.
    """
    client = _client(settings.REDIS_URL)
    told = "\n".join(f"{event} {public_id}" for event, public_id in changes)
    broker.attempt("publish", partial(client.publish, channel(dealership_id), told))


def _channels_of(user: User) -> list[str]:
    pks = Dealership.objects.visible_to(user).values_list("pk", flat=True)
    return [channel(pk) for pk in pks]


def _channels_then_disconnect(request: HttpRequest) -> list[str] | None:
    user = request.user
    channels = _channels_of(user) if isinstance(user, User) else None
    # An open stream would keep the connection that this look-up used (stack: SSE).
    connections.close_all()
    return channels


@require_GET
async def events(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Stream `event: conversation|message|consent` with the public id of what changed."""
    channels = await sync_to_async(_channels_then_disconnect)(request)
    if channels is None:
        return HttpResponse(status=401)
    response = StreamingHttpResponse(_stream(channels), content_type="text/event-stream")
    response["Cache-Control"] = "no-cache"
    response["X-Accel-Buffering"] = "no"
    return response


async def _stream(channels: list[str]) -> AsyncIterator[bytes]:
    yield b"retry: 1000\nevent: ready\ndata: 1\n\n"
    if not channels:
        return
    client = redis.asyncio.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2)
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + STREAM_SECONDS
    try:
        async with client.pubsub(ignore_subscribe_messages=True) as pubsub:
            await pubsub.subscribe(*channels)
            while loop.time() < ends_at:
                message = await pubsub.get_message(timeout=HEARTBEAT_SECONDS)
                if message is None:
                    yield b": still here\n\n"
                    continue
                for change in message["data"].decode().splitlines():
                    event, _, public_id = change.partition(" ")
                    yield f"event: {event}\ndata: {public_id}\n\n".encode()
    except redis.RedisError:
        return
    finally:
        await client.aclose()
