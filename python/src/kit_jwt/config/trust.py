"""The trusted issuers of a kit: its own, and the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kit_jwt.crypto.algorithms import EDDSA, HS512, Algorithm
from kit_jwt.errors import ConfigError
from kit_jwt.keys.key import PublicKey, SecretKey
from kit_jwt.sources.key_set import KeySet
from kit_jwt.sources.key_source import KeySource
from kit_jwt.sources.trusted_issuer import TrustedIssuer
from kit_jwt.token.mapping import ClaimMapping
from kit_jwt.token.verify import Expectation

from .members import Members
from .options import MAPPING_MEMBERS, TRUST_MEMBERS
from .settings import Settings
from .signing import Signing
from .verification import ASYMMETRIC, has_key_set, read_public_keys, read_secrets, read_source, require_material

_MOST_ACCEPTED: Final = 3
_MOST_SECRETS: Final = 4


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """What verifies the tokens of the kit's own issuer: none of it where its algorithm is not accepted."""

    accept: tuple[Algorithm, ...]
    secrets: tuple[SecretKey, ...]
    keys: KeySet
    source: KeySource | None

    @property
    def present(self) -> bool:
        """Whether there is anything."""
        return bool(self.accept)


def read_own(members: Members, signing: Signing, accept: tuple[Algorithm, ...] | None) -> OwnKeys:
    """Check the keys of the kit's own issuer.

    Raises:
        ConfigError: the codes of keys; `config_conflict` and `config_missing` with the setting.
    """
    secrets = read_secrets(members, "accept_secrets", _MOST_ACCEPTED)
    if signing.secret is not None:
        secrets = (signing.secret, *secrets)
    public = read_public_keys(members, accept or (EDDSA,))
    if signing.private_key is not None:
        public = [signing.private_key.public, *public]
    source = read_source(members, members)
    _require_profile(members, signing, secrets)
    asymmetric = signing.private_key is not None or any(name in members for name in ASYMMETRIC)
    if accept is None:
        if secrets and asymmetric:
            raise ConfigError("config_conflict", variable="accept")
        accept = (HS512,) if secrets else (EDDSA,) if asymmetric else ()
    require_material("", accept, secrets, public, sourced=_may_have_more(members))
    return OwnKeys(
        accept,
        secrets if HS512 in accept else (),
        KeySet(key for key in public if key.algorithm in accept),
        source,
    )


def _require_profile(members: Members, signing: Signing, secrets: tuple[SecretKey, ...]) -> None:
    """A profile needs keys of its kind, be it only to verify: a consumer may say which one its issuer signs with."""
    if signing.profile is None or signing.signs is not None:
        return
    if signing.profile == "HS512" and not secrets:
        raise ConfigError("config_missing", variable="secret")
    if signing.profile == "EdDSA" and not any(name in members for name in ASYMMETRIC):
        raise ConfigError("config_missing", variable="private_key")


def own_issuer(settings: Settings, own: OwnKeys) -> TrustedIssuer | None:
    """The entry of the kit's own issuer; None without keys, and without an audience."""
    if not own.present or settings.issuer is None or settings.audience is None:
        return None
    actors = None if settings.actors is None else frozenset(settings.actors)
    expectation = Expectation(settings.issuer, frozenset(settings.audiences), own=True, actors=actors)
    algorithms = frozenset(algorithm.name for algorithm in own.accept)
    return TrustedIssuer(expectation, algorithms, own.secrets, own.keys, own.source)


def read_trust(kit: Members, settings: Settings) -> list[TrustedIssuer]:
    """Check the other trusted issuers.

    Raises:
        ConfigError: every code of configuration and keys, with the path (`trust[0].audience`).
    """
    items = enumerate(kit.items("trust"))
    return [_entry(Members(item, TRUST_MEMBERS, f"trust[{index}]"), kit, settings) for index, item in items]


def _entry(members: Members, kit: Members, settings: Settings) -> TrustedIssuer:
    issuer, algorithms = members.text("issuer"), members.algorithms("algorithms")
    for name, value in (("issuer", issuer), ("algorithms", algorithms)):
        if value is None:
            raise ConfigError("config_missing", variable=members.path(name))
    audience = members.audience("audience")
    audiences = (audience,) if isinstance(audience, str) else audience or settings.audiences
    if not audiences:
        raise ConfigError("config_missing", variable=members.path("audience"))
    rows = algorithms or ()
    own = issuer == settings.issuer
    actors, mapping = _actors(members, own=own), _mapping(members, rows, own=own)
    secrets = read_secrets(members, "secrets", _MOST_SECRETS)
    public: list[PublicKey] = read_public_keys(members, rows)
    source = read_source(members, kit)
    require_material(members.path(""), rows, secrets, public, sourced=_may_have_more(members))
    return TrustedIssuer(
        Expectation(issuer or "", frozenset(audiences), own, actors, mapping),
        frozenset(row.name for row in rows),
        secrets,
        KeySet(public),
        source,
    )


def _may_have_more(members: Members) -> bool:
    return has_key_set(members) or any(name in members for name in ASYMMETRIC if name != "public_keys")


def _actors(members: Members, *, own: bool) -> frozenset[str] | None:
    actors = members.texts("actors")
    if "unsafe_any_actor" in members:
        if members.get("unsafe_any_actor") is not True:
            members.refuse("unsafe_any_actor")
        if actors is not None:
            raise ConfigError("config_conflict", variable=members.path("unsafe_any_actor"))
        return None
    if actors is None:
        return None if own else frozenset()
    return frozenset(actors)


def _mapping(members: Members, rows: tuple[Algorithm, ...], *, own: bool) -> ClaimMapping | None:
    if "mapping" in members:
        path = members.path("mapping")
        given = Members(members.get("mapping"), MAPPING_MEMBERS, path)
        if own:
            raise ConfigError("config_conflict", variable=path)
        return ClaimMapping(given.text("subject_prefix"), given.text("permissions"), given.text("roles"))
    # An issuer with algorithms that kits do not sign with is an outside one: its permissions and roles are not ours.
    return ClaimMapping() if not own and any(row.outside for row in rows) else None
