"""The names of keys: short, of harmless characters whatever they are made of, and the same in both languages."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.errors import MisuseError

PREFIX: Final = "kit"
"""What all keys begin with, unless told otherwise."""

_FORM: Final = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_PARTS: Final = 16
"""Parts that a replay store is divided into, so that a cluster shares the work."""


def read_prefix(prefix: object) -> str:
    """A prefix that cannot be taken for a hash tag, or for no prefix.

    Raises:
        MisuseError: it can.
    """
    if not isinstance(prefix, str) or _FORM.fullmatch(prefix) is None:
        message = "prefix is 1 to 64 letters, digits and _ . : -"
        raise MisuseError(message)
    return prefix


def _digest(first: str, second: str) -> bytes:
    """SHA-256 of two texts, of which each can be told from the other."""
    one, other = first.encode("utf-8", "surrogatepass"), second.encode("utf-8", "surrogatepass")
    return hashlib.sha256(b"%d:%b%b" % (len(one), one, other)).digest()


def _part_key(prefix: str, part: int) -> str:
    """Where a part of a replay store says what it knows of itself."""
    return f"{{{prefix}:replay:{part:x}}}"


def part_keys(prefix: str) -> list[str]:
    """All of those."""
    return [_part_key(prefix, part) for part in range(_PARTS)]


def use_keys(prefix: str, issuer: str, jti: str) -> tuple[str, str]:
    """The keys of a token: that of its part, and its own.

    >>> use_keys("kit", "https://auth.example", "a")[0]
    '{kit:replay:a}'
    """
    digest = _digest(issuer, jti)
    part = _part_key(prefix, digest[0] >> 4)
    return part, f"{part}:{encode_base64url(digest)}"


def document_key(prefix: str, name: str) -> str:
    """The key of a document: all of it is the hash tag."""
    return f"{{{prefix}:document:{name}}}"


def revoked_key(prefix: str, issuer: str, jti: str) -> str:
    """The key of a token that was revoked."""
    return f"{{{prefix}:revoked:{encode_base64url(_digest(issuer, jti))}}}"


def budget_key(prefix: str, limit: str, whose: str) -> str:
    """The key of a budget: of whom, by which limit."""
    return f"{{{prefix}:limit:{encode_base64url(_digest(limit, whose))}}}"
