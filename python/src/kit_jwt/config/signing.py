"""What a kit signs with: one kind of material, or the one that the profile names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar, cast

from kit_jwt.crypto.algorithms import ProfileName
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import ConfigError
from kit_jwt.keys.key import PrivateKey, SecretKey, with_kid
from kit_jwt.keys.private_key import read_private_key
from kit_jwt.keys.secret import secret_key
from kit_jwt.keys.signer import Signer

from .members import Members, located

K = TypeVar("K", SecretKey, PrivateKey)
T = TypeVar("T")

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
        belongs: whether the two halves of the private key belong together.
    """

    profile: ProfileName | None
    signs: SecretKey | PrivateKey | Signer | None
    kid: str | None
    secret: SecretKey | None
    private_key: PrivateKey | None
    belongs: bool

    def require_whole(self, variable: str) -> None:
        """Refuse a private key whose halves do not belong together; told last of all.

        Raises:
            ConfigError: `key_invalid` with `variable`.
        """
        if not self.belongs:
            raise ConfigError("key_invalid", variable=variable)


def read_signing(members: Members) -> Signing:
    """Check the signing material.

    Raises:
        ConfigError: the codes of keys; `config_conflict` with `kid`, `profile` or `signer`.
    """
    profile = cast("ProfileName | None", members.word("profile", _PROFILES))
    kid = members.text("kid")
    signer = _signer(members, kid)
    given = _given(members, signer)
    chosen = profile or (given[0] if len(given) == 1 else None)
    secret = _key(members, "secret", lambda value: secret_key(value, signs=chosen == "HS512"))
    if secret is not None and chosen == "HS512":
        secret = _named(secret, kid)
    found = _key(members, "private_key", read_private_key)
    private, belongs = (None, True) if found is None else found
    if private is not None and chosen == "EdDSA":
        private = _named(private, kid)
    if chosen is None and given:
        raise ConfigError("config_conflict", variable="profile")
    local = secret if chosen == "HS512" else private if chosen == "EdDSA" else None
    if signer is not None and signer.alg == chosen:
        if local is not None:
            raise ConfigError("config_conflict", variable="signer")
        return Signing(chosen, signer, signer.kid or kid, secret, private, belongs)
    return Signing(chosen, local, None if local is None else local.kid, secret, private, belongs)


def require_signing_for_kid(members: Members, signing: Signing) -> None:
    """Refuse a `kid` of nothing.

    Raises:
        ConfigError: `config_conflict` with `kid`.
    """
    if "kid" in members and signing.signs is None:
        raise ConfigError("config_conflict", variable="kid")


def _given(members: Members, signer: Signer | None) -> list[ProfileName]:
    """The profiles that there is signing material for."""
    kinds: dict[ProfileName, bool] = {"HS512": "secret" in members, "EdDSA": "private_key" in members}
    if signer is not None:
        kinds[signer.alg] = True
    return [name for name, is_given in kinds.items() if is_given]


def _key(members: Members, name: str, read: Callable[[str | Mapping[str, object]], T]) -> T | None:
    """What a member holds, read; None where it is not given."""
    if name not in members:
        return None
    value = members.get(name)
    if not isinstance(value, Mapping) and not (isinstance(value, str) and value):
        members.refuse(name)
    return located(name, lambda: read(value))


def _named(key: K, kid: str | None) -> K:
    # What contradicts the key's own `kid` is the setting of that name.
    return key if kid is None else located("kid", lambda: with_kid(key, kid))


def _signer(members: Members, given: str | None) -> Signer | None:
    signer = cast("Signer | None", members.port("signer", "sign"))
    if signer is None:
        return None
    alg, kid = getattr(signer, "alg", None), getattr(signer, "kid", None)
    if alg not in _PROFILES:
        raise ConfigError("config_invalid", variable="signer.alg")
    if kid is not None and (not isinstance(kid, str) or not kid or not is_well_formed(kid)):
        raise ConfigError("config_invalid", variable="signer.kid")
    if kid is None and given is None and alg == "EdDSA":
        raise ConfigError("config_missing", variable="signer.kid")
    if given is not None and kid not in {None, given}:
        raise ConfigError("config_conflict", variable="kid")
    return signer
