"""Keys, replay protection, limits and revocations that many processes share, on Redis. Needs the extra `redis`."""

from .commands import AioRedisCommands, RedisCommands, Reply
from .connection import AioRedisConnection, RedisConnection, connect_redis, connect_redis_aio
from .errors import ServerError, StoreError, StoreErrorCode
from .key_store import RedisKeyStore
from .limiter import AioRedisLimiter, RedisLimiter
from .redis_py import AioRedisPyClient, RedisPyClient, from_redis_py, from_redis_py_aio
from .replay_store import AioRedisReplayStore, RedisReplayStore
from .revocation_list import AioRedisRevocationList, RedisRevocationList

__all__ = [
    "AioRedisCommands",
    "AioRedisConnection",
    "AioRedisLimiter",
    "AioRedisPyClient",
    "AioRedisReplayStore",
    "AioRedisRevocationList",
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
    "connect_redis",
    "connect_redis_aio",
    "from_redis_py",
    "from_redis_py_aio",
]
