"""How often somebody unknown may knock: fixed windows in the cache, forgotten when they end."""

from __future__ import annotations

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def is_spent(name: str, key: str, *, most: int, seconds: int) -> bool:
    """Count one knock; say whether it is more than `most` in this window of so many seconds.

    `key` (an address, a number) reaches the cache only as a keyed hash (promise I7). While the
    cache is away nothing is counted, and nobody is turned away.
    """
    window = int(time.time()) // seconds
    digest = salted_hmac(f"limit:{name}", key).hexdigest()
    place = f"limit:{name}:{window}:{digest}"
    cache.add(place, 0, seconds)
    try:
        return cache.incr(place) > most
    except ValueError:  # the window ended, or the cache is away
        return False
