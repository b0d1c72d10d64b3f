"""Delegation (RFC 8693): a token in which a service acts for the original's subject, and may do no more than it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kit_jwt.encoding.json_value import JSONValue, is_array
from kit_jwt.errors import MisuseError, TokenError
from kit_jwt.token.act import actors
from kit_jwt.token.claims import Claims
from kit_jwt.token.time import time_of

from .scopes import split_scope, strings_of

NARROWED: Final = ("permissions", "roles", "scope")
_COPIED: Final = (
    "sub",
    *NARROWED,
    "groups",
    "email",
    "name",
    "tid",
    "org_id",
    "department",
    "client_id",
    "may_act",
)
_NEVER_COPIED: Final = frozenset(("cnf", "jti", "nbf", "iss", "aud", "iat", "exp", "act"))


@dataclass(frozen=True, slots=True)
class Delegation:
    """What was asked for, checked: the actor, what narrows, and what is copied besides."""

    actor: str
    narrowed: Mapping[str, JSONValue]
    copied: Sequence[str]


def read_delegation(actor: object, options: Mapping[str, object]) -> Delegation:
    """Check what was asked for; `aud` and `ttl` are the kit's business.

    Raises:
        MisuseError: `actor` is no non-empty string; a narrowing of a wrong type; `copy` names a claim that is never
            copied or that the kit writes.
    """
    if not isinstance(actor, str) or not actor:
        message = "actor is a non-empty string"
        raise MisuseError(message)
    narrowed: dict[str, JSONValue] = {}
    for name in NARROWED:
        if name in options:
            narrowed[name] = _narrowing(name, options[name])
    copied = _strings(options["copy"], "copy") if "copy" in options else []
    if not _NEVER_COPIED.isdisjoint(copied):
        message = "copy names a claim that is never copied, or that the kit writes"
        raise MisuseError(message)
    return Delegation(str.__str__(actor), narrowed, copied)


def delegated_claims(
    original: Claims, delegation: Delegation, issuer: str, now: float, max_depth: int
) -> tuple[dict[str, JSONValue], float]:
    """The claims of the new token, and the time that its `exp` may not pass.

    Args:
        original: verified claims.
        delegation: what was asked for.
        issuer: of the kit, which is the actor's.
        now: seconds since the epoch.
        max_depth: actors at most.

    Raises:
        TokenError: in this order: `claim_missing` (`sub`, `exp`), `delegation_expired`, `delegation_actor_denied`,
            `delegation_too_deep`, `delegation_escalation` with the claim.
    """
    if "sub" not in original:
        raise TokenError("claim_missing", claim="sub")
    not_after = time_of(original, "exp")
    if not_after is None:
        raise TokenError("claim_missing", claim="exp")
    if not_after <= now:
        raise TokenError("delegation_expired")
    if "may_act" in original and not _may_act(original["may_act"], delegation.actor, issuer):
        raise TokenError("delegation_actor_denied")
    if len(actors(original)) + 1 > max_depth:
        raise TokenError("delegation_too_deep")
    for name, value in delegation.narrowed.items():
        asked = split_scope(value) if isinstance(value, str) else value
        if is_array(asked) and not set(strings_of(original, name)).issuperset(asked):
            raise TokenError("delegation_escalation", claim=name)
    claims = {name: original[name] for name in (*_COPIED, *delegation.copied) if name in original}
    claims.update(delegation.narrowed)
    act: dict[str, JSONValue] = {"sub": delegation.actor}
    if "act" in original:
        act["act"] = original["act"]
    claims["act"] = act
    return claims, not_after


def _may_act(may_act: JSONValue, actor: str, issuer: str) -> bool:
    return (
        isinstance(may_act, Mapping)
        and may_act.get("sub") == actor
        and ("iss" not in may_act or may_act["iss"] == issuer)
    )


def _narrowing(name: str, value: object) -> JSONValue:
    if name != "scope":
        return _strings(value, name)
    if not isinstance(value, str):
        message = "scope is a string"
        raise MisuseError(message)
    return str.__str__(value)


def _strings(value: object, name: str) -> list[str]:
    strings = [str.__str__(item) for item in value if isinstance(item, str)] if is_array(value) else []
    if not is_array(value) or len(strings) != len(value):
        message = f"{name} is a list of strings"
        raise MisuseError(message)
    return strings
