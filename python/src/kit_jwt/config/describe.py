"""What a kit is, as JSON without secrets: for logs, for diagnosis, for comparing two services."""

from __future__ import annotations

from typing import Literal, TypedDict

from kit_jwt.crypto.algorithms import ProfileName

from .resolve import Resolved


class SignsDescription(TypedDict):
    """What signs."""

    alg: ProfileName
    kid: str | None


class SecretDescription(TypedDict):
    """A secret that verifies."""

    kid: str | None
    bytes: int


class PublicKeyDescription(TypedDict):
    """A public key that verifies."""

    alg: str
    kid: str
    thumbprint: str


class Description(TypedDict):
    """A kit without its secrets; key sets and secrets are those that verify its own issuer's tokens."""

    issuer: str | None
    audience: list[str] | None
    profile: Literal["HS512", "EdDSA"] | None
    accept: list[str]
    ttl: int
    leeway: int
    maxLifetime: int
    signs: SignsDescription | None
    secrets: list[SecretDescription]
    publicKeys: list[PublicKeyDescription]
    jwksUrl: str | None
    jwksService: str | None
    jwksCacheTtl: int
    allowedThumbprints: list[str]


def describe(resolved: Resolved) -> Description:
    """Describe a configuration; the members' names are the same in every language.

    Args:
        resolved: as `resolve` gives it.
    """
    settings, signing, own = resolved.settings, resolved.signing, resolved.own
    signs = signing.signs
    return {
        "issuer": settings.issuer,
        "audience": list(settings.audiences) or None,
        "profile": signing.profile,
        "accept": [algorithm.name for algorithm in own.accept],
        "ttl": settings.ttl,
        "leeway": settings.limits.leeway,
        "maxLifetime": settings.limits.max_lifetime,
        "signs": None if signs is None else {"alg": signs.alg, "kid": signing.kid},
        "secrets": [{"kid": key.kid, "bytes": key.size} for key in own.secrets],
        "publicKeys": [{"alg": key.alg, "kid": key.kid, "thumbprint": key.thumbprint} for key in own.keys.keys],
        "jwksUrl": settings.jwks_url,
        "jwksService": settings.jwks_service,
        "jwksCacheTtl": settings.jwks_cache_ttl,
        "allowedThumbprints": list(settings.pins or ()),
    }
