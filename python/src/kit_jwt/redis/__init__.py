"""Keys, replay protection, limits and revocations that many processes share, on Redis. Needs the extra `redis`."""

from .commands import AioRedisCommands, RedisCommands, Reply
from .connection import AioRedisConnection, RedisConnection, connect_redis, connect_redis_aio
from .errors import ServerError, StoreError, StoreErrorCode
from .key_store import RedisKeyStore
from .limiter import AioRedisLimiter, RedisLimiter
from .redis_py import AioRedisPyClient, RedisPyClient, from_redis_py, from_redis_py_aio
from .replay_store import AioRedisReplayStore, RedisReplayStore
from .revocation_list import AioRedisRevocationList, RedisRevocationList
from .stores import AioMemoryRevocationList, AioStores, Stores, stores_from_environment, stores_from_environment_aio

__all__ = [
    "AioMemoryRevocationList",
    "AioRedisCommands",
    "AioRedisConnection",
    "AioRedisLimiter",
    "AioRedisPyClient",
    "AioRedisReplayStore",
    "AioRedisRevocationList",
    "AioStores",
    "RedisCommands",
    "RedisConnection",
    "RedisKeyStore",
    "RedisLimiter",
    "RedisPyClient",
    "RedisReplayStore",
    "RedisRevocationList",
    "Reply",
    "ServerError",
    "StoreError",
    "StoreErrorCode",
    "Stores",
    "connect_redis",
    "connect_redis_aio",
    "from_redis_py",
    "from_redis_py_aio",
    "stores_from_environment",
    "stores_from_environment_aio",
]
