"""Keys that sign elsewhere already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.errors import ConfigError, TokenError
from kit_jwt.issuer.errors import AuthorityError
from kit_jwt.keys.public_key import PublicAlgorithm
from kit_jwt.keys.secret import import_secret
from kit_jwt.keys.thumbprint import thumbprint
from kit_jwt.sources.key_set import create_key_set

from .key_set import AuthorityAlgorithm, KeyRecord, NewKey
from .life import Keys
from .new_key import new_key_of, new_secret_kid
from .signers import signer_of

_MATERIAL: Final[Mapping[str, tuple[str, ...]]] = {
    "EdDSA": ("x", "d"),
    "ES256": ("x", "y", "d"),
    "RS256": ("n", "e", "d", "p", "q", "dp", "dq", "qi"),
    "HS512": ("k",),
}
"""Of a private JWK (RFC 7518 section 6, RFC 8037 section 2): all of them must be there, and no others are stored."""

_KINDS: Final = {"EdDSA": "OKP", "ES256": "EC", "RS256": "RSA", "HS512": "oct"}
_NAMES: Final = {"EdDSA": ("EdDSA", "Ed25519"), "ES256": ("ES256",), "RS256": ("RS256",), "HS512": ("HS512",)}
"""RFC 9864 gives the one algorithm another name."""

_PROBE: Final = b"probe"


def given_key(jwk: object, algorithm: AuthorityAlgorithm) -> NewKey:
    """A key that signs elsewhere already, and goes on here. It keeps its `kid`: tokens of it are on their way.

    Raises:
        ConfigError: `key_invalid`, `key_unsuitable`, `key_weak` with `first_key`.
    """
    try:
        return _read(jwk, algorithm)
    except ConfigError as error:
        code = error.code if error.code in ("key_unsuitable", "key_weak") else "key_invalid"
        raise ConfigError(code, variable="first_key") from None
    except TokenError:
        # A set leaves out what its readers cannot use.
        raise ConfigError("key_unsuitable", variable="first_key") from None
    except AuthorityError:
        raise ConfigError("key_invalid", variable="first_key") from None


def given_first(given: NewKey | None, keys: Keys) -> Keys:
    """Of those that come after it, each is new."""
    first = [] if given is None else [given]
    return lambda: first.pop() if first else keys()


def _read(jwk: object, algorithm: AuthorityAlgorithm) -> NewKey:
    if not isinstance(jwk, Mapping):
        raise ConfigError("key_invalid")
    uses = jwk.get("key_ops", ["sign"])
    is_for = jwk.get("kty") == _KINDS[algorithm] and jwk.get("alg", algorithm) in _NAMES[algorithm]
    if not is_for or jwk.get("use", "sig") != "sig" or "sign" not in (uses if isinstance(uses, list) else [uses]):
        raise ConfigError("key_unsuitable")
    own = jwk.get("kid")
    if "kid" in jwk and (not isinstance(own, str) or own == ""):
        raise ConfigError("key_invalid")
    material = {name: jwk.get(name) for name in _MATERIAL[algorithm]}
    if not all(isinstance(text, str) and decode_base64url(text) is not None for text in material.values()):
        raise ConfigError("key_invalid")
    members = {"kty": jwk["kty"], **material, "alg": algorithm}
    if algorithm == "HS512":
        import_secret(members)
        return new_key_of(algorithm, {**members, "kid": own or new_secret_kid()})
    crv = jwk.get("crv")
    whole = {**members, **({"crv": crv} if isinstance(crv, str) else {}), "use": "sig"}
    key = new_key_of(algorithm, {**whole, "kid": own or thumbprint(whole)})
    _prove(key, algorithm)
    return key


def _prove(key: NewKey, algorithm: PublicAlgorithm) -> None:
    """What it signs must hold under what is published, for the verifiers of the kits."""
    public = {"keys": [dict(cast("Mapping[str, object]", key.public_jwk))]}
    published = create_key_set(public, algorithms=[algorithm]).select(alg=algorithm, kid=key.kid)
    record = KeyRecord(
        key.kid, key.algorithm, key.public_jwk, key.private_jwk, state="active", published_at=0, activated_at=0
    )
    if not published.verify(_PROBE, signer_of(record).sign(_PROBE)):
        raise ConfigError("key_invalid")
