"""UTF-8 without leniency (RFC 3629)."""

from __future__ import annotations


def utf8_length(text: str) -> int:
    """Bytes of a text in UTF-8; a lone surrogate counts three, as everywhere else that measures one.

    >>> utf8_length("a"), utf8_length("ü"), utf8_length(chr(0xD800)), utf8_length("😀")
    (1, 2, 3, 4)
    """
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def is_well_formed(text: str) -> bool:
    """Whether a text holds no surrogate, that is, whether UTF-8 can carry it.

    >>> is_well_formed("😀"), is_well_formed(chr(0xD800))
    (True, False)
    """
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def decode_utf8(data: bytes) -> str | None:
    """The text of strict UTF-8 bytes, or None. A byte order mark stays in as U+FEFF, which no JSON parser takes.

    >>> decode_utf8(b"ok"), decode_utf8(bytes([0xED, 0xA0, 0x80]))
    ('ok', None)
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None
