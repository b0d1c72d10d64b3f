"""What replay stores ask Redis, of one token and of all."""

from __future__ import annotations

import math
import secrets
from collections.abc import Sequence
from dataclasses import InitVar, dataclass
from typing import Final, TypeGuard, cast

from kit_jwt.encoding.json_value import is_number
from kit_jwt.errors import MisuseError
from kit_jwt.stores.replay import Freshness
from kit_jwt.token.effects import Effect, Flow

from .commands import AnyRedisCommands, AnyRedisPipeline
from .errors import ServerError, StoreError, StoreErrorCode, store_error
from .names import part_keys, read_prefix, use_keys
from .scripts import run_script, run_script_then

_MARGIN: Final = 90
"""Seconds for which a token is remembered longer: a process whose clock is behind takes it longer, up to the leeway."""
_MAX_KEPT: Final = 253_402_300_799_000
"""Milliseconds: a token lives until the year 9999 at most."""
_MAX_WAIT: Final = 0.5
"""Seconds that replicas are waited for at most: less than clients wait for an answer."""

_REFUSED: Final[dict[object, StoreErrorCode]] = {
    "forgetful": "store_forgetful",
    "evicting": "store_evicting",
    "unreplicated": "store_unreplicated",
}
"""What the script says where it takes no token."""


@dataclass(slots=True)
class Uses:
    """What both stores ask Redis."""

    prefix: str
    clock_skew_seconds: float
    min_replicas: int
    wait_seconds: float
    redis: InitVar[object]
    has_looked: bool = False

    def __post_init__(self, redis: object) -> None:
        """Refuse what is no option.

        Raises:
            MisuseError: wrong options.
        """
        read_prefix(self.prefix)
        if not is_number(self.clock_skew_seconds) or not 0 <= self.clock_skew_seconds < math.inf:
            message = "clock_skew_seconds is a number of seconds"
            raise MisuseError(message)
        if type(self.min_replicas) is not int or self.min_replicas < 0:
            message = "min_replicas is a number of replicas"
            raise MisuseError(message)
        if self.min_replicas > 0 and not _has_pipeline(redis):
            message = "min_replicas needs commands that have a pipeline"
            raise MisuseError(message)

    def asked(
        self, *, issuer: str, jti: str, expires: float, now: float, issued: float | None
    ) -> tuple[Sequence[str], Sequence[str]]:
        """The keys and the arguments of the script.

        Raises:
            MisuseError: times that are no numbers.
        """
        kept = (expires - now + max(self.clock_skew_seconds, _MARGIN)) * 1000
        if not math.isfinite(kept) or (issued is not None and not math.isfinite(issued)):
            message = "times are numbers of seconds"
            raise MisuseError(message)
        milliseconds = min(max(math.ceil(kept), 1), _MAX_KEPT)
        since = "" if issued is None else f"{issued:.6f}"
        skew = f"{self.clock_skew_seconds:.6f}"
        args = [secrets.token_urlsafe(12), str(milliseconds), since, skew, str(self.min_replicas)]
        return use_keys(self.prefix, issuer, jti), args

    def is_to_look(self, said: object) -> bool:
        """Whether all parts are to be asked: each notices by itself that it forgot, when it is asked."""
        is_first, self.has_looked = not self.has_looked, True
        return is_first or said == "forgetful"

    def consume(self, redis: AnyRedisCommands, keys: Sequence[str], args: Sequence[str]) -> Flow[object]:
        """Use a token up; again where nobody knows whether it was done: with the same nonce, it is one use."""
        try:
            return (yield from self._once(redis, keys, args))
        except Exception as error:  # whatever it was, it is told as one of our own codes
            if store_error(error).code != "store_unavailable":
                raise
            is_moved = isinstance(error, ServerError) and error.word == "MOVED"
        if is_moved:
            # Of a slot that moved, the client of a cluster learns by a command that is in no pipeline.
            yield Effect(lambda: redis.command(["EXISTS", keys[0]], keys[0]))
        return (yield from self._once(redis, keys, args))

    def _once(self, redis: AnyRedisCommands, keys: Sequence[str], args: Sequence[str]) -> Flow[object]:
        if self.min_replicas == 0 or not _has_pipeline(redis):
            return (yield from run_script(redis, "consume", keys, args))
        wait = ["WAIT", str(self.min_replicas), str(math.ceil(min(self.wait_seconds, _MAX_WAIT) * 1000))]
        told = yield from run_script_then(redis, "consume", keys, args, wait)
        said, copied = cast("Sequence[object]", told)
        is_enough = type(copied) is int and copied >= self.min_replicas
        return said if said != "fresh" or is_enough else "unreplicated"

    def look(self, redis: AnyRedisCommands) -> Flow[None]:
        """Have all parts look whether they forgot."""
        for part in part_keys(self.prefix):
            yield from run_script(redis, "consume", [part, part], [""])

    def start_empty(self, redis: AnyRedisCommands) -> Flow[None]:
        """Have all parts say that they were empty."""
        for part in part_keys(self.prefix):
            yield from run_script(redis, "start-empty", [part])


def _has_pipeline(redis: object) -> TypeGuard[AnyRedisPipeline]:
    return hasattr(redis, "pipeline")


def freshness(said: object) -> Freshness:
    """What a store says, of what the script said.

    Raises:
        StoreError: it took no token.
    """
    if said == "fresh":
        return "fresh"
    if said == "replayed":
        return "replayed"
    raise StoreError(_REFUSED.get(said, "store_unavailable"))
