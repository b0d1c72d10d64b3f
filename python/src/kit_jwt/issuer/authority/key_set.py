"""The keys of an authority at one moment. Moments are whole seconds since the epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

AuthorityAlgorithm: TypeAlias = Literal["EdDSA", "ES256", "RS256", "HS512"]
"""Algorithms that an authority signs with."""

PUBLIC_MEMBERS: Final = frozenset({"kty", "crv", "x", "y", "n", "e", "kid", "alg", "use"})
"""Members of a public JWK (RFC 7518 section 6), for those kinds of keys that an authority makes."""

KeyState: TypeAlias = Literal["next", "active", "retired"]
"""`next` is published and does not sign, `active` signs, `retired` is published until its last token has expired."""


@dataclass(frozen=True, slots=True, repr=False)
class NewKey:
    """A key that nobody knows yet.

    Attributes:
        kid: its id.
        algorithm: that it is for.
        public_jwk: what is published; an HS512 secret has nothing to publish.
        private_jwk: what signs.
    """

    kid: str
    algorithm: AuthorityAlgorithm
    public_jwk: Mapping[str, object] | None = None
    private_jwk: Mapping[str, object] | None = None

    def __repr__(self) -> str:
        """Tell the `kid` and no material."""
        return f"<{type(self).__name__} {self.kid}>"


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class KeyRecord(NewKey):
    """One key over time.

    Attributes:
        state: of the key.
        published_at: since when verifiers can fetch it.
        activated_at: when it began to sign.
        retired_at: when it stopped.
        remove_at: when it goes, once it is retired.
    """

    state: KeyState
    published_at: int
    activated_at: int | None = None
    retired_at: int | None = None
    remove_at: int | None = None


@dataclass(frozen=True, slots=True)
class RevokedKey:
    """A key that was taken back before its time. It must not come back.

    Attributes:
        kid: its id.
        revoked_at: when.
    """

    kid: str
    revoked_at: int


@dataclass(frozen=True, slots=True)
class KeySetRecord:
    """All keys of an authority: what a store keeps, opened.

    Attributes:
        version: counts the writes, from 1.
        period: number of the period, counted from the epoch, in which the active key began to sign.
        keys: one is active, at most one is next.
        revoked: those that were taken back.
    """

    version: int
    period: int
    keys: Sequence[KeyRecord]
    revoked: Sequence[RevokedKey]

    def key(self, state: KeyState) -> KeyRecord | None:
        """The first key in a state."""
        return next((key for key in self.keys if key.state == state), None)
