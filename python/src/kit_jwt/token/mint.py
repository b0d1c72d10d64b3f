"""Minting: canonical JSON in, the same bytes out in every language; what could not be verified is not minted."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from kit_jwt.encoding.jcs import canonicalize, write_plain
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.errors import ConfigError, TokenError

from .claims import check_claims, read_members
from .compact import signing_input

_VARIANT: Final = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))  # the upper two bits of a digit become 10
RESERVED: Final = ("iss", "aud", "iat", "exp")
_SIGNATURE_CHARACTERS: Final = 1 + 86  # a dot and the base64url of 64 bytes: both profiles' signatures have this length


@dataclass(frozen=True, slots=True)
class MintLimits:
    """What holds for every token that a kit mints."""

    max_lifetime: int
    max_token_bytes: int
    max_actor_depth: int


class Issue(NamedTuple):
    """What the kit fills in.

    Attributes:
        issuer: `iss`.
        audience: `aud`: a string stays a string, a list stays a list.
        now: the clock, seconds since the epoch; its floor is `iat`.
        ttl: seconds; `exp = iat + ttl`.
        not_after: `exp` is at most this, None for no bound (delegation).
    """

    issuer: str
    audience: str | Sequence[str]
    now: float
    ttl: int
    not_after: float | None = None


def check_ttl(ttl: object, max_lifetime: int) -> int:
    """A time to live in whole seconds, from 1 to the longest lifetime.

    Raises:
        ConfigError: `config_invalid` with `ttl`.

    >>> check_ttl(900, 86400)
    900
    """
    if isinstance(ttl, float) and ttl.is_integer():
        ttl = int(ttl)
    if isinstance(ttl, bool) or not isinstance(ttl, int) or not 1 <= ttl <= max_lifetime:
        raise ConfigError("config_invalid", variable="ttl")
    return ttl


def mint(
    claims: Mapping[str, object], issue: Issue, new_jti: Callable[[], str], header: bytes, limits: MintLimits
) -> bytes:
    """The signing input of a new token (RFC 7515 section 5.1).

    Args:
        claims: the caller's; read once and left alone.
        issue: what the kit fills in.
        new_jti: makes the `jti`, unless the claims bring their own.
        header: the first segment, as `write_header` gives it.
        limits: of size and depth.

    Raises:
        TokenError: in this order: `value_unsupported` with a reserved claim, then with what JSON cannot carry;
            `claim_invalid`, `delegation_too_deep`; `value_unsupported` without a claim where the token is too large.
    """
    given = dict(claims)
    for name in RESERVED:
        if name in given:
            raise TokenError("value_unsupported", claim=name)
    iat = math.floor(issue.now)
    exp: float = iat + issue.ttl
    given["iss"] = issue.issuer
    given["aud"] = issue.audience
    if "jti" not in given:
        given["jti"] = new_jti()
    # The times are not the caller's: a clock beyond all times is told as one.
    times = {"iat": iat, "exp": exp if issue.not_after is None else min(exp, issue.not_after)}
    payload, written = _written(given, times)
    check_claims(payload, required=(), max_actor_depth=limits.max_actor_depth)
    message = signing_input(header, written)
    if len(message) + _SIGNATURE_CHARACTERS > limits.max_token_bytes:
        raise TokenError("value_unsupported")
    return message


def _written(given: dict[str, Any], times: Mapping[str, float]) -> tuple[Mapping[str, JSONValue], str]:
    """A private plain copy of what is minted, and its canonical text."""
    given.update(times)
    text = write_plain(given)
    if text is not None:
        return given, text
    plain = read_members(given, times)
    return plain, canonicalize(plain)


def uuid4(entropy: bytes) -> str:
    """A version 4 UUID of 16 random bytes (RFC 9562 section 5.4), lower case.

    >>> uuid4(bytes(16))
    '00000000-0000-4000-8000-000000000000'
    """
    text = entropy.hex()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{_VARIANT[text[16]]}{text[17:20]}-{text[20:]}"
