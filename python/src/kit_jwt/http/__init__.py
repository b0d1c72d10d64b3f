"""Guards for HTTP: token, policy, limits and replay in front of a route; and tokens to show to others."""

from .guard.answer import Answer
from .guard.development import DevelopmentKit, development_kit, is_open
from .guard.forwarded import ForwardedHeader
from .guard.guard import Check, Guard, Outcome, Passed
from .guard.limit_key import LimitBy
from .guard.options import GuardKit, GuardOptions, Refusal, RouteOptions
from .guard.refused import RefusalCode
from .guard.request import GuardRequest
from .limits.environment import NamedLimits, limits_from_environment
from .limits.fallback import FallbackLimiter
from .limits.gcra import Rate, drawn_of, rate_of, read_cost
from .limits.limiter import Drawn, Limit, Limiter
from .limits.memory import MemoryLimiter
from .openapi import OpenApi, open_api
from .outgoing.aio_tokens import AsyncTargetTokens
from .outgoing.errors import OutgoingError, OutgoingErrorCode
from .outgoing.exchange import TokenRequest, TokenResponse, TokenTransport, exchange_at, exchange_at_awaiting
from .outgoing.kept import TargetTokensOptions
from .outgoing.mint import mint_locally, mint_locally_awaiting
from .outgoing.source import AsyncTokenSource, Given, TokenSource
from .outgoing.tokens import TargetTokens
from .outgoing.wanted import Asked, Wanted

__all__ = [
    "Answer",
    "Asked",
    "AsyncTargetTokens",
    "AsyncTokenSource",
    "Check",
    "DevelopmentKit",
    "Drawn",
    "FallbackLimiter",
    "ForwardedHeader",
    "Given",
    "Guard",
    "GuardKit",
    "GuardOptions",
    "GuardRequest",
    "Limit",
    "LimitBy",
    "Limiter",
    "MemoryLimiter",
    "NamedLimits",
    "OpenApi",
    "Outcome",
    "OutgoingError",
    "OutgoingErrorCode",
    "Passed",
    "Rate",
    "Refusal",
    "RefusalCode",
    "RouteOptions",
    "TargetTokens",
    "TargetTokensOptions",
    "TokenRequest",
    "TokenResponse",
    "TokenSource",
    "TokenTransport",
    "Wanted",
    "development_kit",
    "drawn_of",
    "exchange_at",
    "exchange_at_awaiting",
    "is_open",
    "limits_from_environment",
    "mint_locally",
    "mint_locally_awaiting",
    "open_api",
    "rate_of",
    "read_cost",
]
