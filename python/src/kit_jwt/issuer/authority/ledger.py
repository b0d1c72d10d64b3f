"""The set of keys as a store has it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias, TypeVar

from kit_jwt.issuer.errors import AuthorityError
from kit_jwt.issuer.sealing.kek import Keks
from kit_jwt.issuer.stores.key_store import KeyStore

from .changes import Change, changes_between
from .document import read_document, write_document
from .key_set import AuthorityAlgorithm, KeySetRecord

_Answer = TypeVar("_Answer")

Turn: TypeAlias = Callable[[KeySetRecord | None, float], KeySetRecord]
"""What becomes of what is stored, at a moment; the same object where nothing does."""

TRIES: Final = 32
"""Whoever loses a write looks again; so many times is a store that says no whatever is written."""


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """What was read last, and when."""

    keys: KeySetRecord
    text: str
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
        # Whoever comes while another thread looks waits, and then finds that there is nothing to do.
        self._lock = threading.RLock()
        self._known: Known | None = None

    @property
    def known(self) -> Known | None:
        """What was read or written last."""
        return self._known

    def write(self, change: Turn) -> KeySetRecord:
        """Change what is stored, from what is stored: again where another process wrote in between."""
        with self._lock:
            for _ in range(TRIES):
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
            self._known = Known(known.keys, known.text, now)
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
        self._known = Known(keys, text, now)
        for change in changes:
            # Whoever listens does not decide what happens to keys.
            with suppress(Exception):
                self._on_change(change)
        return keys


def _asked(ask: Callable[[], _Answer]) -> _Answer:
    """What a store answers; whatever it raises, it was not there."""
    try:
        return ask()
    except AuthorityError:
        raise
    except Exception:  # noqa: BLE001 # whatever it is, there is no answer, and its text may say anything
        raise AuthorityError("key_store_unavailable") from None
