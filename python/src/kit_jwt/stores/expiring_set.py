"""Tokens that are forgotten once their time has come; bounded, and safe to share between threads."""

from __future__ import annotations

import heapq
import threading
from typing import TypeAlias

Token: TypeAlias = tuple[str, str]
"""`iss` and `jti`, which name a token together."""


class ExpiringSet:
    """A set whose members are dropped when time has passed them."""

    __slots__ = ("_by_expiry", "_limit", "_lock", "_tokens")

    def __init__(self, limit: int | None = None) -> None:
        """Hold `limit` tokens at most, None for any number."""
        self._limit = limit
        self._lock = threading.Lock()
        self._tokens: dict[Token, float] = {}
        self._by_expiry: list[tuple[float, Token]] = []

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self._tokens)

    def has(self, token: Token, now: float) -> bool:
        """Whether a token is in it; `now` is in seconds since the epoch."""
        with self._lock:
            self._forget(now)
            return token in self._tokens

    def add(self, token: Token, expires: float, now: float) -> bool | None:
        """Add a token until `expires`: True where it is new, None where there is no room.

        False where it was there already: it stays until the later of the two times.
        """
        with self._lock:
            self._forget(now)
            known = self._tokens.get(token)
            if known is not None and known >= expires:
                return False
            if known is None and self._limit is not None and len(self._tokens) >= self._limit:
                return None
            self._tokens[token] = expires
            heapq.heappush(self._by_expiry, (expires, token))
            return known is None

    def _forget(self, now: float) -> None:
        while self._by_expiry and self._by_expiry[0][0] <= now:
            _, token = heapq.heappop(self._by_expiry)
            if self._tokens.get(token, now) <= now:
                self._tokens.pop(token, None)
