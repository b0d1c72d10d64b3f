"""Keys in the memory of this process."""

from __future__ import annotations

import threading

from .key_store import StoredDocument


class MemoryKeyStore:
    """A key store in the memory of this process.

    For development and tests, or where one process alone signs and its keys may die with it.

    >>> store = MemoryKeyStore()
    >>> store.write_if(0, "{}"), store.write_if(0, "{}"), store.read()
    (True, False, StoredDocument(version=1, text='{}'))
    """

    def __init__(self) -> None:
        """Start with nothing."""
        self._lock = threading.Lock()
        self._stored: StoredDocument | None = None

    def read(self) -> StoredDocument | None:
        """The newest document.

        Returns:
            None where there is none yet.
        """
        return self._stored

    def write_if(self, version: int, text: str) -> bool:
        """Write version `version + 1` where the newest is `version`.

        Args:
            version: of the document that was read, 0 where there was none.
            text: of the new one.

        Returns:
            Whether it was written.
        """
        with self._lock:
            is_newest = (0 if self._stored is None else self._stored.version) == version
            if is_newest:
                self._stored = StoredDocument(version + 1, text)
            return is_newest
