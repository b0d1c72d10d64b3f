"""Connections to the Redis that an environment names."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from kit_jwt.errors import ConfigError

from .clients import SOCKET_SECONDS, made_of
from .commands import Reply
from .errors import StoreError
from .redis_py import from_redis_py, from_redis_py_aio, refusal
from .settings import Settings, read_settings


class RedisConnection:
    """A connection to Redis, made by `connect_redis`.

    What is lost or late is closed, and made anew when it is needed again.
    """

    def __init__(self, make: Callable[[], tuple[Any, ...]]) -> None:
        """Make the client when it is first needed: one of a cluster connects at once."""
        self._make = make
        self._lock = threading.Lock()
        self._is_closed = False
        self._made: tuple[Any, ...] = ()

    def command(self, args: Sequence[str], key: str) -> Reply:
        """Send one command, see `RedisCommands.command`.

        Args:
            args: the command and its arguments.
            key: one of its keys.

        Returns:
            What the server answers.

        Raises:
            ServerError: the server refused.
            StoreError: `store_unavailable`: it is closed.
        """
        with self._used() as client:
            return from_redis_py(client).command(args, key)

    def pipeline(self, commands: Sequence[Sequence[str]], key: str) -> Sequence[Reply]:
        """Send commands at once, over one connection, see `RedisCommands.pipeline`.

        Args:
            commands: each the command and its arguments.
            key: one of their keys.

        Returns:
            What the server answers to each.

        Raises:
            ServerError: the server refused one of them.
            StoreError: `store_unavailable`: it is closed.
        """
        with self._used() as client:
            return from_redis_py(client).pipeline(commands, key)

    @contextmanager
    def _used(self) -> Generator[Any]:
        with self._lock:
            if self._is_closed:
                raise StoreError("store_unavailable")
            self._made = made = self._made or self._connected()
        try:
            yield made[0]
        finally:
            # Who was connecting meanwhile has given an open connection back.
            if self._is_closed:
                self._close(made)

    def _connected(self) -> tuple[Any, ...]:
        try:
            return self._make()
        except Exception as error:  # noqa: BLE001 # one of a cluster asks its nodes at once
            said = refusal(error)
        raise said

    def close(self) -> None:
        """Close it for good; commands are refused from then on."""
        with self._lock:
            made, self._made, self._is_closed = self._made, (), True
        self._close(made)

    @staticmethod
    def _close(made: tuple[Any, ...]) -> None:
        for client in made:
            client.close()


class AioRedisConnection:
    """The same on an event loop, made by `connect_redis_aio`: for one event loop, as its client is."""

    def __init__(self, make: Callable[[], tuple[Any, ...]]) -> None:
        """Make the client when it is first needed."""
        self._make = make
        self._is_closed = False
        self._made: tuple[Any, ...] = ()
        self._under_way: set[asyncio.Future[None]] = set()

    async def command(self, args: Sequence[str], key: str) -> Reply:
        """Send one command, see `RedisCommands.command`.

        Args:
            args: the command and its arguments.
            key: one of its keys.

        Returns:
            What the server answers.

        Raises:
            ServerError: the server refused.
            StoreError: `store_unavailable`: it is closed.
        """
        with self._used() as client:
            return await from_redis_py_aio(client).command(args, key)

    async def pipeline(self, commands: Sequence[Sequence[str]], key: str) -> Sequence[Reply]:
        """Send commands at once, over one connection, see `RedisCommands.pipeline`.

        Args:
            commands: each the command and its arguments.
            key: one of their keys.

        Returns:
            What the server answers to each.

        Raises:
            ServerError: the server refused one of them.
            StoreError: `store_unavailable`: it is closed.
        """
        with self._used() as client:
            return await from_redis_py_aio(client).pipeline(commands, key)

    @contextmanager
    def _used(self) -> Generator[Any]:
        if self._is_closed:
            raise StoreError("store_unavailable")
        self._made = made = self._made or self._make()
        ended = asyncio.get_running_loop().create_future()
        self._under_way.add(ended)
        try:
            yield made[0]
        finally:
            self._under_way.discard(ended)
            ended.set_result(None)

    async def aclose(self) -> None:
        """Close it for good; commands are refused from then on."""
        made, self._made, self._is_closed = self._made, (), True
        # A connection that redis-py closes while it is used may be opened again, and forgotten.
        await self._idle()
        await self._close(made)
        if self._under_way:
            # Who was connecting meanwhile gives an open connection back.
            await self._idle()
            await self._close(made)

    async def _idle(self) -> None:
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=SOCKET_SECONDS)

    @staticmethod
    async def _close(made: tuple[Any, ...]) -> None:
        for client in made:
            await client.aclose()


def connect_redis(environment: Mapping[str, object]) -> RedisConnection | None:
    """Connect to the Redis that an environment names.

    `REDIS_URL`, or `REDIS_SENTINEL` and `REDIS_MASTER`, or `REDIS_CLUSTER_NODES`. Nothing is connected before the first
    command; safe to share between threads.

    Args:
        environment: such as `os.environ`.

    Returns:
        The connection; None where the environment names no Redis.

    Raises:
        ConfigError: `config_missing`, `config_invalid`, `config_conflict`, with the variable.

    >>> connect_redis({}) is None
    True
    >>> redis = connect_redis({"REDIS_URL": "redis://localhost:6379"})
    """
    settings = _read(environment)
    return None if settings is None else RedisConnection(lambda: made_of(settings, "redis"))


def connect_redis_aio(environment: Mapping[str, object]) -> AioRedisConnection | None:
    """Connect to the Redis that an environment names, for an event loop. See `connect_redis`.

    Args:
        environment: such as `os.environ`.

    Returns:
        The connection; None where the environment names no Redis.

    Raises:
        ConfigError: as `connect_redis`.

    >>> connect_redis_aio({}) is None
    True
    """
    settings = _read(environment)
    return None if settings is None else AioRedisConnection(lambda: made_of(settings, "redis.asyncio"))


def _read(environment: Mapping[str, object]) -> Settings | None:
    settings = read_settings(environment)
    if settings is not None and settings.ca_path is not None and not Path(settings.ca_path).is_file():
        raise ConfigError("config_invalid", variable="REDIS_CA_PATH")
    if settings is not None:
        # An extra: whoever lacks it is told when a Redis is configured, and not by each call.
        import_module("redis")
    return settings
