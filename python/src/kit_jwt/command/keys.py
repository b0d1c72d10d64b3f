"""Keys that a command is given: JWKs and JWKS, from files and standard input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from kit_jwt.crypto.algorithms import ALGORITHMS
from kit_jwt.encoding.json_value import JSONValue, is_array
from kit_jwt.errors import ConfigError
from kit_jwt.keys.jwk import PRIVATE_MEMBERS
from kit_jwt.keys.public_key import PublicAlgorithm, export_public_jwk, import_public_key

from .failure import USAGE, CommandFailureError
from .inputs import object_of, read_source, require_one_input, source_name
from .output import Output


@dataclass(frozen=True, slots=True, repr=False)
class GivenKey:
    """A JWK that was given, none of whose members is trusted yet.

    Attributes:
        source: where it came from, as sentences say it.
    """

    source: str
    jwk: Mapping[str, JSONValue]


_UNKNOWN_TYPE: Final = "is not an Ed25519, P-256, P-384, P-521 or RSA key"
"""Of a key of another type, after what it is called."""

_SENTENCES: Final[Mapping[str, str]] = {
    "key_invalid": "is not a valid key",
    "key_weak": "is an RSA key of less than 2048 bits",
    "key_unsuitable": "is not meant for verifying signatures: see its alg, use and key_ops",
}


def refused_key(code: str, sentence: str) -> CommandFailureError:
    """Why a key is refused, with the error code that it has everywhere."""
    return CommandFailureError(sentence, USAGE, code)


def read_keys(output: Output, paths: Sequence[str]) -> list[GivenKey]:
    """The keys in FILEs, or on standard input where there are none.

    Raises:
        CommandFailureError: a source cannot be read, or holds no keys.
    """
    sources: Sequence[str | None] = paths or [None]
    require_one_input(sources)
    found: list[GivenKey] = []
    for path in sources:
        found += _keys_of(read_source(output, path, "a key"), source_name(path))
    return found


def _keys_of(text: str, source: str) -> list[GivenKey]:
    if "-----BEGIN " in text:
        message = f"{source} is PEM, not JSON: 'kit-jwt jwks --import' makes JWKs of PEM"
        raise CommandFailureError(message)
    value = object_of(text, source)
    if "kty" in value or "keys" not in value:
        return [GivenKey(source, value)]
    keys = value["keys"]
    if not is_array(keys):
        raise refused_key("jwks_invalid", f"'keys' in {source} is not an array")
    if not keys:
        message = f"there is no key in {source}"
        raise CommandFailureError(message)
    return [_entry(jwk, f"key {number} of {source}") for number, jwk in enumerate(keys, 1)]


def _entry(jwk: JSONValue, source: str) -> GivenKey:
    if not isinstance(jwk, Mapping):
        raise refused_key("key_invalid", f"{source} is not a JSON object")
    return GivenKey(source, jwk)


def require_no_secret(key: GivenKey) -> None:
    """Refuse a shared secret: whatever is told of it tells of the secret.

    Raises:
        CommandFailureError: it is one.
    """
    if key.jwk.get("kty") == "oct":
        raise refused_key("key_unsuitable", f"{key.source} is a shared secret, and nothing of it is shown")


def public_jwk_of(key: GivenKey, rsa_alg: str | None) -> Mapping[str, JSONValue]:
    """The JWK to publish for a key: its public members, `kid`, `alg` and `use`.

    Args:
        key: the key.
        rsa_alg: the algorithm of an RSA key that does not say its own.

    Raises:
        CommandFailureError: the key cannot be published.
    """
    require_no_secret(key)
    if any(member in key.jwk for member in PRIVATE_MEMBERS):
        message = f"{key.source} is a private key, and a set is published: give its public half"
        raise refused_key("key_unsuitable", message)
    alg = _algorithm_for(key, rsa_alg)
    try:
        imported = import_public_key(cast("Mapping[str, object]", key.jwk), alg=alg)
    except ConfigError as error:
        raise judged(key.source, error) from None
    if imported.alg == "EdDSA":
        return cast("Mapping[str, JSONValue]", export_public_jwk(imported))
    return {**dict(imported.members), "kid": imported.kid, "alg": imported.alg, "use": "sig"}


def _algorithm_for(key: GivenKey, rsa_alg: str | None) -> PublicAlgorithm:
    kty, crv = key.jwk.get("kty"), key.jwk.get("crv")
    rows = (row for row in ALGORITHMS.values() if row.kty == kty and (row.crv == crv or kty == "RSA"))
    found = next(rows, None)
    if found is None:
        raise refused_key("key_unsuitable", f"{key.source} {_UNKNOWN_TYPE}")
    if found.kty != "RSA":
        return cast("PublicAlgorithm", found.name)
    if "alg" not in key.jwk and rsa_alg is None:
        message = f"{key.source} is an RSA key that does not say its algorithm: add --alg RS256 or --alg PS256"
        raise CommandFailureError(message)
    alg = key.jwk.get("alg", rsa_alg)
    if alg == "RS256":
        return "RS256"
    if alg == "PS256":
        return "PS256"
    raise refused_key("key_unsuitable", f"{key.source} is an RSA key, and its alg is neither RS256 nor PS256")


def judged(source: str, error: ConfigError) -> Exception:
    """What a fault of the toolkit says of a key that was given."""
    sentence = _SENTENCES.get(error.code)
    return error if sentence is None else refused_key(error.code, f"{source} {sentence}")


def judged_material(source: str, error: ConfigError) -> Exception:
    """The same of a key of which only the material counts."""
    if error.code == "key_unsuitable":
        return refused_key(error.code, f"{source} {_UNKNOWN_TYPE}")
    return judged(source, error)
