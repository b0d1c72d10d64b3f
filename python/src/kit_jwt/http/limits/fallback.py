"""Parts of budgets in memory, while nobody answers who keeps the whole."""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from kit_jwt.errors import MisuseError

from .gcra import rate_of, read_cost
from .limiter import Drawn, Limit, Limiter, is_drawn
from .memory import MAX_KEYS, MemoryLimiter


class FallbackLimiter:
    """A `Limiter` that keeps a part of each budget in memory while the shared one does not answer.

    A part is quota and burst divided by the number of processes, rounded down, and 1 at least. While nobody answers,
    all processes together let no more through than the quota, or one unit each where that is more. Where the shared
    limiter fails or comes back within a window, what either let through counts alone: at most both. A request that
    costs more than the part of a process is refused for a window.

    >>> limiter = FallbackLimiter(MemoryLimiter(), instances=4, on_fallback=lambda: print("limits are local"))
    """

    def __init__(
        self,
        shared: Limiter,
        *,
        instances: int,
        on_fallback: Callable[[], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
        max_keys: int = MAX_KEYS,
    ) -> None:
        """Start with nothing drawn.

        Args:
            shared: asked first, each time; an exception, and what is no answer, is none.
            instances: processes that share the limiter, as many as there may be at once.
            on_fallback: is told once when the shared limiter does not answer, and again only if it has answered since.
                What it raises is not heard.
            clock: seconds, of the limiter in memory.
            max_keys: budgets that it keeps at most.

        Raises:
            MisuseError: no limiter; `instances` or `max_keys` is no positive integer.
        """
        if not callable(getattr(shared, "draw", None)):
            raise MisuseError("shared is not a limiter")
        if isinstance(instances, bool) or not isinstance(instances, int) or instances < 1:
            raise MisuseError("instances is not a positive integer")
        self._shared = shared
        self._instances = instances
        self._on_fallback = on_fallback
        self._local = MemoryLimiter(clock=clock, max_keys=max_keys)
        self._lock = threading.Lock()
        self._is_local = False

    def draw(self, key: str, limit: Limit, cost: int) -> Drawn | Awaitable[Drawn]:
        """Draw from the shared budget, or from a part of it.

        Args:
            key: whose budget it is; any text.
            limit: which limit.
            cost: units.

        Returns:
            What came of it, to be awaited where that of the shared limiter is.

        Raises:
            MisuseError: what is no limit, and a cost that is no positive integer or more than the burst.
            OverflowError: as `MemoryLimiter.draw`.

        >>> limit = Limit(name="read", quota=120, window_seconds=60)
        >>> FallbackLimiter(MemoryLimiter(), instances=4).draw("u1", limit, 20).remaining
        100
        """
        # A fault of the program is none of the shared limiter.
        read_cost(cost, rate_of(limit))
        try:
            given: object = self._shared.draw(key, limit, cost)
        except Exception:  # noqa: BLE001 # whatever it raises, it has not answered
            given = None
        if inspect.isawaitable(given):
            return self._awaited(given, key, limit, cost)
        return self._settled(given, key, limit, cost)

    async def _awaited(self, given: Awaitable[object], key: str, limit: Limit, cost: int) -> Drawn:
        answer = None
        with suppress(Exception):
            answer = await given
        return self._settled(answer, key, limit, cost)

    def _settled(self, given: object, key: str, limit: Limit, cost: int) -> Drawn:
        is_answer = is_drawn(given)
        with self._lock:
            is_new = not is_answer and not self._is_local
            self._is_local = not is_answer
        if isinstance(given, Drawn) and is_answer:
            return given
        if is_new and self._on_fallback is not None:
            # Whoever listens does not decide what is drawn.
            with suppress(Exception):
                self._on_fallback()
        return self._draw_locally(key, limit, cost)

    def _draw_locally(self, key: str, limit: Limit, cost: int) -> Drawn:
        burst = self._share(limit.quota if limit.burst is None else limit.burst)
        window = limit.window_seconds
        if cost > burst:
            return Drawn(allowed=False, remaining=0, reset_after=window, retry_after=window)
        part = Limit(name=limit.name, quota=self._share(limit.quota), window_seconds=window, burst=burst)
        return self._local.draw(key, part, cost)

    def _share(self, units: int) -> int:
        return max(1, units // self._instances)
