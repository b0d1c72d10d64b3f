"""Whether one's own token should be renewed."""

from __future__ import annotations

from collections.abc import Mapping

from kit_jwt.encoding.json_value import is_number
from kit_jwt.errors import MisuseError, TokenError

from .claims import LATEST
from .compact import MAX_TOKEN_BYTES
from .decode import decode_unverified


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
