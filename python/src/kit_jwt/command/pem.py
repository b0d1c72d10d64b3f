"""PEM (RFC 7468) to JWK, by `cryptography`, which is loaded when the first key is."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.errors import ConfigError
from kit_jwt.keys.material import read_members

from .failure import CommandFailureError
from .inputs import trimmed
from .keys import refused_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

Half: TypeAlias = Literal["public", "private"]

_HALVES: Final[Mapping[str, Half]] = {
    "PUBLIC KEY": "public",
    "RSA PUBLIC KEY": "public",
    "PRIVATE KEY": "private",
    "RSA PRIVATE KEY": "private",
    "EC PRIVATE KEY": "private",
}
_BEGIN: Final = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----")
_BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_MOST_CHARACTERS: Final = 65_536  # no key that is read here comes near: RSA of 16384 bits takes 13 KiB

# The object identifier of RSA keys that are for RSASSA-PSS only: as JWKs they would lose what they are bound to.
_RSA_PSS: Final = bytes.fromhex("06092a864886f70d01010a")

_CURVES: Final = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}


def is_encrypted(text: str) -> bool:
    """Whether a private key is locked with a passphrase (RFC 5958, or the older form of OpenSSL)."""
    return "-----BEGIN ENCRYPTED PRIVATE KEY-----" in text or "Proc-Type: 4,ENCRYPTED" in text


def public_jwk_of_pem(text: str, source: str, half: Half) -> Mapping[str, JSONValue]:
    """The public members of the key that a PEM file holds.

    Args:
        text: of the file.
        source: what the file is called in sentences.
        half: which half of a key the file's name promises.

    Raises:
        CommandFailureError: it holds no such key.
    """
    # `openssl ecparam -genkey` writes a block of parameters before the key.
    keys = [(label, base64) for label, base64 in _blocks_of(text) if label in _HALVES]
    if len(keys) != 1:
        message = f"{source} does not hold one PEM block of a {half} key"
        raise CommandFailureError(message)
    ((label, base64),) = keys
    found = _HALVES[label]
    if found != half:
        raise refused_key("key_unsuitable", f"{source} holds a {found} key, which belongs in a file {found}.pem")
    is_base64 = len(base64) <= _MOST_CHARACTERS and _BASE64.fullmatch(base64)
    der = b64decode(base64) if is_base64 else b""
    jwk = None if _RSA_PSS in der else _members_of(der, half)
    # Libraries differ in what they take for a broken key, and what for one of a type that they do not know.
    if jwk is None:
        message = f"{source} does not hold a valid Ed25519, P-256, P-384, P-521 or RSA key"
        raise refused_key("key_invalid", message)
    return jwk


def _blocks_of(text: str) -> list[tuple[str, str]]:
    """The blocks of a PEM text, whatever stands between them: what they are called and what they hold."""
    blocks: list[tuple[str, str]] = []
    label, lines = "", [""]
    for raw in text.split("\n"):
        line = trimmed(raw)
        begin = _BEGIN.fullmatch(line)
        if begin is not None:
            label, lines = begin[1], []
        elif label and line == f"-----END {label}-----":
            blocks.append((label, "".join(lines)))
            label = ""
        else:
            lines.append(line)
    return blocks


def _members_of(der: bytes, half: Half) -> Mapping[str, JSONValue] | None:
    try:
        return dict(read_members(_exported(_load(der, half))))
    except ImportError:
        raise ConfigError("runtime_unsupported") from None
    except Exception:  # noqa: BLE001 # the library's own words may quote the key: they go no further
        return None


def _load(der: bytes, half: Half) -> PublicKeyTypes:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 # see the module's docstring

    if half == "public":
        return serialization.load_der_public_key(der)
    # Only the public half is used: whether the primes of an RSA key fit does not matter, and takes seconds.
    return serialization.load_der_private_key(der, None, unsafe_skip_rsa_key_validation=True).public_key()


def _exported(key: PublicKeyTypes) -> Mapping[str, object]:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa  # noqa: PLC0415 # see the module's docstring

    if isinstance(key, ed25519.Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(key.public_bytes_raw())}
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        point, size = key.public_numbers(), (key.curve.key_size + 7) // 8
        return {"kty": "EC", "crv": _CURVES[key.curve.name], "x": _number(point.x, size), "y": _number(point.y, size)}
    return {}


def _number(value: int, size: int | None = None) -> str:
    return encode_base64url(value.to_bytes(size or (value.bit_length() + 7) // 8))
