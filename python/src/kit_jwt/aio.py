"""The awaitable face: the same operations, for an event loop. Ports may be asynchronous here.

>>> import asyncio
>>> from kit_jwt import aio
>>> kit = aio.Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
>>> async def main():
...     return await kit.verify(await kit.sign({"sub": "u1"}))
>>> asyncio.run(main())["sub"]
'u1'
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import TypeVar, Unpack

from .auth.policy_builder import AnyPolicy
from .auth.principal import Principal
from .call_options import CheckOptions, DelegationOptions, SignOptions, VerifyOptions
from .environment_kit import EnvironmentKit
from .keys.generate import KeyPair, generate_key_pair_later
from .keys.key import PrivateKey
from .keys.private_key import import_private_key_later
from .kit import KitBase
from .token.claims import Claims
from .token.effects import Done, Flow, advance, perform, perform_awaiting

__all__ = [
    "Kit",
    "check_auth",
    "consume_once",
    "create_delegated_token",
    "generate_key_pair",
    "import_private_key",
    "sign",
    "verify",
]

T = TypeVar("T")


class Kit(KitBase):
    """As `kit_jwt.Kit`, with awaitable operations: same arguments, same answers, same errors."""

    __slots__ = ()

    async def ready(self) -> None:
        """Ask what only the runtime can tell, where it tells it later (Pyodide); otherwise that is at the first use.

        Raises:
            ConfigError: `key_invalid` (a `d` that is not that of `x`), `runtime_unsupported`.
        """
        return await _drive(self._operations.ready())

    async def sign(self, claims: Mapping[str, object], /, **options: Unpack[SignOptions]) -> str:
        """As `kit_jwt.Kit.sign`."""
        return await _drive(self._operations.sign(claims, options))

    async def verify(self, token: str, /, **options: Unpack[VerifyOptions]) -> Claims:
        """As `kit_jwt.Kit.verify`."""
        return await _drive(self._operations.verify(token, options))

    async def check_auth(self, token: str, policy: AnyPolicy, /, **options: Unpack[CheckOptions]) -> Principal:
        """As `kit_jwt.Kit.check_auth`; `also` answers at once here too."""
        return await _drive(self._operations.check_auth(token, policy, options))

    async def create_delegated_token(self, claims: Claims, actor: str, /, **options: Unpack[DelegationOptions]) -> str:
        """As `kit_jwt.Kit.create_delegated_token`."""
        return await _drive(self._operations.create_delegated_token(claims, actor, options))

    async def consume_once(self, claims: Claims) -> None:
        """As `kit_jwt.Kit.consume_once`."""
        return await _drive(self._operations.consume_once(claims))


_environment = EnvironmentKit(Kit)


async def sign(claims: Mapping[str, object], /, **options: Unpack[SignOptions]) -> str:
    """As `kit_jwt.sign`."""
    return await _environment.kit().sign(claims, **options)


async def verify(token: str, /, **options: Unpack[VerifyOptions]) -> Claims:
    """As `kit_jwt.verify`."""
    return await _environment.kit().verify(token, **options)


async def check_auth(token: str, policy: AnyPolicy, /, **options: Unpack[CheckOptions]) -> Principal:
    """As `kit_jwt.check_auth`."""
    return await _environment.kit().check_auth(token, policy, **options)


async def create_delegated_token(claims: Claims, actor: str, /, **options: Unpack[DelegationOptions]) -> str:
    """As `kit_jwt.create_delegated_token`."""
    return await _environment.kit().create_delegated_token(claims, actor, **options)


async def consume_once(claims: Claims) -> None:
    """As `kit_jwt.consume_once`; it shares no memory with it: use one of the two."""
    return await _environment.kit().consume_once(claims)


async def import_private_key(source: Mapping[str, object] | str) -> PrivateKey:
    """As `kit_jwt.import_private_key`, which cannot wait: inside JavaScript (Pyodide) this is the one to use."""
    return await import_private_key_later(source)


async def generate_key_pair(*, kid: str | None = None) -> KeyPair:
    """As `kit_jwt.generate_key_pair`, which cannot wait: inside JavaScript (Pyodide) this is the one to use."""
    return await generate_key_pair_later(kid=kid)


async def _drive(flow: Flow[T]) -> T:
    """Drive a flow by calling its ports, in a thread where they block, and awaiting what they give."""
    step = advance(flow, None)
    while not isinstance(step, Done):
        outcome = await asyncio.to_thread(perform, step) if step.blocks else perform(step)
        if isinstance(outcome.value, Awaitable):
            outcome = await perform_awaiting(outcome.value)
        step = advance(flow, outcome)
    return step.value
