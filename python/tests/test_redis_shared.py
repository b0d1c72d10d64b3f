"""What processes share: keys, revocations and budgets."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kit_jwt import Kit, MisuseError, TokenError, generate_secret, unsafe_trust_claims
from kit_jwt.http import Limit, MemoryLimiter
from kit_jwt.issuer import Authority, StoredDocument, read_keks
from kit_jwt.redis import (
    AioRedisLimiter,
    AioRedisRevocationList,
    RedisConnection,
    RedisKeyStore,
    RedisLimiter,
    RedisRevocationList,
    StoreError,
    connect_redis,
    connect_redis_aio,
)
from kit_jwt.redis.names import revoked_key

from .redis_servers import NEEDS_REDIS, Server, eventually, redis_server

pytestmark = pytest.mark.usefixtures("patient_sockets")

_READ = Limit(name="read", quota=120, window_seconds=60)


@pytest.fixture
def server() -> Iterator[Server]:
    with redis_server() as started:
        yield started


@pytest.fixture
def redis(server: Server) -> Iterator[RedisConnection]:
    connection = connect_redis({"REDIS_URL": server.url})
    assert connection is not None
    yield connection
    connection.close()


def _code(work: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as caught:
        work()
    return caught.value.code


@NEEDS_REDIS
def test_nothing_then_what_was_written_under_the_next_number(redis: RedisConnection) -> None:
    store = RedisKeyStore(redis, deadline_seconds=5)
    assert store.read() is None
    assert [store.write_if(0, "one"), store.write_if(0, "other"), store.write_if(2, "other")] == [True, False, False]
    assert store.write_if(1, 'zwei · 二\n"')
    assert store.read() == StoredDocument(2, 'zwei · 二\n"')
    assert RedisKeyStore(redis, deadline_seconds=5, name="others").read() is None


@NEEDS_REDIS
def test_exactly_one_of_those_who_write_at_once_succeeds(redis: RedisConnection) -> None:
    store = RedisKeyStore(redis, deadline_seconds=5)
    with ThreadPoolExecutor(12) as pool:
        for version in range(8):
            written = list(pool.map(lambda i, version=version: store.write_if(version, f"{version} by {i}"), range(12)))
            assert written.count(True) == 1
            assert store.read() == StoredDocument(version + 1, f"{version} by {written.index(True)}")


@NEEDS_REDIS
def test_authorities_on_it_have_the_same_keys(redis: RedisConnection) -> None:
    keks = read_keks("a=" + "A" * 43)
    one, other = (Authority(store=RedisKeyStore(redis, deadline_seconds=5), keks=keks) for _ in range(2))
    assert one.jwks() == other.jwks()


@NEEDS_REDIS
def test_a_server_that_would_drop_keys_or_revocations_is_not_written_to() -> None:
    with redis_server("--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru") as server:
        redis = connect_redis({"REDIS_URL": server.url})
        assert redis is not None
        store, revoked = RedisKeyStore(redis, deadline_seconds=5), RedisRevocationList(redis, deadline_seconds=5)
        assert _code(lambda: store.write_if(0, "one")) == "store_evicting"
        assert _code(lambda: revoked.revoke(issuer="i", jti="a", expires=1)) == "store_evicting"
        redis.command(["HSET", "{kit:document:keys}", "version", "01", "text", "x"], "{kit:document:keys}")
        assert _code(store.read) == "store_unavailable"
        limit = Limit(name="slow", quota=1, window_seconds=3600, burst=100)
        limiter = RedisLimiter(redis, deadline_seconds=5)
        assert _code(lambda: limiter.draw("k", limit, 1)) == "store_evicting"
        redis.command(["CONFIG", "SET", "maxmemory-policy", "noeviction"], "any")
        assert limiter.draw("k", limit, 1).remaining == 99
        redis.close()


@NEEDS_REDIS
def test_a_token_that_is_revoked_is_refused_by_all_who_share_the_list(redis: RedisConnection, server: Server) -> None:
    revoked = RedisRevocationList(redis, deadline_seconds=5)
    kit = Kit(issuer="https://auth.example", audience="api", secret=generate_secret(), revocation=revoked)
    first, second = kit.sign({"sub": "u1"}), kit.sign({"sub": "u1"})
    claims: dict[str, Any] = dict(kit.verify(first))
    revoked.revoke(issuer=claims["iss"], jti=claims["jti"], expires=claims["exp"] + 90)
    with pytest.raises(TokenError, match=r"^token_revoked"):
        kit.verify(first)
    assert kit.verify(second)["sub"] == "u1"

    async def awaiting() -> list[bool]:
        connection = connect_redis_aio({"REDIS_URL": server.url})
        assert connection is not None
        same = AioRedisRevocationList(connection, deadline_seconds=5)
        await same.revoke(issuer="i", jti="a", expires=time.time() + 60)
        tokens: list[dict[str, Any]] = [{"iss": "i", "jti": "a"}, {"iss": "i", "jti": "b"}, {"iss": "i"}]
        answers = [await same.is_revoked(unsafe_trust_claims(token), 0) for token in tokens]
        await connection.aclose()
        return answers

    assert asyncio.run(awaiting()) == [True, False, False]
    server.kill()
    with pytest.raises(TokenError, match=r"^revocation_unavailable"):
        kit.verify(second)


@NEEDS_REDIS
def test_a_revocation_is_forgotten_once_nobody_takes_the_token_any_more(redis: RedisConnection) -> None:
    revoked = RedisRevocationList(redis, deadline_seconds=5)
    later = math.floor(time.time()) + 600
    revoked.revoke(issuer="i", jti="short", expires=later)
    revoked.revoke(issuer="i", jti="long", expires=later + 60)
    revoked.revoke(issuer="i", jti="long", expires=later)
    revoked.revoke(issuer="i", jti="over", expires=time.time() + 0.3)

    def is_revoked(jti: str) -> bool:
        return revoked.is_revoked(unsafe_trust_claims({"iss": "i", "jti": jti}), 0)

    assert [is_revoked("short"), is_revoked("long")] == [True, True]
    until = [redis.command(["PEXPIRETIME", revoked_key("kit", "i", jti)], "any") for jti in ("short", "long")]
    assert until == [later * 1000, (later + 60) * 1000]

    def is_gone() -> None:
        assert not is_revoked("over")

    eventually(5, is_gone)


@pytest.mark.parametrize("token", [{"jti": 1}, {"issuer": None}, {"expires": float("nan")}, {"expires": "1"}])
def test_what_is_no_token_to_revoke(token: dict[str, Any]) -> None:
    redis: Any = None
    options: dict[str, Any] = {"issuer": "i", "jti": "a", "expires": 1} | token
    with pytest.raises(MisuseError):
        RedisRevocationList(redis).revoke(**options)


@NEEDS_REDIS
def test_budgets_are_what_they_are_in_memory_but_for_the_clock(redis: RedisConnection, server: Server) -> None:
    limiter, memory = RedisLimiter(redis, deadline_seconds=5), MemoryLimiter(clock=lambda: 0)
    # Slow enough that no unit comes back while this runs.
    limit = Limit(name="slow", quota=5, window_seconds=50_000, burst=4)
    for cost in (1, 2, 2, 1, 1):
        drawn, expected = limiter.draw("{u1}\0", limit, cost), memory.draw("{u1}\0", limit, cost)
        assert (drawn.allowed, drawn.remaining) == (expected.allowed, expected.remaining)
        assert abs(drawn.reset_after - expected.reset_after) < 60
        assert (drawn.retry_after == 0) is drawn.allowed
    with pytest.raises(MisuseError):
        limiter.draw("u1", limit, 5)

    async def awaiting() -> list[bool]:
        connection = connect_redis_aio({"REDIS_URL": server.url})
        assert connection is not None
        same = AioRedisLimiter(connection, deadline_seconds=5)
        answers = [(await same.draw(key, limit, 1)).allowed for key in ("{u1}\0", "other")]
        await connection.aclose()
        return answers

    assert asyncio.run(awaiting()) == [False, True]


@NEEDS_REDIS
def test_140_at_once_on_120_a_minute(redis: RedisConnection) -> None:
    limiter = RedisLimiter(redis, deadline_seconds=20)

    def server_time() -> float:
        time_of: Any = redis.command(["TIME"], "any")
        seconds, microseconds = map(int, time_of)
        return float(seconds + microseconds / 1e6)

    begun = server_time()
    with ThreadPoolExecutor(32) as pool:
        drawn = list(pool.map(lambda _: limiter.draw("u1", _READ, 1), range(140)))
    allowed = sum(one.allowed for one in drawn)
    # Two units come back in each second that the server counted meanwhile.
    assert 120 <= allowed <= 120 + int(2 * (server_time() - begun))
    assert all((one.retry_after > 0) is not one.allowed for one in drawn)


@NEEDS_REDIS
def test_a_limiter_that_is_away_is_told_as_such(redis: RedisConnection, server: Server) -> None:
    server.kill()
    assert _code(lambda: RedisLimiter(redis).draw("u1", _READ, 1)) == "store_unavailable"


def test_an_answer_that_is_none() -> None:
    class Odd:
        def command(self, *_: object) -> str:
            return "OK"

    odd: Any = Odd()
    assert _code(lambda: RedisLimiter(odd).draw("u1", _READ, 1)) == "store_unavailable"
    assert _code(RedisKeyStore(odd).read) == "store_unavailable"
    claims = unsafe_trust_claims({"iss": "i", "jti": "a"})
    assert _code(lambda: RedisRevocationList(odd).is_revoked(claims, 0)) == "store_unavailable"
    assert _code(lambda: RedisRevocationList(odd).revoke(issuer="i", jti="a", expires=1)) == "store_unavailable"
