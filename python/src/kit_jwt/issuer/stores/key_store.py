"""Where the keys of an authority are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What a store keeps.

    Attributes:
        version: the number of the write that put it there, from 1.
        text: of the key document.
    """

    version: int
    text: str


class KeyStore(Protocol):
    """Where the keys of an authority are kept, shared by all of its processes.

    `write_if` is the only way to change anything, and exactly one of those who write on the same version succeeds: that
    is all that keeps two processes from rotating at once. Both answer or raise in bounded time: nothing is signed
    meanwhile, though what is known would do while a store is away.
    """

    def read(self) -> StoredDocument | None:
        """The newest document.

        Returns:
            None where there is none yet; what it raises counts as `key_store_unavailable`.
        """
        ...

    def write_if(self, version: int, text: str) -> bool:
        """Write version `version + 1` where the newest is `version`.

        Args:
            version: of the document that was read, 0 where there was none.
            text: of the new one.

        Returns:
            Whether it was written; False where somebody else wrote meanwhile.
        """
        ...
