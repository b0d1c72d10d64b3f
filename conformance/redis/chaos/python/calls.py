"""What is done under load, in turn: the same as in node.mjs."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypedDict

from kit_jwt.http import Drawn, FallbackLimiter, Limit
from kit_jwt.redis import StoreError

ISSUER: Final = "https://auth.example"


class LimitSetting(TypedDict):
    """A limit, as JSON says it."""

    name: str
    quota: int
    windowSeconds: int
    burst: int


class Setting(TypedDict):
    """The first line that is heard."""

    face: str
    environment: dict[str, str]
    prefix: str
    begun: float
    seed: int
    instances: int
    revoked: int
    deadline: float
    rate: float
    tokens: float
    limits: dict[str, LimitSetting]
    kinds: list[str]
    prepare: bool


_WORDS: Final[Mapping[tuple[str, object], str]] = {
    ("revoked", True): "true",
    ("revoked", False): "false",
    ("write", True): "written",
    ("write", False): "stale",
}

Call = tuple[object, Callable[[], Any]]
"""What it is about, and what gives its result, or an awaitable of it."""


class Calls:
    """The calls of one face, on its stores: synchronous or awaitable, they are asked in the same way."""

    def __init__(self, setting: Setting, *, replay: Any, limiter: Any, revoked: Any, keys: Any) -> None:
        """Ask these; `keys` may be None."""
        self._setting = setting
        # What is tried is not secret.
        self._random = random.Random(setting["seed"])  # noqa: S311 # the same for the same seed
        self._replay, self._limiter, self._revoked, self._keys = replay, limiter, revoked, keys
        self._fallback = FallbackLimiter(limiter, instances=setting["instances"])
        self._limits = {
            name: Limit(name=one["name"], quota=one["quota"], window_seconds=one["windowSeconds"], burst=one["burst"])
            for name, one in setting["limits"].items()
        }
        self.kinds = [kind for kind in setting["kinds"] if keys is not None or kind not in {"read", "write"}]
        self._version = 0
        self._by_kind: Mapping[str, Callable[[], Call]] = {
            "consume": lambda: self._consume(self._newest()),
            "again": lambda: self._consume(self._random.randrange(self._newest() + 1)),
            "draw": lambda: self._draw(self._limiter, "shared", f"k{self._random.randrange(3)}"),
            "steady": lambda: self._draw(self._limiter, "steady", "k"),
            "fallback": lambda: self._draw(self._fallback, "fallback", "k"),
            "revoked": self._is_revoked,
            "read": lambda: ("keys", self._keys.read),
            "write": lambda: self._write(self._version),
        }

    def next(self, kind: str) -> Call:
        """One more of a kind."""
        return self._by_kind[kind]()

    def said(self, kind: str, result: object) -> str:
        """The result of a call in one word."""
        if isinstance(result, StoreError):
            return result.code
        if isinstance(result, Exception):
            return f"!{type(result).__name__}: {result!r}"
        if isinstance(result, Drawn):
            return "allowed" if result.allowed else "denied"
        if kind == "read":
            self._version = getattr(result, "version", 0) or self._version
            return str(getattr(result, "version", 0))
        return _WORDS.get((kind, result), str(result))

    def _newest(self) -> int:
        return int((time.time() - self._setting["begun"]) * self._setting["tokens"])

    def _consume(self, number: int) -> Call:
        issued = int(self._setting["begun"] + number / self._setting["tokens"])
        use = {"issuer": ISSUER, "jti": f"t{number}", "issued": issued, "expires": issued + 990, "now": time.time()}
        return number, lambda: self._replay.consume(**use)

    def _draw(self, limiter: Any, limit: str, key: str) -> Call:
        return key, lambda: limiter.draw(key, self._limits[limit], 1)

    def _is_revoked(self) -> Call:
        jti = f"{self._random.choice('rn')}{self._random.randrange(self._setting['revoked'])}"
        return jti, lambda: self._revoked.is_revoked({"iss": ISSUER, "jti": jti}, time.time())

    def _write(self, version: int) -> Call:
        return version, lambda: self._keys.write_if(version, f"after {version}")


def caught(work: Callable[[], Any]) -> Any:
    """What a call gives, or the exception that it raises."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 # each is told
        return error


async def caught_aio(work: Callable[[], Awaitable[Any]]) -> Any:
    """The same, awaited."""
    try:
        return await work()
    except Exception as error:  # noqa: BLE001 # each is told
        return error
