"""RS256, PS256, ES256, ES384 and ES512 (RFC 7518 sections 3.3 to 3.5) by PyJWT, loaded when such a key is configured.

Verifying only: the kit's own tokens are HS512 or EdDSA.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit_jwt.errors import ConfigError

from .algorithms import Algorithm
from .ed25519 import Verify

if TYPE_CHECKING:
    from jwt.algorithms import Algorithm as PyJWTAlgorithm


def load_outside(algorithm: Algorithm, jwk: dict[str, str]) -> Verify:
    """The verifier of a public key whose members were checked; `jwk` holds the required members only (RFC 7638).

    Raises:
        ConfigError: `key_invalid` where the library refuses the key, `runtime_unsupported` where it is not installed.
    """
    implementation = _implementation(algorithm.name)
    key: Any = None
    try:
        key = implementation.from_jwk(jwk)
    except Exception:  # noqa: BLE001 # the library's own words may quote the key: they go no further
        key = None
    if key is None:
        raise ConfigError("key_invalid")
    size = algorithm.signature if algorithm.signature is not None else (key.key_size + 7) // 8

    def verify(message: bytes, signature: bytes) -> bool:
        if len(signature) != size:
            return False
        try:
            return implementation.verify(message, key, signature)
        except Exception:  # noqa: BLE001 # whatever the library says of a signature, it is not one that holds
            return False

    return verify


def _implementation(name: str) -> PyJWTAlgorithm:
    try:
        from jwt import algorithms  # noqa: PLC0415 # see the module's docstring
    except ImportError:
        library: Any = None
    else:
        library = algorithms
    if library is None or not library.has_crypto:
        raise ConfigError("runtime_unsupported")
    found: PyJWTAlgorithm = library.get_default_algorithms()[name]
    return found
