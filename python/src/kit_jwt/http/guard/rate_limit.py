"""The fields of draft-ietf-httpapi-ratelimit-headers-11, as structured fields (RFC 9651)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from kit_jwt.http.limits.limiter import Drawn, Limit


def seconds_of(drawn: Drawn) -> int:
    """Seconds on the wire are whole, and never too few.

    >>> seconds_of(Drawn(allowed=False, remaining=0, reset_after=60, retry_after=0.1))
    1
    """
    return math.ceil(drawn.reset_after) if drawn.allowed else max(1, math.ceil(drawn.retry_after))


def policy_field(limits: Iterable[Limit]) -> str:
    """What the limits are: `RateLimit-Policy`.

    >>> policy_field([Limit(name="read", quota=120, window_seconds=60)])
    '"read";q=120;w=60'
    """
    return ", ".join(f"{_quoted(limit.name)};q={limit.quota};w={limit.window_seconds}" for limit in limits)


def state_field(drawn: Iterable[tuple[Limit, Drawn]]) -> str:
    """What is left of them: `RateLimit`. `t` of one that is exceeded is what `Retry-After` says (section 6).

    >>> state = Drawn(allowed=True, remaining=119, reset_after=0.5, retry_after=0)
    >>> state_field([(Limit(name="read", quota=120, window_seconds=60), state)])
    '"read";r=119;t=1'
    """
    return ", ".join(
        f"{_quoted(limit.name)};r={math.floor(state.remaining)};t={seconds_of(state)}" for limit, state in drawn
    )


def _quoted(name: str) -> str:
    return '"' + re.sub(r'[\\"]', r"\\\g<0>", name) + '"'
