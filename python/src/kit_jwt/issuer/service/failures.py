"""Failures of late."""

from __future__ import annotations

import math
import threading
from typing import Final

_MOST: Final = 10
_WINDOW: Final = 60
"""Seconds."""


class Failures:
    """After ten failures within a minute nobody is listened to, the right one included.

    So nothing can be tried out. Whoever looks and then adds holds `lock`.

    >>> failures = Failures()
    >>> for _ in range(10):
    ...     failures.add(100)
    >>> failures.wait(130.5), failures.wait(160)
    (30, 0)
    """

    def __init__(self) -> None:
        """Start with none."""
        self.lock = threading.Lock()
        self._at: list[float] = []

    def wait(self, now: float) -> int:
        """Seconds until somebody is listened to again; 0: now."""
        # A clock that was set back forgets too.
        self._at = [at for at in self._at if abs(now - at) < _WINDOW]
        return 0 if len(self._at) < _MOST else max(1, math.ceil(self._at[-_MOST] + _WINDOW - now))

    def add(self, now: float) -> None:
        """Count one."""
        self._at.append(now)
