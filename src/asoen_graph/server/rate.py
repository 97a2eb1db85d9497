"""How often a client may ask: a bucket of tokens for each, which fills steadily and is emptied by requests.

A client is an address, or for IPv6 the network of 64 bits that one household or machine has. Addresses are kept in
memory only, and only of the latest clients.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Final

MOST_CLIENTS: Final = 50_000
"""Of more clients, those that have not asked for longest start anew."""

FREE: Final = frozenset({"/health", "/ready", "/metrics"})
"""What those ask who watch over the server: as often as they like."""

_IPV6_NETWORK_BITS: Final = 64
_ROUNDING: Final = 1e-6
"""What sums of fractions of a token may be off by."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    time: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may be answered, and what is left to its client."""

    allowed: bool
    left: int
    """Requests that would be answered right now."""
    full_in: int
    """Seconds until all of them would be again."""
    retry_in: int
    """Seconds until the next one would be answered."""


class Rate:
    """The buckets of all clients: ``rate`` tokens a second each, ``burst`` at most."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate = rate
        self._burst = burst
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self.policy = f'"requests";q={burst};w={max(1, math.ceil(burst / rate))}'
        """The value of ``RateLimit-Policy``."""

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, client: str, now: float) -> Verdict:
        """Take a token for a request at a time (of any clock that does not go back)."""
        name = name_of(client)
        bucket = self._buckets.get(name)
        if bucket is None:
            bucket = self._buckets[name] = _Bucket(self._burst, now)
            if len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(name)
            bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.time) * self._rate)
            bucket.time = now
        allowed = bucket.tokens > 1 - _ROUNDING
        if allowed:
            bucket.tokens = max(0.0, bucket.tokens - 1)
        full_in = math.ceil((self._burst - bucket.tokens) / self._rate)
        retry_in = max(1, math.ceil((1 - bucket.tokens) / self._rate))
        return Verdict(allowed, int(bucket.tokens + _ROUNDING), full_in, retry_in)

    def headers(self, verdict: Verdict) -> list[tuple[bytes, bytes]]:
        """What tells the client: ``RateLimit`` and its policy (draft-ietf-httpapi-ratelimit-headers)."""
        limit = f'"requests";r={verdict.left};t={verdict.full_in}'
        return [(b"ratelimit-policy", self.policy.encode()), (b"ratelimit", limit.encode())]


@lru_cache(maxsize=4096)
def name_of(client: str) -> str:
    """What a client is told apart by."""
    try:
        address = ip_address(client.partition("%")[0])
    except ValueError:
        return client[:100]
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> _IPV6_NETWORK_BITS << _IPV6_NETWORK_BITS)) + "/64"
