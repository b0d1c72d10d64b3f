"""What a consumer tells its controller: lines of JSON, written whole, by many threads."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

_BEAT: Final = 0.02
"""Seconds of the wall."""


@dataclass(frozen=True, slots=True)
class FastClock:
    """A clock that runs faster than the wall's, by the formula that the controller uses."""

    epoch: float
    started: float
    speed: float

    def __call__(self) -> float:
        """Seconds since the epoch."""
        return self.epoch + (time.time() - self.started) * self.speed


@dataclass(slots=True)
class Told:
    """Everything that is told, and when each verification began that has not ended."""

    clock: FastClock
    running: dict[int, float] = field(default_factory=dict)
    _done: list[tuple[int, float, float, str | None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _fetched: int = 0
    _lag: float = 0.0

    def say(self, message: object) -> None:
        """Write one line."""
        line = json.dumps(message)
        with self._lock:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def begin(self, task: int) -> float:
        """Remember that a verification begins, and tell when."""
        with self._lock:
            self.running[task] = now = self.clock()
            return now

    def end(self, task: int, began: float, code: str | None) -> None:
        """Remember what came of it."""
        with self._lock:
            del self.running[task]
            self._done.append((task, began, self.clock(), code))

    def fetch(self, source: str, ask: Callable[[str], object]) -> object:
        """Call a transport with the id of its request, and tell when it began and ended."""
        with self._lock:
            self._fetched += 1
            name, hi = f"{source}.{self._fetched}", self.clock()
            lo = min([hi, *self.running.values()])
        self.say({"fetch": name, "source": source, "lo": lo, "hi": hi})
        ok = False
        try:
            answer = ask(name)
            ok = True
        finally:
            self.say({"end": name, "source": source, "at": self.clock(), "ok": ok})
        return answer

    def late(self, seconds: float) -> None:
        """Remember that something came later than it should have: so long may this process have stood still."""
        with self._lock:
            self._lag = max(self._lag, seconds)

    def beat(self) -> None:
        """Tell what was done, again and again, in a new thread each time: as late as that, a request may begin."""
        due = time.monotonic() + _BEAT

        def work() -> None:
            self.late(time.monotonic() - due)
            with self._lock:
                done, self._done = self._done, []
                lag, self._lag = self._lag, 0.0
            if done:
                self.say({"done": done, "lag": lag, "at": self.clock()})
            self.beat()

        timer = threading.Timer(_BEAT, work)
        timer.daemon = True
        timer.start()

    async def beat_awaiting(self) -> None:
        """See how late an event loop is, for ever."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(_BEAT)
            self.late(time.monotonic() - before - _BEAT)
