"""Trusted issuers: whose keys a kit takes, and the key step over all of them."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from kit_jwt.crypto.algorithms import Algorithm
from kit_jwt.errors import ConfigError, TokenError
from kit_jwt.keys.key import PublicKey, SecretKey, VerifyKey
from kit_jwt.token.effects import Effect, Flow, Outcome
from kit_jwt.token.verify import Candidate, Candidates, Expectation

from .key_set import KeySet
from .key_source import KeySource
from .remote_jwks import RemoteJwks


@dataclass(frozen=True, slots=True)
class TrustedIssuer:
    """One entry of a kit's trust: what is expected of its tokens, and the keys that may sign them.

    Attributes:
        expectation: issuer, audience, actors, mapping.
        algorithms: names of rows of the table.
        secrets: for HS512, in the order in which they are tried.
        keys: public keys that are known.
        source: asked for public keys beside `keys`, or None.
    """

    expectation: Expectation
    algorithms: frozenset[str]
    secrets: tuple[SecretKey, ...] = ()
    keys: KeySet = field(default_factory=lambda: KeySet(()))
    source: KeySource | None = None


@dataclass(slots=True)
class _Search:
    """What the key step has found so far; the same key in several entries is one candidate."""

    holders: dict[object, tuple[VerifyKey, list[Expectation]]] = field(default_factory=dict)
    ambiguous: bool = False
    unavailable: bool = False

    def add(self, key: VerifyKey, expectation: Expectation) -> None:
        holders = self.holders.setdefault(key.identity, (key, []))[1]
        if expectation not in holders:
            holders.append(expectation)


class TrustedIssuers:
    """The `Trust` of a kit: its entries and its pins. Immutable."""

    __slots__ = ("_entries", "_pins")

    def __init__(self, entries: Sequence[TrustedIssuer], pins: frozenset[str] | None) -> None:
        """Hold entries in their configured order; `pins` are the thumbprints of the only asymmetric keys taken."""
        self._entries = tuple(entries)
        self._pins = pins

    def allows(self, algorithm: Algorithm) -> bool:
        """Whether any entry uses the algorithm."""
        return any(algorithm.name in entry.algorithms for entry in self._entries)

    def candidates(self, algorithm: Algorithm, kid: str | None, now: float) -> Flow[Candidates]:
        """The keys that may have signed, over all entries.

        Raises:
            TokenError: `key_not_found`, `key_ambiguous`, `key_not_pinned`, `jwks_unavailable`.
        """
        search = _Search()
        for entry in self._entries:
            if algorithm.name not in entry.algorithms:
                continue
            if algorithm.kty == "oct":
                for secret in entry.secrets:
                    if kid is None or secret.kid in {None, kid}:
                        search.add(secret, entry.expectation)
            else:
                yield from _find_public(entry, algorithm, kid, now, search)
        return self._chosen(search)

    def _chosen(self, search: _Search) -> Candidates:
        found = [Candidate(key, holders) for key, holders in search.holders.values()]
        if not found and not search.unavailable:
            raise TokenError("key_ambiguous" if search.ambiguous else "key_not_found")
        pinned = [candidate for candidate in found if self._is_pinned(candidate.key)]
        if found and not pinned and not search.unavailable:
            raise TokenError("key_not_pinned")
        return Candidates(pinned, search.unavailable)

    def _is_pinned(self, key: VerifyKey) -> bool:
        return self._pins is None or isinstance(key, SecretKey) or key.thumbprint in self._pins


def _find_public(
    entry: TrustedIssuer, algorithm: Algorithm, kid: str | None, now: float, search: _Search
) -> Generator[Effect, Outcome, None]:
    """The one key of an entry: among the known ones and the source's together."""
    found: dict[object, PublicKey] = {}
    known = entry.keys.find(algorithm, kid)
    if isinstance(known, PublicKey):
        found[known.identity] = known
    ambiguous = known == "key_ambiguous"
    if entry.source is not None and not ambiguous:
        answer = yield from _ask(entry.source, algorithm, kid, now)
        if isinstance(answer, PublicKey):
            found[answer.identity] = answer
        ambiguous = answer == "key_ambiguous"
        search.unavailable = search.unavailable or answer == "jwks_unavailable"
    if ambiguous or len(found) > 1:
        search.ambiguous = True
        return
    for key in found.values():
        search.add(key, entry.expectation)


def _ask(
    source: KeySource, algorithm: Algorithm, kid: str | None, now: float
) -> Generator[Effect, Outcome, PublicKey | str]:
    """A source's key, or the code that it answers with."""
    blocks = isinstance(source, RemoteJwks)
    if isinstance(source, RemoteJwks):
        cached = source.cached(algorithm, kid, now)
        if cached is not None:
            return cached
    outcome = yield Effect(lambda: source.select(alg=algorithm.name, kid=kid, now=now), blocks)
    if isinstance(outcome.error, TokenError) and outcome.error.code in {"key_not_found", "key_ambiguous"}:
        return outcome.error.code
    if isinstance(outcome.error, ConfigError):
        raise outcome.error
    key = outcome.value
    if outcome.error is not None or not isinstance(key, PublicKey):
        return "jwks_unavailable"
    # The key must be the one that was asked for: a source does not choose the algorithm either.
    return key if key.algorithm is algorithm and kid in {None, key.kid} else "key_not_found"
