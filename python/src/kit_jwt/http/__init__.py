"""Guards for HTTP: token, policy, limits and replay in front of a route."""

from .guard.answer import Answer
from .guard.guard import Check, Guard, Outcome, Passed
from .guard.limit_key import LimitBy
from .guard.options import GuardKit, GuardOptions, Refusal, RouteOptions
from .guard.refused import RefusalCode
from .guard.request import GuardRequest
from .limits.limiter import Drawn, Limit, Limiter

__all__ = [
    "Answer",
    "Check",
    "Drawn",
    "Guard",
    "GuardKit",
    "GuardOptions",
    "GuardRequest",
    "Limit",
    "LimitBy",
    "Limiter",
    "Outcome",
    "Passed",
    "Refusal",
    "RefusalCode",
    "RouteOptions",
]
