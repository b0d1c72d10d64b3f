"""Base64url without padding, in its one canonical form (RFC 4648 section 5, RFC 7515 section 2)."""

from __future__ import annotations

import binascii
from typing import Final

_TO_URL: Final = bytes.maketrans(b"+/", b"-_")
# The standard alphabet and padding become what no alphabet has.
_FROM_URL: Final = bytes.maketrans(b"-_+/=", b"+/...")
_PADDING: Final = (b"", None, b"==", b"=")
# What the last character may be where it holds 2 or 4 bits of data only: the others are zero (RFC 4648 section 3.5).
_ENDS: Final = (None, None, b"AQgw", b"AEIMQUYcgkosw048")


def encode_base64url(data: bytes) -> str:
    """Unpadded base64url of bytes.

    >>> encode_base64url(bytes([255, 239]))
    '_-8'
    """
    return binascii.b2a_base64(data, newline=False).translate(_TO_URL).rstrip(b"=").decode("ascii")


def decode_base64url(text: str) -> bytes | None:
    r"""Bytes of canonical unpadded base64url, or None for anything else.

    Padding, white space, the standard alphabet and non-zero trailing bits are all refused.

    >>> decode_base64url("_-8"), decode_base64url("_-9"), decode_base64url("_-8=")
    (b'\xff\xef', None, None)
    """
    over = len(text) % 4
    padding, ends = _PADDING[over], _ENDS[over]
    if padding is None or not text.isascii():
        return None
    raw = text.encode("ascii")
    # Looking at the end costs a tenth of encoding everything again and comparing.
    if ends is not None and raw[-1] not in ends:
        return None
    try:
        return binascii.a2b_base64(raw.translate(_FROM_URL) + padding, strict_mode=True)
    except binascii.Error:
        return None
