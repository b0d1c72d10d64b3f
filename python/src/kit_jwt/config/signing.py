"""What a kit signs with: one kind of material, or the one that the profile names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from kit_jwt.crypto.algorithms import ProfileName
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import ConfigError
from kit_jwt.keys.key import PrivateKey, SecretKey, with_kid
from kit_jwt.keys.private_key import import_private_key
from kit_jwt.keys.secret import secret_key
from kit_jwt.keys.signer import Signer

from .members import Members, located

_PROFILES: Final = ("HS512", "EdDSA")


@dataclass(frozen=True, slots=True)
class Signing:
    """The material that may sign, as configured, and the one that does.

    Attributes:
        profile: what it signs with, else the configured profile, else None.
        signs: the key or the remote signer, None where there is none.
        kid: of the tokens, None for none.
        secret: the kit's secret, which verifies too.
        private_key: the kit's private key, whose public half verifies too.
    """

    profile: ProfileName | None
    signs: SecretKey | PrivateKey | Signer | None
    kid: str | None
    secret: SecretKey | None
    private_key: PrivateKey | None


def read_signing(members: Members) -> Signing:
    """Check the signing material.

    Raises:
        ConfigError: the codes of keys; `config_conflict` with `kid`, `signer` or `profile`.
    """
    profile = cast("ProfileName | None", members.word("profile", _PROFILES))
    signer = _signer(members)
    secret = private = None
    if "secret" in members:
        signs = profile != "EdDSA"
        secret = located("secret", lambda: secret_key(members.get("secret"), signs=signs))
    if "private_key" in members:
        private = located("private_key", lambda: import_private_key(_jwk(members.get("private_key"))))
    chosen = profile or _inferred(secret, private, signer)
    kid = members.text("kid")
    if kid is not None:
        if chosen == "HS512" and secret is not None:
            secret = located("kid", lambda: with_kid(cast("SecretKey", secret), kid))
        elif chosen == "EdDSA" and private is not None:
            private = located("kid", lambda: with_kid(cast("PrivateKey", private), kid))
        elif signer is None or signer.alg != chosen or signer.kid not in {None, kid}:
            raise ConfigError("config_conflict", variable="kid")
    local = secret if chosen == "HS512" else private if chosen == "EdDSA" else None
    if signer is not None and signer.alg == chosen:
        if local is not None:
            raise ConfigError("config_conflict", variable="signer")
        return Signing(chosen, signer, signer.kid or kid, secret, private)
    return Signing(chosen, local, None if local is None else local.kid, secret, private)


def _inferred(secret: SecretKey | None, private: PrivateKey | None, signer: Signer | None) -> ProfileName | None:
    kinds: set[ProfileName] = set()
    if secret is not None:
        kinds.add("HS512")
    if private is not None:
        kinds.add("EdDSA")
    if signer is not None:
        kinds.add(signer.alg)
    if len(kinds) > 1:
        raise ConfigError("config_conflict", variable="profile")
    return next(iter(kinds), None)


def _signer(members: Members) -> Signer | None:
    signer = cast("Signer | None", members.port("signer", "sign"))
    if signer is None:
        return None
    alg, kid = getattr(signer, "alg", None), getattr(signer, "kid", None)
    if alg not in _PROFILES:
        raise ConfigError("config_invalid", variable="signer.alg")
    if kid is not None and (not isinstance(kid, str) or not kid or not is_well_formed(kid)):
        raise ConfigError("config_invalid", variable="signer.kid")
    if kid is None and alg == "EdDSA" and "kid" not in members:
        raise ConfigError("config_missing", variable="signer.kid")
    return signer


def _jwk(value: object) -> dict[str, object] | str:
    return cast("dict[str, object] | str", value)  # import_private_key refuses whatever is neither
