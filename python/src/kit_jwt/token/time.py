"""Time (RFC 7519 sections 4.1.4 to 4.1.6): doubles in seconds, no truncation, sums as written."""

from __future__ import annotations

from collections.abc import Mapping

from kit_jwt.encoding.json_value import JSONValue, is_number
from kit_jwt.errors import TokenError


def check_time(claims: Mapping[str, JSONValue], now: float, leeway: int, max_lifetime: int | None) -> None:
    """Hold the times of claims whose types were checked against the clock.

    Args:
        claims: the payload.
        now: seconds since the epoch.
        leeway: seconds of tolerance for clocks that differ.
        max_lifetime: seconds from `iat` to `exp` at most, None for no limit.

    Raises:
        TokenError: `token_expired`, `token_not_yet_valid`, `token_issued_in_future`, `token_lifetime_too_long`.

    >>> check_time({"exp": 100}, now=99.5, leeway=0, max_lifetime=None)
    """
    exp, nbf, iat = (time_of(claims, name) for name in ("exp", "nbf", "iat"))
    if exp is not None and not now < exp + leeway:
        raise TokenError("token_expired")
    if nbf is not None and not nbf <= now + leeway:
        raise TokenError("token_not_yet_valid")
    if iat is not None and not iat <= now + leeway:
        raise TokenError("token_issued_in_future")
    if exp is not None and iat is not None and max_lifetime is not None and exp - iat > max_lifetime:
        raise TokenError("token_lifetime_too_long")


def time_of(claims: Mapping[str, JSONValue], name: str) -> float | None:
    """The number that a claim of time holds, or None.

    >>> time_of({"exp": 100}, "exp")
    100
    """
    value = claims.get(name)
    return value if is_number(value) else None
