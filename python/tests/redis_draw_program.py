"""Draws 60 times on a budget of 100 that others draw on too, and prints how often it was allowed to."""

import sys

from kit_jwt.http import Limit
from kit_jwt.redis import RedisLimiter, connect_redis

redis = connect_redis({"REDIS_URL": sys.argv[1]})
assert redis is not None
limiter = RedisLimiter(redis, deadline_seconds=20)
limit = Limit(name="shared", quota=1, window_seconds=3600, burst=100)
sys.stdout.write(str(sum(limiter.draw("u1", limit, 1).allowed for _ in range(60))))
redis.close()
