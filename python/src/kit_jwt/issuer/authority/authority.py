"""The owner of signing keys over time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import cast, get_args

from kit_jwt.errors import ConfigError
from kit_jwt.issuer.errors import AuthorityError
from kit_jwt.issuer.sealing.kek import Keks, fresh_keks
from kit_jwt.issuer.stores.key_store import KeyStore
from kit_jwt.issuer.stores.memory import MemoryKeyStore

from .changes import Change
from .freshness import Watch, signing_set, verifying_set
from .given_key import given_first, given_key
from .key_set import AuthorityAlgorithm, KeyRecord, KeySetRecord, NewKey
from .ledger import Known, Ledger
from .life import advanced, revoked, rotated_early, soonest_of
from .new_key import new_key
from .plan import Step, plan_of
from .signers import AuthoritySigner, signer_of
from .summary import KeySummary, summary_of
from .timing import Timing, timing_of


class Authority:
    """Owns the signing keys over time.

    Any number of processes may share a store; each has an authority of its own. It is safe to share between threads.

    >>> authority = Authority(rotate_every=7 * 86_400, longest_ttl=3600)
    >>> [key.state for key in authority.keys()]
    ['active', 'next']
    """

    def __init__(
        self,
        *,
        store: KeyStore | None = None,
        keks: Keks | None = None,
        algorithm: AuthorityAlgorithm = "EdDSA",
        mixed_algorithms: bool = False,
        first_key: Mapping[str, object] | None = None,
        on_change: Callable[[Change], None] | None = None,
        clock: Callable[[], float] = time.time,
        rotate_every: int = 2_592_000,
        max_age: int = 300,
        cooldown: int = 30,
        leeway: int = 90,
        longest_ttl: int = 86_400,
        refresh: int = 5,
        lead: int | None = None,
        retention: int | None = None,
    ) -> None:
        """Read the keys of a store; the first ones are made where there are none.

        Args:
            store: where the keys are kept; in memory, with a warning to be given by whoever starts it so, unless given.
            keks: what the private keys are encrypted with; required with a store.
            algorithm: what the keys are for.
            mixed_algorithms: whether keys of another algorithm may be in the set: while it is changed.
            first_key: a private JWK, or an `oct` one, that signs elsewhere already: under its `kid` it signs on, where
                the store has no keys yet.
            on_change: told of each change of a key, by whichever process it was made; what it raises goes nowhere.
            clock: seconds since the epoch.
            rotate_every: see `timing_of`, as all that follows.
            max_age: seconds.
            cooldown: seconds.
            leeway: seconds.
            longest_ttl: seconds.
            refresh: seconds.
            lead: seconds.
            retention: seconds.

        Raises:
            ConfigError: `config_missing`: `keks`; `config_invalid` with the option: times that are not safe, an
                algorithm that is none; `key_invalid`, `key_unsuitable`, `key_weak` with `first_key`.
            AuthorityError: as `Authority.check_and_rotate`.
        """
        if algorithm not in get_args(AuthorityAlgorithm):
            raise ConfigError("config_invalid", variable="algorithm")
        self.timing: Timing = timing_of(
            rotate_every=rotate_every,
            max_age=max_age,
            cooldown=cooldown,
            leeway=leeway,
            longest_ttl=longest_ttl,
            refresh=refresh,
            lead=lead,
            retention=retention,
        )
        if store is not None and not keks:
            raise ConfigError("config_missing", variable="keks")
        self._ledger = Ledger(
            store=MemoryKeyStore() if store is None else store,
            keks=keks or fresh_keks(),
            algorithm=algorithm,
            is_mixed=mixed_algorithms,
            on_change=on_change or (lambda _: None),
            clock=clock,
        )
        self.algorithm: AuthorityAlgorithm = algorithm
        self._first_key = None if first_key is None else given_key(first_key, algorithm)
        self._clock = clock
        self._new_key: Callable[[], NewKey] = lambda: new_key(algorithm)
        self._signer: AuthoritySigner | None = None
        self.check_and_rotate()

    def check_and_rotate(self) -> None:
        """Look at the stored keys and do what is due: make the first ones, rotate, remove.

        Anyone may call it at any time, in any number of processes; the first write wins, and the others take it over.

        Raises:
            AuthorityError: `key_store_unavailable`, `key_store_open`, `kek_unknown`, `key_document_invalid`,
                `key_document_unsupported`, `key_document_tampered`, `key_document_rolled_back`, `key_document_mixed`.
        """
        self._check()

    def rotate(self) -> int | None:
        """Let the next key sign before its time, if that is safe: when it has been published for `lead`.

        Called twice, or by two at once, it rotates once: the key after it has been published for no time then.

        Returns:
            None where it signs now; else when it may at the soonest, in seconds since the epoch.

        Raises:
            AuthorityError: as `check_and_rotate`.
        """
        soonest: int | None = None

        def change(before: KeySetRecord | None, now: float) -> KeySetRecord:
            nonlocal soonest
            if before is None:
                return self._advanced(before, now)
            after = rotated_early(before, now, self.timing, self._new_key)
            soonest = soonest_of(after, self.timing) if after.key("active") is before.key("active") else None
            return after

        self._ledger.write(change)
        return soonest

    def revoke(self, kid: str) -> None:
        """Take a key back at once, because its private half may be known to others.

        Where it signed, the next key signs from now on. Verifiers that have the set already believe in the key until
        they fetch it again: `max_age` at most.

        Args:
            kid: of the key.

        Raises:
            AuthorityError: `key_not_found`; as `check_and_rotate`.
        """

        def change(before: KeySetRecord | None, now: float) -> KeySetRecord:
            if before is None:
                return self._advanced(before, now)
            return revoked(before, kid, now, self.timing, self._new_key)

        if all(key.kid != kid for key in self._ledger.write(change).keys.revoked):
            raise AuthorityError("key_not_found")

    def rewrap(self) -> None:
        """Seal every private half anew under the first key-encryption key, where one is sealed under another.

        After it, nothing that is written needs the others. All processes must have the first one before.

        Raises:
            AuthorityError: as `check_and_rotate`.
        """
        self._ledger.write(self._advanced, rewraps=True)

    def signer(self) -> AuthoritySigner:
        """The key that signs now.

        Returns:
            The signer; ask again for each token, it is kept.

        Raises:
            AuthorityError: as `check_and_rotate`; while only the store is away, the known key signs until another
                process may have rotated.
        """
        active, signer = cast("KeyRecord", signing_set(self._watch).key("active")), self._signer
        if signer is None or signer.kid != active.kid:
            signer = self._signer = signer_of(active)
        return signer

    def jwks(self) -> dict[str, list[dict[str, object]]]:
        """What is published: the public halves of all keys that sign, will sign, or have signed what still lives.

        Returns:
            A JWK Set (RFC 7517 section 5); empty where the keys are secrets.

        Raises:
            AuthorityError: as `check_and_rotate`; while only the store is away, the known set is given as long as
                whoever fetches it has fetched it again before a key signs that is not in it.
        """
        return {"keys": [dict(key.public_jwk) for key in verifying_set(self._watch).keys if key.public_jwk is not None]}

    def secrets(self) -> list[dict[str, object]]:
        """The secrets that tokens are verified with, of an authority for HS512.

        Those that sign, will sign, or have signed what still lives. Whoever has them can mint: for services that share
        the store, never for an endpoint.

        Returns:
            `oct` JWKs, in the order in which they were made; none where the keys have public halves.

        Raises:
            AuthorityError: as `jwks`.
        """
        keys = verifying_set(self._watch).keys
        return [dict(key.private_jwk) for key in keys if key.algorithm == "HS512" and key.private_jwk is not None]

    def keys(self) -> Sequence[KeySummary]:
        """The keys, with their states and times.

        Returns:
            In the order in which they were made, without material.

        Raises:
            AuthorityError: as `check_and_rotate`.
        """
        return [summary_of(key) for key in self._check().keys.keys]

    def plan(self) -> Sequence[Step]:
        """What will happen to the keys, and when.

        Returns:
            Steps in the order of time.

        Raises:
            AuthorityError: as `check_and_rotate`.
        """
        return plan_of(self._check().keys, self.timing)

    @property
    def _watch(self) -> Watch:
        return Watch(self._ledger, self._check, self._clock, self.timing)

    def _check(self) -> Known:
        return self._ledger.look(self._advanced)

    def _advanced(self, before: KeySetRecord | None, now: float) -> KeySetRecord:
        keys = given_first(self._first_key, self._new_key) if before is None else self._new_key
        return advanced(before, now, self.timing, keys)
