"""Verifying: the steps of the table, in its order; the first rule that fails gives the code.

The key step is a port here (`Trust`), filled by sources/trusted_issuer: tokens know nothing of where keys come from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol, TypeAlias

from kit_jwt.crypto.algorithms import ALGORITHMS, Algorithm
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.encoding.strict_json import parse_frozen
from kit_jwt.errors import TokenError
from kit_jwt.keys.key import VerifyKey

from .claims import check_claims
from .compact import Compact, sized, split
from .effects import Flow
from .expectation import Expectation, check_expectation
from .header import check_type, parse_header
from .opened import Opened, is_made_by, remembered_of
from .signature_cache import Remembered, SignatureCache
from .time import check_time


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


class Route(NamedTuple):
    """Where a header that was read, and is allowed, leads.

    Attributes:
        algorithm: of the table.
        kid: the header's, or None where it has none.
        only: the one key that can have made the signature, and whose it is; None where it has to be looked for.
    """

    algorithm: Algorithm
    kid: str | None
    only: tuple[VerifyKey, Expectation] | None


_REQUIRED: Final = ("iss", "aud", "exp")
_OWN_REQUIRED: Final = (*_REQUIRED, "iat")

_MOST_HEADERS: Final = 64
_LONGEST_HEADER: Final = 1024  # bytes


Verified: TypeAlias = tuple[dict[str, JSONValue], Expectation]
"""The payload of a token up to and including its times, immutable, and the issuer that vouches for it."""

IsSigner: TypeAlias = Callable[[VerifyKey], Flow[bool]]
"""Whether a key made the signature; asked once for each key."""

IsNamed: TypeAlias = Callable[[Expectation], bool]
"""Whether the token names an issuer; asked of those whose key made the signature."""


class Trust(Protocol):
    """Where keys come from."""

    def allows(self, algorithm: Algorithm) -> bool:
        """Whether any trusted issuer uses the algorithm."""
        ...

    def only(self, algorithm: Algorithm, kid: str | None) -> tuple[VerifyKey, Expectation] | None:
        """The one key that `find` would ever ask about, and whose it is; None where there may be others."""
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


class Verifier:
    """What verifies the tokens of a kit, from their size to their times."""

    __slots__ = ("_cache", "_headers", "_limits", "_segments", "_trust")

    def __init__(self, trust: Trust, limits: Limits, cache: SignatureCache | None = None) -> None:
        """Verify with the keys of trusted issuers; `limits` hold for every token, `cache` remembers some."""
        self._cache = cache
        self._trust = trust
        self._limits = limits
        # Headers of verified tokens: their segments decoded, and what they say.
        self._segments: dict[bytes, bytes] = {}
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
        text, cache = sized(token, self._limits.max_token_bytes), self._cache
        known = None if cache is None else cache.find(text)
        compact: Compact | None = None
        if known is None:
            compact = split(text, self._segments)
            header = compact.header
        else:
            # Neither taken apart nor read again: the same text says the same.
            header = known.header
        route = self._headers.get(header) or self._read_header(header)
        signer: VerifyKey | None
        if route.only is None:
            opened = Opened(text, compact, known)
            query = KeyQuery(route.algorithm, route.kid, now)
            expectation = yield from self._trust.find(query, opened.is_signer, opened.is_named)
            signer, payload = opened.key, opened.read()
        else:
            signer, expectation = route.only
            same = remembered_of(signer, known)
            if same is not None:
                payload = same.payload
            else:
                compact = compact or split(text)
                if not is_made_by(signer, compact):
                    raise TokenError("signature_invalid")
                payload = parse_frozen(compact.payload)
        if payload is None:
            raise TokenError("claims_malformed")
        self._check_claims(payload, expectation, now, required)
        if header not in self._headers:
            self._remember_header(text, header, route)
        if cache is not None and signer is not None and remembered_of(signer, known) is None:
            cache.remember(text, Remembered(header, signer, payload))
        return payload, expectation

    def _read_header(self, data: bytes) -> Route:
        header = parse_header(data)
        algorithm = ALGORITHMS.get(header.alg)
        if algorithm is None or not self._trust.allows(algorithm):
            raise TokenError("alg_not_allowed")
        check_type(header.typ, self._limits.types, required=self._limits.require_type)
        return Route(algorithm, header.kid, self._trust.only(algorithm, header.kid))

    def _remember_header(self, token: str, header: bytes, route: Route) -> None:
        """Remember a header of a token that was verified: nobody without a key can fill the memory with others."""
        if len(header) <= _LONGEST_HEADER:
            if len(self._headers) >= _MOST_HEADERS:
                # New dictionaries, as other threads may look into these.
                self._segments, self._headers = {}, {}
            self._segments[token.partition(".")[0].encode("ascii")] = header
            self._headers[header] = route

    def _check_claims(
        self, payload: dict[str, JSONValue], expectation: Expectation, now: float, required: Collection[str]
    ) -> None:
        limits, own = self._limits, expectation.own
        needed = _OWN_REQUIRED if own else _REQUIRED
        needed = (*needed, *required) if required else needed
        check_claims(payload, required=needed, max_actor_depth=limits.max_actor_depth)
        check_expectation(payload, expectation)
        check_time(payload, now, limits.leeway, limits.max_lifetime if own else None)
