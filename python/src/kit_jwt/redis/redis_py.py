"""Commands through redis-py."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Iterable, Sequence
from typing import Any, Final, Protocol

from .commands import Reply
from .errors import ServerError


class RedisPyClient(Protocol):
    """What is used of a client of redis-py: a `Redis`, with Sentinels or without, or a `RedisCluster`."""

    def execute_command(self, *args: str) -> object:
        """Send one command."""
        ...

    def pipeline(self, *, transaction: bool) -> Any:  # noqa: ANN401 # each kind of client has another, with the same methods
        """Collect commands that are sent at once."""
        ...


class AioRedisPyClient(Protocol):
    """The same of `redis.asyncio`."""

    def execute_command(self, *args: str) -> Awaitable[object]:
        """Send one command."""
        ...

    def pipeline(self, *, transaction: bool) -> Any:  # noqa: ANN401 # each kind of client has another, with the same methods
        """Collect commands that are sent at once."""
        ...


_WORDS: Final = {
    "NoScriptError": "NOSCRIPT",
    "OutOfMemoryError": "OOM",
    "AuthenticationError": "WRONGPASS",
    "NoPermissionError": "NOPERM",
    "MovedError": "MOVED",
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


def _replies(values: Iterable[object]) -> Sequence[Reply]:
    replies = []
    for value in values:
        if isinstance(value, Exception):
            raise value
        replies.append(_reply(value))
    return replies


class _RedisPy:
    def __init__(self, client: RedisPyClient) -> None:
        self._client: Any = client

    def command(self, args: Sequence[str], key: str) -> Reply:  # noqa: ARG002 # redis-py finds the key by itself
        try:
            return _reply(self._client.execute_command(*args))
        except Exception as error:  # noqa: BLE001 # what a client raises may hold what the server said
            said = refusal(error)
        raise said

    def pipeline(self, commands: Sequence[Sequence[str]], key: str) -> Sequence[Reply]:
        try:
            pipeline = self._server_of(key).pipeline(transaction=False)
            for args in commands:
                pipeline.execute_command(*args)
            return _replies(pipeline.execute(raise_on_error=False))
        except Exception as error:  # noqa: BLE001 # what a client raises may hold what the server said
            said = refusal(error)
        raise said

    def _server_of(self, key: str) -> Any:  # noqa: ANN401 # what redis-py says of its types is not enough
        """A node: the pipeline of a cluster sends what was redirected again, one by one."""
        if not hasattr(self._client, "get_node_from_key"):
            return self._client
        return self._client.get_redis_connection(self._client.get_node_from_key(key))


class _AioRedisPy:
    def __init__(self, client: AioRedisPyClient) -> None:
        self._client: Any = client

    async def command(self, args: Sequence[str], key: str) -> Reply:  # noqa: ARG002 # redis-py finds the key by itself
        try:
            return _reply(await self._client.execute_command(*args))
        except Exception as error:  # noqa: BLE001 # what a client raises may hold what the server said
            said = refusal(error)
        raise said

    async def pipeline(self, commands: Sequence[Sequence[str]], key: str) -> Sequence[Reply]:
        try:
            return _replies(await self._sent(commands, key))
        except Exception as error:  # noqa: BLE001 # what a client raises may hold what the server said
            said = refusal(error)
        raise said

    async def _sent(self, commands: Sequence[Sequence[str]], key: str) -> Sequence[object]:
        client, to, how = self._client, {}, {}
        if hasattr(client, "get_node_from_key"):
            await client.initialize()
            # All to one node, and nothing again, one by one, where it was redirected.
            to, how = {"target_nodes": client.get_node_from_key(key)}, {"allow_redirections": False}
        pipeline = client.pipeline(transaction=False)
        for args in commands:
            pipeline.execute_command(*args, **to)
        replies: Sequence[object] = await pipeline.execute(raise_on_error=False, **how)
        return replies


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
