"""Tokens whose signature held, so that it is not computed again when the same token comes again.

Nothing else is taken from here: which key a token needs, its times, its revocation and all the rest is asked each time.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from typing import Final, NamedTuple

from kit_jwt.encoding.json_value import JSONValue, is_array
from kit_jwt.keys.key import VerifyKey

_ENTRY_BYTES: Final = 300  # of the tables and tuples that hold an entry, rounded up


class Remembered(NamedTuple):
    """What a token said when it was verified.

    Attributes:
        header: its header, decoded.
        key: the very object that verified it: the same key, once its source gives it anew, is another one.
        payload: its claims, immutable, in a dictionary that nobody changes.
    """

    header: bytes
    key: VerifyKey
    payload: dict[str, JSONValue]

    def __repr__(self) -> str:
        """Show nothing: it is what a token says."""
        return "<Remembered>"


class SignatureCache:
    """Remembered tokens by their whole text; bounded in bytes, and safe to share between threads.

    >>> cache = SignatureCache(1000)
    >>> cache.find("e30.e30.") is None, len(cache)
    (True, 0)
    """

    __slots__ = ("_bytes", "_limit", "_lock", "_tokens")

    def __init__(self, limit: int) -> None:
        """Hold tokens of `limit` bytes at most, keys and values and what holds them together."""
        self._limit = limit
        self._bytes = 0
        # From the one that was used longest ago to the last one.
        self._tokens: dict[str, tuple[Remembered, int]] = {}
        self._lock = threading.Lock()

    def find(self, token: str) -> Remembered | None:
        """What is remembered of a token, which is now the last one that was used."""
        with self._lock:
            found = self._tokens.pop(token, None)
            if found is None:
                return None
            self._tokens[token] = found
            return found[0]

    def remember(self, token: str, remembered: Remembered) -> None:
        """Remember a token that was verified; those that were used longest ago make room for it."""
        size = _ENTRY_BYTES + sum(map(sys.getsizeof, (token, remembered.header))) + _size_of(remembered.payload)
        with self._lock:
            self._forget(token)
            if size > self._limit:
                return
            self._bytes += size
            self._tokens[token] = remembered, size
            while self._bytes > self._limit:
                self._forget(next(iter(self._tokens)))

    def _forget(self, token: str) -> None:
        _, size = self._tokens.pop(token, (None, 0))
        self._bytes -= size

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self._tokens)


def _size_of(value: JSONValue) -> int:
    size = sys.getsizeof(value)
    if isinstance(value, Mapping):
        return size + sum(sys.getsizeof(name) + _size_of(item) for name, item in value.items())
    return size + sum(map(_size_of, value)) if is_array(value) else size
