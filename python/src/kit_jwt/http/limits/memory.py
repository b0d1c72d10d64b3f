"""Budgets in the memory of this process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from kit_jwt.errors import MisuseError

from .gcra import draw_at, microseconds_of, rate_of, read_cost
from .limiter import Drawn, Limit

MAX_KEYS: Final = 100_000
_PAUSE: Final = 1_000_000
"""Microseconds between two searches for budgets that may be forgotten, where there is no room."""


class MemoryLimiter:
    """A `Limiter` in the memory of this process: several processes each have budgets of their own; for all threads.

    A budget that is full again is forgotten. Where there is no room for another one, a caller that is not known yet is
    refused by an exception, and what the guard does then is its policy's: forgetting a budget would fill it.

    >>> limiter = MemoryLimiter(max_keys=10_000)
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, max_keys: int = MAX_KEYS) -> None:
        """Start with nothing drawn.

        Args:
            clock: seconds, from any beginning; never backwards.
            max_keys: budgets that are kept at most.

        Raises:
            MisuseError: `max_keys` is no positive integer.
        """
        if isinstance(max_keys, bool) or not isinstance(max_keys, int) or max_keys < 1:
            message = "max_keys is a positive integer"
            raise MisuseError(message)
        self._clock = clock
        self._max_keys = max_keys
        self._lock = threading.Lock()
        self._budgets: dict[tuple[str, str], int] = {}
        self._searched_at: int | None = None

    def draw(self, key: str, limit: Limit, cost: int) -> Drawn:
        """Draw from a budget of this process.

        Args:
            key: whose budget it is; any text.
            limit: which limit.
            cost: units.

        Returns:
            What came of it.

        Raises:
            OverflowError: there is no room for another budget, and none that is full again to be forgotten.
            MisuseError: what is no limit, and a cost that is no positive integer or more than the burst.

        >>> MemoryLimiter().draw("u1", Limit(name="read", quota=120, window_seconds=60), 20).remaining
        100
        """
        rate = rate_of(limit)
        units = read_cost(cost, rate)
        name = (limit.name, key)
        with self._lock:
            now = microseconds_of(self._clock())
            if name not in self._budgets and len(self._budgets) >= self._max_keys:
                self._make_room(now)
            drawn, self._budgets[name] = draw_at(self._budgets.get(name, now), now, rate, units)
            return drawn

    def _make_room(self, now: int) -> None:
        if self._searched_at is None or now - self._searched_at >= _PAUSE:
            self._searched_at = now
            self._budgets = {name: full_at for name, full_at in self._budgets.items() if full_at > now}
        if len(self._budgets) >= self._max_keys:
            message = "full"
            raise OverflowError(message)
