"""The compact serialisation (RFC 7515 section 7.1): size and shape, before anything is parsed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from kit_jwt.encoding.base64url import decode_ascii, encode_to_ascii
from kit_jwt.encoding.utf8 import utf8_length
from kit_jwt.errors import TokenError

MAX_TOKEN_BYTES: Final = 16_384
_SEGMENTS: Final = 3
_NONE: Final[Mapping[bytes, bytes]] = MappingProxyType({})


class Compact(NamedTuple):
    """The three decoded segments, and the bytes that the signature covers."""

    header: bytes
    payload: bytes
    signature: bytes
    signing_input: bytes

    def __repr__(self) -> str:
        """Show nothing: it is a token."""
        return "<Compact>"


def sized(token: object, max_bytes: int = MAX_TOKEN_BYTES) -> str:
    """A token that is no larger than allowed.

    Raises:
        TokenError: `token_too_large`; `token_malformed` for anything but a string.

    >>> sized("e30.e30.")
    'e30.e30.'
    """
    if not isinstance(token, str):
        raise TokenError("token_malformed")
    if utf8_length(token) > max_bytes:
        raise TokenError("token_too_large")
    return token if type(token) is str else str.__str__(token)


def split(token: str, headers: Mapping[bytes, bytes] = _NONE) -> Compact:
    """Take a token apart; `headers` are first segments that were decoded before.

    Raises:
        TokenError: `token_malformed`.

    >>> split("e30.e30.").payload
    b'{}'
    """
    if not token.isascii():
        raise TokenError("token_malformed")
    raw = token.encode("ascii")
    segments = raw.split(b".", _SEGMENTS)
    if len(segments) != _SEGMENTS:
        raise TokenError("token_malformed")
    first, second, third = segments
    header = headers.get(first) or decode_ascii(first)
    payload, signature = decode_ascii(second), decode_ascii(third)
    if not header or not payload or signature is None:
        raise TokenError("token_malformed")
    return Compact(header, payload, signature, raw[: -1 - len(third)])


def join(signing_input: bytes, signature: bytes) -> str:
    """The token of what was signed and its signature."""
    return (signing_input + b"." + encode_to_ascii(signature)).decode("ascii")


def signing_input(header: bytes, payload: str) -> bytes:
    """What the signature of a header, encoded already, and a payload covers (RFC 7515 section 5.1).

    >>> signing_input(b"e30", "{}")
    b'e30.e30'
    """
    return header + b"." + encode_to_ascii(payload.encode())
