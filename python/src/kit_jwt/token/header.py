"""The protected header (RFC 7515 section 4): which members count, and types of tokens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from kit_jwt.encoding.base64url import encode_to_ascii
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.errors import TokenError

_LOWER: Final = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True, repr=False)
class Header:
    """What a verifier reads of a header; other members, embedded keys and key URLs among them, are never used."""

    alg: str
    typ: str | None
    kid: str | None


def parse_header(data: bytes) -> Header:
    """Read a header.

    Raises:
        TokenError: `header_invalid`: not strict JSON, not an object, `crit` or `b64` present, `alg` no non-empty
            string, `typ` or `kid` present and no non-empty string.

    >>> parse_header(b'{"alg":"HS512"}').alg
    'HS512'
    """
    members = parse_object(data)
    # `crit` lists extensions that must be understood (RFC 7515 section 4.1.11), and none is: any `crit` is refused.
    if members is None or "crit" in members or "b64" in members:
        raise TokenError("header_invalid")
    alg, typ, kid = (_text(members, name) for name in ("alg", "typ", "kid"))
    if alg is None:
        raise TokenError("header_invalid")
    return Header(alg, typ, kid)


def write_header(alg: str, typ: str, kid: str | None) -> bytes:
    """The first segment of a token: its header as canonical text, encoded.

    >>> write_header("HS512", "JWT", None)
    b'eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9'
    """
    members = {"alg": alg, "typ": typ} if kid is None else {"alg": alg, "kid": kid, "typ": typ}
    return encode_to_ascii(canonicalize(members).encode())


def media_type(typ: str) -> str:
    """The form in which types are compared: ASCII lower case, with the `application/` that may be left out.

    RFC 7515 section 4.1.9 lets it be left out where no other slash appears.

    >>> media_type("JWT"), media_type("Application/jwt"), media_type("a/b")
    ('application/jwt', 'application/jwt', 'a/b')
    """
    lower = typ.translate(_LOWER)
    return lower if "/" in lower else f"application/{lower}"


def check_type(typ: str | None, accepted: Collection[str], *, required: bool) -> None:
    """Hold the type of a token against the accepted ones, which come as `media_type` gives them.

    Raises:
        TokenError: `typ_mismatch`.
    """
    if required if typ is None else media_type(typ) not in accepted:
        raise TokenError("typ_mismatch")


def _text(members: dict[str, JSONValue], name: str) -> str | None:
    if name not in members:
        return None
    value = members[name]
    if not isinstance(value, str) or not value:
        raise TokenError("header_invalid")
    return value
