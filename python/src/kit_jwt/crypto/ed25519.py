"""Ed25519 (RFC 8032, RFC 8037) by `cryptography`, loaded when the first key is: HS512 works without it."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TypeAlias

from kit_jwt.errors import ConfigError

from .edwards25519 import is_signature

Verify: TypeAlias = Callable[[bytes, bytes], bool]
"""(message, signature) to whether the signature holds."""

Sign: TypeAlias = Callable[[bytes], bytes]
"""Message to signature."""


def load_ed25519_public(x: bytes) -> Verify:
    """The verifier of a public key that `is_public_key` took.

    Raises:
        ConfigError: `runtime_unsupported` where `cryptography` is not installed.

    >>> load_ed25519_public(bytes([0x58]) + bytes([0x66]) * 31)(b"", bytes(64))
    False
    """
    ed25519 = _library()
    key = ed25519.Ed25519PublicKey.from_public_bytes(x)

    def verify(message: bytes, signature: bytes) -> bool:
        # OpenSSL compares encodings of R, which is the equation without cofactor, once R itself is canonical.
        if not is_signature(signature):
            return False
        try:
            key.verify(signature, message)
        except Exception:  # noqa: BLE001 # whatever the library says of a signature, it is not one that holds
            return False
        return True

    return verify


def load_ed25519_private(d: bytes) -> tuple[Sign, bytes]:
    """The signer of a 32-byte seed, and the public key that belongs to it.

    Raises:
        ConfigError: `runtime_unsupported` where `cryptography` is not installed.

    >>> sign, x = load_ed25519_private(bytes(32))
    >>> len(sign(b"")), len(x)
    (64, 32)
    """
    key = _library().Ed25519PrivateKey.from_private_bytes(d)
    return key.sign, key.public_key().public_bytes_raw()


def _library() -> ModuleType:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 # see the module's docstring
    except ImportError:
        library = None
    else:
        library = ed25519
    if library is None:
        raise ConfigError("runtime_unsupported")
    return library
