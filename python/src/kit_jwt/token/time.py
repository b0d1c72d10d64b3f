"""Time (RFC 7519 sections 4.1.4 to 4.1.6): doubles in seconds, no truncation, sums as written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit_jwt.encoding.json_value import JSONValue, is_number
from kit_jwt.errors import MisuseError, TokenError

from .claims import LATEST
from .compact import MAX_TOKEN_BYTES
from .decode import decode_unverified


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
    # Numbers or absent: their types were checked.
    times: Mapping[str, Any] = claims
    exp, nbf, iat = times.get("exp"), times.get("nbf"), times.get("iat")
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


def expires_within(
    claims_or_token: Mapping[str, object] | str, within: float, now: float, max_bytes: int = MAX_TOKEN_BYTES
) -> bool:
    """Whether `exp - now <= within`, from claims or from a token of one's own that is not verified for it.

    Raises:
        TokenError: as `decode_unverified`; `claim_missing` and `claim_invalid` with `exp`.
        MisuseError: neither claims nor a token; `within` is no finite number of seconds from 0 on.

    >>> expires_within({"exp": 100}, within=60, now=50)
    True
    """
    if not is_number(within) or not 0 <= within <= LATEST:
        message = "within is a number of seconds"
        raise MisuseError(message)
    if isinstance(claims_or_token, str):
        claims: Mapping[str, object] = decode_unverified(claims_or_token, max_bytes=max_bytes).claims
    elif isinstance(claims_or_token, Mapping):
        claims = claims_or_token
    else:
        message = "claims or a token are needed"
        raise MisuseError(message)
    if "exp" not in claims:
        raise TokenError("claim_missing", claim="exp")
    exp = claims["exp"]
    if not is_number(exp) or not 0 <= exp <= LATEST:
        raise TokenError("claim_invalid", claim="exp")
    return exp - now <= within
