"""What a process tells: lines of JSON, what came of each call, and how late its timers were meanwhile."""

from __future__ import annotations

import json
import sys
import threading
import time
import traceback
from collections import deque
from pathlib import Path
from typing import Final

_TICK: Final = 0.005
_GRACE: Final = 50
"""Milliseconds that may pass between the end of a deadline and the moment in which its caller runs."""


class Drift:
    """How late the timers of this process are, by when they were."""

    def __init__(self) -> None:
        """Keep what the longest call could want to know."""
        self._late: deque[tuple[float, float]] = deque(maxlen=400)
        self._before = time.monotonic()
        self._stood = 0.0

    def stood(self) -> float:
        """For how long in sum, in milliseconds, since it was asked."""
        stood, self._stood = self._stood, 0.0
        return stood * 1000

    def watch(self) -> None:
        """Measure for ever, in a thread of its own: beside the callers, which are threads too."""
        while True:
            time.sleep(_TICK)
            self.tick()

    def tick(self) -> None:
        """A timer of five milliseconds has ended."""
        now = time.monotonic()
        self._late.append((now, now - self._before - _TICK))
        self._stood += max(now - self._before - _TICK, 0.0)
        self._before = now

    def between(self, begun: float, ended: float) -> float:
        """How late they were between two moments, in seconds.

        The two longest: a timer that comes late may be passed over by one more standstill.
        """
        late = (ended - self._before - _TICK, *(by for at, by in tuple(self._late) if begun <= at))
        return sum(sorted((max(by, 0.0) for by in late), reverse=True)[:2])


class Told:
    """Everything that is told."""

    def __init__(self, deadline: float) -> None:
        """Say so for calls with a deadline in milliseconds."""
        self._deadline = deadline
        self._drift = Drift()
        threading.Thread(target=self._drift.watch, daemon=True).start()
        self._done: list[tuple[object, ...]] = []
        self._lock = threading.Lock()

    def say(self, message: object) -> None:
        """Write one line."""
        line = json.dumps(message) + "\n"
        with self._lock:
            sys.stdout.write(line)
            sys.stdout.flush()

    def fault(self, kind: str, error: BaseException | None) -> None:
        """Tell what nobody handled."""
        self.say({"fault": f"{kind}: {''.join(traceback.format_exception(error)) if error else ''}"})

    def call(self, kind: str, about: object, begun: float, ended: float, drift: float, result: str) -> None:  # noqa: PLR0917 # all that there is to say
        """Remember what came of a call that ended now."""
        took, late = (ended - begun) * 1000, drift * 1000
        at = time.time() * 1000 - took
        with self._lock:
            self._done.append((kind, about, at, took, took - self._deadline - late - _GRACE, late, result))

    def flush(self) -> None:
        """Tell what was done since the last time, and for how long the process stood still."""
        with self._lock:
            done, self._done = self._done, []
        self.say({"done": done, "stood": {"at": time.time() * 1000, "by": self._drift.stood()}})

    def keep_flushing(self) -> None:
        """For ever."""
        while True:
            time.sleep(0.05)
            self.flush()


def sockets() -> int:
    """How many this process has open; none are seen where there is no /proc."""
    folder = Path("/proc/self/fd")
    return sum(_target(entry).startswith("socket:") for entry in folder.iterdir()) if folder.is_dir() else 0


def _target(entry: Path) -> str:
    try:
        return str(entry.readlink())
    except OSError:
        return ""
