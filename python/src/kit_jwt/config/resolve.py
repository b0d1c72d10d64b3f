"""From a configuration to the whole that a kit works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kit_jwt.errors import ConfigError
from kit_jwt.sources.trusted_issuer import TrustedIssuers

from .members import Members
from .options import MEMBERS
from .settings import Settings, read_settings
from .signing import Signing, read_signing, require_signing_for_kid
from .trust import OwnKeys, own_issuer, read_own, read_trust


@dataclass(frozen=True, slots=True)
class Resolved:
    """A configuration that was checked, with its keys."""

    settings: Settings
    signing: Signing
    own: OwnKeys
    trust: TrustedIssuers
    jwks_url: str | None
    jwks_service: str | None
    jwks_cache_ttl: int
    missing: str | None

    def require_verification(self) -> TrustedIssuers:
        """The trusted issuers.

        Raises:
            ConfigError: there is nothing to verify with: `config_missing`.
        """
        if self.missing is not None:
            raise ConfigError("config_missing", variable=self.missing)
        return self.trust


def resolve(config: Mapping[str, object]) -> Resolved:
    """Check a configuration and import its keys.

    Keys are read first, then what they make of the profile, then what is accepted: the order in which faults are told.

    Raises:
        ConfigError: every code, with the path of the option; not yet that the halves of the private key do not belong
            together (`Signing.require_whole`).
    """
    members = Members(config, MEMBERS)
    settings = read_settings(members)
    accept = members.algorithms("accept")
    signing = read_signing(members)
    own = read_own(members, signing, accept)
    require_signing_for_kid(members, signing)
    if settings.issuer is None and (own.present or signing.signs is not None or "trust" not in members):
        raise ConfigError("config_missing", variable="issuer")
    entries = read_trust(members, settings)
    if own.source is None and "jwks_service" in members:
        # Only an adapter knows how to call a service: it puts a key source beside the name.
        raise ConfigError("runtime_unsupported", variable="jwks_service")
    first = own_issuer(settings, own)
    if first is not None:
        entries = [first, *entries]
    return Resolved(
        settings,
        signing,
        own,
        TrustedIssuers(entries, None if settings.pins is None else frozenset(settings.pins)),
        members.url("jwks_url"),
        members.text("jwks_service"),
        members.integer("jwks_cache_ttl", 300, 1, 999_999_999),
        None if entries else "audience" if own.present else "secret",
    )
