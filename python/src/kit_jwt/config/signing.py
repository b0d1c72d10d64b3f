"""What a kit signs with: one kind of material, or the one that the profile names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kit_jwt.crypto.algorithms import ProfileName
from kit_jwt.errors import ConfigError
from kit_jwt.keys.key import PrivateKey, SecretKey, with_kid
from kit_jwt.keys.private_key import belongs_together, read_private_key
from kit_jwt.keys.secret import secret_key
from kit_jwt.keys.signer import Signer
from kit_jwt.token.effects import Effect, Flow

from .members import Members, located
from .settings import Settings

K = TypeVar("K", SecretKey, PrivateKey)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The keys of a kit's own that may sign.

    Attributes:
        secret: verifies too.
        private_key: its public half verifies too.
        belongs: whether the two halves of the private key belong together, None where the runtime tells it later.
        origin: the option or environment variable that the private key came from.
    """

    secret: SecretKey | None
    private_key: PrivateKey | None
    belongs: bool | None
    origin: str


@dataclass(frozen=True, slots=True)
class Signing:
    """The material that may sign, as configured, and the one that does.

    Attributes:
        profile: what it signs with, else the configured profile, else None.
        signs: the key or the remote signer, None where there is none.
        kid: of the tokens, None for none.
        secret: the kit's secret, which verifies too.
        private_key: the kit's private key, whose public half verifies too.
        belongs: whether the two halves of the private key belong together, None where the runtime tells it later.
        origin: the option or environment variable that the private key came from.
    """

    profile: ProfileName | None
    signs: SecretKey | PrivateKey | Signer | None
    kid: str | None
    secret: SecretKey | None
    private_key: PrivateKey | None
    belongs: bool | None
    origin: str

    def require_whole(self) -> None:
        """Refuse a private key whose halves do not belong together; told last of all faults of keys.

        Raises:
            ConfigError: `key_invalid` with the option or variable.
        """
        if self.belongs is False:
            raise ConfigError("key_invalid", variable=self.origin)

    def require_whole_later(self) -> Flow[None]:
        """As `require_whole`, where the runtime tells it later.

        Raises:
            ConfigError: also `runtime_unsupported`.
        """
        key = self.private_key
        if key is None or self.belongs is not None:
            return
        outcome = yield Effect(lambda: belongs_together(key), later=True)
        if outcome.error is not None:
            raise ConfigError("runtime_unsupported", variable=self.origin)
        if outcome.value is not True:
            raise ConfigError("key_invalid", variable=self.origin)


def read_own_secret(members: Members, settings: Settings) -> SecretKey | None:
    """The secret that signs and verifies.

    Raises:
        ConfigError: the codes of keys; `config_invalid`.
    """
    signs = _kinds(members, settings) == ["HS512"]
    return _key(members, "secret", lambda value: secret_key(value, signs=signs))


def read_own_private_key(members: Members) -> tuple[PrivateKey | None, bool | None]:
    """The private key, and whether its halves belong together.

    Raises:
        ConfigError: the codes of keys; `config_invalid`.
    """
    return _key(members, "private_key", read_private_key) or (None, True)


def read_signing(members: Members, settings: Settings, keys: OwnKeys) -> Signing:
    """What signs, under the configured `kid`.

    Raises:
        ConfigError: `config_conflict` with `profile`, `signer` or `kid`.
    """
    kinds = _kinds(members, settings)
    if len(kinds) > 1:
        raise ConfigError("config_conflict", variable="profile")
    profile = kinds[0] if kinds else None
    signer, kid, secret, private = settings.signer, settings.kid, keys.secret, keys.private_key
    remote = signer if signer is not None and signer.alg == profile else None
    local = secret if profile == "HS512" else private if profile == "EdDSA" else None
    if local is not None and remote is not None:
        raise ConfigError("config_conflict", variable="signer")
    if remote is not None:
        if kid is not None and remote.kid not in {None, kid}:
            raise ConfigError("config_conflict", variable="kid")
        return Signing(profile, remote, remote.kid or kid, secret, private, keys.belongs, keys.origin)
    if local is None and kid is not None:
        raise ConfigError("config_conflict", variable="kid")
    if secret is not None and profile == "HS512":
        local = secret = _named(secret, kid)
    elif private is not None and profile == "EdDSA":
        local = private = _named(private, kid)
    return Signing(profile, local, None if local is None else local.kid, secret, private, keys.belongs, keys.origin)


def _kinds(members: Members, settings: Settings) -> list[ProfileName]:
    """The kinds of signing material that there are; the profile is inferred where there is one."""
    if settings.profile is not None:
        return [settings.profile]
    kinds: dict[ProfileName, bool] = {"HS512": "secret" in members, "EdDSA": "private_key" in members}
    if settings.signer is not None:
        kinds[settings.signer.alg] = True
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
