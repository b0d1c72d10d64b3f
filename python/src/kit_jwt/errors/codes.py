"""The closed list of codes as one table; conformance/errors.json says the same in words for both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

TokenErrorCode: TypeAlias = Literal[
    "token_too_large",
    "token_malformed",
    "header_invalid",
    "alg_not_allowed",
    "typ_mismatch",
    "key_not_found",
    "key_ambiguous",
    "key_not_pinned",
    "jwks_unavailable",
    "signature_invalid",
    "claims_malformed",
    "claim_missing",
    "claim_invalid",
    "delegation_too_deep",
    "issuer_mismatch",
    "audience_mismatch",
    "actor_not_allowed",
    "token_expired",
    "token_not_yet_valid",
    "token_issued_in_future",
    "token_lifetime_too_long",
    "token_revoked",
    "revocation_unavailable",
    "binding_missing",
    "binding_mismatch",
    "token_replayed",
    "replay_unavailable",
    "policy_denied",
    "delegation_expired",
    "delegation_actor_denied",
    "delegation_escalation",
    "value_unsupported",
]
"""Every code that a `TokenError` carries."""

ConfigErrorCode: TypeAlias = Literal[
    "config_missing",
    "config_invalid",
    "config_conflict",
    "key_invalid",
    "key_weak",
    "key_unsuitable",
    "jwks_invalid",
    "runtime_unsupported",
]
"""Every code that a `ConfigError` carries."""


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One row of the table.

    Attributes:
        error: the class that carries the code.
        status: of HTTP.
        oauth_error: the word of RFC 6750 section 3.1 that goes on the wire, or None.
        claim: `none`, `fault` (the claim concerned is told with the error) or the fixed name of a claim.
        sentence: for people.
    """

    error: Literal["TokenError", "ConfigError"]
    status: int
    oauth_error: Literal["invalid_token", "insufficient_scope"] | None
    claim: str
    sentence: str


def _token(sentence: str, claim: str = "none") -> CodeEntry:
    return CodeEntry("TokenError", 401, "invalid_token", claim, sentence)


def _unavailable(sentence: str) -> CodeEntry:
    return CodeEntry("TokenError", 503, None, "none", sentence)


def _config(sentence: str) -> CodeEntry:
    return CodeEntry("ConfigError", 500, None, "none", sentence)


CODES: Final[Mapping[str, CodeEntry]] = MappingProxyType(
    {
        "token_too_large": _token("the token is longer than allowed"),
        "token_malformed": _token("the token is not three canonical base64url segments"),
        "header_invalid": _token("the header is not acceptable"),
        "alg_not_allowed": _token("the algorithm is not allowed"),
        "typ_mismatch": _token("the type of the token is not an accepted one"),
        "key_not_found": _token("no key fits the token"),
        "key_ambiguous": _token("more than one key fits the token"),
        "key_not_pinned": _token("the key is not one of the pinned ones"),
        "jwks_unavailable": _unavailable("the key set cannot be had at present"),
        "signature_invalid": _token("the signature does not hold"),
        "claims_malformed": _token("the payload is not a strict JSON object"),
        "claim_missing": _token("a required claim is missing", "fault"),
        "claim_invalid": _token("a claim has the wrong type or value", "fault"),
        "delegation_too_deep": _token("the chain of actors is too long", "act"),
        "issuer_mismatch": _token("the issuer is not the one whose key signed", "iss"),
        "audience_mismatch": _token("the token is meant for another audience", "aud"),
        "actor_not_allowed": _token("the actor is not one that the issuer may name", "act"),
        "token_expired": _token("the token has expired", "exp"),
        "token_not_yet_valid": _token("the token is not valid yet", "nbf"),
        "token_issued_in_future": _token("the token was issued in the future", "iat"),
        "token_lifetime_too_long": _token("the token lives longer than allowed", "exp"),
        "token_revoked": _token("the token was revoked"),
        "revocation_unavailable": _unavailable("the revocation list cannot be had at present"),
        "binding_missing": _token("the token is not bound to what the request proves"),
        "binding_mismatch": _token("the token is bound to something else"),
        "token_replayed": _token("the token was used before"),
        "replay_unavailable": _unavailable("the replay store cannot be had at present"),
        "policy_denied": CodeEntry("TokenError", 403, "insufficient_scope", "none", "the policy does not allow it"),
        "delegation_expired": _token("the original token has expired"),
        "delegation_actor_denied": _token("the original token does not let this actor act"),
        "delegation_escalation": _token("more was asked for than the original token holds", "fault"),
        "value_unsupported": _token("a value cannot be carried in a token", "fault"),
        "config_missing": _config("a setting is missing"),
        "config_invalid": _config("a setting is invalid"),
        "config_conflict": _config("settings contradict each other"),
        "key_invalid": _config("the key is invalid"),
        "key_weak": _config("the key is too weak"),
        "key_unsuitable": _config("the key is not meant for this use"),
        "jwks_invalid": _config("the key set is invalid"),
        "runtime_unsupported": _config("this runtime cannot do it"),
    }
)
"""Code to row, in the order of the verification steps."""
