"""Clients of redis-py, as settings ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

from .settings import Settings

SOCKET_SECONDS: Final = 1.0
"""After which redis-py gives a connection up; the stores' own deadline is another, and shorter."""

_CONNECTIONS: Final = 32


class _InOrder(list[Any]):
    """Sentinels, whoever answered last before the others.

    redis-py swaps the first and the one that answered. Where two callers do that at once, one of the list is lost:
    nobody asks it any longer, nor closes it. And who is in the middle of the list meanwhile passes one over.
    """

    def __iter__(self) -> Iterator[Any]:
        return iter(self.copy())

    def __setitem__(self, index: Any, one: Any) -> None:  # noqa: ANN401 # as a list has it
        if index == 0:
            with suppress(ValueError):
                self.remove(one)
                self.insert(0, one)


def made_of(settings: Settings, module: str) -> tuple[Any, ...]:
    """Make a client of `redis` or of `redis.asyncio`: both have the same names.

    Returns:
        The client, and those that it asks, which nobody else closes: of each Sentinel one.
    """
    library: Any = import_module(module)
    # A command is sent once: whether it was done when its connection breaks, nobody knows.
    once: Any = import_module(f"{module}.retry").Retry(import_module("redis.backoff").NoBackoff(), 0)
    timeouts = {"socket_timeout": SOCKET_SECONDS, "socket_connect_timeout": SOCKET_SECONDS}
    shared = {"retry": once, **timeouts}
    tls = {"ssl": True, "ssl_ca_certs": settings.ca_path} if settings.tls else {}
    account = {"username": settings.username, "password": settings.password}
    nodes = [(node.host, node.port) for node in settings.nodes]
    if settings.mode == "cluster":
        node = import_module(f"{module}.cluster").ClusterNode
        return (library.RedisCluster(startup_nodes=[node(*each) for each in nodes], **account, **shared, **tls),)
    if settings.mode == "sentinel":
        own = {"password": settings.sentinel_password, **shared, **tls}
        sentinel = library.Sentinel(nodes, sentinel_kwargs=own, **account, **shared, **tls)
        sentinel.sentinels = _InOrder(sentinel.sentinels)
        return sentinel.master_for(settings.master), *sentinel.sentinels
    # A pool makes TLS a class of its connections.
    kind = {"connection_class": library.SSLConnection, "ssl_ca_certs": settings.ca_path} if settings.tls else {}
    place = {"host": nodes[0][0], "port": nodes[0][1], "db": settings.database}
    limits = {"max_connections": _CONNECTIONS, "timeout": SOCKET_SECONDS}
    pool = library.BlockingConnectionPool(**place, **limits, **account, **shared, **kind)
    return (library.Redis.from_pool(pool),)
