"""Revocation lists: which tokens are no longer good."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Final, Protocol

from kit_jwt.encoding.json_value import is_number
from kit_jwt.errors import MisuseError
from kit_jwt.token.claims import Claims

from .expiring_set import ExpiringSet

_NO_TIME: Final = float("-inf")  # revoking knows no clock: nothing is forgotten then


class RevocationList(Protocol):
    """Knows revoked tokens; asked at every verification.

    For `Kit` it answers at once, for `aio.Kit` it may also be awaitable.

    >>> class Nobody:
    ...     def is_revoked(self, claims, now: float) -> bool:
    ...         return claims["sub"] == "u13"
    >>> from kit_jwt import Kit
    >>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86, revocation=Nobody())
    >>> kit.verify(kit.sign({"sub": "u13"}))
    Traceback (most recent call last):
    kit_jwt.errors.errors.TokenError: token_revoked: the token was revoked
    """

    def is_revoked(self, claims: Claims, now: float) -> bool | Awaitable[bool]:
        """Whether a token is revoked.

        Args:
            claims: verified up to here; an outside provider's before mapping.
            now: seconds since the epoch.

        Returns:
            Exactly True or False. An exception, or anything else, counts as `revocation_unavailable`.
        """
        ...


class MemoryRevocationList:
    """A `RevocationList` of this process; safe to share between threads. See `memory_revocation_list`."""

    __slots__ = ("_revoked",)

    def __init__(self) -> None:
        """See `memory_revocation_list`."""
        self._revoked = ExpiringSet()

    def revoke(self, *, issuer: str, jti: str, expires: float) -> None:
        """Revoke one token.

        Args:
            issuer: its `iss`.
            jti: its `jti`.
            expires: seconds since the epoch from which on nobody takes it anyway (`exp` plus leeway).

        Raises:
            MisuseError: a wrong type.

        >>> memory_revocation_list().revoke(issuer="https://issuer.example", jti="1", expires=1800000990)
        """
        if not isinstance(issuer, str) or not isinstance(jti, str) or not is_number(expires):
            message = "issuer and jti are strings, expires is a number of seconds"
            raise MisuseError(message)
        self._revoked.add((issuer, jti), expires, _NO_TIME)

    def is_revoked(self, claims: Claims, now: float) -> bool:
        """Whether a token is revoked, see `RevocationList.is_revoked`.

        Args:
            claims: with `iss` and `jti`.
            now: seconds since the epoch.

        Returns:
            Whether it is; never for a token without a `jti`.

        >>> from kit_jwt import unsafe_trust_claims
        >>> memory_revocation_list().is_revoked(unsafe_trust_claims({"iss": "i", "jti": "a"}), 0)
        False
        """
        issuer, jti = claims.get("iss"), claims.get("jti")
        return isinstance(issuer, str) and isinstance(jti, str) and self._revoked.has((issuer, jti), now)

    def __len__(self) -> int:
        """Count the tokens that are listed."""
        return len(self._revoked)


def memory_revocation_list() -> MemoryRevocationList:
    """A revocation list in memory, for one process.

    Returns:
        An empty list.

    >>> revoked = memory_revocation_list()
    >>> revoked.revoke(issuer="i", jti="1", expires=1800000900)
    >>> from kit_jwt import unsafe_trust_claims
    >>> revoked.is_revoked(unsafe_trust_claims({"iss": "i", "jti": "1"}), now=1800000000)
    True
    """
    return MemoryRevocationList()
