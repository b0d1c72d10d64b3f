"""Connections to the Redis that an environment names."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from kit_jwt.errors import ConfigError

from .commands import Reply
from .errors import StoreError
from .redis_py import from_redis_py, from_redis_py_aio, refusal
from .settings import Settings, read_settings

_SOCKET_SECONDS: Final = 1.0
"""After which redis-py gives a connection up; the stores' own deadline is another, and shorter."""

_CONNECTIONS: Final = 32


class RedisConnection:
    """A connection to Redis, made by `connect_redis`.

    What is lost or late is closed, and made anew when it is needed again.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        """Make the client when it is first needed: one of a cluster connects at once."""
        self._make = make
        self._lock = threading.Lock()
        self._is_closed = False
        self._client: Any = None

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
        with self._lock:
            if self._is_closed:
                raise StoreError("store_unavailable")
            if self._client is None:
                self._client = self._connected()
            client = self._client
        try:
            return from_redis_py(client).command(args, key)
        finally:
            # Who was connecting meanwhile has given an open connection back.
            if self._is_closed:
                self._close(client)

    def _connected(self) -> Any:  # noqa: ANN401 # what redis-py says of its types is not enough
        try:
            return self._make()
        except Exception as error:  # noqa: BLE001 # one of a cluster asks its nodes at once
            said = refusal(error)
        raise said

    def close(self) -> None:
        """Close it for good; commands are refused from then on."""
        with self._lock:
            client, self._client, self._is_closed = self._client, None, True
        if client is not None:
            self._close(client)

    @staticmethod
    def _close(client: Any) -> None:  # noqa: ANN401 # what redis-py says of its types is not enough
        for part in _parts(client):
            part.close()


class AioRedisConnection:
    """The same on an event loop, made by `connect_redis_aio`: for one event loop, as its client is."""

    def __init__(self, make: Callable[[], Any]) -> None:
        """Make the client when it is first needed."""
        self._make = make
        self._is_closed = False
        self._client: Any = None
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
        if self._is_closed:
            raise StoreError("store_unavailable")
        if self._client is None:
            self._client = self._make()
        ended = asyncio.get_running_loop().create_future()
        self._under_way.add(ended)
        try:
            return await from_redis_py_aio(self._client).command(args, key)
        finally:
            self._under_way.discard(ended)
            ended.set_result(None)

    async def aclose(self) -> None:
        """Close it for good; commands are refused from then on."""
        client, self._client, self._is_closed = self._client, None, True
        if client is None:
            return
        await self._close(client)
        if self._under_way:
            # Who was connecting meanwhile gives an open connection back.
            await asyncio.wait(set(self._under_way), timeout=_SOCKET_SECONDS)
            await self._close(client)

    @staticmethod
    async def _close(client: Any) -> None:  # noqa: ANN401 # what redis-py says of its types is not enough
        for part in _parts(client):
            await part.aclose()


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
    return None if settings is None else RedisConnection(lambda: _made(settings, "redis"))


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
    return None if settings is None else AioRedisConnection(lambda: _made(settings, "redis.asyncio"))


def _read(environment: Mapping[str, object]) -> Settings | None:
    settings = read_settings(environment)
    if settings is not None and settings.ca_path is not None and not Path(settings.ca_path).is_file():
        raise ConfigError("config_invalid", variable="REDIS_CA_PATH")
    if settings is not None:
        # An extra: whoever lacks it is told when a Redis is configured, and not by each call.
        import_module("redis")
    return settings


def _parts(client: Any) -> list[Any]:  # noqa: ANN401 # what redis-py says of its types is not enough
    """A client, and those of the Sentinels that it asks: nobody else closes them."""
    manager = getattr(getattr(client, "connection_pool", None), "sentinel_manager", None)
    return [client, *(manager.sentinels if manager else ())]


def _made(settings: Settings, module: str) -> Any:  # noqa: ANN401 # what redis-py says of its types is not enough
    """Make a client of `redis` or of `redis.asyncio`: both have the same names."""
    library: Any = import_module(module)
    # A command is sent once: whether it was done when its connection breaks, nobody knows.
    once: Any = import_module(f"{module}.retry").Retry(import_module("redis.backoff").NoBackoff(), 0)
    timeouts = {"socket_timeout": _SOCKET_SECONDS, "socket_connect_timeout": _SOCKET_SECONDS}
    shared = {"retry": once, **timeouts}
    tls = {"ssl": True, "ssl_ca_certs": settings.ca_path} if settings.tls else {}
    account = {"username": settings.username, "password": settings.password}
    nodes = [(node.host, node.port) for node in settings.nodes]
    if settings.mode == "cluster":
        node = import_module(f"{module}.cluster").ClusterNode
        return library.RedisCluster(startup_nodes=[node(*each) for each in nodes], **account, **shared, **tls)
    if settings.mode == "sentinel":
        own = {"password": settings.sentinel_password, **shared, **tls}
        return library.Sentinel(nodes, sentinel_kwargs=own, **account, **shared, **tls).master_for(settings.master)
    # A pool makes TLS a class of its connections.
    kind = {"connection_class": library.SSLConnection, "ssl_ca_certs": settings.ca_path} if settings.tls else {}
    place = {"host": nodes[0][0], "port": nodes[0][1], "db": settings.database}
    limits = {"max_connections": _CONNECTIONS, "timeout": _SOCKET_SECONDS}
    pool = library.BlockingConnectionPool(**place, **limits, **account, **shared, **kind)
    return library.Redis.from_pool(pool)
