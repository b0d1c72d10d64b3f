"""The settings that are no keys: limits, types, stores, clock."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from kit_jwt.stores.replay import MemoryReplayStore, ReplayStore
from kit_jwt.stores.revocation import RevocationList
from kit_jwt.token.act import MAX_ACTOR_DEPTH
from kit_jwt.token.compact import MAX_TOKEN_BYTES
from kit_jwt.token.header import media_type
from kit_jwt.token.mint import MintLimits
from kit_jwt.token.verify import Limits

from .members import Members

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
    ttl: int
    typ: str
    header_alg: str
    limits: Limits
    mint_limits: MintLimits
    pins: tuple[str, ...] | None
    actors: tuple[str, ...] | None
    replay: ReplayStore
    revocation: RevocationList | None
    clock: Callable[[], object]
    entropy: Callable[[int], object]

    @property
    def audiences(self) -> tuple[str, ...]:
        """The accepted audiences, none where there is no setting."""
        if self.audience is None:
            return ()
        return (self.audience,) if isinstance(self.audience, str) else self.audience


def read_settings(members: Members) -> Settings:
    """Check the settings.

    Raises:
        ConfigError: `config_invalid` with the path.
    """
    max_lifetime = members.integer("max_lifetime", _MAX_LIFETIME, 1, _LARGEST)
    ttl = members.integer("ttl", _TTL, 1, max_lifetime)
    issuer, audience = members.text("issuer"), members.audience("audience")
    leeway = members.integer("leeway", _MOST_LEEWAY, 0, _MOST_LEEWAY)
    types = members.texts("types") or ("JWT",)
    limits = Limits(
        leeway=leeway,
        max_lifetime=max_lifetime,
        max_token_bytes=members.integer("max_token_bytes", MAX_TOKEN_BYTES, 1, _LARGEST),
        max_actor_depth=members.integer("max_actor_depth", MAX_ACTOR_DEPTH, 1, _MOST_ACTORS),
        types=frozenset(map(media_type, types)),
        require_type=members.flag("require_type"),
    )
    # The ports were checked for their methods; their types are the programmer's word. An empty store is false.
    replay = cast("ReplayStore | None", members.port("replay", "consume"))
    clock = cast("Callable[[], object] | None", members.function("clock"))
    entropy = cast("Callable[[int], object] | None", members.function("entropy"))
    return Settings(
        issuer=issuer,
        audience=audience,
        ttl=ttl,
        typ=types[0],
        header_alg=members.word("header_alg", ("EdDSA", "Ed25519")) or "EdDSA",
        limits=limits,
        mint_limits=MintLimits(max_lifetime, limits.max_token_bytes, limits.max_actor_depth),
        pins=members.thumbprints("allowed_thumbprints"),
        actors=members.texts("actors"),
        replay=MemoryReplayStore() if replay is None else replay,
        revocation=cast("RevocationList | None", members.port("revocation", "is_revoked")),
        clock=time.time if clock is None else clock,
        entropy=secrets.token_bytes if entropy is None else entropy,
    )
