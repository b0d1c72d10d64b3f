"""What becomes of the claims of an outside identity provider, last of all: its words are not the kit's."""

from __future__ import annotations

from dataclasses import dataclass

from kit_jwt.encoding.json_value import JSONValue, is_array
from kit_jwt.errors import TokenError


@dataclass(frozen=True, slots=True)
class ClaimMapping:
    """Which claims are taken over: None takes nothing.

    Attributes:
        subject_prefix: put before `sub`, so that two providers' subjects never meet.
        permissions: name of the claim that becomes `permissions`.
        roles: name of the claim that becomes `roles`.
    """

    subject_prefix: str | None = None
    permissions: str | None = None
    roles: str | None = None


def map_claims(payload: dict[str, JSONValue], mapping: ClaimMapping) -> dict[str, JSONValue]:
    """The claims under a mapping; `permissions` and `roles` of the token itself are dropped.

    Raises:
        TokenError: `claim_invalid` with the source claim, where it is neither an array of strings nor a string.

    >>> map_claims({"sub": "1", "roles": ["root"], "scp": "a b"}, ClaimMapping("idp:", permissions="scp"))
    {'sub': 'idp:1', 'scp': 'a b', 'permissions': ['a', 'b']}
    """
    mapped = {name: value for name, value in payload.items() if name not in {"permissions", "roles"}}
    for target, source in (("permissions", mapping.permissions), ("roles", mapping.roles)):
        if source is not None and source in payload:
            mapped[target] = _words(payload[source], source)
    if mapping.subject_prefix is not None and isinstance(payload.get("sub"), str):
        mapped["sub"] = f"{mapping.subject_prefix}{payload['sub']}"
    return mapped


def _words(value: JSONValue, claim: str) -> JSONValue:
    if isinstance(value, str):
        return [word for word in value.split(" ") if word]
    if not is_array(value) or not all(isinstance(item, str) for item in value):
        raise TokenError("claim_invalid", claim=claim)
    return value
