"""A clock that stands still until it is told."""

from __future__ import annotations

import math
from typing import Final

from kit_jwt.errors import MisuseError

TEST_NOW: Final = 1_800_000_000
"""A Friday in January 2027, 08:00 UTC, in seconds since the epoch: when tests take place unless they say otherwise."""


class FixedClock:
    """A clock that stands still until it is told. Made by `fixed_clock`."""

    __slots__ = ("_now",)

    def __init__(self, now: float) -> None:
        """See `fixed_clock`."""
        self._now = _check(now)

    def __call__(self) -> float:
        """Tell the time.

        Returns:
            Seconds since the epoch.

        >>> fixed_clock()()
        1800000000
        """
        return self._now

    def set(self, now: float) -> None:
        """Set it to a moment.

        Args:
            now: seconds since the epoch.

        Raises:
            MisuseError: not a finite number.

        >>> fixed_clock().set(TEST_NOW)
        """
        self._now = _check(now)

    def advance(self, seconds: float) -> None:
        """Move it on; backwards with a negative number.

        Args:
            seconds: how far.

        Raises:
            MisuseError: not a finite number.

        >>> clock = fixed_clock()
        >>> clock.advance(900 + 90)  # a token that was minted before has just expired
        >>> clock()
        1800000990
        """
        self._now += _check(seconds)


def fixed_clock(now: float = TEST_NOW) -> FixedClock:
    """A clock for tests.

    Args:
        now: seconds since the epoch.

    Returns:
        A clock for `create_test_kit`, `create_tokens` and every other kit.

    Raises:
        MisuseError: not a finite number.

    >>> from kit_jwt.testing import create_test_kit
    >>> clock = fixed_clock()
    >>> kit = create_test_kit(clock=clock, leeway=0)
    >>> token = kit.sign({"sub": "u1"}, ttl=60)
    >>> clock.advance(60)
    >>> kit.verify(token)
    Traceback (most recent call last):
    kit_jwt.errors.errors.TokenError: token_expired: the token has expired (exp)
    """
    return FixedClock(now)


def _check(seconds: object) -> float:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not math.isfinite(seconds):
        message = "not a number of seconds"
        raise MisuseError(message)
    return seconds
