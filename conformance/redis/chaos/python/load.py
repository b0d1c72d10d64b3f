"""The load in Python, by threads or on an event loop.

Lines of JSON in: a setting, then `go`, `stop` and `end`; lines of JSON out.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Any, Final

from kit_jwt.redis import (
    AioRedisLimiter,
    AioRedisReplayStore,
    AioRedisRevocationList,
    RedisKeyStore,
    RedisLimiter,
    RedisReplayStore,
    RedisRevocationList,
    connect_redis,
    connect_redis_aio,
)

from account import Drift, Told, sockets
from calls import ISSUER, Calls, Setting, caught, caught_aio

_CALLERS: Final = 48
"""Threads that call: more than can be waiting at this rate, for a deadline and what it may be exceeded by."""

_WATCHERS: Final = 4
"""Threads that measure how late threads are: which of many has its turn next is nobody's promise."""
_OWN_TURN: Final = 0.3
"""Seconds by which an event loop may be later than a thread beside it.

Many callers may have their turn at once; and redis-py reads, in one go, all commands that a server of a cluster has,
whenever it looks which node has which slots.
"""


class Threads:
    """Callers that block, each in a thread."""

    def __init__(self, setting: Setting, told: Told) -> None:
        """Connect, and prepare what must be there before anything begins."""
        self._setting, self._told = setting, told
        self._drifts = [Drift() for _ in range(_WATCHERS)]
        redis: Any = connect_redis(setting["environment"])
        self._redis = redis
        options: dict[str, Any] = {"prefix": setting["prefix"], "deadline_seconds": setting["deadline"] / 1000}
        self._calls = Calls(
            setting,
            replay=RedisReplayStore(redis, clock_skew_seconds=0, **options),
            limiter=RedisLimiter(redis, **options),
            revoked=RedisRevocationList(redis, **options),
            keys=RedisKeyStore(redis, **options),
        )
        if setting["prepare"]:
            self._prepare()
        self._is_over = threading.Event()
        self._ticking = threading.Thread(target=self._tick)
        for drift in self._drifts:
            threading.Thread(target=drift.watch, daemon=True).start()
        told.say({"ready": True})

    def _prepare(self) -> None:
        patient: dict[str, Any] = {"prefix": self._setting["prefix"], "deadline_seconds": 10}
        RedisReplayStore(self._redis, **patient).unsafe_start_empty()
        revoked = RedisRevocationList(self._redis, **patient)
        for number in range(self._setting["revoked"]):
            revoked.revoke(issuer=ISSUER, jti=f"r{number}", expires=self._setting["begun"] + 3600)
        RedisKeyStore(self._redis, **patient).write_if(0, "the first")

    def _tick(self) -> None:
        with ThreadPoolExecutor(_CALLERS) as pool:
            for kind in cycle(self._calls.kinds):
                if self._is_over.wait(1 / self._setting["rate"]):
                    break
                pool.submit(self._call, kind)

    def _call(self, kind: str) -> None:
        about, work = self._calls.next(kind)
        begun = time.monotonic()
        result = self._calls.said(kind, caught(work))
        ended = time.monotonic()
        drift = max(drift.between(begun, ended) for drift in self._drifts)
        self._told.call(kind, about, begun, ended, drift, result)

    def go(self) -> None:
        """Begin."""
        self._ticking.start()

    def stop(self) -> None:
        """Wait for what is under way, and close."""
        self._is_over.set()
        self._ticking.join()
        self._redis.close()
        self._told.flush()
        self._told.say({"closed": True})

    def end(self) -> None:
        """Nothing is left to do."""


class Loop:
    """Callers that are awaited, on an event loop in a thread of its own."""

    def __init__(self, setting: Setting, told: Told) -> None:
        """Make the loop, and the connection in it."""
        self._setting, self._told, self._drift = setting, told, Drift()
        # What blocks the loop does not excuse itself: a thread beside it is not late then.
        self._beside = Drift()
        threading.Thread(target=self._beside.watch, daemon=True).start()
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda _, context: told.say({"fault": f"event loop: {context}"}))
        redis: Any = connect_redis_aio(setting["environment"])
        self._redis = redis
        options: dict[str, Any] = {"prefix": setting["prefix"], "deadline_seconds": setting["deadline"] / 1000}
        self._calls = Calls(
            setting,
            replay=AioRedisReplayStore(redis, clock_skew_seconds=0, **options),
            limiter=AioRedisLimiter(redis, **options),
            revoked=AioRedisRevocationList(redis, **options),
            keys=None,
        )
        self._is_over = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._ticking: Any = None
        told.say({"ready": True})

    async def _watch(self) -> None:
        while not self._is_over.is_set():
            await asyncio.sleep(0.005)
            self._drift.tick()

    async def _tick(self) -> None:
        under = {asyncio.create_task(self._watch())}
        for kind in cycle(self._calls.kinds):
            if self._is_over.is_set():
                break
            under.add(asyncio.create_task(self._call(kind)))
            await asyncio.sleep(1 / self._setting["rate"])
        await asyncio.gather(*under)

    async def _call(self, kind: str) -> None:
        about, work = self._calls.next(kind)
        begun = time.monotonic()
        result = self._calls.said(kind, await caught_aio(work))
        ended = time.monotonic()
        drift = min(self._drift.between(begun, ended), self._beside.between(begun, ended) + _OWN_TURN)
        self._told.call(kind, about, begun, ended, drift, result)

    def go(self) -> None:
        """Begin."""
        self._ticking = asyncio.run_coroutine_threadsafe(self._tick(), self._loop)

    def stop(self) -> None:
        """Wait for what is under way, and close."""
        self._loop.call_soon_threadsafe(self._is_over.set)
        self._ticking.result()
        asyncio.run_coroutine_threadsafe(self._redis.aclose(), self._loop).result()
        self._told.flush()
        self._told.say({"closed": True})

    def end(self) -> None:
        """End the loop; tasks that are left are told of by its exception handler."""
        left = [task for task in asyncio.all_tasks(self._loop) if not task.done()]
        if left:
            self._told.say({"fault": f"tasks that are left: {left}"})
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def main() -> None:
    """Read lines until the end."""
    setting: Setting = json.loads(sys.stdin.readline())
    told = Told(setting["deadline"])
    sys.unraisablehook = lambda one: told.fault(f"unraisable in {one.object!r}", one.exc_value)
    threading.excepthook = lambda one: told.fault("in a thread", one.exc_value)
    threading.Thread(target=told.keep_flushing, daemon=True).start()
    before = sockets()
    face: Threads | Loop = Threads(setting, told) if setting["face"] == "threads" else Loop(setting, told)
    steps: dict[str, Callable[[], None]] = {"go": face.go, "stop": face.stop, "end": face.end}
    for line in sys.stdin:
        step = next(iter(json.loads(line)))
        steps[step]()
        if step == "end":
            break
    steps.clear()
    del face
    gc.collect()
    told.say({"open": ["socket"] * (sockets() - before)})


if __name__ == "__main__":
    main()
