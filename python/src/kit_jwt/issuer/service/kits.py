"""The kits of an issuer."""

from __future__ import annotations

from typing import Final, cast

from kit_jwt.config.options import KitConfig, TrustOptions
from kit_jwt.encoding.json_value import is_array
from kit_jwt.keys.signer import Signer
from kit_jwt.kit import Kit
from kit_jwt.sources.local_jwks import local_jwks
from kit_jwt.token.claims import Claims

from .clients import Client
from .config import IssuerConfig
from .published import ASSERTION_ALGORITHMS

_MAX_LEEWAY: Final = 90
"""The most that a kit takes."""
_TYPES: Final = ("JWT", "at+jwt")
"""`typ` of an access token, and of what an issuer without RFC 9068 writes."""
_ASSERTION_TYPES: Final = ("JWT", "client-authentication+jwt")
"""`typ` of an assertion: of RFC 7523, and of its successor."""


class Kits:
    """The kits of an issuer.

    Attributes:
        own: verifies tokens of this issuer, for any of those that it mints for.
        any: the same, and tokens of the issuers that it trusts.
    """

    def __init__(self, config: IssuerConfig) -> None:
        """Make those that verify.

        Raises:
            ConfigError: what `trust` has wrong.
        """
        self._config = config
        self._leeway = min(config.authority.timing.leeway, _MAX_LEEWAY)
        clients = config.clients.values()
        known = [name for client in clients for name in (*client.names, *client.audiences)]
        options: KitConfig = {
            "issuer": config.issuer,
            "audience": list(dict.fromkeys([config.issuer, *known, *config.admin.audiences])),
            "key_source": local_jwks(config.authority.jwks),
            "accept": ["EdDSA"],
            "max_lifetime": config.authority.timing.longest_ttl,
            # It mints nothing, and what it would mint must not live longer than anything may.
            "ttl": 1,
            "leeway": self._leeway,
            "types": _TYPES,
            "revocation": config.revocation,
            "clock": config.clock,
        }
        self.own = Kit(**options)
        if config.trust:
            options["trust"] = config.trust
        self.any = Kit(**options)
        self._asserting: dict[str, Kit] = {}
        self._minting: tuple[str, Kit] | None = None

    def minting(self) -> tuple[str, Kit]:
        """The `kid` of the key that is active now, and what mints with it."""
        config = self._config
        signer = config.authority.signer()
        minting = self._minting
        if minting is None or minting[0] != signer.kid:
            kit = Kit(
                issuer=config.issuer,
                signer=cast("Signer", signer),
                ttl=config.ttl,
                max_lifetime=config.authority.timing.longest_ttl,
                types=[config.token_type],
                clock=config.clock,
            )
            minting = self._minting = (signer.kid, kit)
        return minting

    def asserting(self, client: Client) -> Kit:
        """What verifies what a client says of itself (RFC 7523 section 3)."""
        kit = self._asserting.get(client.id)
        if kit is None:
            trust: TrustOptions = {
                "issuer": client.id,
                "audience": self._config.issuer,
                "algorithms": ASSERTION_ALGORITHMS,
                "public_keys": client.jwks or {"keys": []},
            }
            # Two threads may make one each: both remember assertions in the same store.
            kit = self._asserting[client.id] = Kit(
                trust=[trust],
                leeway=self._leeway,
                types=_ASSERTION_TYPES,
                replay=self._config.replay,
                clock=self._config.clock,
            )
        return kit


def audiences_of(claims: Claims) -> tuple[str, ...]:
    """The audiences of a token."""
    audience = claims["aud"]
    return tuple(str(name) for name in audience) if is_array(audience) else (str(audience),)


def is_for(claims: Claims, client: Client) -> bool:
    """Whether a token came to a client, under one of its names."""
    return any(name in client.names for name in audiences_of(claims))
