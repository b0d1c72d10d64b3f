"""Ed25519 and the outside issuers' algorithms by WebCrypto, where Python runs inside JavaScript (Pyodide).

WebCrypto answers with promises, so everything here is awaited. The checks that no runtime is trusted with (lengths,
encodings of points and scalars) are made here all the same, before it is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from typing import Any, Final, NoReturn, TypeAlias

from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.errors import ConfigError

from .algorithms import EDDSA, Algorithm
from .edwards25519 import is_signature

VerifyLater: TypeAlias = Callable[[bytes, bytes], Awaitable[bool]]
"""(message, signature) to whether the signature holds, awaited."""

IS_HERE: Final = sys.platform == "emscripten"
"""Whether this Python runs inside JavaScript."""

_AWAITABLE_ONLY: Final = "WebCrypto answers later: use kit_jwt.aio"
_LACKING: Final = "this WebCrypto lacks the algorithm"

# RFC 8410 section 7: PKCS #8 up to the seed. A JWK is not imported: some runtimes would believe its `x`.
_PKCS8: Final = bytes([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32])

_PARAMETERS: Final[Mapping[str, Mapping[str, object]]] = {
    "EdDSA": {"name": "Ed25519"},
    "RS256": {"name": "RSASSA-PKCS1-v1_5", "hash": "SHA-256"},
    "PS256": {"name": "RSA-PSS", "hash": "SHA-256", "saltLength": 32},
    "ES256": {"name": "ECDSA", "namedCurve": "P-256", "hash": "SHA-256"},
    "ES384": {"name": "ECDSA", "namedCurve": "P-384", "hash": "SHA-384"},
    "ES512": {"name": "ECDSA", "namedCurve": "P-521", "hash": "SHA-512"},
}


def only_later() -> ConfigError:
    """What a synchronous call is told here."""
    return ConfigError("runtime_unsupported", why=_AWAITABLE_ONLY)


def verify_now(_message: bytes, _signature: bytes) -> NoReturn:
    """Refuse: what cannot be awaited cannot be verified here.

    Raises:
        ConfigError: `runtime_unsupported`.
    """
    raise only_later()


def sign_now(_message: bytes) -> NoReturn:
    """Refuse: what cannot be awaited cannot be signed here.

    Raises:
        ConfigError: `runtime_unsupported`.
    """
    raise only_later()


def load_public(algorithm: Algorithm, jwk: Mapping[str, str]) -> VerifyLater:
    """The verifier of a public key whose members were checked; `jwk` holds the required members only (RFC 7638).

    It raises `runtime_unsupported` where this WebCrypto lacks the algorithm.
    """
    parameters = _PARAMETERS[algorithm.name]
    size = len(decode_base64url(jwk.get("n", "")) or b"") if algorithm.signature is None else algorithm.signature
    imported: list[Any] = []

    async def verify(message: bytes, signature: bytes) -> bool:
        if len(signature) != size or (algorithm is EDDSA and not is_signature(signature)):
            return False
        if not imported:
            imported.append(await _import_public(algorithm, jwk))
        holds = await _settled(_subtle().verify(to_js(parameters), imported[0], to_js(signature), to_js(message)))
        return holds is True

    return verify


async def _import_public(algorithm: Algorithm, jwk: Mapping[str, str]) -> Any:  # noqa: ANN401 # a CryptoKey
    form, key = ("raw", decode_base64url(jwk["x"])) if algorithm is EDDSA else ("jwk", jwk)
    asked = _subtle().importKey(form, to_js(key), to_js(_PARAMETERS[algorithm.name]), True, to_js(["verify"]))
    return _present(await _settled(asked))


class LaterSigner:
    """Signs with a 32-byte seed (RFC 8032), awaited; the seed itself is given to WebCrypto and never shown."""

    __slots__ = ("_imported", "_seed")

    def __init__(self, seed: bytes) -> None:
        """Keep the seed until it is first used."""
        self._seed = seed
        self._imported: Any = None

    async def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of a message.

        Raises:
            ConfigError: `runtime_unsupported` where this WebCrypto has no Ed25519.
        """
        if self._imported is None:
            self._imported = await self._import(extractable=False)
        given = to_js(_PARAMETERS["EdDSA"])
        return bytes(_present(await _settled(_subtle().sign(given, self._imported, to_js(message)))).to_bytes())

    async def public_half(self) -> str:
        """The `x` that belongs to the seed.

        Raises:
            ConfigError: `runtime_unsupported` where this WebCrypto has no Ed25519.
        """
        key = await self._import(extractable=True)
        return str(_present(await _settled(_subtle().exportKey("jwk", key))).x)

    async def _import(self, *, extractable: bool) -> Any:  # noqa: ANN401 # a CryptoKey
        given = to_js(_PKCS8 + self._seed)
        asked = _subtle().importKey("pkcs8", given, to_js(_PARAMETERS["EdDSA"]), extractable, to_js(["sign"]))
        return _present(await _settled(asked))


def _subtle() -> Any:  # noqa: ANN401 # an object of JavaScript
    return import_module("js").crypto.subtle


def to_js(value: object) -> Any:  # noqa: ANN401 # an object of JavaScript
    """A value of Python as one of JavaScript: mappings become objects, bytes become arrays of bytes."""
    ffi, js = import_module("pyodide.ffi"), import_module("js")
    return ffi.to_js(value, dict_converter=js.Object.fromEntries)


async def _settled(promise: Awaitable[Any]) -> Any:  # noqa: ANN401 # an object of JavaScript
    """What a promise comes to, None where it is rejected: the reason may quote a key, and goes no further."""
    try:
        return await promise
    except Exception:  # noqa: BLE001 # see above
        return None


def _present(found: Any) -> Any:  # noqa: ANN401 # an object of JavaScript
    if found is None:
        raise ConfigError("runtime_unsupported", why=_LACKING)
    return found
