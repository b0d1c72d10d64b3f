"""What anybody may read: the keys, and where everything is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final, cast

from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.issuer.http.message import Answer, Message, answer

from .config import IssuerConfig

_MEMBERS: Final = {"OKP": {"crv", "x"}, "EC": {"crv", "x", "y"}, "RSA": {"n", "e"}}
"""Members of public keys (RFC 7518 section 6, RFC 8037 section 2); nothing else leaves, and no other kind of key."""
_COMMON: Final = frozenset({"kty", "kid", "alg", "use"})
_METHODS: Final = "GET, HEAD, OPTIONS"
_OPEN: Final = {"access-control-allow-origin": "*", "access-control-expose-headers": "etag"}
"""A browser may ask too: there is nothing secret in it."""
_ETAG_BYTES: Final = 16
_METHODS_OF_CLIENTS: Final = ("client_secret_basic", "private_key_jwt")

ASSERTION_ALGORITHMS: Final = ("EdDSA", "ES256", "ES384", "ES512", "PS256", "RS256")
"""What clients may sign their assertions with."""


def preflight() -> Answer:
    """What a browser asks before it asks with `If-None-Match` (Fetch standard, CORS preflight)."""
    headers = {
        **_OPEN,
        "allow": _METHODS,
        "access-control-allow-methods": _METHODS,
        "access-control-allow-headers": "if-none-match",
        "access-control-max-age": "86400",
    }
    return Answer(204, headers, "")


def keys(message: Message, config: IssuerConfig) -> Answer:
    """The keys that verify (RFC 7517 section 5)."""
    public = [
        {name: value for name, value in key.items() if name in _COMMON | _MEMBERS[str(key["kty"])]}
        for key in config.authority.jwks()["keys"]
        if key["kty"] in _MEMBERS
    ]
    value = cast("JSONValue", {"keys": public})
    return _document(message, "application/jwk-set+json", value, config.authority.timing.max_age)


def _document(message: Message, media_type: str, value: JSONValue, max_age: int) -> Answer:
    """A document that caches may keep (RFC 9111), with a strong entity tag (RFC 9110 section 8.8.3)."""
    body = canonicalize(value)
    etag = f'"{encode_base64url(hashlib.sha256(body.encode()).digest()[:_ETAG_BYTES])}"'
    headers = {**_OPEN, "cache-control": f"public, max-age={max_age}", "etag": etag}
    if _is_known(message.headers.get("if-none-match"), etag):
        return Answer(304, headers, "")
    return Answer(200, {"content-type": media_type, **headers}, body)


def _is_known(shown: str | None, etag: str) -> bool:
    """Weak comparison (RFC 9110 section 13.1.2): `W/` is left aside."""
    if shown is None:
        return False
    return shown.strip() == "*" or any(tag.strip().removeprefix("W/") == etag for tag in shown.split(","))


def metadata(message: Message, config: IssuerConfig) -> Answer:
    """Authorization server metadata (RFC 8414 section 2)."""
    base = config.issuer.removesuffix("/")
    value: Mapping[str, JSONValue] = {
        "issuer": config.issuer,
        "jwks_uri": f"{base}/auth/.well-known/jwks.json",
        "token_endpoint": f"{base}/auth/token",
        "introspection_endpoint": f"{base}/auth/introspect",
        "revocation_endpoint": f"{base}/auth/revoke",
        "grant_types_supported": ["client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"],
        # There is no authorization endpoint.
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": _METHODS_OF_CLIENTS,
        "token_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
        "introspection_endpoint_auth_methods_supported": _METHODS_OF_CLIENTS,
        "introspection_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
        "revocation_endpoint_auth_methods_supported": _METHODS_OF_CLIENTS,
        "revocation_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
    }
    return _document(message, "application/json", value, config.authority.timing.max_age)


def ready(_message: Message, config: IssuerConfig) -> Answer:
    """Whether there is a key that signs now."""
    config.authority.signer()
    return answer(200, {"status": "ready"})
