"""Verifying: the steps of the table, in its order; the first rule that fails gives the code.

The key step is a port here (`Trust`), filled by sources/trusted_issuer: tokens know nothing of where keys come from.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol, TypeAlias

from kit_jwt.crypto.algorithms import ALGORITHMS, Algorithm
from kit_jwt.encoding.json_value import JSONValue, freeze_members, is_array
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.errors import TokenError
from kit_jwt.keys.key import SecretKey, VerifyKey

from .claims import check_claims
from .compact import Compact, split
from .effects import Effect, Flow
from .header import Route, check_type, parse_header
from .mapping import ClaimMapping
from .signature_cache import Remembered, SignatureCache
from .time import check_time


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of the tokens of one trusted issuer.

    Attributes:
        issuer: exact `iss`.
        audience: any one of a token's audiences must be among these.
        own: whether it is the kit's own issuer: `iat` is required, and a lifetime has its limit.
        actors: outermost actors that it may name, None for any.
        mapping: for an outside identity provider, what becomes of its claims; None for all others.
    """

    issuer: str
    audience: frozenset[str]
    own: bool
    actors: frozenset[str] | None
    mapping: ClaimMapping | None = None


class KeyQuery(NamedTuple):
    """What a header says of its key, and the moment.

    Attributes:
        algorithm: of the table.
        kid: the header's, or None where it has none.
        now: seconds since the epoch.
    """

    algorithm: Algorithm
    kid: str | None
    now: float


_REQUIRED: Final = ("iss", "aud", "exp")
_OWN_REQUIRED: Final = (*_REQUIRED, "iat")

_MOST_HEADERS: Final = 64
_LONGEST_HEADER: Final = 1024  # bytes


IsSigner: TypeAlias = Callable[[VerifyKey], Flow[bool]]
"""Whether a key made the signature; asked once for each key."""

IsNamed: TypeAlias = Callable[[Expectation], bool]
"""Whether the token names an issuer; asked of those whose key made the signature."""


class Trust(Protocol):
    """Where keys come from."""

    def allows(self, algorithm: Algorithm) -> bool:
        """Whether any trusted issuer uses the algorithm."""
        ...

    def find(self, query: KeyQuery, is_signer: IsSigner, is_named: IsNamed) -> Flow[Expectation]:
        """The issuer whose key signed; raises the codes of the key step, and `signature_invalid`."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for every token that a kit verifies; `types` come as `header.media_type` gives them."""

    leeway: int
    max_lifetime: int
    max_token_bytes: int
    max_actor_depth: int
    types: frozenset[str]
    require_type: bool


@dataclass(frozen=True, slots=True, repr=False)
class Verified:
    """The payload of a token up to and including its times, immutable, and the issuer that vouches for it."""

    payload: dict[str, JSONValue]
    expectation: Expectation


class Verifier:
    """What verifies the tokens of a kit, from their size to their times."""

    __slots__ = ("_cache", "_headers", "_limits", "_segments", "_trust")

    def __init__(self, trust: Trust, limits: Limits, cache: SignatureCache | None = None) -> None:
        """Verify with the keys of trusted issuers; `limits` hold for every token, `cache` remembers some."""
        self._cache = cache
        self._trust = trust
        self._limits = limits
        # Headers of verified tokens: their segments decoded, and what they say.
        self._segments: dict[str, bytes] = {}
        self._headers: dict[bytes, Route] = {}

    def verify(self, token: object, now: float, required: Collection[str]) -> Flow[Verified]:
        """Verify a token.

        Args:
            token: the compact form; anything else is malformed.
            now: seconds since the epoch.
            required: claims that must be there besides `iss`, `aud` and `exp`.

        Raises:
            TokenError: every code of the table down to `token_lifetime_too_long`.
        """
        cache = self._cache
        known = cache.find(token) if cache is not None and type(token) is str else None
        if known is None:
            compact = split(token, self._limits.max_token_bytes, self._segments)
            route = self._headers.get(compact.header) or self._read_header(compact.header)
        else:
            # The same text has the same header, and whether that is allowed never changes.
            compact, route = None, known.route
        case = _Case(token, compact, known)
        query = KeyQuery(route.algorithm, route.kid, now)
        expectation = yield from self._trust.find(query, case.is_signer, case.is_named)
        payload = case.payload
        if payload is None:
            raise TokenError("claims_malformed")
        self._check_claims(payload, expectation, now, required)
        if compact is not None and compact.header not in self._headers:
            self._remember_header(str(token), compact.header, route)
        if cache is not None and case.key is not None and (known is None or known.key is not case.key):
            cache.remember(str(token), Remembered(route, case.key, payload))
        return Verified(payload, expectation)

    def _read_header(self, data: bytes) -> Route:
        header = parse_header(data)
        algorithm = ALGORITHMS.get(header.alg)
        if algorithm is None or not self._trust.allows(algorithm):
            raise TokenError("alg_not_allowed")
        check_type(header.typ, self._limits.types, required=self._limits.require_type)
        return Route(algorithm, header.kid)

    def _remember_header(self, token: str, header: bytes, route: Route) -> None:
        """Remember a header of a token that was verified: nobody without a key can fill the memory with others."""
        if len(header) <= _LONGEST_HEADER:
            if len(self._headers) >= _MOST_HEADERS:
                # New dictionaries, as other threads may look into these.
                self._segments, self._headers = {}, {}
            self._segments[token.partition(".")[0]] = header
            self._headers[header] = route

    def _check_claims(
        self, payload: dict[str, JSONValue], expectation: Expectation, now: float, required: Collection[str]
    ) -> None:
        limits, own = self._limits, expectation.own
        needed = (*(_OWN_REQUIRED if own else _REQUIRED), *required)
        check_claims(payload, required=needed, max_actor_depth=limits.max_actor_depth)
        check_expectation(payload, expectation)
        check_time(payload, now, limits.leeway, limits.max_lifetime if own else None)


def check_expectation(payload: Mapping[str, JSONValue], expectation: Expectation) -> None:
    """Hold issuer, audience and outermost actor against what is expected: exact equality, never a pattern.

    Raises:
        TokenError: `issuer_mismatch`, `audience_mismatch`, `actor_not_allowed`.
    """
    if payload["iss"] != expectation.issuer:
        raise TokenError("issuer_mismatch")
    aud = payload["aud"]
    if expectation.audience.isdisjoint(aud if is_array(aud) else (aud,)):
        raise TokenError("audience_mismatch")
    if "act" not in payload or expectation.actors is None:
        return
    act = payload["act"]
    if isinstance(act, Mapping) and act["sub"] not in expectation.actors:
        raise TokenError("actor_not_allowed")


class _Case:
    """One token on its way through the key step: what its key made, and what it says."""

    __slots__ = ("_compact", "_known", "_token", "key", "payload")

    def __init__(self, token: object, compact: Compact | None, known: Remembered | None) -> None:
        self._token = token
        self._compact = compact
        self._known = known
        self.key: VerifyKey | None = None
        self.payload: dict[str, JSONValue] | None = None

    def is_signer(self, key: VerifyKey) -> Flow[bool]:
        """Whether a key made the signature: remembered of the very same key, else computed."""
        if self._known is not None and self._known.key is key:
            holds = True
        else:
            if self._compact is None:
                self._compact = split(self._token, sys.maxsize)
            holds = yield from _verified_by(key, self._compact)
        if holds:
            self.key = key
        return holds

    def is_named(self, holder: Expectation) -> bool:
        """Whether the token names an issuer."""
        # Read once a key is known to have signed it, to tell which of the issuers that hold the key is meant.
        if self.payload is None and self._known is not None:
            self.payload = self._known.payload
        elif self.payload is None and self._compact is not None:
            self.payload = parse_object(self._compact.payload)
            if self.payload is not None:
                freeze_members(self.payload)
        return self.payload is not None and self.payload.get("iss") == holder.issuer


def _verified_by(key: VerifyKey, compact: Compact) -> Flow[bool]:
    later = None if isinstance(key, SecretKey) else key.later
    if later is None:
        return key.verify(compact.signing_input, compact.signature)
    outcome = yield Effect(lambda: later(compact.signing_input, compact.signature), later=True)
    if outcome.error is not None:
        raise outcome.error
    return outcome.value is True
