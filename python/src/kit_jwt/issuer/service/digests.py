"""Secrets are compared by their digests."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable


def digest_of(text: str) -> bytes:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def is_among(digest: bytes, others: Iterable[bytes]) -> bool:
    """Whether a digest is one of several.

    What is compared is not the secret, and it takes the same time wherever they differ and whichever it is.

    >>> is_among(digest_of("a"), [digest_of("b"), digest_of("a")])
    True
    """
    # A list, not a generator: each of them is compared.
    return any([hmac.compare_digest(digest, other) for other in others])  # noqa: C419 # see above
