"""What is expected of the tokens of one trusted issuer: its name, their audience, whom they may name as actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kit_jwt.encoding.json_value import JSONValue, is_array
from kit_jwt.errors import TokenError

from .mapping import ClaimMapping


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of the tokens of one trusted issuer.

    Attributes:
        issuer: exact `iss`.
        audience: any one of a token's audiences must be among these.
        own: whether it is the kit's own issuer: `iat` is required, and a lifetime has its limit.
        actors: outermost actors that it may name, None for any.
        mapping: for an outside identity provider, what becomes of its claims; None for all others.
    """

    issuer: str
    audience: frozenset[str]
    own: bool
    actors: frozenset[str] | None
    mapping: ClaimMapping | None = None


def check_expectation(payload: Mapping[str, JSONValue], expectation: Expectation) -> None:
    """Hold issuer, audience and outermost actor against what is expected: exact equality, never a pattern.

    Raises:
        TokenError: `issuer_mismatch`, `audience_mismatch`, `actor_not_allowed`.
    """
    if payload["iss"] != expectation.issuer:
        raise TokenError("issuer_mismatch")
    aud = payload["aud"]
    if expectation.audience.isdisjoint(aud if is_array(aud) else (aud,)):
        raise TokenError("audience_mismatch")
    if "act" not in payload or expectation.actors is None:
        return
    act = payload["act"]
    if isinstance(act, Mapping) and act["sub"] not in expectation.actors:
        raise TokenError("actor_not_allowed")
