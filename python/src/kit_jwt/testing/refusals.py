"""The tokens that a kit refuses: the code of each, and how a good token becomes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from kit_jwt.encoding.json_value import JSONValue, is_array
from kit_jwt.errors import TokenErrorCode

from .draft import Draft, leave_out

REFUSALS: Final[Mapping[str, TokenErrorCode]] = MappingProxyType(
    {
        "too_large": "token_too_large",
        "malformed": "token_malformed",
        "critical_header": "header_invalid",
        "unsigned": "alg_not_allowed",
        "wrong_algorithm": "alg_not_allowed",
        "wrong_type": "typ_mismatch",
        "unknown_key": "key_not_found",
        "foreign_key": "signature_invalid",
        "tampered": "signature_invalid",
        "missing_claim": "claim_missing",
        "invalid_claim": "claim_invalid",
        "delegated_too_deep": "delegation_too_deep",
        "wrong_issuer": "issuer_mismatch",
        "wrong_audience": "audience_mismatch",
        "expired": "token_expired",
        "not_yet_valid": "token_not_yet_valid",
        "issued_in_future": "token_issued_in_future",
        "lifetime_too_long": "token_lifetime_too_long",
        "denied": "policy_denied",
    }
)
"""The tokens that a kit refuses, with the code that each is refused with, in the order of the rules.

`denied` is refused by `check_auth`, where a policy asks for a permission, a role or a scope; all others by `verify`.
Each is a method of `Tokens`: `getattr(tokens, name)()`.
"""

UNKNOWN_KID: Final = "unknown"
"""A `kid` that nobody has."""

# Seconds beyond the tolerance: a program under test may have a clock of its own, which goes on.
_MARGIN: Final = 60
_GRANTS: Final = ("permissions", "roles", "groups", "scope")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the kit holds its tokens to; `now` in whole seconds since the epoch."""

    now: int
    ttl: int
    leeway: int
    max_lifetime: int
    max_token_bytes: int
    max_actor_depth: int


def chain_of(actors: Sequence[str]) -> dict[str, JSONValue]:
    """`act` of a chain of actors, the outermost first (RFC 8693 section 4.1).

    >>> chain_of(["billing", "gateway"])
    {'sub': 'billing', 'act': {'sub': 'gateway'}}
    """
    act: dict[str, JSONValue] = {}
    for sub in reversed(actors):
        act = {"sub": sub, "act": act} if act else {"sub": sub}
    return act


def _with_claims(draft: Draft, **claims: JSONValue) -> Draft:
    return replace(draft, claims={**draft.claims, **claims})


def _with_header(draft: Draft, **header: JSONValue) -> Draft:
    return replace(draft, header={**draft.header, **header})


def _tampered(draft: Draft, _terms: Terms) -> Draft:
    roles = draft.claims.get("roles")
    kept = roles if is_array(roles) and all(isinstance(role, str) for role in roles) else ()
    return replace(draft, instead={**draft.claims, "roles": [*kept, "admin"]})


def _too_deep(draft: Draft, terms: Terms) -> Draft:
    return _with_claims(draft, act=chain_of([f"actor-{index + 1}" for index in range(terms.max_actor_depth + 1)]))


def _expired(draft: Draft, terms: Terms) -> Draft:
    exp = terms.now - terms.leeway - _MARGIN
    return _with_claims(draft, iat=exp - terms.ttl, exp=exp)


def _issued_in_future(draft: Draft, terms: Terms) -> Draft:
    iat = terms.now + terms.leeway + _MARGIN
    return _with_claims(draft, iat=iat, exp=iat + terms.ttl)


RECIPES: Final[Mapping[str, Callable[[Draft, Terms], Draft]]] = {
    "too_large": lambda draft, terms: _with_claims(draft, padding="x" * terms.max_token_bytes),
    "malformed": lambda draft, _: replace(draft, segments=2),
    "critical_header": lambda draft, _: _with_header(draft, crit=["exp"]),
    "unsigned": lambda draft, _: replace(_with_header(draft, alg="none"), by="nobody"),
    "wrong_algorithm": lambda draft, _: replace(_with_header(draft, alg="HS256"), by="hs256"),
    "wrong_type": lambda draft, _: _with_header(draft, typ="other+jwt"),
    "unknown_key": lambda draft, _: replace(_with_header(draft, kid=UNKNOWN_KID), by="foreign"),
    "foreign_key": lambda draft, _: replace(draft, by="foreign"),
    "tampered": _tampered,
    "missing_claim": lambda draft, _: replace(draft, claims=leave_out(draft.claims, ["exp"])),
    "invalid_claim": lambda draft, _: _with_claims(draft, permissions="everything"),
    "delegated_too_deep": _too_deep,
    "wrong_issuer": lambda draft, _: _with_claims(draft, iss="https://another-issuer.test"),
    "wrong_audience": lambda draft, _: _with_claims(draft, aud="another-audience"),
    "expired": _expired,
    "not_yet_valid": lambda draft, terms: _with_claims(draft, nbf=terms.now + terms.leeway + _MARGIN),
    "issued_in_future": _issued_in_future,
    "lifetime_too_long": lambda draft, terms: _with_claims(
        draft, iat=terms.now, exp=terms.now + terms.max_lifetime + 1
    ),
    "denied": lambda draft, _: replace(draft, claims=leave_out(draft.claims, _GRANTS)),
}
"""How a good token becomes each of those that are refused."""
