"""Keys of authorities, for all processes that share a Redis."""

from __future__ import annotations

import re
from typing import Final

from kit_jwt.issuer.stores.key_store import StoredDocument
from kit_jwt.token.effects import Effect, Flow

from .commands import AnyRedisCommands, RedisCommands
from .deadline import DEADLINE, Deadline
from .errors import StoreError
from .names import PREFIX, document_key, read_prefix
from .scripts import run_script

_VERSION: Final = re.compile(r"[1-9][0-9]{0,14}")


class RedisKeyStore:
    """A key store on Redis, for authorities in any number of processes, in both languages.

    Exactly one of those who write on the same version succeeds: one script looks and writes. The document is sealed
    before it comes here, and is the newest alone. The server must keep it: give it persistence, and a backup.

    >>> from kit_jwt.redis import connect_redis
    >>> store = RedisKeyStore(connect_redis({"REDIS_URL": "redis://localhost:6379"}))
    """

    def __init__(
        self, redis: RedisCommands, *, prefix: str = PREFIX, name: str = "keys", deadline_seconds: float = DEADLINE
    ) -> None:
        """Keep keys on a Redis.

        Args:
            redis: of `connect_redis` or `from_redis_py`.
            prefix: begins the key, and is the same in all processes that share the keys.
            name: tells the keys of several authorities apart.
            deadline_seconds: that a call takes at most.

        Raises:
            MisuseError: wrong options.
        """
        self._key = document_key(read_prefix(prefix), read_prefix(name))
        self._deadline = Deadline(redis, deadline_seconds)

    def read(self) -> StoredDocument | None:
        """The newest document.

        Returns:
            None where there is none yet.

        Raises:
            StoreError: `store_unavailable`, `store_refused`.
        """
        return self._deadline.within(self._read)

    def _read(self, redis: AnyRedisCommands) -> Flow[StoredDocument | None]:
        outcome = yield Effect(lambda: redis.command(["HMGET", self._key, "version", "text"], self._key))
        if outcome.error is not None:
            raise outcome.error
        match outcome.value:
            case [None, None]:
                return None
            case [str(version), str(text)] if _VERSION.fullmatch(version):
                return StoredDocument(int(version), text)
            case _:
                raise StoreError("store_unavailable")

    def write_if(self, version: int, text: str) -> bool:
        """Write version `version + 1` where the newest is `version`.

        Args:
            version: of the document that was read, 0 where there was none.
            text: of the new one.

        Returns:
            Whether it was written; False where somebody else wrote meanwhile.

        Raises:
            StoreError: `store_evicting`: the server would drop the keys; `store_unavailable`, `store_refused`,
                `store_full`.
        """
        said = self._deadline.within(lambda redis: run_script(redis, "write-if", [self._key], [str(version), text]))
        if said == -1:
            raise StoreError("store_evicting")
        return said == 1
