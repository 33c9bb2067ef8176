"""How often somebody unknown may knock: fixed windows in the cache, forgotten when they end."""

from __future__ import annotations

import ipaddress
import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def neighbourhood_of(ip: str) -> str:
    """Return what a knock from an address counts for: of IPv6 the network of one household, a /64.

    Whoever has one address there has them all.
    """
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    if isinstance(address, ipaddress.IPv4Address):
        return ip
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


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
