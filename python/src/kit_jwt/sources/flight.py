"""A request that runs, and those who wait for it: threads that block, tasks that await."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit_jwt.token.effects import Effect

if TYPE_CHECKING:
    import asyncio


class Flight:
    """A request that runs. Whoever shares it waits for its end, whatever that is.

    Attributes:
        began: seconds since the epoch.
        task: what runs it, where that is a task: an event loop holds its tasks weakly.
    """

    __slots__ = ("_ended", "_lock", "_waiting", "began", "task")

    def __init__(self, began: float) -> None:
        """Remember when it began, in seconds since the epoch."""
        self.began = began
        self.task: asyncio.Task[None] | None = None
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._waiting: list[Callable[[], None]] = []

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._ended.is_set()

    def end(self) -> None:
        """Wake everybody."""
        with self._lock:
            self._ended.set()
            waiting, self._waiting = self._waiting, []
        for wake in waiting:
            wake()

    def wait(self, seconds: float) -> None:
        """Block this thread until the end, but no longer than some seconds."""
        self._ended.wait(seconds)

    async def wait_awaiting(self, seconds: float) -> None:
        """Let other tasks run until the end, but no longer than some seconds."""
        # Loaded here: the synchronous kit has no use for it.
        import asyncio  # noqa: PLC0415

        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()

        def wake() -> None:
            # A loop that was closed meanwhile has nobody who waits.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_resolve, future)

        with self._lock:
            if self._ended.is_set():
                return
            self._waiting.append(wake)
        with suppress(TimeoutError):
            await asyncio.wait_for(future, seconds)


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


@dataclass(slots=True, kw_only=True)
class Landing(Effect):
    """Waiting for a flight.

    Attributes:
        flight: that is waited for.
        seconds: that it is waited for at most.
    """

    flight: Flight
    seconds: float

    @classmethod
    def of(cls, flight: Flight, seconds: float) -> Landing:
        """Wait for a flight, for some seconds at most."""
        return cls(
            call=lambda: flight.wait(seconds),
            awaiting=lambda: flight.wait_awaiting(seconds),
            flight=flight,
            seconds=seconds,
        )
