from __future__ import annotations

import asyncio
import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kit_jwt import Kit, MisuseError, TokenError, aio, generate_secret
from kit_jwt.redis import (
    AioRedisReplayStore,
    RedisConnection,
    RedisReplayStore,
    StoreError,
    connect_redis,
    connect_redis_aio,
)
from kit_jwt.redis.commands import Reply
from kit_jwt.redis.names import budget_key, document_key, part_keys, revoked_key, use_keys

from .redis_servers import NEEDS_REDIS, Server, ask, eventually, redis_server
from .vectors import CONFORMANCE, load

pytestmark = pytest.mark.usefixtures("patient_sockets")

_ISSUER = "https://auth.example"
_PATIENT: dict[str, Any] = {"deadline_seconds": 5, "clock_skew_seconds": 0}
"""Long enough for a machine that is busy; what a deadline does is tested beside the connection."""

Use = dict[str, Any]
Told = Callable[[Use], str]


def _use(jti: str, issued: float | None = None) -> Use:
    """A token that lives for a quarter of an hour; issued now, unless said otherwise."""
    now = time.time()
    issued = math.floor(now) if issued is None else issued
    return {"issuer": _ISSUER, "jti": jti, "expires": now + 990, "now": now, "issued": issued}


class Face:
    """A store, synchronous or awaitable, asked in the same way."""

    def __init__(self, kind: str, url: str) -> None:
        self._runner = asyncio.Runner()
        self._is_aio = kind == "aio"
        if self._is_aio:
            connection = connect_redis_aio({"REDIS_URL": url})
            assert connection is not None
            self.close: Callable[[], object] = connection.aclose
            self.make: Callable[..., Any] = lambda **options: AioRedisReplayStore(connection, **(_PATIENT | options))
        else:
            plain = connect_redis({"REDIS_URL": url})
            assert plain is not None
            self.close = plain.close
            self.make = lambda **options: RedisReplayStore(plain, **(_PATIENT | options))

    def run(self, call: Callable[[], Any]) -> Any:
        result = call()
        return self._runner.run(_awaited(result)) if self._is_aio else result

    def wait(self, seconds: float) -> None:
        """Let time pass, for what a store does beside its callers too."""
        if self._is_aio:
            self._runner.run(asyncio.sleep(seconds))
        else:
            time.sleep(seconds)

    def store(self, **options: Any) -> Told:
        store = self.make(**options)

        def told(use: Use) -> str:
            try:
                return str(self.run(lambda: store.consume(**use)))
            except StoreError as error:
                return error.code

        return told

    def empty(self, **options: Any) -> Told:
        self.run(self.make(**options).unsafe_start_empty)
        return self.store(**options)

    def end(self) -> None:
        self.run(self.close)
        self._runner.close()


async def _awaited(awaitable: Any) -> Any:
    return await awaitable


def _face(kind: str, server: Server) -> Face:
    return Face(kind, server.url)


@pytest.fixture(params=["threads", "aio"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server() -> Iterator[Server]:
    with redis_server() as started:
        yield started


@pytest.fixture
def face(kind: str, server: Server) -> Iterator[Face]:
    made = _face(kind, server)
    yield made
    made.end()


def _past(face: Face, server: Server) -> None:
    """Wait until new tokens are taken: all parts have looked; a second of the server, and that of rounding, passed."""

    def have_looked() -> None:
        face.wait(0.02)
        run = re.search(r"run_id:(\w+)", ask(server.port, "info", "server"))
        records = ask(server.port, "mget", *part_keys("kit")).split("\n")
        assert run is not None
        assert all(record.startswith(run[1]) for record in records)

    eventually(10, have_looked)
    face.wait(2.1)


_NAMES = load(CONFORMANCE / "redis" / "names.json")


@pytest.mark.parametrize("test", [pytest.param(test, id=test["id"]) for test in _NAMES["tests"]])
def test_names(test: dict[str, Any]) -> None:
    assert list(use_keys(test["prefix"], test["issuer"], test["jti"])) == test["keys"]
    assert test["keys"][0] in part_keys(test["prefix"])


@pytest.mark.parametrize("test", [pytest.param(test, id=test["id"]) for test in _NAMES["others"]])
def test_names_of_others(test: dict[str, Any]) -> None:
    makers: dict[str, Callable[..., str]] = {"budget": budget_key, "revocation": revoked_key, "document": document_key}
    made = makers[test["of"]]
    given = [test[name] for name in ("prefix", "first", "second") if name in test]
    assert made(*given) == test["key"]


@NEEDS_REDIS
def test_a_token_is_fresh_once_for_its_issuer(face: Face) -> None:
    told = face.empty()
    assert [told(_use("a")), told(_use("a")), told(_use("b"))] == ["fresh", "replayed", "fresh"]
    assert told(_use("a") | {"issuer": "https://peer.example"}) == "fresh"


@NEEDS_REDIS
def test_of_many_that_come_at_once_one_is_fresh(server: Server) -> None:
    face = _face("threads", server)
    told = face.empty()
    with ThreadPoolExecutor(32) as pool:
        for jti in ("a", "b", "c"):
            answers = list(pool.map(lambda _, jti=jti: told(_use(jti)), range(64)))
            assert answers.count("fresh") == 1
            assert set(answers) == {"fresh", "replayed"}
    face.end()


@NEEDS_REDIS
@pytest.mark.parametrize("jti", ["j" * 10_240, "{a}", "a\r\nFLUSHALL\r\n", "a\0b", "2:ab", "Grüße 你好 🙂"])
def test_any_jti_is_one_like_any_other(face: Face, jti: str) -> None:
    told = face.empty()
    assert [told(_use(jti)), told(_use(jti)), told(_use(jti + "x"))] == ["fresh", "replayed", "fresh"]


@NEEDS_REDIS
def test_a_new_store_takes_what_is_issued_from_now_on_and_nothing_older(face: Face, server: Server) -> None:
    told = face.store()
    assert told(_use("old")) == "store_forgetful"
    _past(face, server)
    assert [told(_use("new")), told(_use("new"))] == ["fresh", "replayed"]
    assert told(_use("none") | {"issued": None}) == "store_forgetful"
    assert told(_use("older", time.time() - 60)) == "store_forgetful"


@NEEDS_REDIS
def test_clocks_may_differ(face: Face) -> None:
    told = face.store(clock_skew_seconds=60)
    begun = math.floor(time.time())
    assert told(_use("a", begun + 58)) == "store_forgetful"
    assert told(_use("b", begun + 66)) == "fresh"


@NEEDS_REDIS
@pytest.mark.parametrize(
    "options",
    [
        pytest.param([], id="without persistence"),
        pytest.param(["--save", "3600", "1"], id="with a snapshot"),
        pytest.param(["--appendonly", "yes", "--appendfsync", "always"], id="with an append-only file"),
    ],
)
def test_killed_and_started_again_it_lets_nobody_in_a_second_time(kind: str, options: Sequence[str]) -> None:
    with redis_server(*options) as server:
        face = _face(kind, server)
        told = face.empty()
        # A snapshot that knows of the beginning and not of what comes after.
        connection = connect_redis({"REDIS_URL": server.url})
        assert connection is not None
        connection.command(["SAVE"], "any")
        connection.close()
        tokens = [_use(f"t{number}") for number in range(20)]
        assert [told(one) for one in tokens] == ["fresh"] * 20
        server.kill()
        assert told(_use("away")) == "store_unavailable"
        server.start()
        assert {told(one) for one in tokens} <= {"store_forgetful", "store_unavailable"}
        assert eventually(2, lambda: _is(told(tokens[0]), "store_forgetful"))
        _past(face, server)
        assert told(_use("new")) == "fresh"
        assert told(tokens[0]) == "store_forgetful"
        face.end()


def _is(got: str, expected: str) -> bool:
    assert got == expected
    return True


@NEEDS_REDIS
def test_whoever_notices_first_has_all_parts_look(face: Face, server: Server) -> None:
    told = face.empty()
    server.kill()
    server.start()
    first = _use("first")
    eventually(2, lambda: _is(told(first), "store_forgetful"))
    _past(face, server)
    assert {told(_use(f"later {number}")) for number in range(60)} == {"fresh"}


@NEEDS_REDIS
def test_emptied_by_somebody_it_knows_that_it_forgot(face: Face, server: Server) -> None:
    told = face.empty()
    one = _use("a")
    assert told(one) == "fresh"
    other = connect_redis({"REDIS_URL": server.url})
    assert other is not None
    other.command(["FLUSHALL"], "any")
    other.command(["SCRIPT", "FLUSH"], "any")
    other.close()
    assert told(one) == "store_forgetful"


@NEEDS_REDIS
def test_saying_that_it_was_empty_changes_nothing_once_it_knows_anything(face: Face, server: Server) -> None:
    told = face.empty()
    # One token: another one may be issued in the second after, and is rightly taken.
    one = _use("a")
    server.kill()
    server.start()
    eventually(2, lambda: _is(told(one), "store_forgetful"))
    assert face.empty()(one) == "store_forgetful"


@NEEDS_REDIS
def test_a_token_is_forgotten_when_it_has_expired_for_everybody_and_no_earlier(face: Face, server: Server) -> None:
    now = time.time()
    used = {"issuer": _ISSUER, "jti": "a", "now": now, "expires": now + 100, "issued": math.floor(now)}
    assert face.empty()(used) == "fresh"
    other = connect_redis({"REDIS_URL": server.url})
    assert other is not None
    left = other.command(["PTTL", use_keys("kit", _ISSUER, "a")[1]], "any")
    assert isinstance(left, int)
    assert 180_000 < left <= 190_000
    other.close()


@NEEDS_REDIS
def test_a_server_that_would_drop_used_tokens_is_not_used(kind: str) -> None:
    with redis_server("--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru") as server:
        face = _face(kind, server)
        assert face.store()(_use("a", time.time() + 60)) == "store_evicting"
        face.end()


@NEEDS_REDIS
def test_a_server_that_has_no_bound_drops_nothing_whatever_it_would_do_with_one(kind: str) -> None:
    with redis_server("--maxmemory", "0", "--maxmemory-policy", "allkeys-lru") as server:
        face = _face(kind, server)
        assert face.store()(_use("a", time.time() + 60)) == "fresh"
        face.end()


@NEEDS_REDIS
def test_a_server_that_is_full_says_so_and_is_used_again_when_it_is_not(kind: str) -> None:
    with redis_server("--maxmemory", "64mb", "--maxmemory-policy", "noeviction") as server:
        face = _face(kind, server)
        told = face.empty()
        other = connect_redis({"REDIS_URL": server.url})
        assert other is not None
        assert told(_use("before")) == "fresh"
        other.command(["CONFIG", "SET", "maxmemory", "1"], "any")
        assert told(_use("full")) == "store_full"
        other.command(["CONFIG", "SET", "maxmemory", "64mb"], "any")
        assert [told(_use("full")), told(_use("before"))] == ["fresh", "replayed"]
        other.close()
        face.end()


@NEEDS_REDIS
def test_through_a_kit(server: Server) -> None:
    config: dict[str, Any] = {"issuer": _ISSUER, "audience": "api", "secret": generate_secret()}
    redis = connect_redis({"REDIS_URL": server.url})
    assert redis is not None
    store = RedisReplayStore(redis, deadline_seconds=5)
    store.unsafe_start_empty()
    kit = Kit(replay=store, **config)
    claims = kit.verify(kit.sign({"sub": "u1"}))
    kit.consume_once(claims)
    with pytest.raises(TokenError, match=r"^token_replayed"):
        kit.consume_once(claims)
    redis.close()

    async def awaiting() -> str:
        redis = connect_redis_aio({"REDIS_URL": server.url})
        assert redis is not None
        kit = aio.Kit(replay=AioRedisReplayStore(redis, deadline_seconds=5), **config)
        try:
            await kit.consume_once(claims)
        except TokenError as error:
            return error.code
        finally:
            await redis.aclose()
        return "fresh"

    assert asyncio.run(awaiting()) == "token_replayed"


class _Losing:
    """Loses an answer now and then, after the server has done what it was asked."""

    def __init__(self, redis: RedisConnection, lost: int) -> None:
        self._redis, self._left = redis, lost

    def command(self, args: Sequence[str], key: str) -> Reply:
        reply = self._redis.command(args, key)
        if self._left and args[0] == "EVALSHA":
            self._left -= 1
            raise ConnectionError
        return reply


@NEEDS_REDIS
def test_an_answer_that_is_lost_on_the_way_does_not_use_a_token_up(server: Server) -> None:
    redis = connect_redis({"REDIS_URL": server.url})
    assert redis is not None
    store = RedisReplayStore(redis, **_PATIENT)
    store.unsafe_start_empty()
    assert store.consume(**_use("warm")) == "fresh"
    assert RedisReplayStore(_Losing(redis, 1), **_PATIENT).consume(**_use("a")) == "fresh"
    assert store.consume(**_use("a")) == "replayed"
    with pytest.raises(StoreError, match="unavailable"):
        RedisReplayStore(_Losing(redis, 2), **_PATIENT).consume(**_use("b"))
    # Nobody knows whether it was: it counts as used.
    assert store.consume(**_use("b")) == "replayed"
    redis.close()


@NEEDS_REDIS
def test_whoever_comes_between_a_lost_answer_and_its_repetition_does_not_take_the_token(server: Server) -> None:
    redis = connect_redis({"REDIS_URL": server.url})
    assert redis is not None
    store = RedisReplayStore(redis, **_PATIENT)
    store.unsafe_start_empty()
    assert store.consume(**_use("warm")) == "fresh"
    between: list[str] = []

    class Overtaken:
        def command(self, args: Sequence[str], key: str) -> Reply:
            assert redis is not None
            reply = redis.command(args, key)
            if not between:
                between.append(store.consume(**_use("a")))
                raise ConnectionError
            return reply

    assert RedisReplayStore(Overtaken(), **_PATIENT).consume(**_use("a")) == "fresh"
    assert between == ["replayed"]
    redis.close()


@pytest.mark.parametrize(
    "options",
    [{"prefix": ""}, {"prefix": "{a}"}, {"prefix": 1}, {"clock_skew_seconds": -1}, {"deadline_seconds": 0}],
)
def test_what_is_no_option(options: dict[str, Any]) -> None:
    redis: Any = None
    for kind in (RedisReplayStore, AioRedisReplayStore):
        with pytest.raises(MisuseError):
            kind(redis, **options)


@pytest.mark.parametrize("times", [{"expires": math.nan}, {"now": math.inf}, {"issued": math.nan}])
def test_what_is_no_time(times: dict[str, Any]) -> None:
    redis: Any = None
    with pytest.raises(MisuseError):
        RedisReplayStore(redis).consume(**(_use("a") | times))


def test_an_answer_that_is_none_counts_as_unavailable() -> None:
    class Odd:
        def command(self, args: Sequence[str], key: str) -> Reply:
            return f"{args[0]} {key}"

    with pytest.raises(StoreError, match="unavailable"):
        RedisReplayStore(Odd()).consume(**_use("a"))
