"""Everything that is no key: names, limits, types, stores, clock."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from kit_jwt.crypto.algorithms import Algorithm, ProfileName
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import ConfigError
from kit_jwt.keys.signer import Signer
from kit_jwt.sources.key_source import KeySource
from kit_jwt.sources.remote_jwks import CACHE_TTL
from kit_jwt.sources.transport import Transport, fetch
from kit_jwt.stores.replay import MemoryReplayStore, ReplayStore
from kit_jwt.stores.revocation import RevocationList
from kit_jwt.token.act import MAX_ACTOR_DEPTH
from kit_jwt.token.compact import MAX_TOKEN_BYTES
from kit_jwt.token.header import media_type
from kit_jwt.token.mint import MintLimits
from kit_jwt.token.verify import Limits

from .members import Members

_PROFILES: Final = ("HS512", "EdDSA")
_TTL: Final = 900
_MOST_LEEWAY: Final = 90
_MAX_LIFETIME: Final = 86_400
_MOST_ACTORS: Final = 14  # with the payload and the claim itself, 16 containers
_LARGEST: Final = 999_999_999  # what nine digits of an environment variable hold


@dataclass(frozen=True, slots=True)
class Settings:
    """Checked settings."""

    issuer: str | None
    audience: str | tuple[str, ...] | None
    profile: ProfileName | None
    accept: tuple[Algorithm, ...] | None
    ttl: int
    kid: str | None
    jwks_url: str | None
    jwks_service: str | None
    jwks_cache_ttl: int
    pins: tuple[str, ...] | None
    key_source: KeySource | None
    signer: Signer | None
    typ: str
    header_alg: str
    limits: Limits
    mint_limits: MintLimits
    signature_cache_bytes: int | None
    actors: tuple[str, ...] | None
    replay: ReplayStore
    revocation: RevocationList | None
    transport: Transport
    clock: Callable[[], object]
    entropy: Callable[[int], object]

    @property
    def audiences(self) -> tuple[str, ...]:
        """The accepted audiences, none where there is no setting."""
        if self.audience is None:
            return ()
        return (self.audience,) if isinstance(self.audience, str) else self.audience


def read_settings(members: Members) -> Settings:
    """Check each setting on its own.

    The order is the one in which faults are told: that of the table of variables, then options that have no variable.

    Raises:
        ConfigError: `config_invalid` with the path; `config_missing` for the `kid` of a remote signer.
    """
    issuer, audience = members.text("issuer"), members.audience("audience")
    profile = cast("ProfileName | None", members.word("profile", _PROFILES))
    accept = members.algorithms("accept")
    ttl = members.integer("ttl", _TTL, 1, _LARGEST)
    leeway = members.integer("leeway", _MOST_LEEWAY, 0, _MOST_LEEWAY)
    max_lifetime = members.integer("max_lifetime", _MAX_LIFETIME, 1, _LARGEST)
    kid = members.text("kid")
    jwks_url, jwks_service = members.url("jwks_url"), members.text("jwks_service")
    jwks_cache_ttl = members.integer("jwks_cache_ttl", CACHE_TTL, 1, _LARGEST)
    pins = members.thumbprints("allowed_thumbprints")
    if ttl > max_lifetime:
        members.refuse("ttl")
    # The ports are checked for their methods; their types are the programmer's word.
    key_source = cast("KeySource | None", members.port("key_source", "select"))
    signer = _signer(members, kid)
    max_token_bytes = members.integer("max_token_bytes", MAX_TOKEN_BYTES, 1, _LARGEST)
    max_actor_depth = members.integer("max_actor_depth", MAX_ACTOR_DEPTH, 1, _MOST_ACTORS)
    cache = "signature_cache_bytes"
    signature_cache_bytes = members.integer(cache, 0, 1, _LARGEST) if cache in members else None
    types = members.texts("types") or ("JWT",)
    limits = Limits(
        leeway=leeway,
        max_lifetime=max_lifetime,
        max_token_bytes=max_token_bytes,
        max_actor_depth=max_actor_depth,
        types=frozenset(map(media_type, types)),
        require_type=members.flag("require_type"),
    )
    header_alg = members.word("header_alg", ("EdDSA", "Ed25519")) or "EdDSA"
    actors = members.texts("actors")
    replay = cast("ReplayStore | None", members.port("replay", "consume"))
    revocation = cast("RevocationList | None", members.port("revocation", "is_revoked"))
    transport = cast("Transport | None", members.function("transport"))
    clock = cast("Callable[[], object] | None", members.function("clock"))
    entropy = cast("Callable[[int], object] | None", members.function("entropy"))
    return Settings(
        issuer=issuer,
        audience=audience,
        profile=profile,
        accept=accept,
        ttl=ttl,
        kid=kid,
        jwks_url=jwks_url,
        jwks_service=jwks_service,
        jwks_cache_ttl=jwks_cache_ttl,
        pins=pins,
        key_source=key_source,
        signer=signer,
        typ=types[0],
        header_alg=header_alg,
        limits=limits,
        mint_limits=MintLimits(max_lifetime, max_token_bytes, max_actor_depth),
        signature_cache_bytes=signature_cache_bytes,
        actors=actors,
        # An empty store is false.
        replay=MemoryReplayStore() if replay is None else replay,
        revocation=revocation,
        transport=fetch if transport is None else transport,
        clock=time.time if clock is None else clock,
        entropy=os.urandom if entropy is None else entropy,
    )


def _signer(members: Members, given: str | None) -> Signer | None:
    """A remote signer; its `kid` may be given beside it."""
    signer = cast("Signer | None", members.port("signer", "sign"))
    if signer is None:
        return None
    alg, kid = getattr(signer, "alg", None), getattr(signer, "kid", None)
    if alg not in _PROFILES:
        raise ConfigError("config_invalid", variable="signer.alg")
    if kid is not None and (not isinstance(kid, str) or not kid or not is_well_formed(kid)):
        raise ConfigError("config_invalid", variable="signer.kid")
    if kid is None and given is None and alg == "EdDSA":
        raise ConfigError("config_missing", variable="signer.kid")
    return signer
