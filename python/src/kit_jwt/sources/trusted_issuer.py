"""Trusted issuers: whose keys a kit takes, and the key step over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kit_jwt.crypto.algorithms import Algorithm
from kit_jwt.errors import ConfigError, TokenError, TokenErrorCode
from kit_jwt.keys.key import PublicKey, SecretKey, VerifyKey
from kit_jwt.token.effects import Effect, Flow
from kit_jwt.token.expectation import Expectation
from kit_jwt.token.verify import IsNamed, IsSigner, KeyQuery

from .jwks_cache import Found, JwksCache
from .key_set import KeySet
from .key_source import KeySource
from .local_jwks import LocalJwks

_FAULTS: Final[Sequence[TokenErrorCode]] = ("jwks_unavailable", "signature_invalid", "key_not_pinned", "key_ambiguous")
"""What is told where no key is the one, in this order."""


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


class TrustedIssuers:
    """The `Trust` of a kit: its entries and its pins. Immutable."""

    __slots__ = ("_by_algorithm", "_entries", "_pins")

    def __init__(self, entries: Sequence[TrustedIssuer], pins: frozenset[str] | None) -> None:
        """Hold entries in their configured order; `pins` are the thumbprints of the only asymmetric keys taken."""
        self._entries = tuple(entries)
        self._pins = pins
        self._by_algorithm = {
            name: tuple(entry for entry in entries if name in entry.algorithms)
            for name in frozenset().union(*(entry.algorithms for entry in entries))
        }

    def allows(self, algorithm: Algorithm) -> bool:
        """Whether any entry uses the algorithm."""
        return algorithm.name in self._by_algorithm

    def only(self, algorithm: Algorithm, kid: str | None) -> tuple[VerifyKey, Expectation] | None:
        """The one key that can have signed a token, and whose it is; None where there are others, or may be.

        So it is with a secret, or a key, that was configured alone: there is nothing to look for and nobody to ask.
        """
        entry, *others = self._by_algorithm[algorithm.name]
        keys: Sequence[VerifyKey] = []
        if algorithm.kty == "oct":
            keys = _secrets_of(entry, kid)
        elif entry.source is None:
            key = entry.keys.find(algorithm, kid)
            keys = [key] if isinstance(key, PublicKey) and key.later is None else []
        is_only = len(keys) == 1 and not others and self._is_pinned(keys[0])
        return (keys[0], entry.expectation) if is_only else None

    def find(self, query: KeyQuery, is_signer: IsSigner, is_named: IsNamed) -> Flow[Expectation]:
        """The issuer whose key made the signature and that the token names; where it names none of those, the first.

        Each entry is asked for its keys until one of them is the one; whoever answers at once is asked before whoever
        has to fetch. So nobody waits for the endpoint of another, and the answer does not depend on the order.

        Raises:
            TokenError: `key_not_found`, `key_ambiguous`, `key_not_pinned`, `jwks_unavailable`, `signature_invalid`.
        """
        faults: set[TokenErrorCode] = set()
        tried: dict[object, bool] = {}
        signers: list[Expectation] = []
        for entry in self._in_order(query):
            for key in (yield from _keys_of(entry, query, faults)):
                if not self._is_pinned(key):
                    faults.add("key_not_pinned")
                    continue
                # The same key of several issuers: its signature is checked once.
                identity = key.identity
                if identity not in tried:
                    tried[identity] = yield from is_signer(key)
                if not tried[identity]:
                    faults.add("signature_invalid")
                elif is_named(entry.expectation):
                    return entry.expectation
                else:
                    signers.append(entry.expectation)
        holders = [entry.expectation for entry in self._entries if entry.expectation in signers]
        # What an unreachable source would have said is not known: that is not the token's fault.
        if holders and "jwks_unavailable" not in faults:
            return holders[0]
        for code in _FAULTS:
            if code in faults:
                raise TokenError(code)
        raise TokenError("key_not_found")

    def _in_order(self, query: KeyQuery) -> Sequence[TrustedIssuer]:
        """The entries that use an algorithm: those that answer at once, those that know the key, the others."""
        entries = self._by_algorithm[query.algorithm.name]
        if len(entries) > 1 and query.algorithm.kty != "oct":
            return sorted(entries, key=lambda entry: _rank_of(entry.source, query))
        return entries

    def _is_pinned(self, key: VerifyKey) -> bool:
        return self._pins is None or isinstance(key, SecretKey) or key.thumbprint in self._pins


def _rank_of(source: KeySource | None, query: KeyQuery) -> int:
    if isinstance(source, JwksCache):
        return source.rank(query.algorithm, query.kid, query.now)
    return 0 if source is None or isinstance(source, (KeySet, LocalJwks)) else 2


def _keys_of(entry: TrustedIssuer, query: KeyQuery, faults: set[TokenErrorCode]) -> Flow[Sequence[VerifyKey]]:
    """The keys of an entry that may have signed: secrets, or the one key among the known ones and the source's."""
    algorithm, kid = query.algorithm, query.kid
    if algorithm.kty == "oct":
        return _secrets_of(entry, kid)
    found: dict[object, PublicKey] = {}
    answer: Found = entry.keys.find(algorithm, kid)
    if isinstance(answer, PublicKey):
        found[answer.identity] = answer
    if entry.source is not None and answer != "key_ambiguous":
        answer = yield from _ask(entry.source, query)
        if isinstance(answer, PublicKey):
            found[answer.identity] = answer
        elif answer == "jwks_unavailable":
            faults.add(answer)
    if answer == "key_ambiguous" or len(found) > 1:
        faults.add("key_ambiguous")
        return []
    return list(found.values())


def _secrets_of(entry: TrustedIssuer, kid: str | None) -> Sequence[SecretKey]:
    return [secret for secret in entry.secrets if kid is None or secret.kid in {None, kid}]


def _ask(source: KeySource, query: KeyQuery) -> Flow[Found]:
    """A source's key, or the code that it answers with."""
    algorithm, kid, now = query.algorithm, query.kid, query.now
    if isinstance(source, JwksCache):
        return (yield from source.ask(algorithm, kid, now))
    outcome = yield Effect(lambda: source.select(alg=algorithm.name, kid=kid, now=now))
    if isinstance(outcome.error, TokenError) and outcome.error.code in {"key_not_found", "key_ambiguous"}:
        return "key_not_found" if outcome.error.code == "key_not_found" else "key_ambiguous"
    if isinstance(outcome.error, ConfigError):
        raise outcome.error
    key = outcome.value
    if outcome.error is not None or not isinstance(key, PublicKey):
        return "jwks_unavailable"
    # The key must be the one that was asked for: a source does not choose the algorithm either.
    return key if key.algorithm is algorithm and kid in {None, key.kid} else "key_not_found"
