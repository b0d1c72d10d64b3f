"""A use that counts once replicas know of it: on a primary and its replica, on Sentinels, and on a cluster."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import pytest

from kit_jwt import MisuseError
from kit_jwt.redis import (
    AioRedisReplayStore,
    RedisReplayStore,
    StoreError,
    connect_redis,
    connect_redis_aio,
    stores_from_environment,
)
from kit_jwt.redis.commands import Reply

from .redis_servers import NEEDS_REDIS, Server, Waited, ask, eventually, free_port, redis_server

pytestmark = pytest.mark.usefixtures("patient_sockets")

_PATIENT: dict[str, Any] = {"deadline_seconds": 5}
_NUMBERS = count()
FACES = pytest.mark.parametrize("kind", ["threads", "aio"])


def _use(jti: str) -> dict[str, Any]:
    return {"issuer": "i", "jti": jti, "expires": 2000, "now": 1000, "issued": 1000}


def _until(*words: str, port: int, says: str, times: int = 1) -> None:
    def work() -> None:
        assert ask(port, *words).count(says) >= times

    eventually(15, work)


class Face:
    """Stores on one connection, synchronous or awaitable, asked in the same way."""

    def __init__(self, kind: str, environment: Mapping[str, str]) -> None:
        self.kind = kind
        # Tests share their servers.
        self.prefix = f"{kind}-{next(_NUMBERS)}"
        self._runner = asyncio.Runner()
        self.redis: Any = (connect_redis if kind == "threads" else connect_redis_aio)(environment)

    def store(self, redis: object = None, **options: Any) -> Any:
        make: Any = RedisReplayStore if self.kind == "threads" else AioRedisReplayStore
        return make(redis or self.redis, **{"prefix": self.prefix, **_PATIENT, **options})

    def start(self, store: Any) -> Any:
        """A store that was empty when it began; the server knows its script, and replicas that were away are back."""
        self._do(store.unsafe_start_empty())

        def is_back() -> None:
            assert self.told(self.store(prefix=store._uses.prefix, min_replicas=1), f"{time.monotonic()}") == "fresh"

        eventually(5, is_back)
        return store

    def told(self, store: Any, jti: str) -> str:
        try:
            return str(self._do(store.consume(**_use(jti))))
        except StoreError as error:
            return error.code

    def _do(self, result: Any) -> Any:
        return self._runner.run(_awaited(result)) if asyncio.iscoroutine(result) else result

    def end(self) -> None:
        self._do(self.redis.aclose() if self.kind == "aio" else self.redis.close())
        self._runner.close()


async def _awaited(awaitable: Any) -> Any:
    return await awaitable


class Pair:
    """A primary and its replica."""

    def __init__(self) -> None:
        self.primary = Server("--repl-diskless-sync-delay", "0")
        self.replica = Server("--replicaof", f"127.0.0.1 {self.primary.port}")
        _until("info", "replication", port=self.primary.port, says="state=online")
        self.environment = {"REDIS_URL": self.primary.url}


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    made = Pair()
    yield made
    made.replica.end()
    made.primary.end()


@NEEDS_REDIS
@FACES
def test_what_is_fresh_is_known_to_the_replica(pair: Pair, kind: str) -> None:
    face = Face(kind, pair.environment)
    store = face.start(face.store(min_replicas=1))

    def known() -> int:
        return len(ask(pair.replica.port, "keys", f"{{{face.prefix}:replay:*:*").split("\n"))

    before = known()
    for number in range(1, 21):
        assert face.told(store, f"{number}") == "fresh"
        assert known() == before + number
        assert face.told(store, f"{number}") == "replayed"
    face.end()


@NEEDS_REDIS
@FACES
def test_where_too_few_know_of_it_in_time_it_is_refused_and_used_up(pair: Pair, kind: str) -> None:
    face = Face(kind, pair.environment)
    patient = face.start(face.store(min_replicas=1))
    store, other = face.store(min_replicas=1, deadline_seconds=0.4), face.store()
    pair.replica.freeze()
    tries, beyond = count(), list[float]()

    def refused() -> str:
        jti = f"frozen {next(tries)}"
        with Waited(0.4) as waited:
            said = face.told(store, jti)
        beyond.append(waited.beyond)
        # On a busy machine the deadline may come before the time for replicas is over.
        assert said == "store_unreplicated"
        return jti

    frozen = eventually(5, refused)
    # Of every try: none is late.
    assert max(beyond) < 0
    # Whoever does not ask for it is not kept waiting.
    assert face.told(other, "other") == "fresh"
    pair.replica.thaw()
    assert face.told(patient, frozen) == "replayed"

    def is_back() -> None:
        assert face.told(patient, f"after {time.monotonic()}") == "fresh"

    eventually(5, is_back)
    face.end()


@NEEDS_REDIS
@FACES
def test_where_there_are_too_few_it_is_refused_and_not_used_up(pair: Pair, kind: str) -> None:
    face = Face(kind, pair.environment)
    two = face.start(face.store(min_replicas=2))
    one = face.store(min_replicas=1)
    assert face.told(two, "a") == "store_unreplicated"
    assert face.told(one, "a") == "fresh"
    assert face.told(two, "a") == "store_unreplicated"
    face.end()


class Lossy:
    """Loses the answer to the first, and sends the second over another connection."""

    def __init__(self, first: Any, second: Any) -> None:
        self._first = first
        self._second = second
        self.asked = 0

    def command(self, args: Sequence[str], key: str) -> Any:
        return self._first.command(args, key)

    def pipeline(self, commands: Sequence[Sequence[str]], key: str) -> Any:
        self.asked += 1
        if self.asked > 1:
            return self._second.pipeline(commands, key)
        done = self._first.command(commands[0], key)
        if asyncio.iscoroutine(done):
            return _lost(done)
        message = "lost"
        raise OSError(message)


async def _lost(done: Any) -> None:
    await done
    message = "lost"
    raise OSError(message)


@NEEDS_REDIS
@FACES
def test_whoever_asks_again_waits_as_well(pair: Pair, kind: str) -> None:
    first, second = Face(kind, pair.environment), Face(kind, pair.environment)
    lossy = Lossy(first.redis, second.redis)
    options: dict[str, Any] = {"min_replicas": 1}
    store = first.start(first.store(lossy, deadline_seconds=10, **options))
    assert first.told(first.store(**options), "known") == "fresh"
    pair.replica.freeze()
    assert first.told(store, "a") == "store_unreplicated"
    assert lossy.asked == 2
    pair.replica.thaw()

    def is_back() -> None:
        assert first.told(store, f"b {time.monotonic()}") == "fresh"

    eventually(5, is_back)
    lossy.asked = 0
    assert first.told(store, "c") == "fresh"
    first._do(second.redis.aclose() if kind == "aio" else second.redis.close())
    first.end()


@NEEDS_REDIS
def test_a_service_is_told_how_many(pair: Pair) -> None:
    stores = stores_from_environment(pair.environment, prefix="service", min_replicas=1, **_PATIENT)
    assert isinstance(stores.replay, RedisReplayStore)
    stores.replay.unsafe_start_empty()
    assert stores.replay.consume(**_use("a")) == "fresh"
    stores.close()
    stores = stores_from_environment(pair.environment, prefix="service", min_replicas=2, **_PATIENT)
    with pytest.raises(StoreError, match="store unreplicated"):
        stores.replay.consume(**_use("b"))
    stores.close()


@NEEDS_REDIS
@FACES
def test_replicas_of_sentinels(kind: str) -> None:
    with redis_server() as primary, redis_server("--replicaof", f"127.0.0.1 {primary.port}"):
        watch = [f"sentinel monitor main 127.0.0.1 {primary.port} 1"]
        _until("info", "replication", port=primary.port, says="state=online")
        sentinel = Server("--sentinel", lines=watch)
        face = Face(kind, {"REDIS_SENTINEL": f"127.0.0.1:{sentinel.port}", "REDIS_MASTER": "main"})
        store = face.start(face.store(min_replicas=1))
        assert [face.told(store, "a"), face.told(store, "a")] == ["fresh", "replayed"]
        assert face.told(face.store(min_replicas=2), "b") == "store_unreplicated"
        face.end()
        sentinel.end()


@pytest.fixture
def cluster() -> Iterator[list[Server]]:
    servers = [Server("--cluster-enabled", "yes", "--cluster-port", str(free_port())) for _ in range(6)]
    nodes = [f"127.0.0.1:{server.port}" for server in servers]
    ask(servers[0].port, "--cluster", "create", *nodes, "--cluster-replicas", "1", "--cluster-yes")
    for server in servers:
        _until("cluster", "info", port=server.port, says="cluster_state:ok")
    for server in servers[:3]:
        _until("info", "replication", port=server.port, says="state=online")
    yield servers
    for server in servers:
        server.end()


@NEEDS_REDIS
def test_replicas_of_a_cluster_also_of_slots_that_move(cluster: list[Server]) -> None:
    environment = {"REDIS_CLUSTER_NODES": ",".join(f"127.0.0.1:{server.port}" for server in cluster)}
    faces = [Face(kind, environment) for kind in ("threads", "aio")]
    stores = [(face, face.start(face.store(min_replicas=1))) for face in faces]

    def each(jti: str) -> set[str]:
        return {face.told(store, f"{jti}{number}") for face, store in stores for number in range(20)}

    assert each("a") == {"fresh"}
    assert each("a") == {"replayed"}
    first, second = (ask(server.port, "cluster", "myid") for server in cluster[:2])
    move = ["--cluster-from", first, "--cluster-to", second, "--cluster-slots", "6000", "--cluster-yes"]
    ask(cluster[0].port, "--cluster", "reshard", f"127.0.0.1:{cluster[0].port}", *move)

    def is_learnt() -> None:
        # Each slot is learnt of by whoever asks for it; another server has forgotten nothing since it was asked.
        assert each("old") <= {"store_forgetful", "fresh", "replayed"}

    eventually(10, is_learnt)
    assert each("a") <= {"replayed", "store_forgetful"}
    for face in faces:
        face.end()


class Plain:
    def command(self, *_: object) -> Reply:
        return None


class Counting(Plain):
    def __init__(self, answer: Sequence[Reply]) -> None:
        self._answer = answer

    def pipeline(self, *_: object) -> Sequence[Reply]:
        return self._answer


@pytest.mark.parametrize("store", [RedisReplayStore, AioRedisReplayStore])
def test_a_number_that_is_none_or_commands_that_cannot_follow_each_other_are_refused(store: Any) -> None:
    for number in (-1, 1.5, True, "1", None):
        with pytest.raises(MisuseError, match="min_replicas is a number of replicas"):
            store(Counting([]), min_replicas=number)
    with pytest.raises(MisuseError, match="min_replicas needs commands that have a pipeline"):
        store(Plain(), min_replicas=1)
    store(Plain(), min_replicas=0)


@pytest.mark.parametrize("answer", [["fresh", None], ["fresh", "1"], ["fresh", True], ["fresh", 0]])
def test_an_answer_that_does_not_count_replicas_is_none(answer: list[Reply]) -> None:
    store = RedisReplayStore(Counting(answer), min_replicas=1, **_PATIENT)
    with pytest.raises(StoreError, match="store unreplicated"):
        store.consume(**_use("a"))
