"""What a kit accepts, and a careful operator would not leave so."""

from __future__ import annotations

import re
from typing import Final

from kit_jwt.config.describe import Description
from kit_jwt.config.resolve import Role
from kit_jwt.encoding.base64url import decode_base64url

from .findings import Symptom
from .jwks import set_symptoms
from .pins import pinned_out
from .reading import Entry, Reading
from .secrets import weak_secrets
from .shown import revealed
from .texts import VARIABLE_TEXTS

_HOUR: Final = 3600
_DAY: Final = 86_400
_THUMBPRINT_BYTES: Final = 32
_SPACED: Final = re.compile(r"\A[ \t\n\v\f\r]|[ \t\n\v\f\r]\Z")


def careless_values(reading: Reading, role: Role | None) -> list[Symptom]:
    """What is seen in the variables, whether or not a kit can be made of them."""
    return [*_names(reading, role), *_times(reading), *weak_secrets(reading), *set_symptoms(reading)]


def _names(reading: Reading, role: Role | None) -> list[Symptom]:
    symptoms = []
    issuer = reading.of("issuer")
    if _SPACED.search(issuer.text or ""):
        symptoms.append(Symptom("issuer_spaced", issuer.supplier))
    for option in ("issuer", "audience", "kid"):
        symptoms.extend(_in_the_open(reading.of(option)))
    if role is None and not reading.has("audience"):
        symptoms.append(Symptom("audience_unset", "JWT_AUD"))
    if role == "consumer" and reading.has("private_key"):
        symptoms.append(Symptom("consumer_can_sign", reading.of("private_key").supplier))
    return symptoms


def _in_the_open(entry: Entry) -> list[Symptom]:
    """What is written into each token, and could be a secret in the wrong place; a thumbprint may be a `kid`."""
    is_list = entry.kind == "list"
    symptoms = []
    for place, item in enumerate(entry.items if is_list else [entry.text], 1):
        text = item or ""
        if revealed(text) != text and len(decode_base64url(text) or b"") != _THUMBPRINT_BYTES:
            symptoms.append(
                Symptom("secret_in_the_open", entry.supplier, {"entry": f" (entry {place})" if is_list else ""})
            )
    return symptoms


def _number(reading: Reading, option: str) -> int:
    number = reading.number(option)
    return VARIABLE_TEXTS[reading.of(option).name].default if number is None else number


def _times(reading: Reading) -> list[Symptom]:
    ttl, leeway = _number(reading, "ttl"), _number(reading, "leeway")
    lifetime, cache = _number(reading, "max_lifetime"), _number(reading, "jwks_cache_ttl")
    symptoms = []
    if _HOUR < ttl <= lifetime:
        symptoms.append(Symptom("ttl_long", "JWT_TTL_SECONDS", {"seconds": ttl, "meant": 900}))
    if 0 < ttl < leeway <= VARIABLE_TEXTS["JWT_LEEWAY"].most:
        values = {"seconds": ttl, "leeway": leeway, "meant": ttl // 2}
        symptoms.append(Symptom("ttl_within_leeway", "JWT_TTL_SECONDS", values))
    if lifetime > _DAY:
        symptoms.append(Symptom("lifetime_long", "JWT_MAX_LIFETIME_SECONDS", {"seconds": lifetime, "meant": _DAY}))
    if cache > _HOUR:
        symptoms.append(Symptom("cache_long", "JWT_JWKS_CACHE_TTL_SECONDS", {"seconds": cache, "meant": 300}))
    if reading.has("jwks_cache_ttl") and not reading.has("jwks_url"):
        symptoms.append(Symptom("cache_unused", "JWT_JWKS_CACHE_TTL_SECONDS"))
    return symptoms


def careless_kit(reading: Reading, kit: Description) -> list[Symptom]:
    """What is seen in a kit that could be made."""
    return [*_idle(reading, kit), *pinned_out(reading, kit)]


def _idle(reading: Reading, kit: Description) -> list[Symptom]:
    """Keys that neither sign nor verify, and a signature that the kit itself does not accept."""
    accept, signs = kit["accept"], kit["signs"]
    alg = None if signs is None else signs["alg"]
    symptoms = []
    if alg is not None and accept and alg not in accept:
        symptoms.append(Symptom("signs_unaccepted", "JWT_ACCEPT", {"alg": alg, "meant": ",".join([*accept, alg])}))
    unused: dict[str, str] = {}
    if "HS512" not in accept:
        unused |= (
            {"accept_secrets": "key_idle"}
            if alg == "HS512"
            else {"secret": "secret_idle", "accept_secrets": "key_idle"}
        )
    if "EdDSA" not in accept and alg != "EdDSA":
        unused["private_key"] = "key_idle"
    if all(name == "HS512" for name in accept):
        unused |= dict.fromkeys(("public_keys", "jwks_url", "jwks_service"), "key_idle")
    idle = [Symptom(code, reading.of(option).supplier) for option, code in unused.items() if reading.has(option)]
    return [*symptoms, *idle]
