from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from kit_jwt import MisuseError
from kit_jwt.redis import (
    AioRedisConnection,
    RedisConnection,
    StoreError,
    connect_redis,
    connect_redis_aio,
)
from kit_jwt.redis.commands import AnyRedisCommands
from kit_jwt.redis.deadline import AioDeadline, Deadline
from kit_jwt.token.effects import Effect, Flow

from .redis_servers import NEEDS_REDIS, Server, Waited, eventually, eventually_aio, redis_server

_SECONDS = 0.2


def _send(*args: str) -> Any:
    def work(redis: AnyRedisCommands) -> Flow[object]:
        outcome = yield Effect(lambda: redis.command(args, "any"))
        if outcome.error is not None:
            raise outcome.error
        return outcome.value

    return work


def _code(deadline: Deadline, *args: str) -> object:
    try:
        return deadline.within(_send(*args))
    except StoreError as error:
        return error.code


async def _code_aio(deadline: AioDeadline, *args: str) -> object:
    try:
        return await deadline.within(_send(*args))
    except StoreError as error:
        return error.code


@pytest.fixture
def server() -> Iterator[Server]:
    with redis_server() as started:
        yield started


def _connected(url: str) -> RedisConnection:
    redis = connect_redis({"REDIS_URL": url})
    assert redis is not None
    return redis


def _connected_aio(url: str) -> AioRedisConnection:
    redis = connect_redis_aio({"REDIS_URL": url})
    assert redis is not None
    return redis


def _warm(redis: RedisConnection, seconds: float = _SECONDS) -> Deadline:
    """Connecting takes what it takes."""
    assert eventually(5, lambda: Deadline(redis).within(_send("ECHO", "hello"))) == "hello"
    return Deadline(redis, seconds)


async def _warm_aio(redis: AioRedisConnection) -> AioDeadline:
    assert await eventually_aio(5, lambda: AioDeadline(redis).within(_send("ECHO", "hello"))) == "hello"
    return AioDeadline(redis, _SECONDS)


@NEEDS_REDIS
def test_a_command_and_its_answer(server: Server) -> None:
    redis = _connected(server.url)
    deadline = _warm(redis, 5)
    assert _code(deadline, "GET", "nothing") is None
    assert _code(deadline, "INCR", "n") == 1
    assert _code(deadline, "HMGET", "nothing", "a", "b") == [None, None]
    assert _code(deadline, "NONSENSE") == "store_unavailable"
    redis.close()


@NEEDS_REDIS
async def test_a_command_and_its_answer_on_an_event_loop(server: Server) -> None:
    redis = _connected_aio(server.url)
    await _warm_aio(redis)
    deadline = AioDeadline(redis, 5)
    assert await _code_aio(deadline, "GET", "nothing") is None
    assert await _code_aio(deadline, "INCR", "n") == 1
    assert await _code_aio(deadline, "NONSENSE") == "store_unavailable"
    await redis.aclose()


@NEEDS_REDIS
def test_a_frozen_server_keeps_nobody_waiting_and_is_used_again_when_it_runs(server: Server) -> None:
    redis = _connected(server.url)
    deadline = _warm(redis)
    server.freeze()
    with ThreadPoolExecutor(40) as pool:
        # That threads begin is no part of what is waited for.
        begun = threading.Barrier(40)
        list(pool.map(lambda _: begun.wait(), range(40)))
        for _ in range(3):
            with Waited(_SECONDS) as waited:
                codes = list(pool.map(lambda _: _code(deadline, "ECHO", "hello"), range(40)))
            assert set(codes) == {"store_unavailable"}
            assert waited.beyond < 0
    server.thaw()
    assert eventually(2, lambda: deadline.within(_send("ECHO", "hello"))) == "hello"
    redis.close()


@NEEDS_REDIS
async def test_a_frozen_server_keeps_no_task_waiting(server: Server) -> None:
    redis = _connected_aio(server.url)
    deadline = await _warm_aio(redis)
    server.freeze()
    for _ in range(3):
        with Waited(_SECONDS) as waited:
            codes = await asyncio.gather(*(_code_aio(deadline, "ECHO", "hello") for _ in range(40)))
        assert set(codes) == {"store_unavailable"}
        assert waited.beyond < 0
    server.thaw()
    assert await eventually_aio(2, lambda: deadline.within(_send("ECHO", "hello"))) == "hello"
    await redis.aclose()


@NEEDS_REDIS
def test_a_server_that_is_frozen_before_anything_is_connected(server: Server) -> None:
    server.freeze()
    redis = _connected(server.url)
    deadline = Deadline(redis, _SECONDS)
    with Waited(_SECONDS) as waited:
        assert _code(deadline, "ECHO", "hello") == "store_unavailable"
    assert waited.beyond < 0
    server.thaw()
    assert eventually(2, lambda: deadline.within(_send("ECHO", "hello"))) == "hello"
    redis.close()


@NEEDS_REDIS
def test_a_server_that_dies_is_refused_and_used_again_when_it_is_back(server: Server) -> None:
    redis = _connected(server.url)
    deadline = _warm(redis)
    server.kill()
    with Waited(_SECONDS) as waited:
        assert _code(deadline, "ECHO", "hello") == "store_unavailable"
    assert waited.beyond < 0
    server.start()
    assert eventually(2, lambda: deadline.within(_send("ECHO", "hello"))) == "hello"
    redis.close()


@NEEDS_REDIS
async def test_a_server_that_dies_under_an_event_loop(server: Server) -> None:
    redis = _connected_aio(server.url)
    deadline = await _warm_aio(redis)
    server.kill()
    assert await _code_aio(deadline, "ECHO", "hello") == "store_unavailable"
    server.start()
    assert await eventually_aio(2, lambda: deadline.within(_send("ECHO", "hello"))) == "hello"
    await redis.aclose()


@NEEDS_REDIS
def test_no_connection_is_leaked_by_what_was_late(server: Server) -> None:
    redis = _connected(server.url)
    deadline = _warm(redis)
    for _ in range(3):
        server.freeze()
        assert _code(deadline, "ECHO", "hello") == "store_unavailable"
        server.thaw()
        eventually(2, lambda: deadline.within(_send("ECHO", "hello")))

    def few() -> None:
        assert str(deadline.within(_send("CLIENT", "LIST", "TYPE", "normal"))).count("addr=") <= 4

    eventually(5, few)
    redis.close()


@NEEDS_REDIS
def test_a_wrong_password_and_a_missing_right_are_refused_as_what_they_are() -> None:
    with redis_server("--requirepass", "right", "--user", "reader", "on", ">word", "~*", "+get", "+ping") as server:
        codes = []
        for account in (":wrong@", "reader:wrong@", "reader:word@", "", ":right@"):
            redis = _connected(f"redis://{account}127.0.0.1:{server.port}")
            codes.append(_code(Deadline(redis, 5), "ECHO", "hello"))
            redis.close()
        assert codes == [*["store_refused"] * 4, "hello"]


class _Never:
    """Commands that are never answered, unless let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.asked = 0

    def command(self, *_: object) -> str:
        self.asked += 1
        self.go.wait()
        return "late"


def test_no_more_is_held_for_a_server_that_is_silent_than_a_bound() -> None:
    never = _Never()
    deadline = Deadline(never, 30)
    with ThreadPoolExecutor(1100) as pool:
        waiting = [pool.submit(_code, deadline, "PING") for _ in range(1100)]
        refused = eventually(20, lambda: _refused(waiting))
        never.go.set()
        answers = [one.result() for one in waiting]
    assert refused >= 1
    # Those that wait for a thread, and those that have one.
    assert answers.count("late") in range(1000, 1033)
    assert set(answers) == {"late", "store_unavailable"}


def _refused(waiting: list[Future[object]]) -> int:
    done = sum(one.done() for one in waiting)
    assert done >= 1100 - 1032
    return done


def test_what_nobody_waits_for_any_longer_is_not_sent() -> None:
    never = _Never()
    deadline = Deadline(never, 0.05)
    with ThreadPoolExecutor(64) as pool:
        assert set(pool.map(lambda _: _code(deadline, "PING"), range(64))) == {"store_unavailable"}
    never.go.set()
    quick = Deadline(never, 5)
    assert _code(quick, "PING") == "late"
    # As many as there are threads, and the one just asked.
    assert never.asked <= 33


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork")
def test_threads_that_stayed_behind_in_another_process_are_made_anew() -> None:
    class Here:
        def command(self, *_: object) -> str:
            return "here"

    deadline = Deadline(Here(), 5)
    assert _code(deadline, "PING") == "here"
    deadline._process = -1
    assert _code(deadline, "PING") == "here"
    assert deadline._process == os.getpid()


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), "1", True, None, 2**31])
def test_what_is_no_deadline(seconds: Any) -> None:
    never: Any = _Never()
    for kind in (Deadline, AioDeadline):
        with pytest.raises(MisuseError):
            kind(never, seconds)


async def test_tasks_that_are_held_for_a_silent_server_are_bounded() -> None:
    server_speaks = asyncio.Event()

    class Stubborn:
        """Not even cancelling ends it."""

        async def command(self, *_: object) -> str:
            while not server_speaks.is_set():
                try:
                    await server_speaks.wait()
                except asyncio.CancelledError:
                    continue
            return "late"

    deadline = AioDeadline(Stubborn(), 0.05)
    codes = await asyncio.gather(*(_code_aio(deadline, "PING") for _ in range(1000)))
    assert set(codes) == {"store_unavailable"}
    assert len(deadline._tasks) == 1000
    assert await _code_aio(deadline, "PING") == "store_unavailable"
    server_speaks.set()
    await eventually_aio(10, lambda: _empty(deadline))


async def _empty(deadline: AioDeadline) -> None:
    assert not deadline._tasks


@NEEDS_REDIS
async def test_what_connects_while_it_is_closed_is_closed_too(server: Server) -> None:
    other = _connected(server.url)

    def is_alone() -> None:
        assert str(other.command(["CLIENT", "LIST"], "any")).count("laddr=") == 1

    for steps in range(8):
        redis = _connected_aio(server.url)
        commands = [asyncio.create_task(redis.command(["PING"], "any")) for _ in range(4)]
        for _ in range(steps):
            await asyncio.sleep(0)
        await redis.aclose()
        await asyncio.wait(commands)
        for command in commands:
            command.exception()
        # A server hears of it a moment later.
        eventually(2, is_alone)
    other.close()


@NEEDS_REDIS
def test_what_threads_connect_while_it_is_closed_is_closed_too(server: Server) -> None:
    other = _connected(server.url)

    def is_alone() -> None:
        assert str(other.command(["CLIENT", "LIST"], "any")).count("laddr=") == 1

    for pause in range(30):
        redis = _connected(server.url)
        deadline = Deadline(redis, _SECONDS)
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(_code, deadline, "PING") for _ in range(8)]
            time.sleep(pause / 10_000)
            redis.close()
            assert {one.result() for one in asked} <= {True, "store_unavailable"}
        # A server hears of it a moment later.
        eventually(2, is_alone)
    other.close()
