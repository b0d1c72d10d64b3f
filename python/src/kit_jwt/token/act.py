"""The `act` claim (RFC 8693 section 4.1): who acts for the subject, outermost first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.errors import TokenError

MAX_ACTOR_DEPTH: Final = 5


def check_act(act: JSONValue, max_depth: int | None) -> None:
    """Check the form of a chain, outermost first; what is deeper than allowed is not read.

    Args:
        act: the value of the claim.
        max_depth: actors at most, None for any number.

    Raises:
        TokenError: `claim_invalid` (`act`), `delegation_too_deep`.

    >>> check_act({"sub": "gateway", "act": {"sub": "orders"}}, 2)
    """
    depth = 1
    while True:
        if not isinstance(act, Mapping) or not _is_name(act.get("sub")) or ("iss" in act and not _is_name(act["iss"])):
            raise TokenError("claim_invalid", claim="act")
        if "act" not in act:
            return
        if depth == max_depth:
            raise TokenError("delegation_too_deep")
        act = act["act"]
        depth += 1


def actors(claims: Mapping[str, JSONValue]) -> tuple[Mapping[str, JSONValue], ...]:
    """The actors of claims whose `act` was checked, outermost first.

    >>> [actor["sub"] for actor in actors({"act": {"sub": "gateway", "act": {"sub": "orders"}}})]
    ['gateway', 'orders']
    """
    chain: list[Mapping[str, JSONValue]] = []
    act = claims.get("act")
    while isinstance(act, Mapping):
        chain.append(act)
        act = act.get("act")
    return tuple(chain)


def _is_name(value: JSONValue) -> bool:
    return isinstance(value, str) and value != ""
