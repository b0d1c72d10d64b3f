"""Who passed a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.token.act import actors
from kit_jwt.token.claims import Claims

from .scopes import strings_of


@dataclass(frozen=True, slots=True, repr=False)
class Principal:
    """Who passed a check, and what it may do. Immutable.

    Attributes:
        subject: `sub`.
        issuer: `iss`.
        permissions: `permissions`, none where missing.
        roles: `roles`, none where missing.
        scopes: `scope`, split at U+0020.
        actors: the `act` chain, outermost first; only the first counts for access control.
        jti: `jti`, or None.
        claims: all of the claims.
    """

    subject: str
    issuer: str
    permissions: tuple[str, ...]
    roles: tuple[str, ...]
    scopes: tuple[str, ...]
    actors: tuple[Mapping[str, JSONValue], ...]
    jti: str | None
    claims: Claims

    def __repr__(self) -> str:
        """Show no values: they come from a token."""
        return f"<Principal with {len(self.claims)} claims>"


def principal_of(claims: Claims) -> Principal:
    """The principal of verified claims that have a `sub`.

    >>> from kit_jwt import unsafe_trust_claims
    >>> principal_of(unsafe_trust_claims({"iss": "i", "sub": "u1", "scope": "a b"})).scopes
    ('a', 'b')
    """
    jti = claims.get("jti")
    return Principal(
        subject=str(claims["sub"]),
        issuer=str(claims["iss"]),
        permissions=strings_of(claims, "permissions"),
        roles=strings_of(claims, "roles"),
        scopes=strings_of(claims, "scope"),
        actors=actors(claims),
        jti=None if jti is None else str(jti),
        claims=claims,
    )
