"""Budgets that all processes share on a Redis."""

from __future__ import annotations

from kit_jwt.http.limits.gcra import Rate, drawn_of, rate_of, read_cost
from kit_jwt.http.limits.limiter import Drawn, Limit
from kit_jwt.token.effects import Flow

from .commands import AioRedisCommands, AnyRedisCommands, RedisCommands
from .deadline import DEADLINE, AioDeadline, Deadline
from .errors import StoreError
from .names import PREFIX, budget_key, read_prefix
from .scripts import run_script


def _draw(redis: AnyRedisCommands, key: str, rate: Rate, cost: int) -> Flow[Drawn]:
    said = yield from run_script(redis, "draw", [key], [str(rate.interval), str(rate.burst), str(cost)])
    match said:
        case [int(), int(), int(reset), int(wait)]:
            return drawn_of(reset, wait, rate)
        case [-1]:
            raise StoreError("store_evicting")
        case _:
            raise StoreError("store_unavailable")


class RedisLimiter:
    """A `Limiter` whose budgets all processes share, in both languages, on the server's clock; for all threads.

    One round trip. A draw is sent once: one whose answer is lost may have been drawn, and never twice.

    >>> from kit_jwt.redis import connect_redis
    >>> limiter = RedisLimiter(connect_redis({"REDIS_URL": "redis://localhost:6379"}))
    """

    def __init__(self, redis: RedisCommands, *, prefix: str = PREFIX, deadline_seconds: float = DEADLINE) -> None:
        """Keep budgets on a Redis.

        Args:
            redis: of `connect_redis` or `from_redis_py`.
            prefix: begins every key, and is the same in all processes that share the budgets.
            deadline_seconds: that a call takes at most.

        Raises:
            MisuseError: wrong options.
        """
        self._prefix = read_prefix(prefix)
        self._deadline = Deadline(redis, deadline_seconds)

    def draw(self, key: str, limit: Limit, cost: int) -> Drawn:
        """Draw from a budget.

        Args:
            key: whose budget it is; any text.
            limit: which limit.
            cost: units.

        Returns:
            What came of it.

        Raises:
            StoreError: `store_evicting`: the server would forget budgets; `store_unavailable`, `store_refused`,
                `store_full`.
            MisuseError: what is no limit, and a cost that is no positive integer or more than the burst.
        """
        rate = rate_of(limit)
        units, name = read_cost(cost, rate), budget_key(self._prefix, limit.name, key)
        return self._deadline.within(lambda redis: _draw(redis, name, rate, units))


class AioRedisLimiter:
    """The same for guards of an event loop, see `RedisLimiter`.

    >>> from kit_jwt.redis import connect_redis_aio
    >>> limiter = AioRedisLimiter(connect_redis_aio({"REDIS_URL": "redis://localhost:6379"}))
    """

    def __init__(self, redis: AioRedisCommands, *, prefix: str = PREFIX, deadline_seconds: float = DEADLINE) -> None:
        """Keep budgets on a Redis.

        Args:
            redis: of `connect_redis_aio` or `from_redis_py_aio`.
            prefix: begins every key, and is the same in all processes that share the budgets.
            deadline_seconds: that a call takes at most.

        Raises:
            MisuseError: wrong options.
        """
        self._prefix = read_prefix(prefix)
        self._deadline = AioDeadline(redis, deadline_seconds)

    async def draw(self, key: str, limit: Limit, cost: int) -> Drawn:
        """Draw from a budget, see `RedisLimiter.draw`.

        Args:
            key: whose budget it is; any text.
            limit: which limit.
            cost: units.

        Returns:
            What came of it.

        Raises:
            StoreError: as `RedisLimiter.draw`.
            MisuseError: as `RedisLimiter.draw`.
        """
        rate = rate_of(limit)
        units, name = read_cost(cost, rate), budget_key(self._prefix, limit.name, key)
        return await self._deadline.within(lambda redis: _draw(redis, name, rate, units))
