"""The port of remote signers: a KMS, Vault transit, an authority."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Protocol

from kit_jwt.crypto.algorithms import ProfileName


class Signer(Protocol):
    """Signs in place of a local key.

    Attributes:
        alg: `EdDSA` or `HS512`.
        kid: of the tokens; EdDSA needs one, HS512 may have None.

    >>> from kit_jwt import generate_key_pair, import_private_key
    >>> class Remote:
    ...     alg, kid, key = "EdDSA", "kms-1", import_private_key(generate_key_pair().private_jwk)
    ...     def sign(self, message: bytes, /) -> bytes:
    ...         return self.key.sign(message)
    >>> len(Remote().sign(b"data"))
    64
    """

    @property
    def alg(self) -> ProfileName:
        """The algorithm that it signs with."""
        ...

    @property
    def kid(self) -> str | None:
        """The `kid` of the tokens."""
        ...

    def sign(self, message: bytes, /) -> bytes | Awaitable[bytes]:
        """Sign; called once for each token.

        Args:
            message: the signing input (RFC 7515 section 5.1).

        Returns:
            The 64 bytes of the signature, for `aio.Kit` also awaitable. What it raises reaches the caller of `sign`.
        """
        ...
