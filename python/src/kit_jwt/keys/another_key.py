"""Keys of other kinds in the place of a shared secret: it would be one that everybody may know."""

from __future__ import annotations

from typing import Final

from kit_jwt.encoding.strict_json import parse_object

# How keys of other kinds begin: PEM (RFC 7468), SSH (RFC 4253), a member of every JWK (RFC 7517).
_MARKS: Final = (b"-----BEGIN", b"ssh-ed25519", b"ssh-rsa", b"ecdsa-sha2-", b'"kty"')

_SEQUENCE: Final = 0x30
_INTEGER: Final = 0x02
_LONG: Final = 0x80
_MOST_OCTETS: Final = 3


def is_another_key(data: bytes) -> bool:
    """Whether bytes are a key of another kind: PEM, SSH, JWK or JWKS anywhere in them, or DER from end to end.

    >>> is_another_key(b"ssh-ed25519 AAAA"), is_another_key(bytes(64))
    (True, False)
    """
    return any(mark in data for mark in _MARKS) or _is_der(data) or parse_object(data) is not None


def _is_der(data: bytes) -> bool:
    """One ASN.1 SEQUENCE that fills the bytes and begins with another one or with a number.

    That is SubjectPublicKeyInfo or a certificate; PKCS #1, PKCS #8 or SEC 1. Of random 64 bytes, one in eight million
    look like this.
    """
    first = int.from_bytes(data[1:2])
    octets = 0 if first < _LONG else first & (_LONG - 1)
    if data[:1] != bytes([_SEQUENCE]) or octets > _MOST_OCTETS:
        return False
    head = 2 + octets
    length = first if octets == 0 else int.from_bytes(data[2:head])
    return head + length == len(data) and data[head : head + 1] in {bytes([_SEQUENCE]), bytes([_INTEGER])}
