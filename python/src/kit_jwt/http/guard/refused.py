"""Requests that are refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from kit_jwt.errors import TokenErrorCode

GuardCode: TypeAlias = Literal[
    "credentials_missing",
    "credentials_scheme_unsupported",
    "credentials_repeated",
    "quota_exceeded",
    "limiter_unavailable",
]
"""Why a guard refuses what no kit has refused."""

RefusalCode: TypeAlias = GuardCode | TokenErrorCode
"""Why a request is refused: for the log."""


class RefusedError(Exception):
    """A request is refused. Raised and caught within a guard.

    Attributes:
        code: why.
        failed: with `policy_denied`, the JSON pointers of the rules that failed.
    """

    def __init__(self, code: RefusalCode, *, failed: Sequence[str] | None = None) -> None:
        """Refuse with this code."""
        super().__init__(code)
        self.code: RefusalCode = code
        self.failed = None if failed is None else tuple(failed)
