"""Which tokens were revoked, for all processes that share a Redis."""

from __future__ import annotations

import math

from kit_jwt.encoding.json_value import is_number
from kit_jwt.errors import MisuseError
from kit_jwt.token.claims import Claims
from kit_jwt.token.effects import Effect, Flow

from .commands import AioRedisCommands, AnyRedisCommands, RedisCommands
from .deadline import DEADLINE, AioDeadline, Deadline
from .errors import StoreError
from .names import PREFIX, read_prefix, revoked_key
from .scripts import run_script


def _revoke(redis: AnyRedisCommands, key: str, until: str) -> Flow[None]:
    said = yield from run_script(redis, "revoke", [key], [until])
    if said != 1:
        raise StoreError("store_evicting" if said == -1 else "store_unavailable")


def _is_revoked(redis: AnyRedisCommands, key: str) -> Flow[bool]:
    outcome = yield Effect(lambda: redis.command(["EXISTS", key], key))
    if outcome.error is not None:
        raise outcome.error
    if outcome.value not in {0, 1}:
        raise StoreError("store_unavailable")
    return outcome.value == 1


def _until(issuer: object, jti: object, expires: object) -> str:
    if not isinstance(issuer, str) or not isinstance(jti, str) or not is_number(expires) or not math.isfinite(expires):
        message = "issuer and jti are strings, expires is a number of seconds"
        raise MisuseError(message)
    return str(max(math.ceil(expires * 1000), 1))


def _key_of(prefix: str, claims: Claims) -> str | None:
    issuer, jti = claims.get("iss"), claims.get("jti")
    return revoked_key(prefix, issuer, jti) if isinstance(issuer, str) and isinstance(jti, str) else None


class RedisRevocationList:
    """A revocation list that all processes share, in both languages; safe to share between threads.

    One round trip for each verification, and none for a token without a `jti`. The server must keep it: give it
    persistence.

    >>> from kit_jwt.redis import connect_redis
    >>> revoked = RedisRevocationList(connect_redis({"REDIS_URL": "redis://localhost:6379"}))
    """

    def __init__(self, redis: RedisCommands, *, prefix: str = PREFIX, deadline_seconds: float = DEADLINE) -> None:
        """Keep revoked tokens on a Redis.

        Args:
            redis: of `connect_redis` or `from_redis_py`.
            prefix: begins every key, and is the same in all processes that share the list.
            deadline_seconds: that a call takes at most.

        Raises:
            MisuseError: wrong options.
        """
        self._prefix = read_prefix(prefix)
        self._deadline = Deadline(redis, deadline_seconds)

    def revoke(self, *, issuer: str, jti: str, expires: float) -> None:
        """Revoke a token, for all processes that share the list.

        Args:
            issuer: its `iss`.
            jti: its `jti`.
            expires: seconds since the epoch from which on nobody takes it anyway (`exp` plus leeway).

        Raises:
            StoreError: `store_evicting`: the server would forget it; `store_unavailable`, `store_refused`,
                `store_full`.
            MisuseError: a wrong type.
        """
        until = _until(issuer, jti, expires)
        self._deadline.within(lambda redis: _revoke(redis, revoked_key(self._prefix, issuer, jti), until))

    def is_revoked(self, claims: Claims, now: float) -> bool:  # noqa: ARG002 # the server forgets by its own clock
        """Whether a token is revoked, see `RevocationList.is_revoked`.

        Args:
            claims: with `iss` and `jti`.
            now: seconds since the epoch.

        Returns:
            Whether it is; never for a token without a `jti`.

        Raises:
            StoreError: `store_unavailable`, `store_refused`.
        """
        key = _key_of(self._prefix, claims)
        return key is not None and self._deadline.within(lambda redis: _is_revoked(redis, key))


class AioRedisRevocationList:
    """The same for `kit_jwt.aio.Kit`, see `RedisRevocationList`.

    >>> from kit_jwt.redis import connect_redis_aio
    >>> revoked = AioRedisRevocationList(connect_redis_aio({"REDIS_URL": "redis://localhost:6379"}))
    """

    def __init__(self, redis: AioRedisCommands, *, prefix: str = PREFIX, deadline_seconds: float = DEADLINE) -> None:
        """Keep revoked tokens on a Redis.

        Args:
            redis: of `connect_redis_aio` or `from_redis_py_aio`.
            prefix: begins every key, and is the same in all processes that share the list.
            deadline_seconds: that a call takes at most.

        Raises:
            MisuseError: wrong options.
        """
        self._prefix = read_prefix(prefix)
        self._deadline = AioDeadline(redis, deadline_seconds)

    async def revoke(self, *, issuer: str, jti: str, expires: float) -> None:
        """Revoke a token, see `RedisRevocationList.revoke`.

        Args:
            issuer: its `iss`.
            jti: its `jti`.
            expires: seconds since the epoch from which on nobody takes it anyway (`exp` plus leeway).

        Raises:
            StoreError: as `RedisRevocationList.revoke`.
            MisuseError: a wrong type.
        """
        until = _until(issuer, jti, expires)
        await self._deadline.within(lambda redis: _revoke(redis, revoked_key(self._prefix, issuer, jti), until))

    async def is_revoked(self, claims: Claims, now: float) -> bool:  # noqa: ARG002 # the server forgets by its own clock
        """Whether a token is revoked, see `RevocationList.is_revoked`.

        Args:
            claims: with `iss` and `jti`.
            now: seconds since the epoch.

        Returns:
            Whether it is; never for a token without a `jti`.

        Raises:
            StoreError: as `RedisRevocationList.is_revoked`.
        """
        key = _key_of(self._prefix, claims)
        return key is not None and await self._deadline.within(lambda redis: _is_revoked(redis, key))
