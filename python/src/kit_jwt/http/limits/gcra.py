"""The generic cell rate algorithm (ITU-T I.371, annex A, virtual scheduling).

A budget is one time, that at which it is full again. In whole microseconds, so that it is the same in every language
and in Redis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kit_jwt.errors import MisuseError

from .limiter import Drawn, Limit

_MICROSECONDS: Final = 1_000_000
_LONGEST: Final = 10**15
"""Sums stay below the times that a double carries."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A limit in microseconds.

    Attributes:
        interval: of one unit: rounded up, so that a window never has more than its quota.
        burst: units that may be drawn at once.
    """

    interval: int
    burst: int


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def rate_of(limit: Limit) -> Rate:
    """A limit as GCRA counts it, for those who write a limiter.

    Args:
        limit: whole numbers above zero.

    Returns:
        Microseconds of one unit, rounded up so that a window never has more than its quota, and units at once.

    Raises:
        MisuseError: it is none.

    >>> rate_of(Limit(name="read", quota=120, window_seconds=60))
    Rate(interval=500000, burst=120)
    """
    burst = limit.quota if limit.burst is None else limit.burst
    is_whole = all(map(_is_count, (limit.quota, limit.window_seconds, burst)))
    if not isinstance(limit.name, str) or not limit.name or not is_whole:
        message = "a limit has a name, and quota, window_seconds and burst are positive integers"
        raise MisuseError(message)
    interval = -(-limit.window_seconds * _MICROSECONDS // limit.quota)
    if interval * burst > _LONGEST:
        message = "a limit is too long"
        raise MisuseError(message)
    return Rate(interval, burst)


def read_cost(cost: int, rate: Rate) -> int:
    """Check what is to be drawn, for those who write a limiter.

    Args:
        cost: units.
        rate: of the limit.

    Returns:
        The cost.

    Raises:
        MisuseError: no positive integer, or more than can ever be drawn at once.

    >>> read_cost(1, Rate(interval=500_000, burst=120))
    1
    """
    if not _is_count(cost) or cost > rate.burst:
        message = "cost is a positive integer, and at most the burst"
        raise MisuseError(message)
    return cost


def draw_at(full_at: int, now: int, rate: Rate, cost: int) -> tuple[Drawn, int]:
    """Draw from a budget that is full at a microsecond; what came of it, and when it is full again now.

    >>> draw_at(0, 0, Rate(interval=500_000, burst=2), 2)
    (Drawn(allowed=True, remaining=0, reset_after=1.0, retry_after=0.0), 1000000)
    """
    arrival = max(full_at, now)
    after = arrival + rate.interval * cost
    wait = after - now - rate.interval * rate.burst
    if wait > 0:
        return drawn_of(arrival - now, wait, rate), arrival
    return drawn_of(after - now, 0, rate), after


def drawn_of(reset: int, wait: int, rate: Rate) -> Drawn:
    """What a caller is told, for those who write a limiter.

    Args:
        reset: microseconds until the budget is full.
        wait: microseconds until the draw is allowed, 0 where it was.
        rate: of the limit.

    Returns:
        The same in seconds, and units that are left.

    >>> drawn_of(500_000, 0, Rate(interval=500_000, burst=120)).remaining
    119
    """
    return Drawn(
        allowed=wait == 0,
        remaining=max((rate.interval * rate.burst - reset) // rate.interval, 0),
        reset_after=reset / _MICROSECONDS,
        retry_after=wait / _MICROSECONDS,
    )


def microseconds_of(seconds: float) -> int:
    """Seconds as whole microseconds."""
    return int(seconds * _MICROSECONDS // 1)
