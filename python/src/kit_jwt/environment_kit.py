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
    """Mint a token with the kit of the environment, see `Kit.sign`."""
    return _ENVIRONMENT.kit().sign(claims, **options)


def verify(token: str, /, **options: Unpack[VerifyOptions]) -> Claims:
    """Verify a token with the kit of the environment, see `Kit.verify`."""
    return _ENVIRONMENT.kit().verify(token, **options)


def check_auth(token: str, policy: AnyPolicy, /, **options: Unpack[CheckOptions]) -> Principal:
    """Verify a token and hold it against a policy with the kit of the environment, see `Kit.check_auth`."""
    return _ENVIRONMENT.kit().check_auth(token, policy, **options)


def create_delegated_token(claims: Claims, actor: str, /, **options: Unpack[DelegationOptions]) -> str:
    """Mint a token for an actor with the kit of the environment, see `Kit.create_delegated_token`."""
    return _ENVIRONMENT.kit().create_delegated_token(claims, actor, **options)


def consume_once(claims: Claims) -> None:
    """Use a token up with the kit of the environment, see `Kit.consume_once`."""
    return _ENVIRONMENT.kit().consume_once(claims)


def is_expiring_soon(claims_or_token: Mapping[str, object] | str, *, within: float = 60) -> bool:
    """Whether a token ends within some seconds by the system's clock, see `Kit.is_expiring_soon`; needs no kit.

    >>> is_expiring_soon({"exp": 0})
    True
    """
    return expires_within(claims_or_token, within, time.time())
