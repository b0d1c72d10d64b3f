"""What is wrong with a JWK or a JWKS. Nothing of it is ever told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kit_jwt.crypto.algorithms import EDDSA, HS512, Algorithm
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue, is_array
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import ConfigError
from kit_jwt.keys.jwk import PRIVATE_MEMBERS, read_jwk
from kit_jwt.keys.private_key import read_private_key
from kit_jwt.keys.public_key import public_key
from kit_jwt.sources.key_set import usable_keys

from .findings import Symptom
from .reading import Entry, Reading
from .texts import LINES
from .words import listed_algorithms

Jwk = Mapping[str, JSONValue]

_OTHER_KEY: Final = re.compile("-----BEGIN|ssh-ed25519|ssh-rsa|ecdsa-sha2-")
_QUOTED: Final = re.compile(r"""[ \t\n\r]*(["'])[\s\S]*\1[ \t\n\r]*""")
_ESCAPED: Final = re.compile(r'[ \t\n\r]*\{[ \t\n\r]*\\"')
_PURPOSES: Final = ("use", "alg", "key_ops")


def _is_private(jwk: Jwk) -> bool:
    return any(name in jwk for name in PRIVATE_MEMBERS)


def _holds(read: Callable[[], object]) -> bool:
    """Whether reading succeeds: the kit's own judgement of one key."""
    try:
        read()
    except ConfigError:
        return False
    return True


def fits(text: str, algorithm: Algorithm) -> bool:
    """Whether the text of a public JWK is good for an algorithm."""
    return _holds(lambda: public_key(read_jwk(text), algorithm))


def is_set(text: str) -> bool:
    """Whether the text is that of a key set: any key may be in it."""
    return "keys" in (parse_object(text) or {})


def _rows(reading: Reading) -> list[Algorithm]:
    """The algorithms that public keys are read for."""
    return [algorithm for algorithm in listed_algorithms(reading) if algorithm is not HS512] or [EDDSA]


def jwk_symptoms(entry: Entry, reading: Reading) -> list[Symptom]:
    """Why the kit refuses a private or public key."""
    is_private_place = entry.option == "private_key"
    text = entry.text or ""
    line = LINES["private"] if is_private_place else LINES["public"]
    jwk = parse_object(text) or {}
    form = _form_fault(text)
    # A key for one of the outside issuers' algorithms: what the kit says of it is all that is known.
    is_outside = not is_private_place and any(row.outside for row in _rows(reading))
    kty = jwk.get("kty")
    if form is None and is_outside and isinstance(kty, str) and kty not in {"OKP", ""}:
        return []
    code = form or _member_fault(jwk, is_private_place=is_private_place)
    return [Symptom(code, entry.supplier, {"line": line})]


def _form_fault(text: str) -> str | None:
    """What is wrong with the text, before it is a key."""
    if _OTHER_KEY.search(text):
        return "jwk_pem"
    if _QUOTED.fullmatch(text):
        return "jwk_quoted"
    if parse_object(text) is not None:
        return None
    return "jwk_escaped" if _ESCAPED.match(text) else "jwk_not_json"


def _member_fault(jwk: Jwk, *, is_private_place: bool) -> str:
    """What is wrong with a key that is an object."""
    kty = jwk.get("kty")
    faults = (
        ("keys" in jwk, "private_jwk_set" if is_private_place else "jwks_invalid"),
        (not isinstance(kty, str), "jwk_invalid"),
        (kty == "oct", "jwk_is_secret"),
        (is_private_place and kty == "OKP" and "d" not in jwk, "private_jwk_public"),
        (not is_private_place and _is_private(jwk), "public_jwk_private"),
        (kty != "OKP" or jwk.get("crv") != "Ed25519", "jwk_curve"),
    )
    first = next((code for is_there, code in faults if is_there), None)
    return first or _key_fault(jwk, read_private_key if is_private_place else lambda source: public_key(source, EDDSA))


def _key_fault(jwk: Jwk, read: Callable[[Jwk], object]) -> str:
    bare = {name: value for name, value in jwk.items() if name not in _PURPOSES}
    if not _holds(lambda: read(jwk)):
        return "jwk_purpose" if _holds(lambda: read(bare)) else "jwk_invalid"
    # Each half was right for itself.
    return "jwk_halves"


def kid_of_private_key(reading: Reading) -> str | None:
    """The `kid` of the private JWK, where it can be read."""
    kid = (parse_object(reading.of("private_key").text or "") or {}).get("kid")
    return kid if isinstance(kid, str) and kid and is_well_formed(kid) else None


def set_symptoms(reading: Reading) -> list[Symptom]:
    """What a kit ignores in a key set, and its operator should know."""
    entry = reading.of("public_keys")
    entries = (parse_object(entry.text or "") or {}).get("keys")
    if not is_array(entries):
        return []
    rows = _rows(reading)
    jwks = [jwk for jwk in entries if isinstance(jwk, Mapping)]
    usable = [jwk for jwk in jwks if _is_usable(jwk, rows)]
    found = {
        "jwks_empty": not usable,
        "jwks_kid_twice": _has_kid_twice(usable),
        "jwks_private": any(map(_is_private, jwks)),
    }
    return [Symptom(code, entry.supplier) for code, is_there in found.items() if is_there]


def _is_usable(jwk: Jwk, rows: Sequence[Algorithm]) -> bool:
    return any(True for _ in usable_keys([jwk], rows))


def _has_kid_twice(jwks: Sequence[Jwk]) -> bool:
    """Two different keys of one type and `kid`; the same key twice counts once."""
    keys: dict[str, str] = {}
    for jwk in jwks:
        kid = jwk.get("kid")
        if not isinstance(kid, str):
            continue
        place = canonicalize([jwk["kty"], jwk.get("crv"), kid])
        key = canonicalize([jwk.get("x"), jwk.get("n")])
        if keys.setdefault(place, key) != key:
            return True
    return False
