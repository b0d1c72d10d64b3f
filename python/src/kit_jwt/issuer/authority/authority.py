"""The owner of signing keys over time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar, get_args

from kit_jwt.errors import ConfigError
from kit_jwt.issuer.errors import AuthorityError
from kit_jwt.issuer.sealing.kek import Keks, fresh_keks
from kit_jwt.issuer.stores.key_store import KeyStore
from kit_jwt.issuer.stores.memory import MemoryKeyStore

from .changes import Change, changes_between
from .document import read_document, write_document
from .key_set import AuthorityAlgorithm, KeyRecord, KeySetRecord, KeyState, NewKey
from .life import advanced, revoked, rotation_of
from .new_key import new_key
from .plan import Step, plan_of
from .signers import AuthoritySigner, signer_of
from .timing import LEAST_AGE, LEAST_LOOK, Timing, timing_of

_Answer = TypeVar("_Answer")

_TRIES: Final = 32
"""Whoever loses a write looks again; so many times is a store that says no whatever is written."""


@dataclass(frozen=True, slots=True)
class KeySummary:
    """A key as people and dashboards see it: no material. Moments are seconds since the epoch.

    Attributes:
        kid: its id.
        algorithm: that it is for.
        state: of the key.
        published_at: since when verifiers can fetch it.
        activated_at: when it began to sign.
        retired_at: when it stopped.
        remove_at: when it goes, once it is retired.
    """

    kid: str
    algorithm: AuthorityAlgorithm
    state: KeyState
    published_at: int
    activated_at: int | None
    retired_at: int | None
    remove_at: int | None


@dataclass(frozen=True, slots=True, repr=False)
class _Known:
    """What was read last, and when."""

    keys: KeySetRecord
    text: str
    read_at: float


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
                algorithm that is none.
            AuthorityError: what `check_and_rotate` raises.
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
        self._store: KeyStore = MemoryKeyStore() if store is None else store
        self._keks = keks or fresh_keks()
        self._algorithm: AuthorityAlgorithm = algorithm
        self._is_mixed = mixed_algorithms
        self._on_change = on_change
        self._clock = clock
        # Whoever comes while another thread looks waits, and then finds that there is nothing to do.
        self._lock = threading.RLock()
        self._known: _Known | None = None
        self._signer: AuthoritySigner | None = None
        self.check_and_rotate()

    def check_and_rotate(self) -> None:
        """Look at the stored keys and do what is due: make the first ones, rotate, remove.

        Anyone may call it at any time, in any number of processes; the first write wins, and the others take it over.

        Raises:
            AuthorityError: `key_store_unavailable`, `key_store_open`, `key_document_*`, `kek_unknown`.
        """
        self._check()

    def revoke(self, kid: str) -> None:
        """Take a key back at once, because its private half may be known to others.

        Where it signed, the next key signs from now on. Verifiers that have the set already believe in the key until
        they fetch it again: `max_age` at most.

        Args:
            kid: of the key.

        Raises:
            AuthorityError: `key_not_found`; what `check_and_rotate` raises.
        """

        def change(before: KeySetRecord | None, now: float) -> KeySetRecord:
            due = advanced(before, now, self.timing, self._new_key)
            if before is None or all(key.kid != kid for key in before.keys):
                return due
            after = revoked(due, kid, now, self.timing, self._new_key)
            # Two steps, and one write.
            return KeySetRecord(before.version + 1, after.period, after.keys, after.revoked)

        if all(key.kid != kid for key in self._write(change).revoked):
            raise AuthorityError("key_not_found")

    def signer(self) -> AuthoritySigner:
        """The key that signs now.

        Returns:
            The signer; ask again for each token, it is kept.

        Raises:
            AuthorityError: what `check_and_rotate` raises; where only the store is away, the known key signs until
                another process may have rotated.
        """
        keys = self._fresh(lambda known: rotation_of(known, self.timing) - self.timing.leeway)
        active = _active_of(keys)
        signer = self._signer
        if signer is None or signer.kid != active.kid:
            signer = self._signer = signer_of(active)
        return signer

    def jwks(self) -> dict[str, list[dict[str, object]]]:
        """What is published: the public halves of all keys that sign, will sign, or have signed what still lives.

        Returns:
            A JWK Set (RFC 7517 section 5); empty where the keys are secrets.

        Raises:
            AuthorityError: what `check_and_rotate` raises; where only the store is away, the known set is given as long
                as whoever fetches it has fetched it again before a key signs that is not in it.
        """
        times = self.timing
        slack = times.lead - times.leeway - max(times.max_age, LEAST_AGE)
        keys = self._fresh(lambda known: rotation_of(known, times) + slack)
        return {"keys": [dict(key.public_jwk) for key in keys.keys if key.public_jwk is not None]}

    def keys(self) -> Sequence[KeySummary]:
        """The keys, with their states and times.

        Returns:
            In the order in which they were made, without material.

        Raises:
            AuthorityError: what `check_and_rotate` raises.
        """
        return [
            KeySummary(
                key.kid,
                key.algorithm,
                key.state,
                key.published_at,
                key.activated_at,
                key.retired_at,
                key.remove_at,
            )
            for key in self._check().keys
        ]

    def plan(self) -> Sequence[Step]:
        """What will happen to the keys, and when.

        Returns:
            Steps in the order of time.

        Raises:
            AuthorityError: what `check_and_rotate` raises.
        """
        return plan_of(self._check(), self.timing)

    def _new_key(self) -> NewKey:
        return new_key(self._algorithm)

    def _check(self) -> KeySetRecord:
        return self._write(lambda keys, now: advanced(keys, now, self.timing, self._new_key))

    def _fresh(self, until: Callable[[KeySetRecord], float]) -> KeySetRecord:
        """The set, no older than `refresh`; while the store is away, the known one up to a moment."""
        known, now = self._known, self._clock()
        if known and abs(now - known.read_at) < self.timing.refresh and now < rotation_of(known.keys, self.timing):
            return known.keys
        try:
            return self._checked()
        except AuthorityError as error:
            # It may have taken long to find out.
            last = self._known
            if error.code != "key_store_unavailable" or last is None or self._clock() >= until(last.keys):
                raise
            return last.keys

    def _checked(self) -> KeySetRecord:
        for _ in range(_TRIES):
            keys, known = self._check(), self._known
            # A process that slept while it looked does not know what others wrote meanwhile.
            if known is not None and abs(self._clock() - known.read_at) <= max(self.timing.refresh, LEAST_LOOK):
                return keys
        raise AuthorityError("key_store_unavailable")

    def _write(self, change: Callable[[KeySetRecord | None, float], KeySetRecord]) -> KeySetRecord:
        """Change what is stored, from what is stored: again where another process wrote in between."""
        with self._lock:
            for _ in range(_TRIES):
                before = self._read()
                now = self._clock()
                after = change(before, now)
                if after is before:
                    return after
                text = write_document(after, self._keks)
                if _asked(partial(self._store.write_if, 0 if before is None else before.version, text)):
                    return self._adopt(after, text, now)
        raise AuthorityError("key_store_unavailable")

    def _read(self) -> KeySetRecord | None:
        # What comes may be as old as the question.
        now = self._clock()
        stored = _asked(self._store.read)
        known = self._known
        version = 0 if stored is None else stored.version
        if known is not None and stored is not None and (known.keys.version, known.text) == (version, stored.text):
            self._known = _Known(known.keys, known.text, now)
            return known.keys
        # What was read before does not become undone.
        if known is not None and version <= known.keys.version:
            raise AuthorityError("key_document_rolled_back")
        if stored is None:
            return None
        keys = read_document(stored.text, stored.version, self._keks)
        if not self._is_mixed and any(key.algorithm != self._algorithm for key in keys.keys):
            raise AuthorityError("key_document_mixed")
        return self._adopt(keys, stored.text, now)

    def _adopt(self, keys: KeySetRecord, text: str, now: float) -> KeySetRecord:
        changes = changes_between(None if self._known is None else self._known.keys, keys, now)
        self._known = _Known(keys, text, now)
        if self._on_change is not None:
            for change in changes:
                # Whoever listens does not decide what happens to keys.
                with suppress(Exception):
                    self._on_change(change)
        return keys


def _active_of(keys: KeySetRecord) -> KeyRecord:
    return next(key for key in keys.keys if key.state == "active")


def _asked(ask: Callable[[], _Answer]) -> _Answer:
    """What a store answers; whatever it raises, it was not there."""
    try:
        return ask()
    except AuthorityError:
        raise
    except Exception:  # noqa: BLE001 # whatever it is, there is no answer, and its text may say anything
        raise AuthorityError("key_store_unavailable") from None
