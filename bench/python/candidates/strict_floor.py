"""What signing and verifying must do, in straight lines: one algorithm, one key, one issuer, one audience.

Nothing that can be configured, nothing that is called through anything else, no immutable result and no error that says
why. What is faster than this leaves something out.
"""

from __future__ import annotations

import _hashlib
import hmac
import json
import os
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable
from json.encoder import c_make_encoder, encode_basestring
from time import time
from typing import Any, NoReturn

from cryptography.exceptions import InvalidSignature

from .floor import decode, header_of, private_key_of, public_key_of
from .strict_json import MAX_DEPTH, MAX_NUMBER, canonical, has_fraction, is_portable, is_shallow

NAME = "strict-floor"
IS_STRICT = True
IS_REPEATED = True
TTL, LEEWAY, MAX_LIFETIME, MAX_TIME, MAX_LENGTH, MAX_ACTORS = 900, 90, 86400, 253402300799, 16384, 5
SIGNATURE_CHARACTERS = 86
TO_URL = bytes.maketrans(b"+/", b"-_")
FROM_URL = bytes.maketrans(b"-_", b"+/")
TEXTS = {str}
# The y below p of the points of low order, as encoded; p is 2^255 - 19.
SMALL = {
    bytes(32),
    b"\x01" + bytes(31),
    b"\xec" + b"\xff" * 30 + b"\x7f",
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
}
P = 2**255 - 19


def _refuse(*_: object) -> NoReturn:
    raise ValueError


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError
    return members


_encode = c_make_encoder(None, _refuse, encode_basestring, None, ":", ",", True, False, False)
_decoder = json.JSONDecoder(object_pairs_hook=_members, parse_constant=_refuse)
_scan = _decoder.scan_once


def _check_types(claims: dict[str, Any]) -> None:
    """Each claim that is there has its type, and `iss` `aud` `exp` `iat` are there."""
    get = claims.get
    for name in ("iss", "sub", "jti"):
        value = get(name, "-")
        if type(value) is not str or not value:
            raise ValueError
    aud = claims["aud"]
    if (type(aud) is not str and not (type(aud) is list and set(map(type, aud)) == TEXTS and "" not in aud)) or not aud:
        raise ValueError
    for value in (claims["exp"], claims["iat"], get("nbf", 0)):
        if (type(value) is not int and type(value) is not float) or not 0 <= value <= MAX_TIME:
            raise ValueError
    for name in ("permissions", "roles", "groups"):
        value = get(name)
        if (value is None and name in claims) or (
            value is not None and (type(value) is not list or (value and set(map(type, value)) != TEXTS))
        ):
            raise ValueError
    if type(get("scope", "")) is not str or "iss" not in claims:
        raise ValueError
    act, depth = get("act"), 0
    if act is None and "act" in claims:
        raise ValueError
    while act is not None:
        depth += 1
        if depth > MAX_ACTORS or type(act) is not dict or type(act.get("sub")) is not str or not act["sub"]:
            raise ValueError
        if "iss" in act and (type(act["iss"]) is not str or not act["iss"]):
            raise ValueError
        act = act.get("act")


def sign(material: dict[str, Any], profile: str) -> Callable[..., str]:
    issuer, audience = material["issuer"], material["audience"]
    kept = _hashlib.hmac_new(decode(material["secret"]), b"", "sha512")
    key = private_key_of(material)
    header = header_of(profile, material["kid"]) + b"."

    def input_of(claims: dict[str, Any], aud: str) -> bytes:
        iat = int(time())
        data = bytearray(os.urandom(16))
        data[6] = data[6] & 0x0F | 0x40
        data[8] = data[8] & 0x3F | 0x80
        digits = data.hex()
        jti = f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
        whole = {**claims, "iss": issuer, "aud": aud, "iat": iat, "exp": iat + TTL, "jti": jti}
        _check_types(whole)
        is_plain = True
        for value in whole.values():
            kind = type(value)
            if kind is str or (kind is list and set(map(type, value)) <= TEXTS):
                continue
            if not is_portable(value, 2):
                raise ValueError
            is_plain = is_plain and (kind is int or not has_fraction(value))
        text = "".join(_encode(whole, 0)) if is_plain else ""
        if not text.isascii() or not is_plain:
            if not is_portable(whole, 1):
                raise ValueError
            text = canonical(whole)
        data = header + b2a_base64(text.encode(), newline=False).rstrip(b"=").translate(TO_URL)
        if len(data) + 1 + SIGNATURE_CHARACTERS > MAX_LENGTH:
            raise ValueError
        return data

    def hs512(claims: dict[str, Any], aud: str = audience) -> str:
        data = input_of(claims, aud)
        mac = kept.copy()
        mac.update(data)
        return (data + b"." + b2a_base64(mac.digest(), newline=False)[:SIGNATURE_CHARACTERS].translate(TO_URL)).decode()

    def eddsa(claims: dict[str, Any], aud: str = audience) -> str:
        data = input_of(claims, aud)
        return (
            data + b"." + b2a_base64(key.sign(data), newline=False)[:SIGNATURE_CHARACTERS].translate(TO_URL)
        ).decode()

    return hs512 if profile == "hs512" else eddsa


def _object(segment: bytes) -> dict[str, Any]:
    """The strict JSON object of a canonical segment."""
    data = a2b_base64(segment.translate(FROM_URL) + b"==")
    if b2a_base64(data, newline=False).rstrip(b"=").translate(TO_URL) != segment:
        raise ValueError
    text = data.decode()
    if text.count("{") + text.count("[") > MAX_DEPTH and not is_shallow(text):
        raise ValueError
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        value, end = None, -1
    if end != len(text):
        value = _decoder.decode(text)
    if type(value) is not dict:
        raise ValueError
    is_escaped = "\\u" in text
    for item in value.values():
        kind = type(item)
        if is_escaped or not (kind is str or (kind is list and set(map(type, item)) <= TEXTS)):
            if kind is int and -MAX_NUMBER <= item <= MAX_NUMBER:
                continue
            if not is_portable(item, 2):
                raise ValueError
    if is_escaped and not is_portable(value, 1):
        raise ValueError
    return value


def _check_header(segment: bytes, alg: str, wanted: str | None) -> None:
    header = _object(segment)
    typ, kid = header.get("typ", "JWT"), header.get("kid", "-")
    if header["alg"] != alg or "crit" in header or "b64" in header or type(typ) is not str or type(kid) is not str:
        raise ValueError
    if typ.lower() not in ("jwt", "application/jwt") or not kid or (wanted and kid not in ("-", wanted)):
        raise ValueError


def verify(
    material: dict[str, Any], profile: str, *, key_set: dict[str, Any] | None = None, **_: object
) -> Callable[[str], dict[str, Any]]:
    issuer, audience = material["issuer"], material["audience"]
    kept = _hashlib.hmac_new(decode(material["secret"]), b"", "sha512")
    kid = material["kid"]
    keys = {jwk["kid"]: public_key_of(jwk) for jwk in (key_set or {"keys": [material["publicJwk"]]})["keys"]}
    known = header_of(profile, kid)

    def read(segment: bytes) -> dict[str, Any]:
        claims = _object(segment)
        _check_types(claims)
        aud, exp, iat, now = claims["aud"], claims["exp"], claims["iat"], time()
        if claims["iss"] != issuer or not (aud == audience or (type(aud) is list and audience in aud)):
            raise ValueError
        if not now < exp + LEEWAY or not claims.get("nbf", 0) <= now + LEEWAY or not iat <= now + LEEWAY:
            raise ValueError
        if exp - iat > MAX_LIFETIME or "cnf" in claims:
            raise ValueError
        return claims

    def hs512(token: str) -> dict[str, Any]:
        if type(token) is not str or len(token) > MAX_LENGTH or not token.isascii():
            raise ValueError
        header, payload, signature = token.encode().split(b".")
        if header != known:
            _check_header(header, "HS512", None)
        mac = kept.copy()
        mac.update(header)
        mac.update(b".")
        mac.update(payload)
        # The one canonical text of the right bytes: whatever else is written there differs from it.
        expected = b2a_base64(mac.digest(), newline=False)[:SIGNATURE_CHARACTERS].translate(TO_URL)
        if not hmac.compare_digest(expected, signature):
            raise ValueError
        return read(payload)

    def eddsa(token: str) -> dict[str, Any]:
        if type(token) is not str or len(token) > MAX_LENGTH or not token.isascii():
            raise ValueError
        data = token.encode()
        header, payload, text = data.split(b".")
        if header != known:
            _check_header(header, "EdDSA", kid)
        signature = a2b_base64(text.translate(FROM_URL) + b"==")
        if b2a_base64(signature, newline=False)[:SIGNATURE_CHARACTERS].translate(TO_URL) != text:
            raise ValueError
        if signature[31] & 0x7F in (0x00, 0x05, 0x7A, 0x7F):
            y = signature[:31] + bytes((signature[31] & 0x7F,))
            if y in SMALL or int.from_bytes(y, "little") >= P:
                raise ValueError
        try:
            keys[kid].verify(signature, data[: len(header) + 1 + len(payload)])
        except InvalidSignature:
            raise ValueError from None
        return read(payload)

    return hs512 if profile == "hs512" else eddsa


def delegate(material: dict[str, Any], profile: str, token: str, permission: str) -> Callable[[], str]:
    mint = sign(material, profile)
    original = verify(material, profile)(token)

    def call() -> str:
        if not time() < original["exp"] or permission not in original["permissions"]:
            raise ValueError
        kept = {name: original[name] for name in ("sub", "roles", "scope", "tid")}
        return mint({**kept, "permissions": [permission], "act": {"sub": "gateway"}}, "orders")

    return call
