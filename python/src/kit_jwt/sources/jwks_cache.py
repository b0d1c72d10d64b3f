"""The keys of one source over time; docs/key-sources.md has the rules."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isnan, nan
from typing import Final, Literal, TypeAlias

from kit_jwt.crypto.algorithms import Algorithm
from kit_jwt.keys.key import PublicKey
from kit_jwt.token.effects import Flow

from .flight import Flight, Landing
from .key_set import KeySet, NotOne, usable_keys
from .retrieval import Retrieval, Retrieved

_MIN_LIFETIME: Final = 30
"""An answer asks for less: it is used for so many seconds all the same, where that is not above the configured time."""
_COOLDOWN: Final = 30
"""Anyone can make up a `kid`: a request for an unknown one comes so many seconds after the last request."""
_PAUSE: Final = 15
"""So many seconds after a request that failed there is none."""
_REMEMBERED: Final = 60
"""A key that a request did not bring causes none for so many seconds."""
_MAX_REMEMBERED: Final = 256
"""As many such keys, at most, and no `kid` of more bytes: what senders make up takes little room."""
_MAX_KID_BYTES: Final = 256
_MAX_ENTRIES: Final = 1000
"""Entries of a set that are read."""
_LATE: Final = 60
"""Who waited for another endpoint comes late, with an older moment; so much older, it is of a clock set back."""


@dataclass(frozen=True, slots=True)
class CacheLimits:
    """Limits of a cache, in seconds.

    Attributes:
        cache_ttl: that an answer is used at most.
        max_stale: that it is used beyond its time while the source fails.
        timeout: that a request may take, from its beginning to the end of its body.
    """

    cache_ttl: int
    max_stale: int
    timeout: float


Query: TypeAlias = tuple[Algorithm, str | None]
"""What a header says of its key."""

Found: TypeAlias = PublicKey | NotOne | Literal["jwks_unavailable"]


@dataclass(frozen=True, slots=True)
class _Cached:
    """One answer, and the key sets made of it so far, by algorithm."""

    at: float
    entries: Sequence[object]
    lifetime: int
    etag: str | None
    sets: dict[str, KeySet] = field(default_factory=dict)

    def find(self, query: Query) -> PublicKey | NotOne:
        algorithm, kid = query
        keys = self.sets.get(algorithm.name)
        if keys is None:
            # Two threads may both build it: they build the same.
            keys = self.sets[algorithm.name] = KeySet(usable_keys(self.entries, (algorithm,)))
        return keys.find(algorithm, kid)


class JwksCache:
    """The keys of one source over time. Safe to share between threads, event loops and kits.

    They are used for their time, fetched again before its end by one request at a time, and kept where that fails. A
    moment is `now` of whoever asks; time is the distance between two, so that a clock which is set back makes nothing
    last for ever. Every request runs in a thread of its own, or as a task of the event loop, so that nobody's call
    takes longer because the set was due.
    """

    def __init__(self, retrieval: Retrieval, limits: CacheLimits) -> None:
        """Start with nothing."""
        self._retrieval = retrieval
        self._limits = limits
        self._lock = threading.Lock()
        self._cached: _Cached | None = None
        self._flight: Flight | None = None
        self._failed = nan  # when the last request began, where it failed
        self._latest = nan
        self._missing: dict[Query, float] = {}

    def rank(self, algorithm: Algorithm, kid: str | None, now: float) -> int:
        """What an answer will cost.

        0: it answers at once. 1: it knows the key, and may have to ask whether that still stands. 2: it does not know
        the key.
        """
        cached = self._cached
        return 2 if self._find(cached, (algorithm, kid), now) == "key_not_found" else int(not _is_fresh(cached, now))

    def ask(self, algorithm: Algorithm, kid: str | None, now: float) -> Flow[Found]:
        """The key, or the code that stands for its absence; waits as whoever drives it does."""
        query, now = (algorithm, kid), self._in_time(now)
        found, flight, begins = self._look(query, now)
        if begins is not None:
            yield from self._start(begins)
        if flight is not None:
            yield Landing.of(flight, flight.began + self._limits.timeout - now)
            self._fail(flight, self._given_up(flight))
            cached = self._cached
            found = self._find(cached, query, now)
            if found == "key_not_found" and cached is not None and cached.at == flight.began:
                self._remember(query, now)
        return "jwks_unavailable" if found == "key_not_found" and not _is_fresh(self._cached, now) else found

    def _in_time(self, now: float) -> float:
        """For those who come late it is as late as for those who came before them."""
        with self._lock:
            if not 0 < self._latest - now < _LATE:
                self._latest = now
            return self._latest

    def _look(self, query: Query, now: float) -> tuple[PublicKey | NotOne, Flight | None, Flight | None]:
        """What is at hand, the request that has to be waited for, and the one that has to be started."""
        while True:
            cached = self._cached
            found = self._find(cached, query, now)
            with self._lock:
                # A set that came meanwhile may have what the other lacks.
                if cached is self._cached:
                    return (found, *self._flight_for(query, now, is_known=found != "key_not_found"))

    def _find(self, cached: _Cached | None, query: Query, now: float) -> PublicKey | NotOne:
        if cached is None or _distance(now, cached.at) >= cached.lifetime + self._limits.max_stale:
            return "key_not_found"
        return cached.find(query)

    def _flight_for(self, query: Query, now: float, *, is_known: bool) -> tuple[Flight | None, Flight | None]:
        cached, running = self._cached, self._flight
        # What runs it may be gone: a thread in a process that was forked, a task of a loop that was closed.
        if running is not None and _distance(now, running.began) >= self._limits.timeout:
            self._flight, self._failed = None, self._given_up(running)
        age = _distance(now, None if cached is None else cached.at)
        lifetime = 0 if cached is None else cached.lifetime
        since_failure = _distance(now, self._failed)
        is_down = since_failure < _COOLDOWN
        is_due = not age * 5 < lifetime * 4
        is_turned_away = is_down or age < _COOLDOWN or _distance(now, self._missing.get(query)) < _REMEMBERED
        is_wanted = is_due or not (is_known or is_turned_away or _bytes_of(query[1]) > _MAX_KID_BYTES)
        begins = None
        if is_wanted and self._flight is None and not since_failure < _PAUSE:
            begins = self._flight = Flight(now)
        # A known key is served at once while it is fresh, and where the source was down a moment ago.
        is_served = is_known and (is_down or age < lifetime) and (self._retrieval.is_kept or begins is None)
        return (None if is_served else self._flight), begins

    def _start(self, flight: Flight) -> Flow[None]:
        cached = self._cached
        # An endpoint that failed when it was shown a tag is asked without one.
        etag = cached.etag if cached is not None and isnan(self._failed) else None
        yield from self._retrieval.start(
            flight, etag, self._limits.timeout, lambda retrieved: self._end(flight, retrieved)
        )

    def _end(self, flight: Flight, retrieved: Retrieved | None) -> None:
        if retrieved is not None:
            self._land(flight, retrieved)
        self._fail(flight, flight.began)
        flight.end()

    def _given_up(self, flight: Flight) -> float:
        """When a request failed that took too long: where it may have been lost with its caller, it did not."""
        return flight.began if self._retrieval.is_kept else nan

    def _land(self, flight: Flight, retrieved: Retrieved) -> None:
        with self._lock:
            before = self._cached if retrieved.entries is None else None
            if self._flight is not flight or (retrieved.entries is None and before is None):
                return
            ttl, fresh = self._limits.cache_ttl, retrieved.freshness
            lifetime = fresh.lifetime if fresh.lifetime is not None else ttl if before is None else before.lifetime
            self._cached = _Cached(
                flight.began,
                before.entries if before is not None else tuple(retrieved.entries or ())[:_MAX_ENTRIES],
                min(ttl, max(_MIN_LIFETIME, lifetime)),
                fresh.etag or (None if before is None else before.etag),
                {} if before is None else before.sets,
            )
            self._flight, self._failed = None, nan

    def _fail(self, flight: Flight, failed: float) -> None:
        with self._lock:
            if self._flight is flight:
                self._flight, self._failed = None, failed

    def _remember(self, query: Query, now: float) -> None:
        with self._lock:
            self._missing[query] = now
            while len(self._missing) > _MAX_REMEMBERED:
                del self._missing[next(iter(self._missing))]


def _is_fresh(cached: _Cached | None, now: float) -> bool:
    return cached is not None and _distance(now, cached.at) < cached.lifetime


def _distance(now: float, then: float | None) -> float:
    """Not a number, and so neither more nor less than anything, where there is no moment."""
    return nan if then is None else abs(now - then)


def _bytes_of(kid: str | None) -> int:
    return len((kid or "").encode("utf-8", "surrogatepass"))
