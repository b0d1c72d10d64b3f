"""An end to every call, whatever a server or a client does."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Final, Generic, TypeAlias, TypeVar

from kit_jwt.encoding.json_value import is_number
from kit_jwt.errors import MisuseError
from kit_jwt.token.effects import Flow, drive, drive_awaiting

from .commands import AioRedisCommands, AnyRedisCommands, RedisCommands
from .errors import StoreError, store_error

DEADLINE: Final = 0.2
"""Seconds that a store waits at most, unless told otherwise."""

_THREADS: Final = 32
"""Calls that are under way at once; more wait for their turn, within their deadline."""

_MAX_UNANSWERED: Final = 1000
"""Calls that are held, waited for or not: a server that is frozen must not fill the memory."""

_MAX_SECONDS: Final = 2_147_483.647
"""The longest time that a timer of every platform keeps."""

T = TypeVar("T")

Work: TypeAlias = Callable[[AnyRedisCommands], Flow[T]]
"""One or more commands that end together."""


def _read_seconds(seconds: object) -> float:
    if not is_number(seconds) or not 0 < seconds <= _MAX_SECONDS:
        message = "deadline_seconds is a positive number"
        raise MisuseError(message)
    return seconds


@dataclass(slots=True)
class _Job(Generic[T]):
    """A flow that a thread drives for a caller who may have gone."""

    flow: Flow[T]
    is_done: threading.Event = field(default_factory=threading.Event)
    is_abandoned: bool = False
    result: T | None = None
    error: StoreError | None = None

    def run(self) -> None:
        if not self.is_abandoned:
            try:
                self.result = drive(self.flow)
            except Exception as error:  # noqa: BLE001 # whatever it was, the caller is told one of our own codes
                self.error = store_error(error)
        self.is_done.set()


class Deadline:
    """Gives every call an end. What is asked of a server may still be done when nobody waits any longer.

    Name resolution, connecting, TLS and reading a reply block each in its own way, and none of them knows when the
    caller wants to be gone: so they run in threads of their own.
    """

    def __init__(self, commands: RedisCommands, seconds: float = DEADLINE) -> None:
        """Keep to a number of seconds for each call.

        Raises:
            MisuseError: they are no positive number.
        """
        self._commands = commands
        self._seconds = _read_seconds(seconds)
        self._lock = threading.Lock()
        self._reset()

    def _reset(self) -> None:
        self._process = os.getpid()
        self._jobs: SimpleQueue[_Job[object]] = SimpleQueue()
        self._idle = 0
        self._threads = 0

    def within(self, work: Work[T]) -> T:
        """Do some work, or stop waiting for it.

        Raises:
            StoreError: `store_unavailable` after the deadline, and what else can be wrong.
        """
        end = time.monotonic() + self._seconds
        job: _Job[T] = _Job(work(self._commands))
        self._submit(job)
        if not job.is_done.wait(end - time.monotonic()):
            job.is_abandoned = True
            raise StoreError("store_unavailable")
        if job.error is not None:
            # Made anew: one that was raised in another thread carries that thread's frames.
            raise StoreError(job.error.code)
        return job.result  # type: ignore[return-value] # without an error there is a result, None where it is that

    def _submit(self, job: _Job[T]) -> None:
        with self._lock:
            if self._process != os.getpid():
                # Threads stay behind when a process forks.
                self._reset()
            if self._jobs.qsize() >= _MAX_UNANSWERED:
                raise StoreError("store_unavailable")
            self._jobs.put(job)  # type: ignore[arg-type] # what a job gives is its caller's business
            is_needed = self._jobs.qsize() > self._idle and self._threads < _THREADS
            self._threads += is_needed
            jobs = self._jobs
        if is_needed:
            # A thread that begins keeps its maker waiting, and is to keep nobody else.
            threading.Thread(target=self._serve, args=(jobs,), name="kit-jwt-redis", daemon=True).start()

    def _serve(self, jobs: SimpleQueue[_Job[object]]) -> None:
        while True:
            with self._lock:
                self._idle += 1
            job = jobs.get()
            with self._lock:
                self._idle -= 1
            job.run()


class AioDeadline:
    """The same on an event loop."""

    def __init__(self, commands: AioRedisCommands, seconds: float = DEADLINE) -> None:
        """Keep to a number of seconds for each call.

        Raises:
            MisuseError: they are no positive number.
        """
        self._commands = commands
        self._seconds = _read_seconds(seconds)
        self._tasks: set[asyncio.Task[object]] = set()

    async def within(self, work: Work[T]) -> T:
        """Do some work, or stop waiting for it.

        Raises:
            StoreError: `store_unavailable` after the deadline, and what else can be wrong.
        """
        if len(self._tasks) >= _MAX_UNANSWERED:
            raise StoreError("store_unavailable")
        # A task of its own: one that is cancelled may take its time to end, and nobody waits for that.
        task = asyncio.get_running_loop().create_task(_told(work(self._commands)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            done, _ = await asyncio.wait({task}, timeout=self._seconds)
        finally:
            task.cancel()
        if not done:
            raise StoreError("store_unavailable")
        result = task.result()
        if isinstance(result, StoreError):
            raise result
        return result


async def _told(flow: Flow[T]) -> T | StoreError:
    """What a flow gives; an error as a value, which nobody has to fetch."""
    try:
        return await drive_awaiting(flow)
    except Exception as error:  # noqa: BLE001 # whatever it was, the caller is told one of our own codes
        return store_error(error)
