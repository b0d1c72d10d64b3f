"""The awaitable kit: one immutable configuration with its operations, for an event loop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from .auth.policy_builder import AnyPolicy
from .auth.principal import Principal
from .call_options import CheckOptions, DelegationOptions, SignOptions, VerifyOptions
from .kit import KitBase
from .token.claims import Claims
from .token.effects import drive_awaiting


class Kit(KitBase):
    """As `kit_jwt.Kit`, with awaitable operations: same arguments, same answers, same errors.

    >>> import asyncio
    >>> from kit_jwt import aio
    >>> kit = aio.Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
    >>> asyncio.run(kit.sign({"sub": "u1"})).count(".")
    2
    """

    __slots__ = ()

    async def ready(self) -> None:
        """Ask what only the runtime can tell, where it tells it later (Pyodide); otherwise that is at the first use.

        Raises:
            ConfigError: `key_invalid` (a `d` that is not that of `x`), `runtime_unsupported`.

        >>> import asyncio
        >>> from kit_jwt import aio
        >>> kit = aio.Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> asyncio.run(kit.ready())
        """
        return await drive_awaiting(self._operations.ready())

    async def sign(self, claims: Mapping[str, object], /, **options: Unpack[SignOptions]) -> str:
        """Mint a token, as `kit_jwt.Kit.sign` does.

        Args:
            claims: a JSON object; `iss`, `aud`, `iat` and `exp` come through options.
            options: `aud` and `iss` in place of the kit's, `ttl` in seconds.

        Returns:
            The compact form.

        Raises:
            TokenError: as `kit_jwt.Kit.sign`.
            ConfigError: as `kit_jwt.Kit.sign`.
            MisuseError: as `kit_jwt.Kit.sign`.

        >>> import asyncio
        >>> from kit_jwt import aio
        >>> kit = aio.Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> asyncio.run(kit.sign({"sub": "u1"})).count(".")
        2
        """
        return await drive_awaiting(self._operations.sign(claims, options))

    async def verify(self, token: str, /, **options: Unpack[VerifyOptions]) -> Claims:
        """Verify a token, as `kit_jwt.Kit.verify` does.

        Args:
            token: the compact form.
            options: `confirmation` is what the request proved: the token must be bound to it (RFC 7800).

        Returns:
            The claims, immutable, marked as verified.

        Raises:
            TokenError: as `kit_jwt.Kit.verify`.
            ConfigError: as `kit_jwt.Kit.verify`.
            MisuseError: as `kit_jwt.Kit.verify`.

        >>> import asyncio
        >>> from kit_jwt import aio
        >>> kit = aio.Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> asyncio.run(kit.verify("not.a.token"))
        Traceback (most recent call last):
        kit_jwt.errors.errors.TokenError: token_malformed: the token is not three canonical base64url segments
        """
        return await drive_awaiting(self._operations.verify(token, options))

    async def check_auth(self, token: str, policy: AnyPolicy, /, **options: Unpack[CheckOptions]) -> Principal:
        """Verify a token and hold it against a policy, as `kit_jwt.Kit.check_auth` does.

        Args:
            token: the compact form.
            policy: built by `policy()`, or a plain JSON object.
            options: `context` for names in the policy, `also` a predicate that answers at once, `confirmation`.

        Returns:
            Who passed.

        Raises:
            TokenError: as `kit_jwt.Kit.check_auth`.
            ConfigError: as `kit_jwt.Kit.check_auth`.
            MisuseError: as `kit_jwt.Kit.check_auth`.

        >>> import asyncio
        >>> from kit_jwt import aio
        >>> kit = aio.Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> async def subject():
        ...     token = await kit.sign({"sub": "u1", "roles": ["admin"]})
        ...     return (await kit.check_auth(token, {"rolesAny": ["admin"]})).subject
        >>> asyncio.run(subject())
        'u1'
        """
        return await drive_awaiting(self._operations.check_auth(token, policy, options))

    async def create_delegated_token(self, claims: Claims, actor: str, /, **options: Unpack[DelegationOptions]) -> str:
        """Mint a token for an actor, as `kit_jwt.Kit.create_delegated_token` does.

        Args:
            claims: the original's, as `verify` gave them.
            actor: the service that acts.
            options: `aud` the target service (required), `ttl`, `permissions`, `roles`, `scope`, `copy`.

        Returns:
            The compact form; it ends no later than the original.

        Raises:
            TokenError: as `kit_jwt.Kit.create_delegated_token`.
            ConfigError: as `kit_jwt.Kit.create_delegated_token`.
            MisuseError: as `kit_jwt.Kit.create_delegated_token`.

        >>> import asyncio
        >>> from kit_jwt import aio
        >>> kit = aio.Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> async def delegated():
        ...     claims = await kit.verify(await kit.sign({"sub": "u1"}))
        ...     return await kit.create_delegated_token(claims, "gateway", aud="orders")
        >>> asyncio.run(delegated()).count(".")
        2
        """
        return await drive_awaiting(self._operations.create_delegated_token(claims, actor, options))

    async def consume_once(self, claims: Claims) -> None:
        """Use a token up, as `kit_jwt.Kit.consume_once` does.

        Args:
            claims: as `verify` gave them, with a `jti`.

        Raises:
            TokenError: as `kit_jwt.Kit.consume_once`.
            ConfigError: as `kit_jwt.Kit.consume_once`.
            MisuseError: as `kit_jwt.Kit.consume_once`.

        >>> import asyncio
        >>> from kit_jwt import aio
        >>> kit = aio.Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> async def use():
        ...     await kit.consume_once(await kit.verify(await kit.sign({"sub": "u1"})))
        >>> asyncio.run(use())
        """
        return await drive_awaiting(self._operations.consume_once(claims))
