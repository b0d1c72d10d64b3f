"""What can go wrong with a store on Redis."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

StoreErrorCode: TypeAlias = Literal[
    "store_unavailable",
    "store_refused",
    "store_full",
    "store_evicting",
    "store_forgetful",
    "store_unreplicated",
]
"""Codes of `StoreError`, the same in both languages."""


class StoreError(Exception):
    """A store on Redis did not do what it was asked to, or nobody knows whether it did.

    The message is made of the code: it never holds a key, a value, an address, a password, nor what a server said. A
    kit or a guard that is given a store turns it into a code of its own, such as `replay_unavailable`.

    Attributes:
        code: stable.

    >>> str(StoreError("store_full"))
    'store full'
    """

    code: StoreErrorCode

    def __init__(self, code: StoreErrorCode) -> None:
        """Make an error of this code."""
        super().__init__(code.replace("_", " "))
        self.code = code


class ServerError(Exception):
    """How a client tells the stores that the server refused a command.

    Attributes:
        word: that the server's answer begins with, such as `NOSCRIPT` or `OOM`.
    """

    word: str

    def __init__(self, word: str) -> None:
        """Keep the word alone: the rest of an answer may hold keys, addresses and names of users."""
        super().__init__(word)
        self.word = word


_SAID: Final[dict[str, StoreErrorCode]] = {
    "OOM": "store_full",
    "NOAUTH": "store_refused",
    "WRONGPASS": "store_refused",
    "NOPERM": "store_refused",
}
"""What words of a server are here; whatever else it says, it did not do what it should."""


def store_error(error: BaseException) -> StoreError:
    """What went wrong, as one of our own codes.

    >>> store_error(ServerError("OOM")).code, store_error(OSError("10.0.0.1")).code
    ('store_full', 'store_unavailable')
    """
    if isinstance(error, StoreError):
        return error
    word = error.word if isinstance(error, ServerError) else ""
    return StoreError(_SAID.get(word, "store_unavailable"))
