"""What a draw is on the wire, and that it is exact to the microsecond."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest

from kit_jwt.http import Drawn, Limit, MemoryLimiter
from kit_jwt.redis import RedisConnection, RedisLimiter, StoreError, connect_redis
from kit_jwt.redis.commands import Reply
from kit_jwt.redis.names import budget_key

from .redis_servers import NEEDS_REDIS, eventually, redis_server

pytestmark = pytest.mark.usefixtures("patient_sockets")

_ODD = Limit(name="odd", quota=7, window_seconds=1)
"""A unit takes 142,857.14 microseconds."""
_SLOW = Limit(name="slow", quota=1, window_seconds=50_000, burst=3)


@pytest.fixture
def redis() -> Iterator[RedisConnection]:
    with redis_server() as server:
        connection = connect_redis({"REDIS_URL": server.url})
        assert connection is not None
        yield connection
        connection.close()


@NEEDS_REDIS
@pytest.mark.parametrize("cost", [1, 3, 7])
def test_a_first_draw_is_what_it_is_in_memory_to_the_microsecond(redis: RedisConnection, cost: int) -> None:
    limiter, memory = RedisLimiter(redis, deadline_seconds=5), MemoryLimiter(clock=lambda: 0)
    assert limiter.draw("u1", _ODD, cost) == memory.draw("u1", _ODD, cost)


@NEEDS_REDIS
def test_units_that_take_less_than_a_millisecond_to_come_back_can_be_drawn(redis: RedisConnection) -> None:
    drawn = RedisLimiter(redis, deadline_seconds=5).draw("u1", Limit(name="quick", quota=2000, window_seconds=1), 1)
    assert drawn == Drawn(allowed=True, remaining=1999, reset_after=0.0005, retry_after=0)


@NEEDS_REDIS
def test_a_refused_draw_says_when_and_leaves_the_budget_as_it_was(redis: RedisConnection) -> None:
    limiter = RedisLimiter(redis, deadline_seconds=5)
    limiter.draw("u1", _SLOW, 2)
    stored = ["GET", budget_key("kit", "slow", "u1")]
    before = redis.command(stored, "any")
    drawn = limiter.draw("u1", _SLOW, 2)
    assert (drawn.allowed, drawn.remaining) == (False, 1)
    assert drawn.reset_after - drawn.retry_after == pytest.approx(50_000)
    assert redis.command(stored, "any") == before


def _server_time(redis: RedisConnection) -> int:
    match redis.command(["TIME"], "any"):
        case [int(seconds), int(microseconds)]:
            return seconds * 1_000_000 + microseconds
        case other:
            raise AssertionError(other)


@NEEDS_REDIS
def test_the_time_of_a_draw_is_that_of_the_server_to_the_microsecond(redis: RedisConnection) -> None:
    before = _server_time(redis)
    RedisLimiter(redis, deadline_seconds=5).draw("u1", _SLOW, 1)
    stored = redis.command(["GET", budget_key("kit", "slow", "u1")], "any")
    assert isinstance(stored, str)
    assert before <= int(stored) - 50_000_000_000 <= _server_time(redis)


@NEEDS_REDIS
def test_a_budget_is_kept_until_it_is_full_again_and_no_longer(redis: RedisConnection) -> None:
    limiter = RedisLimiter(redis, deadline_seconds=5)
    limiter.draw("u1", _SLOW, 2)
    left = redis.command(["PTTL", budget_key("kit", "slow", "u1")], "any")
    assert isinstance(left, int)
    assert 99_990_000 < left <= 100_000_000
    limiter.draw("u2", Limit(name="quick", quota=100, window_seconds=1), 1)

    def is_one() -> None:
        assert redis.command(["DBSIZE"], "any") == 1

    eventually(5, is_one)


@NEEDS_REDIS
def test_a_draw_is_one_command_and_no_clock_of_ours_is_in_it(redis: RedisConnection) -> None:
    sent: list[Sequence[str]] = []

    class Recorded:
        def command(self, args: Sequence[str], key: str) -> Reply:
            sent.append(args)
            return redis.command(args, key)

    limiter = RedisLimiter(Recorded(), deadline_seconds=5)
    limiter.draw("u1", _SLOW, 1)
    # The first one may have taught the server its script.
    sent.clear()
    limiter.draw("u1", _SLOW, 1)
    time.sleep(0.005)
    limiter.draw("u1", _SLOW, 1)
    assert [args[0] for args in sent] == ["EVALSHA", "EVALSHA"]
    assert sent[0] == sent[1]


@NEEDS_REDIS
def test_a_draw_whose_answer_is_lost_is_not_sent_again(redis: RedisConnection) -> None:
    class Losing:
        def command(self, args: Sequence[str], key: str) -> Reply:
            redis.command(args, key)
            raise ConnectionError

    limiter = RedisLimiter(redis, deadline_seconds=5)
    limiter.draw("u1", _SLOW, 1)
    with pytest.raises(StoreError, match="unavailable"):
        RedisLimiter(Losing(), deadline_seconds=5).draw("u1", _SLOW, 1)
    # The third of three: one more is gone, and not two.
    drawn = limiter.draw("u1", _SLOW, 1)
    assert (drawn.allowed, drawn.remaining) == (True, 0)
