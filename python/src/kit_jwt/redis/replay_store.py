"""Which tokens were used, for all processes that share a Redis."""

from __future__ import annotations

import asyncio
import threading
from typing import Final

from kit_jwt.stores.replay import Freshness

from .commands import AioRedisCommands, RedisCommands
from .consume import Uses, freshness
from .deadline import DEADLINE, AioDeadline, Deadline
from .errors import StoreError
from .names import PREFIX

_CLOCK_SKEW: Final = 1
"""Seconds: machines that are told the time by NTP differ by far less."""


class RedisReplayStore:
    """A `ReplayStore` that all processes share, in both languages; safe to share between threads.

    A token is remembered by one command until it has expired for everybody; one that is repeated after a broken
    connection counts once. The store knows since when it has forgotten nothing: after a restart, a failover or a loss
    of its data, tokens that were issued before are refused until they would have expired, and so are all tokens for
    `clock_skew_seconds`.

    >>> from kit_jwt.redis import connect_redis
    >>> redis = connect_redis({"REDIS_URL": "redis://localhost:6379"})
    >>> store = RedisReplayStore(redis)
    """

    def __init__(
        self,
        redis: RedisCommands,
        *,
        prefix: str = PREFIX,
        deadline_seconds: float = DEADLINE,
        clock_skew_seconds: float = _CLOCK_SKEW,
        min_replicas: int = 0,
    ) -> None:
        """Keep used tokens on a Redis.

        Args:
            redis: of `connect_redis` or `from_redis_py`.
            prefix: begins every key, and is the same in all processes that share the store.
            deadline_seconds: that a call takes at most.
            clock_skew_seconds: by which the clock of an issuer may be ahead of the server's. For as long, and a second
                more, all tokens are refused once the store has lost its memory.
            min_replicas: that have to know of a use before it counts. They are waited for, for half of the deadline and
                half a second at most.

        Raises:
            MisuseError: wrong options.
        """
        self._deadline = Deadline(redis, deadline_seconds)
        self._uses = Uses(prefix, clock_skew_seconds, min_replicas, deadline_seconds / 2, redis)

    def consume(self, *, issuer: str, jti: str, expires: float, now: float, issued: float | None = None) -> Freshness:
        """Remember a token, and say whether it was there already; one round trip.

        Args:
            issuer: its `iss`.
            jti: its `jti`.
            expires: seconds since the epoch from which on it need not be remembered.
            now: seconds since the epoch.
            issued: its `iat`, seconds since the epoch.

        Returns:
            `fresh` or `replayed`.

        Raises:
            StoreError: `store_forgetful`: the store may have forgotten that it was used; `store_evicting`: it would
                forget; `store_unreplicated`: fewer replicas than `min_replicas` know of it; `store_unavailable`,
                `store_refused`, `store_full`.
            MisuseError: times that are no numbers.
        """
        keys, args = self._uses.asked(issuer=issuer, jti=jti, expires=expires, now=now, issued=issued)
        said = self._deadline.within(lambda redis: self._uses.consume(redis, keys, args))
        if self._uses.is_to_look(said):
            threading.Thread(target=self._look, name="kit-jwt-redis-look", daemon=True).start()
        return freshness(said)

    def _look(self) -> None:
        try:
            self._deadline.within(self._uses.look)
        except StoreError:
            # Whoever comes next looks for itself.
            self._uses.has_looked = False

    def unsafe_start_empty(self) -> None:
        """Say that no token was ever used here, so that tokens which are older than the store are taken at once.

        For the first start of a new system, and for tests. Where the store knows anything of itself already, nothing
        changes. Said of a store that lost its memory, it lets every token in again that is still valid: that is why it
        is `unsafe`.

        Raises:
            StoreError: `store_unavailable`, `store_refused`, `store_full`.
        """
        self._deadline.within(self._uses.start_empty)


class AioRedisReplayStore:
    """The same for `kit_jwt.aio.Kit`, see `RedisReplayStore`.

    >>> from kit_jwt.redis import connect_redis_aio
    >>> redis = connect_redis_aio({"REDIS_URL": "redis://localhost:6379"})
    >>> store = AioRedisReplayStore(redis)
    """

    def __init__(
        self,
        redis: AioRedisCommands,
        *,
        prefix: str = PREFIX,
        deadline_seconds: float = DEADLINE,
        clock_skew_seconds: float = _CLOCK_SKEW,
        min_replicas: int = 0,
    ) -> None:
        """Keep used tokens on a Redis.

        Args:
            redis: of `connect_redis_aio` or `from_redis_py_aio`.
            prefix: begins every key, and is the same in all processes that share the store.
            deadline_seconds: that a call takes at most.
            clock_skew_seconds: by which the clock of an issuer may be ahead of the server's. For as long, and a second
                more, all tokens are refused once the store has lost its memory.
            min_replicas: that have to know of a use before it counts. They are waited for, for half of the deadline and
                half a second at most.

        Raises:
            MisuseError: wrong options.
        """
        self._deadline = AioDeadline(redis, deadline_seconds)
        self._uses = Uses(prefix, clock_skew_seconds, min_replicas, deadline_seconds / 2, redis)
        self._looking: asyncio.Task[None] | None = None

    async def consume(
        self, *, issuer: str, jti: str, expires: float, now: float, issued: float | None = None
    ) -> Freshness:
        """Remember a token, and say whether it was there already, see `RedisReplayStore.consume`.

        Args:
            issuer: its `iss`.
            jti: its `jti`.
            expires: seconds since the epoch from which on it need not be remembered.
            now: seconds since the epoch.
            issued: its `iat`, seconds since the epoch.

        Returns:
            `fresh` or `replayed`.

        Raises:
            StoreError: as `RedisReplayStore.consume`.
            MisuseError: times that are no numbers.
        """
        keys, args = self._uses.asked(issuer=issuer, jti=jti, expires=expires, now=now, issued=issued)
        said = await self._deadline.within(lambda redis: self._uses.consume(redis, keys, args))
        if self._uses.is_to_look(said):
            self._looking = asyncio.get_running_loop().create_task(self._look())
        return freshness(said)

    async def _look(self) -> None:
        try:
            await self._deadline.within(self._uses.look)
        except StoreError:
            # Whoever comes next looks for itself.
            self._uses.has_looked = False

    async def unsafe_start_empty(self) -> None:
        """Say that no token was ever used here, see `RedisReplayStore.unsafe_start_empty`.

        Raises:
            StoreError: as `RedisReplayStore.unsafe_start_empty`.
        """
        await self._deadline.within(self._uses.start_empty)
