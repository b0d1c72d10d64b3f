"""Base64url without padding, in its one canonical form (RFC 4648 section 5, RFC 7515 section 2)."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

_PADDING = (b"", None, b"==", b"=")


def encode_base64url(data: bytes) -> str:
    """Unpadded base64url of bytes.

    >>> encode_base64url(bytes([255, 239]))
    '_-8'
    """
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode_base64url(text: str) -> bytes | None:
    r"""Bytes of canonical unpadded base64url, or None for anything else.

    Padding, white space, the standard alphabet and non-zero trailing bits are all refused.

    >>> decode_base64url("_-8"), decode_base64url("_-9"), decode_base64url("_-8=")
    (b'\xff\xef', None, None)
    """
    padding = _PADDING[len(text) % 4]
    if padding is None or not text.isascii():
        return None
    raw = text.encode("ascii")
    try:
        data = urlsafe_b64decode(raw + padding)
    except binascii.Error:
        return None
    # The standard decoder skips foreign bytes and drops trailing bits: only what encodes to the same text is canonical.
    return data if urlsafe_b64encode(data).rstrip(b"=") == raw else None
