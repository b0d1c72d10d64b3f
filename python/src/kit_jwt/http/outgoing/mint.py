"""Tokens that the caller mints itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit_jwt.call_options import DelegationOptions, SignOptions
from kit_jwt.errors import MisuseError
from kit_jwt.token.decode import decode_unverified

from .source import AsyncTokenSource, Given, TokenSource
from .wanted import Asked

if TYPE_CHECKING:
    from kit_jwt.aio_kit import Kit as AsyncKit
    from kit_jwt.kit import Kit


def mint_locally(kit: Kit, *, ttl: int | None = None) -> TokenSource:
    """Mint the tokens with a kit: in the caller's own name, or as the one who acts for a user.

    For a user, the verified claims are needed. Without scopes, a token for a user has those of the user.

    Args:
        kit: whose keys the targets trust.
        ttl: seconds that a token lives; the kit's unless given.

    Returns:
        The source; it raises what `Kit.sign` and `Kit.create_delegated_token` raise, and `MisuseError` for a user by
        token.

    >>> from kit_jwt import Kit
    >>> kit = Kit(issuer="https://issuer.example", secret="A" * 86)
    >>> mint_locally(kit, ttl=300)(Asked(caller="gateway", target="orders"))
    Given(lifetime=300)
    """

    def source(asked: Asked) -> Given:
        own, delegated = _options(asked, ttl)
        if delegated is not None and not isinstance(asked.user, (str, type(None))):
            return _given(kit.create_delegated_token(asked.user, asked.caller, **delegated))
        return _given(kit.sign(_claims(asked), **own))

    return source


def mint_locally_awaiting(kit: AsyncKit, *, ttl: int | None = None) -> AsyncTokenSource:
    """As `mint_locally`, for `AsyncTargetTokens`.

    Args:
        kit: of `kit_jwt.aio`.
        ttl: seconds that a token lives; the kit's unless given.

    Returns:
        The source.

    >>> import asyncio
    >>> from kit_jwt import aio
    >>> kit = aio.Kit(issuer="https://issuer.example", secret="A" * 86)
    >>> asyncio.run(mint_locally_awaiting(kit, ttl=300)(Asked(caller="gateway", target="orders")))
    Given(lifetime=300)
    """

    async def source(asked: Asked) -> Given:
        own, delegated = _options(asked, ttl)
        if delegated is not None and not isinstance(asked.user, (str, type(None))):
            return _given(await kit.create_delegated_token(asked.user, asked.caller, **delegated))
        return _given(await kit.sign(_claims(asked), **own))

    return source


def _claims(asked: Asked) -> dict[str, object]:
    return {"sub": asked.caller, **({"scope": " ".join(asked.scopes)} if asked.scopes else {})}


def _options(asked: Asked, ttl: int | None) -> tuple[SignOptions, DelegationOptions | None]:
    if isinstance(asked.user, str):
        raise MisuseError("claims of the user are needed, a token is not verified here")
    own: SignOptions = {"aud": asked.target}
    delegated: DelegationOptions = {"aud": asked.target}
    if asked.scopes:
        delegated["scope"] = " ".join(asked.scopes)
    if ttl is not None:
        own["ttl"] = delegated["ttl"] = ttl
    return own, None if asked.user is None else delegated


def _given(token: str) -> Given:
    claims = decode_unverified(token).claims
    exp, iat = claims["exp"], claims["iat"]
    if not isinstance(exp, (int, float)) or not isinstance(iat, (int, float)):
        raise TypeError
    return Given(token, exp - iat)
