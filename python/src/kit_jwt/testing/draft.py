"""A token before it is written: what a kit would not mint can be said here."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kit_jwt.encoding.base64url import decode_base64url, encode_base64url
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.errors import MisuseError
from kit_jwt.keys.private_key import import_private_key
from kit_jwt.keys.secret import import_secret
from kit_jwt.keys.signer import Signer

from .keys import FOREIGN_PRIVATE_JWK, FOREIGN_SECRET, TEST_SECRET

_SEGMENTS: Final = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """A token before it is written.

    Attributes:
        header: of the token.
        claims: that are signed.
        by: whose key signs: the kit's, a stranger's of the same algorithm, the test secret by HS256, or nobody's.
        instead: the claims that stand in the token in the place of those that were signed.
        segments: how many of the three are left.
    """

    header: Mapping[str, JSONValue]
    claims: Mapping[str, JSONValue]
    by: Literal["own", "foreign", "hs256", "nobody"] = "own"
    instead: Mapping[str, JSONValue] | None = None
    segments: int = _SEGMENTS


def leave_out(members: Mapping[str, JSONValue], names: Collection[str]) -> dict[str, JSONValue]:
    """An object without some of its members.

    >>> leave_out({"a": 1, "b": 2}, ["b"])
    {'a': 1}
    """
    return {name: value for name, value in members.items() if name not in names}


def write_draft(draft: Draft, own: Signer) -> str:
    """The token of a draft (RFC 7515 section 7.1), its header and claims in canonical form.

    Args:
        draft: the token.
        own: signs what the kit signs.

    Raises:
        MisuseError: `own` has to be awaited.
    """
    first, second = _segment(draft.header), _segment(draft.claims)
    signature = _sign(draft.by, own, f"{first}.{second}".encode())
    shown = second if draft.instead is None else _segment(draft.instead)
    return ".".join([first, shown, encode_base64url(signature)][: draft.segments])


def _segment(value: Mapping[str, JSONValue]) -> str:
    return encode_base64url(canonicalize(value).encode())


def _sign(by: str, own: Signer, message: bytes) -> bytes:
    if by == "nobody":
        return b""
    if by == "hs256":
        # The algorithm that most secrets are used with elsewhere (RFC 7518 section 3.2), which no kit takes.
        return hmac.digest(decode_base64url(TEST_SECRET) or b"", message, "sha256")
    if by == "foreign":
        foreign = import_secret(FOREIGN_SECRET) if own.alg == "HS512" else import_private_key(FOREIGN_PRIVATE_JWK)
        return foreign.sign(message)
    signature = own.sign(message)
    if not isinstance(signature, bytes):
        message_ = "this signer is asynchronous: tokens for tests are signed at once"
        raise MisuseError(message_)
    return signature
