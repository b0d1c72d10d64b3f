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
        """The 64-byte signature of a message, for `aio.Kit` also awaitable; exceptions reach the caller of `sign`."""
        ...
