"""The port of key sources: whatever knows the public keys of an issuer."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Protocol

from kit_jwt.keys.key import PublicKey


class KeySource(Protocol):
    """A source of public keys, asked at every verification: it caches by itself.

    For `Kit` it answers at once, for `aio.Kit` it may also be awaitable.

    >>> from kit_jwt import create_key_set
    >>> class Static:
    ...     def select(self, *, alg: str, kid: str | None, now: float):
    ...         return create_key_set({"keys": []}, algorithms=["EdDSA"]).select(alg=alg, kid=kid)
    """

    def select(self, *, alg: str, kid: str | None, now: float) -> PublicKey | Awaitable[PublicKey]:
        """The one key of an algorithm and a `kid`.

        Args:
            alg: the algorithm, `EdDSA` for both of its names.
            kid: the header's `kid`, or None where it has none.
            now: seconds since the epoch.

        Returns:
            The key, for `aio.Kit` also awaitable.

        Raises:
            TokenError: `key_not_found`, `key_ambiguous`, `jwks_unavailable`. Any other exception counts as
                `jwks_unavailable`.
        """
        ...
