"""Commands through redis-py."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Sequence
from typing import Final, Protocol

from .commands import Reply
from .errors import ServerError


class RedisPyClient(Protocol):
    """What is used of a client of redis-py: a `Redis`, with Sentinels or without, or a `RedisCluster`."""

    def execute_command(self, *args: str) -> object:
        """Send one command."""
        ...


class AioRedisPyClient(Protocol):
    """The same of `redis.asyncio`."""

    def execute_command(self, *args: str) -> Awaitable[object]:
        """Send one command."""
        ...


_WORDS: Final = {
    "NoScriptError": "NOSCRIPT",
    "OutOfMemoryError": "OOM",
    "AuthenticationError": "WRONGPASS",
    "NoPermissionError": "NOPERM",
}
"""The words of a server that redis-py turns into classes of its own, without the word."""

_OWN: Final = {"RedisError", "RedisClusterException"}
"""What the exceptions of redis-py have in common."""


def refusal(error: Exception) -> Exception:
    """What a server said, wherever redis-py has put it; an exception that is none of redis-py's is given back."""
    if not any(kind.__name__ in _OWN for kind in type(error).__mro__):
        return error
    return ServerError(_word_in(error) or _word_in(error.__cause__) or _word_of_sentinels(error))


def _word_in(error: BaseException | None) -> str | None:
    return next((_WORDS[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in _WORDS), None)


def _word_of_sentinels(error: Exception) -> str:
    """What Sentinels answered is in the text alone: the name of each exception, after a colon or before a bracket."""
    text = str(error)
    found = re.findall(r" - (?:\w+:)?(\w+)", text)
    return next((_WORDS[name] for name in found if name in _WORDS), text.split(" ", 1)[0])


def _reply(value: object) -> Reply:
    """A reply as text: bytes that are no text are none of ours."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, tuple)):
        return [_reply(item) for item in value]
    return value if isinstance(value, (str, int)) else None


class _RedisPy:
    def __init__(self, client: RedisPyClient) -> None:
        self._client = client

    def command(self, args: Sequence[str], key: str) -> Reply:  # noqa: ARG002 # redis-py finds the key by itself
        try:
            return _reply(self._client.execute_command(*args))
        except Exception as error:  # noqa: BLE001 # what a client raises may hold what the server said
            said = refusal(error)
        raise said


class _AioRedisPy:
    def __init__(self, client: AioRedisPyClient) -> None:
        self._client = client

    async def command(self, args: Sequence[str], key: str) -> Reply:  # noqa: ARG002 # redis-py finds the key by itself
        try:
            return _reply(await self._client.execute_command(*args))
        except Exception as error:  # noqa: BLE001 # what a client raises may hold what the server said
            said = refusal(error)
        raise said


def from_redis_py(client: RedisPyClient) -> _RedisPy:
    """Commands through a client of redis-py.

    The stores wait for no more than their deadline, whatever the client does; but give it timeouts of its own, and no
    retries: a draw on a limit that is repeated counts twice. `connect_redis` makes connections that have both.

    Args:
        client: `redis.Redis`, one that a `Sentinel` gave, or a `RedisCluster`.

    Returns:
        The port that the stores stand on.

    >>> class Client:
    ...     def execute_command(self, *args: str) -> object:
    ...         return b"hello"
    >>> from_redis_py(Client()).command(["ECHO", "hello"], "any")
    'hello'
    """
    return _RedisPy(client)


def from_redis_py_aio(client: AioRedisPyClient) -> _AioRedisPy:
    """Commands through a client of `redis.asyncio`, see `from_redis_py`.

    Args:
        client: `redis.asyncio.Redis`, one that a `Sentinel` gave, or a `RedisCluster`.

    Returns:
        The port that the awaitable stores stand on.

    >>> class Client:
    ...     async def execute_command(self, *args: str) -> object:
    ...         return b"hello"
    >>> import asyncio
    >>> asyncio.run(from_redis_py_aio(Client()).command(["ECHO", "hello"], "any"))
    'hello'
    """
    return _AioRedisPy(client)
