"""The stores of a service, as its environment asks for them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from kit_jwt.http.limits.memory import MemoryLimiter
from kit_jwt.stores.replay import MemoryReplayStore
from kit_jwt.stores.revocation import MemoryRevocationList
from kit_jwt.token.claims import Claims

from .connection import AioRedisConnection, RedisConnection, connect_redis, connect_redis_aio
from .deadline import DEADLINE
from .limiter import AioRedisLimiter, RedisLimiter
from .names import PREFIX
from .replay_store import AioRedisReplayStore, RedisReplayStore
from .revocation_list import AioRedisRevocationList, RedisRevocationList

_IN_MEMORY: Final = (
    "no Redis is configured: used and revoked tokens and limits are in the memory of this process,"
    " which no other one shares and which ends with it"
)

_said: Final[set[str]] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """The stores of a service, see `stores_from_environment`.

    Attributes:
        replay: for `Kit`: tokens that pass once only.
        revocation: for `Kit`: revoked tokens, and how they get into it.
        limiter: for a guard: budgets.
        redis: what they share; None: they are in the memory of this process.
    """

    replay: MemoryReplayStore | RedisReplayStore
    revocation: MemoryRevocationList | RedisRevocationList
    limiter: MemoryLimiter | RedisLimiter
    redis: RedisConnection | None

    def close(self) -> None:
        """End what is connected."""
        if self.redis is not None:
            self.redis.close()


class AioMemoryRevocationList:
    """A revocation list in memory that is awaited, as the one that is shared has to be."""

    def __init__(self) -> None:
        """Start with none."""
        self._list = MemoryRevocationList()

    async def revoke(self, *, issuer: str, jti: str, expires: float) -> None:
        """Revoke a token, see `MemoryRevocationList.revoke`.

        Args:
            issuer: its `iss`.
            jti: its `jti`.
            expires: seconds since the epoch from which on nobody takes it anyway (`exp` plus leeway).

        Raises:
            MisuseError: a wrong type.
        """
        self._list.revoke(issuer=issuer, jti=jti, expires=expires)

    async def is_revoked(self, claims: Claims, now: float) -> bool:
        """Whether a token is revoked, see `RevocationList.is_revoked`.

        Args:
            claims: with `iss` and `jti`.
            now: seconds since the epoch.

        Returns:
            Whether it is.
        """
        return self._list.is_revoked(claims, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class AioStores:
    """The stores of a service on an event loop, see `stores_from_environment_aio`.

    Attributes:
        replay: for `aio.Kit`: tokens that pass once only.
        revocation: for `aio.Kit`: revoked tokens, and how they get into it; awaited, wherever it is.
        limiter: for a guard: budgets.
        redis: what they share; None: they are in the memory of this process.
    """

    replay: MemoryReplayStore | AioRedisReplayStore
    revocation: AioMemoryRevocationList | AioRedisRevocationList
    limiter: MemoryLimiter | AioRedisLimiter
    redis: AioRedisConnection | None

    async def aclose(self) -> None:
        """End what is connected."""
        if self.redis is not None:
            await self.redis.aclose()


def stores_from_environment(
    environment: Mapping[str, object],
    *,
    prefix: str = PREFIX,
    deadline_seconds: float = DEADLINE,
    min_replicas: int = 0,
    warn: Callable[[str], object] | None = None,
) -> Stores:
    """Choose the stores of a service: on the Redis that an environment names, see `connect_redis`, or in memory.

    In the memory of this process where it names none. That is said, as it is right for one process alone.

    Args:
        environment: such as `os.environ`.
        prefix: begins every key, and is the same in all processes that share the stores.
        deadline_seconds: that a call takes at most.
        min_replicas: that have to know of a use of a token before it counts, see `RedisReplayStore`.
        warn: is told that there is no Redis. Unless given, it is written to standard error, once in a process.

    Returns:
        The stores.

    Raises:
        ConfigError: as `connect_redis`.
        MisuseError: a wrong prefix, deadline or number of replicas.

    >>> stores = stores_from_environment({"REDIS_URL": "redis://localhost:6379"})
    """
    redis = connect_redis(environment)
    if redis is None:
        (warn or _say_once)(_IN_MEMORY)
        return Stores(
            replay=MemoryReplayStore(), revocation=MemoryRevocationList(), limiter=MemoryLimiter(), redis=None
        )
    return Stores(
        replay=RedisReplayStore(redis, prefix=prefix, deadline_seconds=deadline_seconds, min_replicas=min_replicas),
        revocation=RedisRevocationList(redis, prefix=prefix, deadline_seconds=deadline_seconds),
        limiter=RedisLimiter(redis, prefix=prefix, deadline_seconds=deadline_seconds),
        redis=redis,
    )


def stores_from_environment_aio(
    environment: Mapping[str, object],
    *,
    prefix: str = PREFIX,
    deadline_seconds: float = DEADLINE,
    min_replicas: int = 0,
    warn: Callable[[str], object] | None = None,
) -> AioStores:
    """Choose the stores of a service on an event loop. See `stores_from_environment`.

    Args:
        environment: such as `os.environ`.
        prefix: begins every key, and is the same in all processes that share the stores.
        deadline_seconds: that a call takes at most.
        min_replicas: that have to know of a use of a token before it counts, see `RedisReplayStore`.
        warn: is told that there is no Redis. Unless given, it is written to standard error, once in a process.

    Returns:
        The stores.

    Raises:
        ConfigError: as `connect_redis_aio`.
        MisuseError: a wrong prefix, deadline or number of replicas.

    >>> stores = stores_from_environment_aio({"REDIS_URL": "redis://localhost:6379"})
    """
    redis = connect_redis_aio(environment)
    if redis is None:
        (warn or _say_once)(_IN_MEMORY)
        return AioStores(
            replay=MemoryReplayStore(), revocation=AioMemoryRevocationList(), limiter=MemoryLimiter(), redis=None
        )
    return AioStores(
        replay=AioRedisReplayStore(redis, prefix=prefix, deadline_seconds=deadline_seconds, min_replicas=min_replicas),
        revocation=AioRedisRevocationList(redis, prefix=prefix, deadline_seconds=deadline_seconds),
        limiter=AioRedisLimiter(redis, prefix=prefix, deadline_seconds=deadline_seconds),
        redis=redis,
    )


def _say_once(message: str) -> None:
    if message not in _said:
        _said.add(message)
        sys.stderr.write(f"{message}\n")
