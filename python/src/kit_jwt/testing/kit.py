"""A kit for tests, its configuration, and the environment of a program that is to trust its tokens."""

from __future__ import annotations

import json
from typing import Final, Unpack

from kit_jwt.config.options import KitConfig
from kit_jwt.crypto.algorithms import ProfileName
from kit_jwt.errors import MisuseError
from kit_jwt.kit import Kit

from .clock import fixed_clock
from .entropy import repeating_entropy
from .keys import TEST_AUDIENCE, TEST_ISSUER, TEST_KID, TEST_PRIVATE_JWK, TEST_SECRET

# Whoever brings any of these has keys of their own, and wants none of ours beside them.
_MATERIAL: Final = frozenset(
    {
        "secret",
        "accept_secrets",
        "private_key",
        "public_keys",
        "jwks_url",
        "jwks_service",
        "key_source",
        "signer",
    }
)


def config_for_tests(**config: Unpack[KitConfig]) -> KitConfig:
    """The configuration of a kit for tests, for `Kit` or `aio.Kit`.

    The issuer and the audience for tests, a clock that stands at `TEST_NOW`, entropy that repeats, and a published
    key: `TEST_SECRET` with the `kid` `TEST_KID`, or with `profile="EdDSA"` `TEST_PRIVATE_JWK`.

    Args:
        config: members to add or to replace; key material of any kind keeps the published keys out.

    Returns:
        The keywords of a kit.

    >>> from kit_jwt import aio
    >>> aio.Kit(**config_for_tests(profile="EdDSA", ttl=60))
    <Kit EdDSA>
    """
    defaults: KitConfig = {
        "issuer": TEST_ISSUER,
        "audience": TEST_AUDIENCE,
        "clock": fixed_clock(),
        "entropy": repeating_entropy(),
    }
    if _MATERIAL.isdisjoint(config):
        if config.get("profile") == "EdDSA":
            defaults["private_key"] = TEST_PRIVATE_JWK
        else:
            defaults["secret"] = TEST_SECRET
            defaults["kid"] = TEST_KID
    defaults.update(config)
    return defaults


def create_test_kit(**config: Unpack[KitConfig]) -> Kit:
    """A kit for tests: the same calls give the same tokens at every run, and in both languages.

    Args:
        config: members to add or to replace, see `config_for_tests`.

    Returns:
        A kit that takes the tokens of `create_tokens` with the same configuration.

    Raises:
        ConfigError: as `Kit`.

    >>> kit = create_test_kit(profile="EdDSA")
    >>> kit.sign({"sub": "u1"}) == create_test_kit(profile="EdDSA").sign({"sub": "u1"})
    True
    """
    return Kit(**config_for_tests(**config))


def environment_for_tests(profile: ProfileName = "HS512") -> dict[str, str]:
    """The environment of a program whose kit is to trust the tokens of `create_tokens`.

    The program's clock is the system's: give `create_tokens` that one too, `clock=time.time`.

    Args:
        profile: what it signs with.

    Returns:
        `JWT_ISS`, `JWT_AUD`, and `JWT_SECRET` with `JWT_KID`, or `JWT_PRIVATE_JWK`.

    Raises:
        MisuseError: not a profile.

    >>> sorted(environment_for_tests("EdDSA"))
    ['JWT_AUD', 'JWT_ISS', 'JWT_PRIVATE_JWK']
    """
    if profile not in {"HS512", "EdDSA"}:
        message = "profile is HS512 or EdDSA"
        raise MisuseError(message)
    parties = {"JWT_ISS": TEST_ISSUER, "JWT_AUD": TEST_AUDIENCE}
    if profile == "EdDSA":
        return {**parties, "JWT_PRIVATE_JWK": json.dumps(dict(TEST_PRIVATE_JWK))}
    return {**parties, "JWT_SECRET": TEST_SECRET, "JWT_KID": TEST_KID}
