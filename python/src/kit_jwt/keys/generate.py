"""New secrets and key pairs, from the platform's own randomness."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kit_jwt.crypto.ed25519 import load_ed25519_private
from kit_jwt.crypto.edwards25519 import ENCODED_BYTES
from kit_jwt.crypto.webcrypto import IS_HERE, LaterSigner, only_later
from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import MisuseError

from .public_key import PublicJwk, export_public_jwk, import_public_key
from .secret import MINIMUM_BYTES

_MOST_BYTES: Final = 1024


class PrivateJwk(PublicJwk):
    """An Ed25519 private JWK (RFC 8037 section 2): the public members and `d`."""

    d: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class KeyPair:
    """What `generate_key_pair` gives; its repr shows nothing of the private half.

    Attributes:
        private_jwk: to be kept where it signs.
        public_jwk: to be published.
    """

    private_jwk: PrivateJwk
    public_jwk: PublicJwk

    def __repr__(self) -> str:
        """Tell the public half's `kid`."""
        return f"<KeyPair {self.public_jwk['kid']}>"


def generate_secret(size: int = MINIMUM_BYTES) -> str:
    """A new secret for HS512, as text for a setting or a secret store.

    Args:
        size: bytes, 64 to 1024.

    Returns:
        Canonical, unpadded base64url.

    Raises:
        MisuseError: `size` is out of range.

    >>> len(generate_secret())
    86
    """
    if isinstance(size, bool) or not isinstance(size, int) or not MINIMUM_BYTES <= size <= _MOST_BYTES:
        message = "size is an integer from 64 to 1024"
        raise MisuseError(message)
    return encode_base64url(os.urandom(size))


def generate_key_pair(*, kid: str | None = None, entropy: Callable[[int], bytes] = os.urandom) -> KeyPair:
    """A new Ed25519 key pair.

    Args:
        kid: its `kid`; the thumbprint (RFC 7638) when left out.
        entropy: gives that many random bytes; the platform's generator unless a test replaces it.

    Returns:
        The pair, as JWKs.

    Raises:
        MisuseError: `kid` is empty or no string.
        ConfigError: `runtime_unsupported` in Pyodide, where `kit_jwt.aio` has an awaitable one.

    >>> pair = generate_key_pair(kid="2026-11")
    >>> pair.public_jwk["kid"], "d" in pair.public_jwk
    ('2026-11', False)
    """
    _check_kid(kid)
    seed = entropy(ENCODED_BYTES)
    if IS_HERE:
        raise only_later()
    return _key_pair(seed, encode_base64url(load_ed25519_private(seed)[1]), kid)


async def generate_key_pair_later(*, kid: str | None = None, entropy: Callable[[int], bytes] = os.urandom) -> KeyPair:
    """As `generate_key_pair`, waiting where the runtime answers later."""
    if not IS_HERE:
        return generate_key_pair(kid=kid, entropy=entropy)
    _check_kid(kid)
    seed = entropy(ENCODED_BYTES)
    return _key_pair(seed, await LaterSigner(seed).public_half(), kid)


def _check_kid(kid: object) -> None:
    if kid is not None and (not isinstance(kid, str) or not kid or not is_well_formed(kid)):
        message = "kid is a non-empty string"
        raise MisuseError(message)


def _key_pair(seed: bytes, x: str, kid: str | None) -> KeyPair:
    members = {"kty": "OKP", "crv": "Ed25519", "x": x}
    public = export_public_jwk(import_public_key(members if kid is None else {**members, "kid": kid}))
    return KeyPair({**public, "d": encode_base64url(seed)}, public)
