"""Services that an issuer knows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Required, TypeAlias, TypedDict, get_args

from kit_jwt.encoding.base64url import decode_base64url

from .members import Members

Grant: TypeAlias = Literal["client_credentials", "token-exchange"]
"""What a client may ask for."""


class ClientConfig(TypedDict, total=False):
    """A service that the issuer knows.

    Attributes:
        id: `client_id`: the subject of its own tokens, and the actor of those that it acts with.
        secret_sha256: SHA-256 of its secret in base64url, or of two while it changes. The secret is random, and long.
        jwks: its public keys, for `private_key_jwt` (RFC 7523).
        grants: none when left out: it may still introspect, and revoke.
        audiences: services that its tokens may be for; where it is one, that is the default.
        names: under which others address it, its id when left out: it may exchange and introspect what came to one of
            them.
        permissions: what its own tokens carry.
        roles: what its own tokens carry.
        scopes: that its own tokens may carry; all of them where it does not ask.
        ttl: seconds that its tokens live, those of the issuer when left out.
    """

    id: Required[str]
    secret_sha256: str | Sequence[str]
    jwks: Mapping[str, object]
    grants: Sequence[Grant]
    audiences: Sequence[str]
    names: Sequence[str]
    permissions: Sequence[str]
    roles: Sequence[str]
    scopes: Sequence[str]
    ttl: int


@dataclass(frozen=True, slots=True, repr=False, eq=False, kw_only=True)
class Client:
    """A client, checked; its digests have 32 bytes each, see `ClientConfig` for the rest."""

    id: str
    digests: Sequence[bytes]
    jwks: Mapping[str, object] | None
    grants: Sequence[str]
    audiences: Sequence[str]
    names: Sequence[str]
    permissions: Sequence[str]
    roles: Sequence[str]
    scopes: Sequence[str]
    ttl: int | None


ADMIN: Final = "admin"
"""The name under which the records of the admin form stand: no client has it."""

_DIGEST_BYTES: Final = 32
_MAX_SECRETS: Final = 2
_ID: Final = re.compile("[!-9;-~]{1,128}")
"""What every form of authentication can carry: no colon, no space."""
_SCOPE: Final = re.compile(r"[!#-[\]-~]+")
"""RFC 6749 appendix A.4."""


def read_client(given: object, path: str, longest_ttl: int) -> Client:
    """Check a client.

    Raises:
        ConfigError: `config_invalid`, `config_missing` with the member.
    """
    members = Members(given, ClientConfig.__annotations__, path)
    client_id = members.text("id", lambda text: _ID.fullmatch(text) and text != ADMIN)
    if client_id is None:
        members.fail("id", "config_missing")
    digests = _digests_of(members)
    jwks = members.get("jwks")
    if members.has("jwks") and not (isinstance(jwks, Mapping) and isinstance(jwks.get("keys"), list) and jwks["keys"]):
        members.fail("jwks")
    if not digests and jwks is None:
        members.fail("secret_sha256", "config_missing")
    grants = members.texts("grants", lambda grant: grant in get_args(Grant))
    audiences = members.texts("audiences")
    if grants and not audiences:
        members.fail("audiences", "config_missing")
    return Client(
        id=client_id,
        digests=digests,
        jwks=jwks if isinstance(jwks, Mapping) else None,
        grants=grants,
        audiences=audiences,
        names=members.texts("names") if members.has("names") else (client_id,),
        permissions=members.texts("permissions"),
        roles=members.texts("roles"),
        scopes=members.texts("scopes", _SCOPE.fullmatch),
        ttl=members.seconds("ttl", longest_ttl),
    )


def _digests_of(members: Members) -> Sequence[bytes]:
    given = members.get("secret_sha256")
    if not members.has("secret_sha256"):
        return ()
    texts = given if isinstance(given, (list, tuple)) else [given]
    digests = [decode_base64url(text) if isinstance(text, str) else None for text in texts]
    found = [digest for digest in digests if digest is not None and len(digest) == _DIGEST_BYTES]
    if not 1 <= len(digests) <= _MAX_SECRETS or len(found) < len(digests):
        members.fail("secret_sha256")
    return found
