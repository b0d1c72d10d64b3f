"""A verifier as the kits' caches are (docs/key-sources.md), without its tokens' signatures."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Final, TypeAlias

from .judge import Answer, Served, Token

_MIN_LIFETIME: Final = 30
_CACHE_TTL: Final = 300
_MAX_STALE: Final = 3600
_PAUSE: Final = 15
_REMEMBERED: Final = 60

Fetch: TypeAlias = Callable[[Callable[[Served | None], None]], None]
"""Asks somebody for the set; None: there is none to be had."""


class Verifier:
    def __init__(self, offset: float, max_age: int, cooldown: int, *, is_eager: bool) -> None:
        """Some fetch in the last fifth of the time, and some come so seldom that it is over."""
        self.offset = offset
        self.is_fetching = False
        self._lifetime = min(_CACHE_TTL, max(_MIN_LIFETIME, max_age))
        self._cooldown = cooldown
        self._is_eager = is_eager
        self._missing: dict[str, float] = {}
        self._served: Served | None = None
        self._at = self._failed = -inf

    def verify(self, token: Token, time: float, fetch: Fetch, told: Callable[[Answer, Served | None], None]) -> None:
        kid, now = token.kid, time + self.offset
        age = now - self._at
        is_fresh, is_known = age < self._lifetime, self._knows(kid, now)
        is_down = now - self._failed < self._cooldown
        is_due = age * 5 >= self._lifetime * 4 if self._is_eager else not is_fresh
        is_turned_away = is_down or age < self._cooldown or now - self._missing.get(kid, -inf) < _REMEMBERED
        begins = (is_due or not (is_known or is_turned_away)) and now - self._failed >= _PAUSE
        is_served = is_known and (is_down or is_fresh)

        def answer() -> None:
            refusal: Answer = "refused" if now - self._at < self._lifetime else "unavailable"
            told("passed" if self._knows(kid, now) else refusal, self._served)

        def landed(served: Served | None) -> None:
            self.is_fetching = False
            if served is None:
                self._failed = now
            else:
                self._served, self._at, self._failed = served, now, -inf
                if not self._knows(kid, now):
                    self._missing[kid] = now
            if not is_served:
                answer()

        if is_served or not begins:
            answer()
        if begins:
            self.is_fetching = True
            fetch(landed)

    def _knows(self, kid: str, now: float) -> bool:
        served = self._served
        return served is not None and now - self._at < self._lifetime + _MAX_STALE and kid in served.kids
