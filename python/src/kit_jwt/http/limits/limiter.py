"""The port of whatever keeps budgets."""

from __future__ import annotations

import math
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many requests in so much time, and at most so many at once.

    Attributes:
        name: tells it from the other limits of a service; printable ASCII, as it stands in a header.
        quota: units that a window has; a request costs one unless said otherwise.
        window_seconds: seconds.
        burst: units that may be drawn at once, the quota unless given.

    >>> Limit(name="read", quota=120, window_seconds=60).burst is None
    True
    """

    name: str
    quota: int
    window_seconds: int
    burst: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What came of a draw.

    Attributes:
        allowed: whether there was enough; where there was not, nothing was drawn.
        remaining: units that may be drawn now.
        reset_after: seconds until the budget is full again.
        retry_after: seconds until the same draw would be allowed; 0 where it was.

    >>> Drawn(allowed=True, remaining=119, reset_after=0.5, retry_after=0).allowed
    True
    """

    allowed: bool
    remaining: int
    reset_after: float
    retry_after: float


class Limiter(Protocol):
    """Keeps budgets. One call both asks and draws, atomically.

    >>> class Endless:
    ...     def draw(self, key: str, limit: Limit, cost: int) -> Drawn:
    ...         return Drawn(allowed=True, remaining=limit.quota, reset_after=0, retry_after=0)
    >>> Endless().draw("u1", Limit(name="read", quota=120, window_seconds=60), 1).remaining
    120
    """

    def draw(self, key: str, limit: Limit, cost: int) -> Drawn | Awaitable[Drawn]:
        """Draw from a budget, where there is enough in it.

        Args:
            key: whose budget it is; any text.
            limit: which limit.
            cost: units.

        Returns:
            What came of it, to be awaited where the guard is. An exception counts as `limiter_unavailable`.
        """
        ...


def is_drawn(value: object) -> bool:
    """Whether a limiter has answered.

    >>> is_drawn(None)
    False
    """
    if not isinstance(value, Drawn) or not isinstance(value.allowed, bool):
        return False
    return all(_is_amount(amount) for amount in (value.remaining, value.reset_after, value.retry_after))


def _is_amount(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and value >= 0
