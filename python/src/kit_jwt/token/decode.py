"""Looking into a token without verifying it: nothing here may be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kit_jwt.encoding.json_value import JSONValue, frozen_object, is_number
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.errors import MisuseError, TokenError

from .claims import LATEST
from .compact import MAX_TOKEN_BYTES, split


@dataclass(frozen=True, slots=True)
class Unverified:
    """Header and claims of a token that nobody verified; both immutable."""

    header: Mapping[str, JSONValue]
    claims: Mapping[str, JSONValue]


def decode_unverified(token: str, *, max_bytes: int = MAX_TOKEN_BYTES) -> Unverified:
    """Read a token without verifying anything: neither signature, nor claims, nor time.

    Args:
        token: the compact form.
        max_bytes: bytes at most.

    Raises:
        TokenError: `token_too_large`, `token_malformed`, `header_invalid` and `claims_malformed` (not a strict JSON
            object).

    >>> decode_unverified("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1MSJ9.").claims["sub"]
    'u1'
    """
    compact = split(token, max_bytes)
    header = parse_object(compact.header)
    if header is None:
        raise TokenError("header_invalid")
    claims = parse_object(compact.payload)
    if claims is None:
        raise TokenError("claims_malformed")
    return Unverified(frozen_object(header), frozen_object(claims))


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
    if not isinstance(exp, (int, float)) or isinstance(exp, bool) or not 0 <= exp <= LATEST:
        raise TokenError("claim_invalid", claim="exp")
    return exp - now <= within
