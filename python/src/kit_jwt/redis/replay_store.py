"""Which tokens were used, for all processes that share a Redis."""

from __future__ import annotations

import asyncio
import math
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kit_jwt.encoding.json_value import is_number
from kit_jwt.errors import MisuseError
from kit_jwt.stores.replay import Freshness
from kit_jwt.token.effects import Flow

from .commands import AioRedisCommands, AnyRedisCommands, RedisCommands
from .deadline import DEADLINE, AioDeadline, Deadline
from .errors import StoreError, store_error
from .names import PREFIX, part_keys, read_prefix, use_keys
from .scripts import run_script

_CLOCK_SKEW: Final = 1
"""Seconds: machines that are told the time by NTP differ by far less."""
_MARGIN: Final = 90
"""Seconds for which a token is remembered longer: a process whose clock is behind takes it longer, up to the leeway."""
_MAX_KEPT: Final = 253_402_300_799_000
"""Milliseconds: a token lives until the year 9999 at most."""


@dataclass(slots=True)
class _Uses:
    """What both stores ask Redis."""

    prefix: str
    clock_skew_seconds: float
    has_looked: bool = False

    def __post_init__(self) -> None:
        read_prefix(self.prefix)
        if not is_number(self.clock_skew_seconds) or not 0 <= self.clock_skew_seconds < math.inf:
            message = "clock_skew_seconds is a number of seconds"
            raise MisuseError(message)

    def asked(
        self, *, issuer: str, jti: str, expires: float, now: float, issued: float | None
    ) -> tuple[Sequence[str], Sequence[str]]:
        """The keys and the arguments of the script."""
        kept = (expires - now + max(self.clock_skew_seconds, _MARGIN)) * 1000
        if not math.isfinite(kept) or (issued is not None and not math.isfinite(issued)):
            message = "times are numbers of seconds"
            raise MisuseError(message)
        milliseconds = min(max(math.ceil(kept), 1), _MAX_KEPT)
        since = "" if issued is None else f"{issued:.6f}"
        args = [secrets.token_urlsafe(12), str(milliseconds), since, f"{self.clock_skew_seconds:.6f}"]
        return use_keys(self.prefix, issuer, jti), args

    def is_to_look(self, said: object) -> bool:
        """Whether all parts are to be asked: each notices by itself that it forgot, when it is asked."""
        is_first, self.has_looked = not self.has_looked, True
        return is_first or said == "forgetful"


def _consume(redis: AnyRedisCommands, keys: Sequence[str], args: Sequence[str]) -> Flow[object]:
    try:
        return (yield from run_script(redis, "consume", keys, args))
    except Exception as error:  # whatever it was, it is told as one of our own codes
        if store_error(error).code != "store_unavailable":
            raise
    # Whether it was done, nobody knows; done again with the same nonce, it is one use.
    return (yield from run_script(redis, "consume", keys, args))


def _look(redis: AnyRedisCommands, prefix: str) -> Flow[None]:
    for part in part_keys(prefix):
        yield from run_script(redis, "consume", [part, part], [""])


def _start_empty(redis: AnyRedisCommands, prefix: str) -> Flow[None]:
    for part in part_keys(prefix):
        yield from run_script(redis, "start-empty", [part])


def _freshness(said: object) -> Freshness:
    if said == "fresh":
        return "fresh"
    if said == "replayed":
        return "replayed"
    if said == "forgetful":
        raise StoreError("store_forgetful")
    raise StoreError("store_evicting" if said == "evicting" else "store_unavailable")


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
    ) -> None:
        """Keep used tokens on a Redis.

        Args:
            redis: of `connect_redis` or `from_redis_py`.
            prefix: begins every key, and is the same in all processes that share the store.
            deadline_seconds: that a call takes at most.
            clock_skew_seconds: by which the clock of an issuer may be ahead of the server's. For as long, and a second
                more, all tokens are refused once the store has lost its memory.

        Raises:
            MisuseError: wrong options.
        """
        self._uses = _Uses(prefix, clock_skew_seconds)
        self._deadline = Deadline(redis, deadline_seconds)

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
                forget; `store_unavailable`, `store_refused`, `store_full`.
            MisuseError: times that are no numbers.
        """
        keys, args = self._uses.asked(issuer=issuer, jti=jti, expires=expires, now=now, issued=issued)
        said = self._deadline.within(lambda redis: _consume(redis, keys, args))
        if self._uses.is_to_look(said):
            threading.Thread(target=self._look, name="kit-jwt-redis-look", daemon=True).start()
        return _freshness(said)

    def _look(self) -> None:
        try:
            self._deadline.within(lambda redis: _look(redis, self._uses.prefix))
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
        self._deadline.within(lambda redis: _start_empty(redis, self._uses.prefix))


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
    ) -> None:
        """Keep used tokens on a Redis.

        Args:
            redis: of `connect_redis_aio` or `from_redis_py_aio`.
            prefix: begins every key, and is the same in all processes that share the store.
            deadline_seconds: that a call takes at most.
            clock_skew_seconds: by which the clock of an issuer may be ahead of the server's. For as long, and a second
                more, all tokens are refused once the store has lost its memory.

        Raises:
            MisuseError: wrong options.
        """
        self._uses = _Uses(prefix, clock_skew_seconds)
        self._deadline = AioDeadline(redis, deadline_seconds)
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
        said = await self._deadline.within(lambda redis: _consume(redis, keys, args))
        if self._uses.is_to_look(said):
            self._looking = asyncio.get_running_loop().create_task(self._look())
        return _freshness(said)

    async def _look(self) -> None:
        try:
            await self._deadline.within(lambda redis: _look(redis, self._uses.prefix))
        except StoreError:
            # Whoever comes next looks for itself.
            self._uses.has_looked = False

    async def unsafe_start_empty(self) -> None:
        """Say that no token was ever used here, see `RedisReplayStore.unsafe_start_empty`.

        Raises:
            StoreError: as `RedisReplayStore.unsafe_start_empty`.
        """
        await self._deadline.within(lambda redis: _start_empty(redis, self._uses.prefix))
