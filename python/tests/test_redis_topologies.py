"""A primary with two replicas and three Sentinels, and a cluster of three primaries."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kit_jwt.http import Limit
from kit_jwt.redis import (
    AioRedisLimiter,
    AioRedisReplayStore,
    RedisLimiter,
    RedisReplayStore,
    StoreError,
    connect_redis,
    connect_redis_aio,
)

from .redis_servers import NEEDS_REDIS, Server, Waited, ask, eventually, free_port

pytestmark = NEEDS_REDIS

_LIMIT = Limit(name="slow", quota=1, window_seconds=3600, burst=100)


def _until(holds: Callable[[], bool]) -> None:
    def work() -> None:
        assert holds()

    eventually(15, work)


def _connections(sentinel: Server) -> int:
    """How many there are, but for those of other Sentinels, and the one that asks."""
    listed = ask(sentinel.port, "client", "list").splitlines()
    return sum("name=sentinel-" not in line and "cmd=client" not in line for line in listed)


class Topology:
    def __init__(self, servers: Sequence[Server], environment: dict[str, str]) -> None:
        self.servers = servers
        self.environment = environment

    def primary(self) -> Server:
        """The one that the Sentinels name."""
        said = ask(self.servers[-1].port, "sentinel", "get-master-addr-by-name", "main").split()
        return next(server for server in self.servers if server.port == int(said[1]))


@pytest.fixture
def sentinels() -> Iterator[Topology]:
    primary = Server()
    servers = [primary, *(Server("--replicaof", f"127.0.0.1 {primary.port}") for _ in range(2))]
    _until(lambda: len(ask(primary.port, "role").split("\n")) >= 8)
    watch = [
        f"sentinel monitor main 127.0.0.1 {primary.port} 2",
        "sentinel down-after-milliseconds main 3000",
        "sentinel failover-timeout main 3000",
    ]
    watchers = [Server("--sentinel", lines=watch) for _ in range(3)]
    servers += watchers
    _until(lambda: re.search("slaves=2,sentinels=3", ask(servers[-1].port, "info", "sentinel")) is not None)
    places = ",".join(f"127.0.0.1:{server.port}" for server in watchers)
    yield Topology(servers, {"REDIS_SENTINEL": places, "REDIS_MASTER": "main"})
    for server in servers:
        server.end()


@pytest.fixture
def cluster() -> Iterator[Topology]:
    servers = [Server("--cluster-enabled", "yes", "--cluster-port", str(free_port())) for _ in range(3)]
    nodes = [f"127.0.0.1:{server.port}" for server in servers]
    ask(servers[0].port, "--cluster", "create", *nodes, "--cluster-yes")
    for server in servers:
        _until(lambda server=server: "cluster_state:ok" in ask(server.port, "cluster", "info"))  # type: ignore[misc] # bound now
    yield Topology(servers, {"REDIS_CLUSTER_NODES": ",".join(nodes)})
    for server in servers:
        server.end()


def _use(jti: str, issued: float = 1000) -> dict[str, Any]:
    return {"issuer": "i", "jti": jti, "expires": 2000, "now": 1000, "issued": issued}


class Face:
    """A store and a limiter, synchronous or awaitable, asked in the same way."""

    def __init__(self, kind: str, environment: dict[str, str], seconds: float) -> None:
        self._runner = asyncio.Runner()
        options: dict[str, Any] = {"prefix": kind, "deadline_seconds": seconds}
        redis: Any = (connect_redis if kind == "threads" else connect_redis_aio)(environment)
        self.redis = redis
        is_aio = kind == "aio"
        self._store: Any = (AioRedisReplayStore if is_aio else RedisReplayStore)(redis, clock_skew_seconds=0, **options)
        self._limiter: Any = (AioRedisLimiter if is_aio else RedisLimiter)(redis, **options)

    def _do(self, result: Any) -> Any:
        return self._runner.run(_awaited(result)) if asyncio.iscoroutine(result) else result

    def start(self) -> None:
        self._do(self._store.unsafe_start_empty())

    def consume(self, use: dict[str, Any]) -> str:
        try:
            return str(self._do(self._store.consume(**use)))
        except StoreError as error:
            return error.code

    def draw(self, key: str) -> int:
        remaining: int = self._do(self._limiter.draw(key, _LIMIT, 1)).remaining
        return remaining

    def end(self) -> None:
        self._do(self.redis.aclose() if hasattr(self.redis, "aclose") else self.redis.close())
        self._runner.close()


async def _awaited(awaitable: Any) -> Any:
    return await awaitable


@pytest.mark.parametrize("kind", ["threads", "aio"])
def test_a_frozen_primary_is_left_behind_and_no_used_token_is_taken_again(sentinels: Topology, kind: str) -> None:
    patient, face = Face(kind, sentinels.environment, 5), Face(kind, sentinels.environment, 0.2)
    patient.start()
    tokens = [_use(f"t{number}") for number in range(10)]
    assert [patient.consume(token) for token in tokens] == ["fresh"] * 10
    before = sentinels.primary()
    before.freeze()
    answers = set()
    while sentinels.primary() is before:
        with Waited(0.2) as waited:
            answers.add(face.consume(tokens[0]))
        assert waited.beyond < 0

    def is_back() -> None:
        assert face.consume(tokens[0]) == "store_forgetful"

    eventually(2, is_back)
    answers |= {patient.consume(token) for token in tokens}
    assert "fresh" not in answers

    def takes_new_ones() -> None:
        # Another one each time: one whose answer was late is used up.
        assert face.consume(_use(f"new {time.monotonic()}", int(time.time()))) == "fresh"

    eventually(4, takes_new_ones)
    before.thaw()
    patient.end()
    face.end()
    _until(lambda: [_connections(server) for server in sentinels.servers[-3:]] == [0, 0, 0])


@pytest.mark.parametrize("kind", ["threads", "aio"])
def test_the_node_of_each_key_is_found_and_slots_may_move(cluster: Topology, kind: str) -> None:
    face = Face(kind, cluster.environment, 5)
    face.start()
    keys = [str(number) for number in range(20)]
    assert [face.consume(_use(key)) for key in keys] == ["fresh"] * 20
    assert {face.draw(key) for key in keys} == {99}
    first, second = (ask(server.port, "cluster", "myid") for server in cluster.servers[:2])
    move = ("--cluster-from", first, "--cluster-to", second, "--cluster-slots", "6000", "--cluster-yes")
    ask(cluster.servers[0].port, "--cluster", "reshard", f"127.0.0.1:{cluster.servers[0].port}", *move)
    assert {face.draw(key) for key in keys} == {98}
    assert {face.consume(_use(key)) for key in keys} <= {"replayed", "store_forgetful"}
    face.end()


@pytest.mark.parametrize("kind", ["threads", "aio"])
def test_where_a_sentinel_answered_at_once_to_several_no_other_is_lost(kind: str) -> None:
    primary = Server()
    watch = [f"sentinel monitor main 127.0.0.1 {primary.port} 1"]
    away, here = Server("--sentinel", lines=watch), Server("--sentinel", lines=watch)
    away.kill()
    places = f"127.0.0.1:{away.port},127.0.0.1:{here.port}"
    environment = {"REDIS_SENTINEL": places, "REDIS_MASTER": "main"}
    _until(lambda: f"port\n{primary.port}" in ask(here.port, "sentinel", "masters"))

    def wakes(echo: Callable[[], object]) -> None:
        """The one that was away is the only one that answers, and the primary has to be looked for again."""
        away.start()
        here.kill()
        ask(primary.port, "client", "kill", "type", "normal")
        eventually(5, echo)

    asked = (["ECHO", "hello"], "any")
    if kind == "threads":
        redis = connect_redis(environment)
        assert redis is not None
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda _: redis.command(*asked), range(8))) == ["hello"] * 8
        wakes(lambda: redis.command(*asked))
        redis.close()
    else:
        with asyncio.Runner() as runner:
            aio = connect_redis_aio(environment)
            assert aio is not None

            async def many() -> list[object]:
                return await asyncio.gather(*(aio.command(*asked) for _ in range(8)))

            assert runner.run(many()) == ["hello"] * 8
            wakes(lambda: runner.run(aio.command(*asked)))
            runner.run(aio.aclose())
    _until(lambda: _connections(away) == 0)
    for server in (away, here, primary):
        server.end()
