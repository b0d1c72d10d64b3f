"""Looking into a token without verifying it: nothing here may be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kit_jwt.encoding.json_value import JSONValue, frozen_object
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.errors import TokenError

from .compact import MAX_TOKEN_BYTES, sized, split


@dataclass(frozen=True, slots=True)
class Unverified:
    """What a token says, without anybody having checked that it is true; immutable.

    Attributes:
        header: the JOSE header (RFC 7515 section 4).
        claims: the payload.
    """

    header: Mapping[str, JSONValue]
    claims: Mapping[str, JSONValue]


def decode_unverified(token: str, *, max_bytes: int = MAX_TOKEN_BYTES) -> Unverified:
    """Read a token without verifying anything: neither signature, nor claims, nor time.

    Args:
        token: the compact form.
        max_bytes: its size at most.

    Returns:
        Header and claims, not marked as verified.

    Raises:
        TokenError: `token_too_large`, `token_malformed`, `header_invalid` and `claims_malformed` (not a strict JSON
            object).

    >>> decode_unverified("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1MSJ9.").claims["sub"]
    'u1'
    """
    compact = split(sized(token, max_bytes))
    header = parse_object(compact.header)
    if header is None:
        raise TokenError("header_invalid")
    claims = parse_object(compact.payload)
    if claims is None:
        raise TokenError("claims_malformed")
    return Unverified(frozen_object(header), frozen_object(claims))
