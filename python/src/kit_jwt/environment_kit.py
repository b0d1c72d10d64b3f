"""The kit of the environment: one per process and face, made when it is first used; and its operations."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final, Generic, TypeVar, Unpack

from .auth.policy_builder import AnyPolicy
from .auth.principal import Principal
from .call_options import CheckOptions, DelegationOptions, SignOptions, VerifyOptions
from .config.environment import config_from_environment
from .kit import Kit, KitBase
from .token.claims import Claims
from .token.time import expires_within

K = TypeVar("K", bound=KitBase)

_OTHERS: Final = 0o077  # what the group or others may do with a file, in its mode


class Bindings:
    """What a platform binds beside the process environment, and how often that was set."""

    __slots__ = ("generation", "lock", "values")

    def __init__(self) -> None:
        """Start with nothing."""
        self.lock = threading.RLock()
        self.values: Mapping[str, object] = {}
        self.generation = 0

    def apply(self, values: Mapping[str, object]) -> None:
        """Take values that stand before the process environment; kits are made anew when they are next used."""
        with self.lock:
            self.values = dict(values)
            self.generation += 1


BINDINGS = Bindings()
"""The one of this process."""


class EnvironmentKit(Generic[K]):
    """Makes the kit of the environment once, for one class of kits; threads that come at once get the same."""

    __slots__ = ("_generation", "_kit", "_make")

    def __init__(self, make: Callable[..., K]) -> None:
        """Make kits with `make`."""
        self._make = make
        self._kit: K | None = None
        self._generation = -1

    def kit(self) -> K:
        """The kit of the environment.

        Raises:
            ConfigError: the environment does not describe one.
        """
        with BINDINGS.lock:
            if self._kit is None or self._generation != BINDINGS.generation:
                env: dict[str, object] = {**os.environ, **BINDINGS.values}
                self._kit = self._make(**config_from_environment(env, read_file=read_key_file))
                self._generation = BINDINGS.generation
            return self._kit


def read_key_file(path: str) -> str:
    """The text of a file that holds a key.

    Raises:
        OSError: it cannot be read, or is open to others than its owner (a mode such as 0644; Windows has no modes).
        UnicodeDecodeError: it is not UTF-8.
    """
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 # pathlib takes as long to import as half of the kit
        # Asked of the open file: a path could be another file by the time it is read.
        if os.name == "posix" and os.fstat(file.fileno()).st_mode & _OTHERS:
            message = "a key file is for its owner alone"
            raise PermissionError(message)
        return file.read()


_ENVIRONMENT: Final = EnvironmentKit(Kit)


def sign(claims: Mapping[str, object], /, **options: Unpack[SignOptions]) -> str:
    """Mint a token with the kit of the environment, as `Kit.sign` does.

    Args:
        claims: a JSON object; `iss`, `aud`, `iat` and `exp` come through options.
        options: `aud` and `iss` in place of the kit's, `ttl` in seconds.

    Returns:
        The compact form.

    Raises:
        TokenError: as `Kit.sign`.
        ConfigError: as `Kit.sign`, and as `config_from_environment` at the first call.
        MisuseError: a wrong type, an unknown option.

    >>> sign({"sub": "u1"}, ttl=60).count(".")
    2
    """
    return _ENVIRONMENT.kit().sign(claims, **options)


def verify(token: str, /, **options: Unpack[VerifyOptions]) -> Claims:
    """Verify a token with the kit of the environment, as `Kit.verify` does.

    Args:
        token: the compact form.
        options: `confirmation` is what the request proved: the token must be bound to it (RFC 7800).

    Returns:
        The claims, immutable, marked as verified.

    Raises:
        TokenError: as `Kit.verify`.
        ConfigError: as `Kit.verify`, and as `config_from_environment` at the first call.
        MisuseError: a wrong option.

    >>> verify(sign({"sub": "u1"}))["sub"]
    'u1'
    """
    return _ENVIRONMENT.kit().verify(token, **options)


def check_auth(token: str, policy: AnyPolicy, /, **options: Unpack[CheckOptions]) -> Principal:
    """Verify a token and hold it against a policy with the kit of the environment, as `Kit.check_auth` does.

    Args:
        token: the compact form.
        policy: built by `policy()`, or a plain JSON object.
        options: `context` for names in the policy, `also` a predicate, `confirmation` as in `verify`.

    Returns:
        Who passed.

    Raises:
        TokenError: as `Kit.check_auth`.
        ConfigError: as `Kit.check_auth`, and as `config_from_environment` at the first call.
        MisuseError: as `Kit.check_auth`.

    >>> check_auth(sign({"sub": "u1", "roles": ["admin"]}), {"rolesAny": ["admin"]}).subject
    'u1'
    """
    return _ENVIRONMENT.kit().check_auth(token, policy, **options)


def create_delegated_token(claims: Claims, actor: str, /, **options: Unpack[DelegationOptions]) -> str:
    """Mint a token for an actor with the kit of the environment, as `Kit.create_delegated_token` does.

    Args:
        claims: the original's, as `verify` gave them.
        actor: the service that acts.
        options: `aud` the target service (required), `ttl` in seconds, `permissions`, `roles` and `scope` to narrow,
            `copy` further claims.

    Returns:
        The compact form; it ends no later than the original.

    Raises:
        TokenError: as `Kit.create_delegated_token`.
        ConfigError: as `Kit.create_delegated_token`, and as `config_from_environment` at the first call.
        MisuseError: as `Kit.create_delegated_token`.

    >>> create_delegated_token(verify(sign({"sub": "u1"})), "gateway", aud="orders").count(".")
    2
    """
    return _ENVIRONMENT.kit().create_delegated_token(claims, actor, **options)


def consume_once(claims: Claims) -> None:
    """Use a token up with the kit of the environment, as `Kit.consume_once` does. Call it once per request, last.

    Args:
        claims: as `verify` gave them, with a `jti`.

    Raises:
        TokenError: as `Kit.consume_once`.
        ConfigError: as `Kit.consume_once`, and as `config_from_environment` at the first call.
        MisuseError: claims that are not verified.

    >>> consume_once(verify(sign({"sub": "u1"})))
    """
    return _ENVIRONMENT.kit().consume_once(claims)


def is_expiring_soon(claims_or_token: Mapping[str, object] | str, *, within: float = 60) -> bool:
    """Whether a token ends within some seconds by the system's clock; needs no kit. It is not verified.

    Args:
        claims_or_token: claims with an `exp`, or a token.
        within: seconds.

    Returns:
        Whether `exp - now <= within`.

    Raises:
        TokenError: as `decode_unverified`; `claim_missing` and `claim_invalid` with `exp`.
        MisuseError: a wrong type.

    >>> is_expiring_soon({"exp": 0})
    True
    """
    return expires_within(claims_or_token, within, time.time())
