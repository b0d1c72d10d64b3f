"""kit-jwt, as the wheel has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kit_jwt import Kit, policy

NAME = "kit"
IS_STRICT = True
IS_REPEATED = True
HAS_KEY_SETS = True
# The options that turn the cache of verified signatures on.
CACHE: dict[str, Any] | None = {"signature_cache_bytes": 2_000_000}


def options_of(
    material: dict[str, Any], profile: str, *, key_set: object = None, is_cached: bool = False
) -> dict[str, Any]:
    options = {"issuer": material["issuer"], "audience": material["audience"], **((is_cached and CACHE) or {})}
    if key_set is not None:
        return {**options, "public_keys": key_set}
    return {**options, **({"secret": material["secret"]} if profile == "hs512" else {"private_key": material["jwk"]})}


def sign(material: dict[str, Any], profile: str) -> Callable[[dict[str, Any]], str]:
    return Kit(**options_of(material, profile)).sign


def verify(material: dict[str, Any], profile: str, **options: Any) -> Callable[[str], Any]:
    return Kit(**options_of(material, profile, **options)).verify


def check_auth(material: dict[str, Any], profile: str, rules: dict[str, Any]) -> Callable[[str], Any]:
    """Five rules, prepared once."""
    prepared = (
        policy()
        .need_all(rules["permission"])
        .roles_any(*rules["roles"])
        .subject(rules["subject"])
        .no_actor()
        .claim("scope", rules["scope"])
    )
    check = Kit(**options_of(material, profile)).check_auth
    return lambda token: check(token, prepared)


def delegate(material: dict[str, Any], profile: str, token: str, permission: str) -> Callable[[], str]:
    kit = Kit(**options_of(material, profile))
    claims = kit.verify(token)
    return lambda: kit.create_delegated_token(claims, "gateway", aud="orders", permissions=[permission])
