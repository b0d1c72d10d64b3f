"""Verifying: the steps of the table, in its order; the first rule that fails gives the code.

The key step is a port here (`Trust`), filled by sources/trusted_issuer: tokens know nothing of where keys come from.
"""

from __future__ import annotations

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
from .header import check_type, parse_header
from .mapping import ClaimMapping
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


class _Route(NamedTuple):
    """What a header that was read, and is allowed, says of its key."""

    algorithm: Algorithm
    kid: str | None


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

    __slots__ = ("_headers", "_limits", "_trust")

    def __init__(self, trust: Trust, limits: Limits) -> None:
        """Verify with the keys of trusted issuers; `limits` hold for every token."""
        self._trust = trust
        self._limits = limits
        self._headers: dict[bytes, _Route] = {}

    def verify(self, token: object, now: float, required: Collection[str]) -> Flow[Verified]:
        """Verify a token.

        Args:
            token: the compact form; anything else is malformed.
            now: seconds since the epoch.
            required: claims that must be there besides `iss`, `aud` and `exp`.

        Raises:
            TokenError: every code of the table down to `token_lifetime_too_long`.
        """
        compact = split(token, self._limits.max_token_bytes)
        route = self._headers.get(compact.header) or self._read_header(compact.header)
        payload: dict[str, JSONValue] | None = None

        def is_named(holder: Expectation) -> bool:
            # Read once a key is known to have signed it, to tell which of the issuers that hold the key is meant.
            nonlocal payload
            payload = parse_object(compact.payload) if payload is None else payload
            return payload is not None and payload.get("iss") == holder.issuer

        query = KeyQuery(route.algorithm, route.kid, now)
        expectation = yield from self._trust.find(query, lambda key: _is_signer(key, compact), is_named)
        if payload is None:
            raise TokenError("claims_malformed")
        self._check_claims(payload, expectation, now, required)
        if len(compact.header) <= _LONGEST_HEADER:
            self._remember(compact.header, route)
        freeze_members(payload)
        return Verified(payload, expectation)

    def _read_header(self, data: bytes) -> _Route:
        header = parse_header(data)
        algorithm = ALGORITHMS.get(header.alg)
        if algorithm is None or not self._trust.allows(algorithm):
            raise TokenError("alg_not_allowed")
        check_type(header.typ, self._limits.types, required=self._limits.require_type)
        return _Route(algorithm, header.kid)

    def _remember(self, header: bytes, route: _Route) -> None:
        """Remember a header of a token that was verified: nobody without a key can fill the memory with others."""
        if header not in self._headers:
            if len(self._headers) >= _MOST_HEADERS:
                # A new dictionary, as other threads may look into this one.
                self._headers = {}
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
    if not any(item in expectation.audience for item in (aud if is_array(aud) else (aud,))):
        raise TokenError("audience_mismatch")
    act = payload.get("act")
    if isinstance(act, Mapping) and expectation.actors is not None and act["sub"] not in expectation.actors:
        raise TokenError("actor_not_allowed")


def _is_signer(key: VerifyKey, compact: Compact) -> Flow[bool]:
    later = None if isinstance(key, SecretKey) else key.later
    if later is None:
        return key.verify(compact.signing_input, compact.signature)
    outcome = yield Effect(lambda: later(compact.signing_input, compact.signature), later=True)
    if outcome.error is not None:
        raise outcome.error
    return outcome.value is True
