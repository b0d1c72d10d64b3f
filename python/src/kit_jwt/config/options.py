"""The members of a kit's configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, Required, TypeAlias, TypedDict

from kit_jwt.crypto.algorithms import AlgorithmName, ProfileName
from kit_jwt.keys.signer import Signer
from kit_jwt.sources.key_source import KeySource
from kit_jwt.sources.transport import Transport
from kit_jwt.stores.replay import ReplayStore
from kit_jwt.stores.revocation import RevocationList


class NamedSecret(TypedDict, total=False):
    """A secret, base64url text, with the `kid` that it answers to; an `oct` JWK has its own."""

    kid: Required[str]
    secret: Required[str]


SecretOption: TypeAlias = str | Mapping[str, object] | NamedSecret
"""A secret: base64url text, without or with a `kid`, or an `oct` JWK object."""

PublicKeysOption: TypeAlias = str | Mapping[str, object] | Sequence[Mapping[str, object]]
"""A public JWK or a JWKS, as an object or JSON text, or a list of JWKs."""


class MappingOptions(TypedDict, total=False):
    """Which claims of an outside identity provider are taken over.

    Attributes:
        subject_prefix: put before `sub`.
        permissions: name of the claim that becomes `permissions`: a list of strings, or a string split at spaces.
        roles: name of the claim that becomes `roles`.
    """

    subject_prefix: str
    permissions: str
    roles: str


class TrustOptions(TypedDict, total=False):
    """One trusted issuer beside the kit's own.

    Attributes:
        issuer: exact `iss`.
        audience: accepted audiences; the kit's when left out.
        algorithms: accepted algorithms.
        secrets: up to four that verify its tokens.
        public_keys: what verifies its tokens; only one of this and the next two.
        jwks_url: its JWKS: `https:`, or `http:` on loopback.
        key_source: knows its keys.
        actors: outermost actors that it may name; none when left out.
        unsafe_any_actor: True lets it name anybody.
        mapping: makes it an outside identity provider.
    """

    issuer: Required[str]
    audience: str | Sequence[str]
    algorithms: Required[Sequence[AlgorithmName]]
    secrets: Sequence[SecretOption]
    public_keys: PublicKeysOption
    jwks_url: str
    key_source: KeySource
    actors: Sequence[str]
    unsafe_any_actor: Literal[True]
    mapping: MappingOptions


class KitConfig(TypedDict, total=False):
    """A kit's configuration, the keywords of `Kit`. A member that is None, empty or unknown is refused.

    Attributes:
        issuer: `iss` of its tokens, and its own trusted issuer.
        audience: accepted audiences, and the default `aud` of its tokens.
        profile: the algorithm that it signs with; needed only where both kinds of signing material are there.
        secret: HS512: signs and verifies.
        accept_secrets: up to three more that verify.
        private_key: Ed25519 private JWK, object or text: signs, and its public half verifies.
        kid: of the key or secret that signs.
        public_keys: what else verifies its own issuer's tokens; only one of this, `jwks_url`, `jwks_service` and
            `key_source`.
        jwks_url: its JWKS: `https:`, or `http:` on loopback.
        jwks_service: name of the service binding that serves its JWKS; an adapter puts a `key_source` beside it.
        key_source: knows its keys.
        jwks_cache_ttl: seconds that an answer of `jwks_url` is used (300).
        transport: fetches `jwks_url`s in place of the standard library.
        signer: signs in place of a local key.
        accept: algorithms accepted from its own issuer; needed where there are both kinds of keys.
        trust: other trusted issuers.
        ttl: seconds that its tokens live (900).
        leeway: seconds of tolerance for clocks, 0 to 90 (90).
        max_lifetime: seconds that a token of its own issuer may live at most (86400).
        max_token_bytes: size of a token at most (16384).
        max_actor_depth: actors in a chain at most, 1 to 14 (5).
        signature_cache_bytes: memory for tokens whose signature held, so that it is not computed again when the same
            token comes again; everything else is checked each time. Off when left out.
        types: accepted `typ`s (["JWT"]); the first is written.
        require_type: whether a token without `typ` is refused (False).
        header_alg: how its tokens name Ed25519: `EdDSA` (the default) or `Ed25519`.
        allowed_thumbprints: pins: no other asymmetric key is taken, of any issuer.
        actors: outermost actors that its own issuer may name; any when left out.
        replay: replay store; in memory, for this process, when left out.
        revocation: revocation list; none when left out.
        clock: gives seconds since the epoch.
        entropy: gives that many random bytes.
    """

    issuer: str
    audience: str | Sequence[str]
    profile: ProfileName
    secret: str | Mapping[str, object]
    accept_secrets: Sequence[SecretOption]
    private_key: str | Mapping[str, object]
    kid: str
    public_keys: PublicKeysOption
    jwks_url: str
    jwks_cache_ttl: int
    jwks_service: str
    key_source: KeySource
    transport: Transport
    signer: Signer
    accept: Sequence[AlgorithmName]
    trust: Sequence[TrustOptions]
    ttl: int
    leeway: int
    max_lifetime: int
    max_token_bytes: int
    max_actor_depth: int
    signature_cache_bytes: int
    types: Sequence[str]
    require_type: bool
    header_alg: Literal["EdDSA", "Ed25519"]
    allowed_thumbprints: Sequence[str]
    actors: Sequence[str]
    replay: ReplayStore
    revocation: RevocationList
    clock: Callable[[], float]
    entropy: Callable[[int], bytes]


MEMBERS: Final = frozenset(KitConfig.__annotations__)
TRUST_MEMBERS: Final = frozenset(TrustOptions.__annotations__)
MAPPING_MEMBERS: Final = frozenset(MappingOptions.__annotations__)
