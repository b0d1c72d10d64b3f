"""Limits in front of a route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from kit_jwt.http.limits.limiter import Drawn, Limit, Limiter, is_drawn
from kit_jwt.token.effects import Effect, Flow

from .rate_limit import policy_field, seconds_of, state_field
from .refused import RefusedError


@dataclass(slots=True)
class Seen:
    """What an answer has to tell of limits."""

    headers: dict[str, str] = field(default_factory=dict)
    violated: str | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn on, and whether a route passes where nobody answers."""

    limiter: Limiter
    limits: Sequence[Limit]
    is_lenient: bool

    def draw_on(self, key: str, cost: int, seen: Seen) -> Flow[None]:
        """Draw on each limit in its order, until one is exceeded.

        Raises:
            RefusedError: `quota_exceeded`, `limiter_unavailable`.
        """
        drawn: list[tuple[Limit, Drawn]] = []
        for limit in self.limits:
            state = yield from self._drawn_from(key, limit, cost)
            if state is None:
                continue
            drawn.append((limit, state))
            seen.headers["ratelimit-policy"] = policy_field(self.limits)
            seen.headers["ratelimit"] = state_field(drawn)
            if not state.allowed:
                seen.violated = limit.name
                seen.headers["retry-after"] = str(seconds_of(state))
                raise RefusedError("quota_exceeded")

    def _drawn_from(self, key: str, limit: Limit, cost: int) -> Flow[Drawn | None]:
        """None where the limiter does not answer, and the route passes without it."""
        outcome = yield Effect(lambda: self.limiter.draw(key, limit, cost))
        if outcome.error is None and is_drawn(outcome.value):
            return cast("Drawn", outcome.value)
        if self.is_lenient:
            return None
        raise RefusedError("limiter_unavailable")
