"""What can be wrong with the keys of an authority."""

from __future__ import annotations

from typing import Literal, TypeAlias

AuthorityErrorCode: TypeAlias = Literal[
    "key_document_invalid",
    "key_document_unsupported",
    "key_document_tampered",
    "key_document_rolled_back",
    "key_document_mixed",
    "kek_unknown",
    "key_store_unavailable",
    "key_store_open",
    "key_not_found",
]
"""Codes of `AuthorityError`, the same in both languages."""


class AuthorityError(Exception):
    """The keys of an authority cannot be read, written or found. Nothing was overwritten, and nothing was signed.

    The message is made of the code: it never holds key material, nor what a store said.

    Attributes:
        code: stable.

    >>> str(AuthorityError("kek_unknown"))
    'kek unknown'
    """

    code: AuthorityErrorCode

    def __init__(self, code: AuthorityErrorCode) -> None:
        """Make an error of this code."""
        super().__init__(code.replace("_", " "))
        self.code = code
