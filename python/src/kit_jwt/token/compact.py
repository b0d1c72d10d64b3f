"""The compact serialisation (RFC 7515 section 7.1): size and shape, before anything is parsed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from kit_jwt.encoding.base64url import decode_base64url, encode_base64url
from kit_jwt.encoding.utf8 import utf8_length
from kit_jwt.errors import TokenError

MAX_TOKEN_BYTES: Final = 16_384
_DOTS: Final = 2


class Compact(NamedTuple):
    """The three decoded segments, and the bytes that the signature covers."""

    header: bytes
    payload: bytes
    signature: bytes
    signing_input: bytes

    def __repr__(self) -> str:
        """Show nothing: it is a token."""
        return "<Compact>"


def split(
    token: object, max_bytes: int = MAX_TOKEN_BYTES, headers: Mapping[str, bytes] = MappingProxyType({})
) -> Compact:
    """Take a token apart; `headers` are first segments that were decoded before.

    Raises:
        TokenError: `token_too_large`, `token_malformed`.

    >>> split("e30.e30.").payload
    b'{}'
    """
    if not isinstance(token, str):
        raise TokenError("token_malformed")
    if utf8_length(token) > max_bytes:
        raise TokenError("token_too_large")
    if token.count(".") != _DOTS:
        raise TokenError("token_malformed")
    first, second, third = token.split(".")
    header = headers.get(first) or decode_base64url(first)
    payload, signature = decode_base64url(second), decode_base64url(third)
    if not header or not payload or signature is None:
        raise TokenError("token_malformed")
    return Compact(header, payload, signature, token[: -1 - len(third)].encode("ascii"))


def join(signing_input: str, signature: bytes) -> str:
    """The token of what was signed and its signature."""
    return f"{signing_input}.{encode_base64url(signature)}"


def signing_input(header: str, payload: str) -> str:
    """What the signature of a header, encoded already, and a payload covers (RFC 7515 section 5.1).

    >>> signing_input("e30", "{}")
    'e30.e30'
    """
    return f"{header}.{encode_base64url(payload.encode())}"
