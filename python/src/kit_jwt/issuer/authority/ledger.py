"""The set of keys as a store has it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeAlias, TypeVar, cast

from kit_jwt.issuer.errors import AuthorityError
from kit_jwt.issuer.sealing.kek import Keks
from kit_jwt.issuer.stores.key_store import KeyStore

from .changes import Change, changes_between, rewraps_between
from .document import read_document, seals_of, write_document
from .key_set import AuthorityAlgorithm, KeySetRecord

_Answer = TypeVar("_Answer")

Turn: TypeAlias = Callable[[KeySetRecord | None, float], KeySetRecord]
"""What becomes of what is stored, at a moment; the same object where nothing does."""

TRIES: Final = 32
"""Whoever loses a write looks again; so many times is a store that says no whatever is written."""


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """What was read last, and when; by `kid`, under which key-encryption key each private half is sealed."""

    keys: KeySetRecord
    text: str
    seals: Mapping[str, str]
    read_at: float


class Ledger:
    """The set of keys as the store has it: read, changed by whoever writes first, and told of."""

    def __init__(
        self,
        *,
        store: KeyStore,
        keks: Keks,
        algorithm: AuthorityAlgorithm,
        is_mixed: bool,
        on_change: Callable[[Change], None],
        clock: Callable[[], float],
    ) -> None:
        """Nothing is read yet."""
        self._store = store
        self._keks = keks
        self._algorithm = algorithm
        self._is_mixed = is_mixed
        self._on_change = on_change
        self._clock = clock
        # What is read late must not count as newer than what was written meanwhile.
        self._lock = threading.RLock()
        self._known: Known | None = None
        # Numbers of the look that began last, and of the last one that is over; what came of it, where nothing did.
        self._begun = self._over = 0
        self._fault: AuthorityError | None = None

    @property
    def known(self) -> Known | None:
        """What was read or written last."""
        return self._known

    def look(self, change: Turn) -> Known:
        """As `write`, where every thread asks for the same change: of those that wait for a look, one looks for all.

        So a store that is slow, or away, is not waited for once for each of them.
        """
        begun = self._begun
        with self._lock:
            # What others saw who began after this thread asked is as good as its own look.
            if self._over <= begun:
                self._look(change)
            if self._fault is not None:
                raise AuthorityError(self._fault.code)
            return cast("Known", self._known)

    def _look(self, change: Turn) -> None:
        self._begun += 1
        number, fault = self._begun, None
        try:
            self.write(change)
        except AuthorityError as error:
            fault = error
        self._over, self._fault = number, fault

    def write(self, change: Turn, *, rewraps: bool = False) -> Known:
        """Change what is stored, from what is stored: again where another process wrote in between.

        With `rewraps`, it is written all the same where a private half is sealed under another key than the first one.
        """
        with self._lock:
            for _ in range(TRIES):
                before = self._read()
                now = self._clock()
                after = change(None if before is None else before.keys, now)
                if before is not None and after is before.keys:
                    if not rewraps or all(kek == self._keks[0].id for kek in before.seals.values()):
                        return before
                    # The store counts each write, and each write seals everything anew.
                    after = replace(after, version=after.version + 1)
                text = write_document(after, self._keks)
                if _asked(partial(self._store.write_if, 0 if before is None else before.keys.version, text)):
                    return self._adopt(after, text, now)
        raise AuthorityError("key_store_unavailable")

    def _read(self) -> Known | None:
        # What comes may be as old as the question.
        now = self._clock()
        stored = _asked(self._store.read)
        known = self._known
        version = 0 if stored is None else stored.version
        if known is not None and stored is not None and (known.keys.version, known.text) == (version, stored.text):
            self._known = replace(known, read_at=now)
            return self._known
        # What was read before does not become undone.
        if known is not None and version <= known.keys.version:
            raise AuthorityError("key_document_rolled_back")
        if stored is None:
            return None
        keys = read_document(stored.text, stored.version, self._keks)
        if not self._is_mixed and any(key.algorithm != self._algorithm for key in keys.keys):
            raise AuthorityError("key_document_mixed")
        return self._adopt(keys, stored.text, now)

    def _adopt(self, keys: KeySetRecord, text: str, now: float) -> Known:
        before, seals = self._known, seals_of(text)
        changes = changes_between(None if before is None else before.keys, keys, now)
        rewraps = rewraps_between({} if before is None else before.seals, seals, now)
        known = self._known = Known(keys, text, seals, now)
        for change in (*changes, *rewraps):
            # Whoever listens does not decide what happens to keys.
            with suppress(Exception):
                self._on_change(change)
        return known


def _asked(ask: Callable[[], _Answer]) -> _Answer:
    """What a store answers; whatever it raises, it was not there."""
    try:
        return ask()
    except AuthorityError:
        raise
    except Exception:  # noqa: BLE001 # whatever it is, there is no answer, and its text may say anything
        raise AuthorityError("key_store_unavailable") from None
