"""Guards for HTTP: token, policy, limits and replay in front of a route."""

from .guard.answer import Answer
from .guard.development import DevelopmentKit, development_kit, is_open
from .guard.forwarded import ForwardedHeader
from .guard.guard import Check, Guard, Outcome, Passed
from .guard.limit_key import LimitBy
from .guard.options import GuardKit, GuardOptions, Refusal, RouteOptions
from .guard.refused import RefusalCode
from .guard.request import GuardRequest
from .limits.environment import NamedLimits, limits_from_environment
from .limits.gcra import Rate, drawn_of, rate_of, read_cost
from .limits.limiter import Drawn, Limit, Limiter
from .limits.memory import MemoryLimiter

__all__ = [
    "Answer",
    "Check",
    "DevelopmentKit",
    "Drawn",
    "ForwardedHeader",
    "Guard",
    "GuardKit",
    "GuardOptions",
    "GuardRequest",
    "Limit",
    "LimitBy",
    "Limiter",
    "MemoryLimiter",
    "NamedLimits",
    "Outcome",
    "Passed",
    "Rate",
    "Refusal",
    "RefusalCode",
    "RouteOptions",
    "development_kit",
    "drawn_of",
    "is_open",
    "limits_from_environment",
    "rate_of",
    "read_cost",
]
