"""Base64url without padding, in its one canonical form (RFC 4648 section 5, RFC 7515 section 2)."""

from __future__ import annotations

import binascii
from typing import Final

_TO_URL: Final = bytes.maketrans(b"+/", b"-_")
# The standard alphabet and padding become what no alphabet has.
_FROM_URL: Final = bytes.maketrans(b"-_+/=", b"+/...")
_PADDING: Final = (b"", b"", b"==", b"=")
# What the last character may be where it holds 2 or 4 bits of data only: the others are zero (RFC 4648 section 3.5).
# Where it would hold 6 bits of no whole byte it is nothing.
_ENDS: Final = (b"", b"", b"AQgw", b"AEIMQUYcgkosw048")


def encode_base64url(data: bytes) -> str:
    """Unpadded base64url of bytes.

    >>> encode_base64url(bytes([255, 239]))
    '_-8'
    """
    return encode_to_ascii(data).decode("ascii")


def encode_to_ascii(data: bytes) -> bytes:
    """As `encode_base64url`, in bytes.

    >>> encode_to_ascii(bytes([255, 239]))
    b'_-8'
    """
    return binascii.b2a_base64(data, newline=False).translate(_TO_URL).rstrip(b"=")


def decode_base64url(text: str) -> bytes | None:
    r"""Bytes of canonical unpadded base64url, or None for anything else.

    Padding, white space, the standard alphabet and non-zero trailing bits are all refused.

    >>> decode_base64url("_-8"), decode_base64url("_-9"), decode_base64url("_-8=")
    (b'\xff\xef', None, None)
    """
    return decode_ascii(text.encode("ascii")) if text.isascii() else None


def decode_ascii(raw: bytes) -> bytes | None:
    r"""As `decode_base64url`, of bytes.

    >>> decode_ascii(b"_-8")
    b'\xff\xef'
    """
    over = len(raw) % 4
    # Looking at the end costs a tenth of encoding everything again and comparing.
    if over and raw[-1] not in _ENDS[over]:
        return None
    try:
        return binascii.a2b_base64(raw.translate(_FROM_URL) + _PADDING[over], strict_mode=True)
    except binascii.Error:
        return None
