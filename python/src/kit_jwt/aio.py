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

from collections.abc import Mapping
from typing import Unpack

from .aio_kit import Kit
from .auth.policy_builder import AnyPolicy
from .auth.principal import Principal
from .call_options import CheckOptions, DelegationOptions, SignOptions, VerifyOptions
from .environment_kit import EnvironmentKit
from .keys.generate import KeyPair, generate_key_pair_later
from .keys.key import PrivateKey
from .keys.private_key import import_private_key_later
from .token.claims import Claims

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

_environment = EnvironmentKit(Kit)


async def sign(claims: Mapping[str, object], /, **options: Unpack[SignOptions]) -> str:
    """Mint a token with the kit of the environment, as `kit_jwt.sign` does.

    Args:
        claims: a JSON object; `iss`, `aud`, `iat` and `exp` come through options.
        options: `aud` and `iss` in place of the kit's, `ttl` in seconds.

    Returns:
        The compact form.

    Raises:
        TokenError: as `kit_jwt.sign`.
        ConfigError: as `kit_jwt.sign`.
        MisuseError: as `kit_jwt.sign`.

    >>> import asyncio
    >>> from kit_jwt import aio
    >>> asyncio.run(aio.sign({"sub": "u1"})).count(".")
    2
    """
    return await _environment.kit().sign(claims, **options)


async def verify(token: str, /, **options: Unpack[VerifyOptions]) -> Claims:
    """Verify a token with the kit of the environment, as `kit_jwt.verify` does.

    Args:
        token: the compact form.
        options: `confirmation` is what the request proved: the token must be bound to it (RFC 7800).

    Returns:
        The claims, immutable, marked as verified.

    Raises:
        TokenError: as `kit_jwt.verify`.
        ConfigError: as `kit_jwt.verify`.
        MisuseError: as `kit_jwt.verify`.

    >>> import asyncio
    >>> from kit_jwt import aio
    >>> asyncio.run(aio.verify("not.a.token"))
    Traceback (most recent call last):
    kit_jwt.errors.errors.TokenError: token_malformed: the token is not three canonical base64url segments
    """
    return await _environment.kit().verify(token, **options)


async def check_auth(token: str, policy: AnyPolicy, /, **options: Unpack[CheckOptions]) -> Principal:
    """Verify a token and hold it against a policy with the kit of the environment, as `kit_jwt.check_auth` does.

    Args:
        token: the compact form.
        policy: built by `policy()`, or a plain JSON object.
        options: `context` for names in the policy, `also` a predicate that answers at once, `confirmation`.

    Returns:
        Who passed.

    Raises:
        TokenError: as `kit_jwt.check_auth`.
        ConfigError: as `kit_jwt.check_auth`.
        MisuseError: as `kit_jwt.check_auth`.

    >>> import asyncio
    >>> from kit_jwt import aio
    >>> async def subject():
    ...     token = await aio.sign({"sub": "u1", "roles": ["admin"]})
    ...     return (await aio.check_auth(token, {"rolesAny": ["admin"]})).subject
    >>> asyncio.run(subject())
    'u1'
    """
    return await _environment.kit().check_auth(token, policy, **options)


async def create_delegated_token(claims: Claims, actor: str, /, **options: Unpack[DelegationOptions]) -> str:
    """Mint a token for an actor with the kit of the environment, as `kit_jwt.create_delegated_token` does.

    Args:
        claims: the original's, as `verify` gave them.
        actor: the service that acts.
        options: `aud` the target service (required), `ttl`, `permissions`, `roles`, `scope`, `copy`.

    Returns:
        The compact form; it ends no later than the original.

    Raises:
        TokenError: as `kit_jwt.create_delegated_token`.
        ConfigError: as `kit_jwt.create_delegated_token`.
        MisuseError: as `kit_jwt.create_delegated_token`.

    >>> import asyncio
    >>> from kit_jwt import aio
    >>> async def delegated():
    ...     claims = await aio.verify(await aio.sign({"sub": "u1"}))
    ...     return await aio.create_delegated_token(claims, "gateway", aud="orders")
    >>> asyncio.run(delegated()).count(".")
    2
    """
    return await _environment.kit().create_delegated_token(claims, actor, **options)


async def consume_once(claims: Claims) -> None:
    """Use a token up with the kit of the environment, as `kit_jwt.consume_once` does.

    Args:
        claims: as `verify` gave them, with a `jti`. The memory is not that of `kit_jwt`: use one of the two.

    Raises:
        TokenError: as `kit_jwt.consume_once`.
        ConfigError: as `kit_jwt.consume_once`.
        MisuseError: as `kit_jwt.consume_once`.

    >>> import asyncio
    >>> from kit_jwt import aio
    >>> async def use():
    ...     await aio.consume_once(await aio.verify(await aio.sign({"sub": "u1"})))
    >>> asyncio.run(use())
    """
    return await _environment.kit().consume_once(claims)


async def import_private_key(source: Mapping[str, object] | str) -> PrivateKey:
    """As `kit_jwt.import_private_key`, which cannot wait: inside JavaScript (Pyodide) this is the one to use.

    Args:
        source: an OKP JWK with `x` and `d`, or its JSON text.

    Returns:
        A key that signs, and shows nothing of `d`.

    Raises:
        ConfigError: as `kit_jwt.import_private_key`.

    >>> import asyncio
    >>> from kit_jwt import aio, generate_key_pair
    >>> asyncio.run(aio.import_private_key(generate_key_pair(kid="k1").private_jwk)).kid
    'k1'
    """
    return await import_private_key_later(source)


async def generate_key_pair(*, kid: str | None = None) -> KeyPair:
    """As `kit_jwt.generate_key_pair`, which cannot wait: inside JavaScript (Pyodide) this is the one to use.

    Args:
        kid: its `kid`; the thumbprint (RFC 7638) when left out.

    Returns:
        The pair, as JWKs.

    Raises:
        ConfigError: as `kit_jwt.generate_key_pair`.
        MisuseError: as `kit_jwt.generate_key_pair`.

    >>> import asyncio
    >>> from kit_jwt import aio
    >>> asyncio.run(aio.generate_key_pair(kid="k1")).public_jwk["kid"]
    'k1'
    """
    return await generate_key_pair_later(kid=kid)
