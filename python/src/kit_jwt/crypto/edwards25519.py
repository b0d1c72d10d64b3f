"""What the encodings of points and scalars on edwards25519 must be (RFC 8032 section 5.1).

Libraries disagree on encodings that no honest signer makes, so these checks come before any library is asked. They
look at public values only, hence plain integers and no care for timing.
"""

from __future__ import annotations

from typing import Final

ENCODED_BYTES: Final = 32

_P: Final = 2**255 - 19
_L: Final = 2**252 + 27742317777372353535851937790883648493
_D: Final = -121665 * pow(121666, -1, _P) % _P
_SIGN: Final = 1 << 255
_ORDER_8_Y: Final = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7

# The eight points whose order divides 8, each with every encoding that 32 bytes allow: y or y + p, either sign bit.
_LOW_ORDER_Y: Final = (0, 1, _P - 1, _P, _P + 1, _ORDER_8_Y, _P - _ORDER_8_Y)
_LOW_ORDER: Final = frozenset((y | sign).to_bytes(ENCODED_BYTES, "little") for y in _LOW_ORDER_Y for sign in (0, _SIGN))
# How they end, and all whose y is not below p, as it is all ones at its upper end: whoever ends otherwise is neither.
_LAST: Final = frozenset(encoding[-1] for encoding in _LOW_ORDER)


def has_canonical_y(encoding: bytes) -> bool:
    """Whether the y coordinate of 32 bytes is below p.

    >>> has_canonical_y(bytes(32)), has_canonical_y(bytes([255]) * 32)
    (True, False)
    """
    # p is 2^255 - 19: without all the ones at its upper end y is below it, and nobody has to make a number of it.
    return encoding[-1] & 0x7F != 0x7F or int.from_bytes(encoding, "little") & (_SIGN - 1) < _P  # noqa: PLR2004 # see above


def is_low_order(encoding: bytes) -> bool:
    """Whether 32 bytes are one of the 14 encodings of the points of order 1, 2, 4 and 8.

    >>> is_low_order(bytes(32)), len(_LOW_ORDER)
    (True, 14)
    """
    return encoding in _LOW_ORDER


def is_on_curve(encoding: bytes) -> bool:
    """Whether 32 bytes decode to a point (RFC 8032 section 5.1.3).

    >>> is_on_curve(bytes([0x58]) + bytes([0x66]) * 31), is_on_curve(bytes([2]) + bytes(31))
    (True, False)
    """
    number = int.from_bytes(encoding, "little")
    y = number & (_SIGN - 1)
    square = y * y % _P
    # x^2 = u / v, and v is never 0: u / v is a square exactly when u * v is.
    product = (square - 1) * (_D * square + 1) % _P
    if product == 0:
        return not number & _SIGN
    return pow(product, (_P - 1) // 2, _P) == 1


def is_public_key(encoding: bytes) -> bool:
    """Whether bytes may be a public key: 32 of them, canonical, on the curve, not of low order.

    >>> is_public_key(bytes(32)), is_public_key(bytes([0x58]) + bytes([0x66]) * 31)
    (False, True)
    """
    return (
        len(encoding) == ENCODED_BYTES
        and has_canonical_y(encoding)
        and not is_low_order(encoding)
        and is_on_curve(encoding)
    )


def is_signature(signature: bytes) -> bool:
    """Whether 64 bytes R || S may be a signature at all: y of R below p, R not of low order, S below L.

    >>> is_signature(bytes(64))
    False
    """
    if len(signature) != 2 * ENCODED_BYTES:
        return False
    if signature[ENCODED_BYTES - 1] in _LAST:
        point = signature[:ENCODED_BYTES]
        if not has_canonical_y(point) or is_low_order(point):
            return False
    # L is little more than 2^252.
    return signature[-1] < 0x10 or int.from_bytes(signature[ENCODED_BYTES:], "little") < _L  # noqa: PLR2004 # see above
