"""Replay stores: which tokens were used (RFC 7519 section 4.1.7)."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Final, Literal, Protocol, TypeAlias

from kit_jwt.errors import MisuseError, TokenError

from .expiring_set import ExpiringSet

Freshness: TypeAlias = Literal["fresh", "replayed"]
"""Whether a token is used for the first time."""

MAX_ENTRIES: Final = 100_000


class ReplayStore(Protocol):
    """Remembers tokens until they have expired. One call both asks and remembers, atomically.

    For `Kit` it answers at once, for `aio.Kit` it may also be awaitable.

    >>> class Forgetful:
    ...     def consume(self, **use: object) -> str:
    ...         return "fresh"
    >>> from kit_jwt import Kit
    >>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86, replay=Forgetful())
    >>> claims = kit.verify(kit.sign({"sub": "u1"}))
    >>> kit.consume_once(claims), kit.consume_once(claims)
    (None, None)
    """

    def consume(
        self, *, issuer: str, jti: str, expires: float, now: float, issued: float | None = None
    ) -> Freshness | Awaitable[Freshness]:
        """Remember a token, and say whether it was there already.

        Args:
            issuer: `iss` of the token.
            jti: `jti` of the token, unique for its issuer.
            expires: seconds since the epoch from which on it need not be remembered (`exp` plus leeway).
            now: seconds since the epoch.
            issued: `iat` of the token, where it has one: a store that forgot what it knew can refuse what was issued
                before, and nothing else.

        Returns:
            `fresh` or `replayed`. An exception, or anything else, counts as `replay_unavailable`.
        """
        ...


class MemoryReplayStore:
    """A `ReplayStore` of this process; safe to share between threads. See `memory_replay_store`."""

    __slots__ = ("_seen",)

    def __init__(self, max_entries: int = MAX_ENTRIES) -> None:
        """See `memory_replay_store`."""
        if isinstance(max_entries, bool) or not isinstance(max_entries, int) or max_entries < 1:
            message = "max_entries is a positive integer"
            raise MisuseError(message)
        self._seen = ExpiringSet(max_entries)

    def consume(
        self,
        *,
        issuer: str,
        jti: str,
        expires: float,
        now: float,
        issued: float | None = None,  # noqa: ARG002 # what is in this memory is forgotten with the process alone
    ) -> Freshness:
        """Remember a token, see `ReplayStore.consume`.

        Args:
            issuer: `iss` of the token.
            jti: `jti` of the token, unique for its issuer.
            expires: seconds since the epoch from which on it need not be remembered.
            now: seconds since the epoch.
            issued: `iat` of the token; not needed here.

        Returns:
            `fresh` or `replayed`.

        Raises:
            OverflowError: it is full of tokens that are still valid.

        >>> store = MemoryReplayStore()
        >>> store.consume(issuer="i", jti="a", expires=200, now=100)
        'fresh'
        >>> store.consume(issuer="i", jti="a", expires=200, now=101)
        'replayed'
        """
        token = (issuer, jti)
        new = self._seen.add(token, expires, now)
        if new is None:
            raise TokenError("replay_unavailable")
        return "fresh" if new else "replayed"

    def __len__(self) -> int:
        """Count the tokens that are remembered."""
        return len(self._seen)


def memory_replay_store(*, max_entries: int = MAX_ENTRIES) -> MemoryReplayStore:
    """A replay store in memory, for one process: several processes each see a token once.

    Args:
        max_entries: tokens that are remembered at most; beyond, tokens are refused.

    Returns:
        The store.

    Raises:
        MisuseError: `max_entries` is no positive integer.

    >>> store = memory_replay_store()
    >>> store.consume(issuer="i", jti="1", expires=100, now=0), store.consume(issuer="i", jti="1", expires=100, now=1)
    ('fresh', 'replayed')
    """
    return MemoryReplayStore(max_entries)
