"""Clients of redis-py, as settings ask for them."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from .settings import Settings

SOCKET_SECONDS: Final = 1.0
"""After which redis-py gives a connection up; the stores' own deadline is another, and shorter."""

_CONNECTIONS: Final = 32


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
        return sentinel.master_for(settings.master), *sentinel.sentinels
    # A pool makes TLS a class of its connections.
    kind = {"connection_class": library.SSLConnection, "ssl_ca_certs": settings.ca_path} if settings.tls else {}
    place = {"host": nodes[0][0], "port": nodes[0][1], "db": settings.database}
    limits = {"max_connections": _CONNECTIONS, "timeout": SOCKET_SECONDS}
    pool = library.BlockingConnectionPool(**place, **limits, **account, **shared, **kind)
    return (library.Redis.from_pool(pool),)
