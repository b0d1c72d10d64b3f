"""The tokens that are kept: no waiting, no clock of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .source import Given

_PAUSE: Final = 5
"""Seconds between two attempts while a source does not answer and a token still lives."""

_PATIENCE: Final = 10
"""Seconds that a replacement is kept at least: a target that refuses everything must not drain the issuer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long tokens are kept.

    Attributes:
        margin: seconds before its end that a token is renewed.
        jitter: seconds before the margin, of which chance takes a part: callers that started together do not renew
            together.
        max_tokens: that are kept at most.
        random: from 0 up to 1.
    """

    margin: float
    jitter: float
    max_tokens: int
    random: Callable[[], float]


@dataclass(slots=True, kw_only=True)
class _Entry:
    token: str
    kept_at: float
    ends_at: float
    renew_at: float
    is_refused: bool
    """By the target."""
    is_replacement: bool
    """It stands for one that the target refused."""


class TokenBook:
    """The tokens, in the order of their last use; for all threads."""

    def __init__(self, keeping: Keeping) -> None:
        """Start with none."""
        self._keeping = keeping
        self._lock = threading.Lock()
        self._entries: dict[str, _Entry] = {}

    def find(self, key: str, now: float) -> str | None:
        """The token to be shown; None: ask for one."""
        with self._lock:
            entry = self._entries.get(key)
            # A clock that was set back says nothing about how long the token has lived.
            if entry is None or entry.is_refused or not entry.kept_at <= now < entry.renew_at:
                return None
            self._entries[key] = self._entries.pop(key)
            return entry.token

    def spare(self, key: str, now: float) -> str | None:
        """The token that is still good while no other can be had; None: there is none."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None or entry.is_refused or not entry.kept_at <= now < entry.ends_at:
                return None
            entry.renew_at = min(now + _PAUSE, entry.ends_at)
            return entry.token

    def keep(self, key: str, given: Given, now: float) -> None:
        """Keep a token that was asked for at this time."""
        keeping = self._keeping
        early = min(keeping.margin + keeping.jitter * keeping.random(), given.lifetime / 2)
        ends_at = now + given.lifetime
        with self._lock:
            before = self._entries.pop(key, None)
            self._entries[key] = _Entry(
                token=given.token,
                kept_at=now,
                ends_at=ends_at,
                renew_at=ends_at - early,
                is_refused=False,
                is_replacement=before is not None and before.is_refused,
            )
            if len(self._entries) > keeping.max_tokens:
                del self._entries[next(iter(self._entries))]

    def refuse(self, key: str, token: str, now: float) -> bool:
        """The target refused a token. Whether another one is worth showing."""
        with self._lock:
            entry = self._entries.get(key)
            # It was replaced meanwhile.
            if entry is None or entry.token != token:
                return True
            if entry.is_replacement and 0 <= now - entry.kept_at < _PATIENCE:
                return False
            entry.is_refused = True
            return True
