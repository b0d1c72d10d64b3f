"""HMAC with SHA-512 (RFC 2104, RFC 7518 section 3.2), by the standard library alone."""

from __future__ import annotations

import hmac
from hashlib import sha512
from typing import Final

from .ed25519 import Sign

SIGNATURE_BYTES: Final = 64

_BLOCK_BYTES: Final = 128
_INNER: Final = bytes(octet ^ 0x36 for octet in range(256))
_OUTER: Final = bytes(octet ^ 0x5C for octet in range(256))


def load_hs512(secret: bytes) -> Sign:
    """What gives the 64-byte tag of a message.

    >>> len(load_hs512(bytes(64))(b"message"))
    64
    """
    # RFC 2104 section 4: the key is hashed once, and every message starts from a copy of that. It takes half the time
    # of hmac.digest, which prepares the key for each message, and three quarters of copying an object of hmac.
    key = (secret if len(secret) <= _BLOCK_BYTES else sha512(secret).digest()).ljust(_BLOCK_BYTES, b"\0")
    started, ended = sha512(key.translate(_INNER)), sha512(key.translate(_OUTER))

    def tag(message: bytes) -> bytes:
        inner, outer = started.copy(), ended.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()

    return tag


def is_tag(signature: bytes, tag: bytes) -> bool:
    """Whether a signature is the tag of a message; length first, then in constant time.

    >>> is_tag(bytes(64), bytes(64)), is_tag(bytes(63), bytes(64))
    (True, False)
    """
    return len(signature) == SIGNATURE_BYTES and hmac.compare_digest(tag, signature)
