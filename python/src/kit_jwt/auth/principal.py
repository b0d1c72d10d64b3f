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
        claims: all of the claims, verified, with a `sub`. The others are read from them.

    >>> from kit_jwt import unsafe_trust_claims
    >>> Principal(unsafe_trust_claims({"iss": "i", "sub": "u1", "scope": "a b"})).scopes
    ('a', 'b')
    """

    claims: Claims

    @property
    def subject(self) -> str:
        """`sub`."""
        return str(self.claims["sub"])

    @property
    def issuer(self) -> str:
        """`iss`."""
        return str(self.claims["iss"])

    @property
    def permissions(self) -> tuple[str, ...]:
        """`permissions`, none where missing."""
        return strings_of(self.claims, "permissions")

    @property
    def roles(self) -> tuple[str, ...]:
        """`roles`, none where missing."""
        return strings_of(self.claims, "roles")

    @property
    def scopes(self) -> tuple[str, ...]:
        """`scope`, split at U+0020."""
        return strings_of(self.claims, "scope")

    @property
    def actors(self) -> tuple[Mapping[str, JSONValue], ...]:
        """The `act` chain, outermost first; only the first counts for access control."""
        return actors(self.claims)

    @property
    def jti(self) -> str | None:
        """`jti`, or None."""
        jti = self.claims.get("jti")
        return None if jti is None else str(jti)

    def __repr__(self) -> str:
        """Show no values: they come from a token."""
        return f"<Principal with {len(self.claims)} claims>"
