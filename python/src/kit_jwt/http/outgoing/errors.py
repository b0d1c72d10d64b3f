"""What can go wrong with a token for another service."""

from __future__ import annotations

from typing import Literal, TypeAlias

OutgoingErrorCode: TypeAlias = Literal[
    "source_unavailable",
    "source_denied",
    "source_client_rejected",
    "source_malformed",
    "origin_not_allowed",
]
"""Codes of `OutgoingError`, the same in both languages."""


class OutgoingError(Exception):
    """A token for another service cannot be had, or not be shown where it was meant to be.

    The message is made of the code: it never holds a token, a secret, an address, nor what an issuer said.

    Attributes:
        code: stable.

    >>> str(OutgoingError("source_denied"))
    'source denied'
    """

    code: OutgoingErrorCode

    def __init__(self, code: OutgoingErrorCode) -> None:
        """Make an error of this code.

        Args:
            code: one of the closed list.
        """
        super().__init__(code.replace("_", " "))
        self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by code, so that the error crosses process borders."""
        return (OutgoingError, (self.code,))
