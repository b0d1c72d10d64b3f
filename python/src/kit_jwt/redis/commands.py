"""The port that the stores stand on: one command to Redis."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Protocol, TypeAlias

Reply: TypeAlias = "str | int | Sequence[Reply] | None"
"""What a server answers: of all that Redis has, what is used here."""


class RedisCommands(Protocol):
    """One command to Redis. `from_redis_py` makes one of a client, and `connect_redis` of an environment."""

    def command(self, args: Sequence[str], key: str) -> Reply:
        """Send one command, once.

        Args:
            args: the command and its arguments.
            key: one of its keys, by which a cluster finds the server; the others have the same hash tag.

        Returns:
            What the server answers. It need not answer in time: callers do not wait.

        Raises:
            ServerError: the server refused, with the word that its answer begins with.
        """
        ...


class RedisPipeline(RedisCommands, Protocol):
    """The same where commands can follow each other over one connection.

    A store with `min_replicas` stands on it.
    """

    def pipeline(self, commands: Sequence[Sequence[str]], key: str) -> Sequence[Reply]:
        """Send commands at once, over one connection: what the later ones ask is about the earlier ones.

        Args:
            commands: each the command and its arguments.
            key: as in `command`, of all of them.

        Returns:
            What the server answers to each.

        Raises:
            ServerError: the server refused one of them.
        """
        ...


class AioRedisCommands(Protocol):
    """The same, awaited. `from_redis_py_aio` makes one of a client, and `connect_redis_aio` of an environment."""

    def command(self, args: Sequence[str], key: str) -> Awaitable[Reply]:
        """Send one command, once, see `RedisCommands.command`.

        Args:
            args: the command and its arguments.
            key: one of its keys.

        Returns:
            What the server answers.
        """
        ...


class AioRedisPipeline(AioRedisCommands, Protocol):
    """The same, awaited."""

    def pipeline(self, commands: Sequence[Sequence[str]], key: str) -> Awaitable[Sequence[Reply]]:
        """Send commands at once, over one connection, see `RedisCommands.pipeline`.

        Args:
            commands: each the command and its arguments.
            key: one of their keys.

        Returns:
            What the server answers to each.
        """
        ...


AnyRedisCommands: TypeAlias = RedisCommands | AioRedisCommands
"""What the flow of a store sends its commands through; whoever drives it knows which."""

AnyRedisPipeline: TypeAlias = RedisPipeline | AioRedisPipeline
"""The same where commands can follow each other."""
