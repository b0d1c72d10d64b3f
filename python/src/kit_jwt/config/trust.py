"""The trusted issuers beside the kit's own."""

from __future__ import annotations

from typing import Final, TypeVar, cast

from kit_jwt.crypto.algorithms import HS512, Algorithm
from kit_jwt.errors import ConfigError
from kit_jwt.sources.key_set import KeySet
from kit_jwt.sources.key_source import KeySource
from kit_jwt.sources.trusted_issuer import TrustedIssuer
from kit_jwt.token.expectation import Expectation
from kit_jwt.token.mapping import ClaimMapping

from .members import Members
from .options import MAPPING_MEMBERS, TRUST_MEMBERS
from .settings import Settings
from .verification import Verification, read_public_keys, read_secret_entries, read_secrets, read_source

T = TypeVar("T")

_MOST_SECRETS: Final = 4


def read_trust(kit: Members, settings: Settings) -> list[TrustedIssuer]:
    """Check the other trusted issuers.

    Raises:
        ConfigError: every code of configuration and keys, with the path (`trust[0].audience`).
    """
    items = enumerate(kit.items("trust"))
    return [_entry(Members(item, TRUST_MEMBERS, f"trust[{index}]"), settings) for index, item in items]


def _entry(members: Members, kit: Settings) -> TrustedIssuer:
    """In the order of the kit's own: the form of lists, settings, keys, what contradicts, what is missing."""
    entries = read_secret_entries(members, "secrets", _MOST_SECRETS)
    issuer = _required(members, "issuer", members.text("issuer"))
    audience = members.audience("audience")
    audiences = (audience,) if isinstance(audience, str) else audience or kit.audiences
    _required(members, "audience", audiences or None)
    rows = _required(members, "algorithms", members.algorithms("algorithms"))
    url = members.url("jwks_url")
    key_source = cast("KeySource | None", members.port("key_source", "select"))
    own = issuer == kit.issuer
    actors = _actors(members, own=own)
    mapping = _mapping(members, rows, own=own)
    secrets = read_secrets(entries)
    public, is_open = read_public_keys(members, rows)
    verification = Verification(secrets, public, is_open, read_source(members, url, key_source, kit))
    for name, other in (("unsafe_any_actor", "actors" in members), ("mapping", own)):
        if name in members and other:
            raise ConfigError("config_conflict", variable=members.path(name))
    for row in rows:
        if not verification.serves(row):
            raise ConfigError("config_missing", variable=members.path("secrets" if row is HS512 else "public_keys"))
    return TrustedIssuer(
        Expectation(issuer, frozenset(audiences), own, actors, mapping),
        frozenset(row.name for row in rows),
        secrets,
        KeySet(public),
        verification.source,
    )


def _required(members: Members, name: str, value: T | None) -> T:
    if value is None:
        raise ConfigError("config_missing", variable=members.path(name))
    return value


def _actors(members: Members, *, own: bool) -> frozenset[str] | None:
    """The kit's own issuer may name any actor unless restricted, others none unless allowed."""
    actors = members.texts("actors")
    if "unsafe_any_actor" in members and members.get("unsafe_any_actor") is not True:
        members.refuse("unsafe_any_actor")
    if actors is None:
        return None if own or "unsafe_any_actor" in members else frozenset()
    return frozenset(actors)


def _mapping(members: Members, rows: tuple[Algorithm, ...], *, own: bool) -> ClaimMapping | None:
    if "mapping" in members:
        given = Members(members.get("mapping"), MAPPING_MEMBERS, members.path("mapping"))
        return ClaimMapping(given.text("subject_prefix"), given.text("permissions"), given.text("roles"))
    # An issuer with algorithms that kits do not sign with is an outside one: its permissions and roles are not ours.
    return ClaimMapping() if not own and any(row.outside for row in rows) else None
