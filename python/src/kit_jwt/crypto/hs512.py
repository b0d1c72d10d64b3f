"""HMAC with SHA-512 (RFC 2104, RFC 7518 section 3.2), by the standard library alone."""

from __future__ import annotations

import hmac
from typing import Final

SIGNATURE_BYTES: Final = 64


def sign_hs512(secret: bytes, message: bytes) -> bytes:
    """The 64-byte tag of a message.

    >>> len(sign_hs512(bytes(64), b"message"))
    64
    """
    return hmac.digest(secret, message, "sha512")


def verify_hs512(secret: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a tag is that of the message; length first, then in constant time.

    >>> verify_hs512(bytes(64), b"message", bytes(64))
    False
    """
    return len(signature) == SIGNATURE_BYTES and hmac.compare_digest(sign_hs512(secret, message), signature)
