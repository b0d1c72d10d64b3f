"""From a configuration to the whole that a kit works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from kit_jwt.crypto.algorithms import EDDSA, HS512, Algorithm
from kit_jwt.errors import ConfigError
from kit_jwt.keys.key import SecretKey
from kit_jwt.sources.key_set import KeySet
from kit_jwt.sources.key_source import KeySource
from kit_jwt.sources.trusted_issuer import TrustedIssuer, TrustedIssuers
from kit_jwt.token.effects import Flow
from kit_jwt.token.expectation import Expectation

from .members import Members
from .options import MEMBERS
from .settings import Settings, read_settings
from .signing import OwnKeys, Signing, read_own_private_key, read_own_secret, read_signing
from .trust import read_trust
from .verification import Verification, read_public_keys, read_secret_entries, read_secrets, read_source

Role: TypeAlias = Literal["producer", "consumer"]
"""What a service needs a kit for: to sign, or to verify."""


@dataclass(frozen=True, slots=True)
class Own:
    """What verifies the tokens of the kit's own issuer: none of it where its algorithm is not accepted."""

    accept: tuple[Algorithm, ...]
    secrets: tuple[SecretKey, ...]
    keys: KeySet
    source: KeySource | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A configuration that was checked, with its keys."""

    settings: Settings
    signing: Signing
    own: Own
    trust: TrustedIssuers
    missing: str | None
    service_origin: str

    def require_ready(self) -> Flow[None]:
        """What is told last, and later where the runtime answers later: the halves of the private key, the service.

        Raises:
            ConfigError: `key_invalid`, `runtime_unsupported`.
        """
        yield from self.signing.require_whole_later()
        _require_service(self.settings, self.own.source, self.service_origin)

    def require_verification(self) -> TrustedIssuers:
        """The trusted issuers.

        Raises:
            ConfigError: there is nothing to verify with: `config_missing`.
        """
        if self.missing is not None:
            raise ConfigError("config_missing", variable=self.missing)
        return self.trust


def resolve(config: Mapping[str, object], *, alone: bool = False, role: Role | None = None) -> Resolved:
    """Check a configuration in the order in which faults are told, and import its keys.

    Each setting, each key, what contradicts, what is missing; last of all what takes a runtime to tell.

    Args:
        config: the members of `KitConfig`.
        alone: whether there must be material of the kit's own, as in an environment, which trusts nobody else.
        role: what the material has to be good for.

    Raises:
        ConfigError: every code, with the path of the option.
    """
    members = Members(config, MEMBERS)
    entries = read_secret_entries(members)
    settings = read_settings(members)
    secret = read_own_secret(members, settings)
    accepted = read_secrets(entries)
    private_key, belongs = read_own_private_key(members)
    public, is_open = read_public_keys(members, settings.accept or ())
    source = read_source(members, settings.jwks_url, settings.key_source, settings)
    origin, service_origin = (_origin(members, name) for name in ("private_key", "jwks_service"))
    signing = read_signing(members, settings, OwnKeys(secret, private_key, belongs, origin))
    verification = _with_own(signing, Verification(accepted, public, is_open, source))
    kinds = _kinds(verification)
    if alone and not kinds:
        raise ConfigError("config_missing", variable="secret")
    _require_profile(signing, kinds)
    accept = _accept(settings.accept, verification, kinds)
    if settings.issuer is None and (accept or signing.signs is not None or "trust" not in members):
        raise ConfigError("config_missing", variable="issuer")
    _require_role(role, settings, signing)
    trust = read_trust(members, settings)
    signing.require_whole()
    if signing.belongs is not None:
        _require_service(settings, source, service_origin)
    keys = KeySet(key for key in verification.public_keys if key.algorithm in accept)
    own = Own(accept, verification.secrets if HS512 in accept else (), keys, source)
    issuers = [*_own_issuer(settings, own), *trust]
    pins = None if settings.pins is None else frozenset(settings.pins)
    missing = None if issuers else "audience" if accept else "secret"
    return Resolved(settings, signing, own, TrustedIssuers(issuers, pins), missing, service_origin)


def _origin(members: Members, name: str) -> str:
    """The option, or the environment variable that it came from."""
    return str(getattr(members.get(name), "variable", name))


def _require_service(settings: Settings, source: KeySource | None, origin: str) -> None:
    # Nothing here can call a service: an adapter that can puts a key source beside its name.
    if settings.jwks_service is not None and source is None:
        raise ConfigError("runtime_unsupported", variable=origin)


def _with_own(signing: Signing, verification: Verification) -> Verification:
    """What signs verifies too."""
    secrets, public = verification.secrets, verification.public_keys
    if signing.secret is not None:
        secrets = (signing.secret, *secrets)
    if signing.private_key is not None:
        public = (signing.private_key.public, *public)
    return replace(verification, secrets=secrets, public_keys=public)


def _kinds(verification: Verification) -> tuple[Algorithm, ...]:
    """The kinds of material that there are to verify with."""
    asymmetric = verification.is_open or verification.public_keys
    return (*((HS512,) if verification.secrets else ()), *((EDDSA,) if asymmetric else ()))


def _require_profile(signing: Signing, kinds: tuple[Algorithm, ...]) -> None:
    """A profile needs material of its kind, be it only to verify: a consumer may say what its issuer signs with."""
    if signing.profile is None or signing.signs is not None or any(kind.name == signing.profile for kind in kinds):
        return
    raise ConfigError("config_missing", variable="secret" if signing.profile == "HS512" else "private_key")


def _accept(
    configured: tuple[Algorithm, ...] | None, verification: Verification, kinds: tuple[Algorithm, ...]
) -> tuple[Algorithm, ...]:
    if configured is None and len(kinds) > 1:
        raise ConfigError("config_conflict", variable="accept")
    for algorithm in configured or ():
        if not verification.serves(algorithm):
            raise ConfigError("config_missing", variable="secret" if algorithm is HS512 else "public_keys")
    return configured or kinds


def _require_role(role: Role | None, settings: Settings, signing: Signing) -> None:
    if role == "consumer" and settings.audience is None:
        raise ConfigError("config_missing", variable="audience")
    if role == "producer" and signing.signs is None:
        raise ConfigError("config_missing", variable="private_key" if signing.profile == "EdDSA" else "secret")


def _own_issuer(settings: Settings, own: Own) -> list[TrustedIssuer]:
    """The entry of the kit's own issuer; none without keys, and without an audience."""
    if not own.accept or settings.issuer is None or settings.audience is None:
        return []
    actors = None if settings.actors is None else frozenset(settings.actors)
    expectation = Expectation(settings.issuer, frozenset(settings.audiences), own=True, actors=actors)
    algorithms = frozenset(algorithm.name for algorithm in own.accept)
    return [TrustedIssuer(expectation, algorithms, own.secrets, own.keys, own.source)]
