"""The tokens of a caller for its targets, for an event loop."""

from __future__ import annotations

import asyncio
from typing import Unpack

from .errors import OutgoingError
from .kept import Kept, TargetTokensOptions
from .source import AsyncTokenSource, ask_source_awaiting
from .wanted import Asked, Wanted


class AsyncTargetTokens:
    """As `TargetTokens`, with an awaitable source; for one event loop.

    >>> from kit_jwt import aio
    >>> from kit_jwt.http import AsyncTargetTokens, mint_locally_awaiting
    >>> kit = aio.Kit(issuer="https://auth.example", secret="A" * 86)
    >>> tokens = AsyncTargetTokens(mint_locally_awaiting(kit), caller="gateway")
    """

    def __init__(self, source: AsyncTokenSource, *, caller: str, **options: Unpack[TargetTokensOptions]) -> None:
        """Start with none.

        Args:
            source: where they come from.
            caller: who calls: the name of this service.
            options: see `TargetTokensOptions`.

        Raises:
            ConfigError: `config_invalid` with the option.
        """
        self._kept = Kept(caller, source, options)
        self._source = source
        self._flights: dict[str, asyncio.Task[str]] = {}

    async def token(self, wanted: Wanted) -> str:
        """A token, as `TargetTokens.token`. A caller that is cancelled takes nobody else's answer away.

        Args:
            wanted: as `TargetTokens.token`.

        Returns:
            The token.

        Raises:
            OutgoingError: as `TargetTokens.token`.
            TokenError: as `TargetTokens.token`.
            ConfigError: as `TargetTokens.token`.
            MisuseError: as `TargetTokens.token`.
        """
        key, asked = self._kept.ask(wanted)
        found = self._kept.book.find(key, self._kept.clock())
        if found is not None:
            return found
        flight = self._flights.get(key)
        # A loop that was closed before the answer came has left its task behind.
        if flight is None or flight.done() or flight.get_loop() is not asyncio.get_running_loop():
            flight = self._flights[key] = asyncio.create_task(self._renew(key, asked))
            # Where every caller was cancelled, nobody else looks at it.
            flight.add_done_callback(lambda task: task.cancelled() or task.exception())
        return await asyncio.shield(flight)

    async def _renew(self, key: str, asked: Asked) -> str:
        began = self._kept.clock()
        try:
            given = await ask_source_awaiting(self._source, asked)
            self._kept.book.keep(key, given, began)
        except OutgoingError as error:
            return self._kept.spare(key, error)
        finally:
            self._flights.pop(key, None)
        return given.token

    def refuse(self, wanted: Wanted, token: str) -> bool:
        """The target refused a token, as `TargetTokens.refuse`.

        Args:
            wanted: as it was asked for.
            token: that was refused.

        Returns:
            Whether another one is worth showing.

        Raises:
            MisuseError: what is no request for a token.
        """
        return self._kept.refuse(wanted, token)
