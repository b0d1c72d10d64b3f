"""What Redis runs, in one step each: the same text in both languages, written by conformance/redis/scripts.mjs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Final, Literal, TypeAlias

from kit_jwt.token.effects import Effect, Flow

from .commands import AnyRedisCommands, AnyRedisPipeline
from .errors import ServerError

ScriptName: TypeAlias = Literal["consume", "draw", "revoke", "start-empty", "write-if"]

_SCRIPTS: Final = json.loads(files("kit_jwt.redis").joinpath("scripts.json").read_text("utf-8"))


def run_script(
    redis: AnyRedisCommands, name: ScriptName, keys: Sequence[str], args: Sequence[str] = ()
) -> Flow[object]:
    """Run a script.

    Args:
        redis: through which.
        name: of the script.
        keys: all of one hash tag.
        args: after the keys.
    """
    return (yield from _run(name, keys, args, lambda command: redis.command(command, keys[0])))


def run_script_then(
    redis: AnyRedisPipeline, name: ScriptName, keys: Sequence[str], args: Sequence[str], then: Sequence[str]
) -> Flow[object]:
    """Run a script, and another command after it over the same connection."""
    return (yield from _run(name, keys, args, lambda command: redis.pipeline([command, then], keys[0])))


def _run(
    name: ScriptName, keys: Sequence[str], args: Sequence[str], send: Callable[[Sequence[str]], object]
) -> Flow[object]:
    """By its digest; where the server does not know it yet, by its text, once."""
    script, rest = _SCRIPTS[name], [str(len(keys)), *keys, *args]
    outcome = yield Effect(lambda: send(["EVALSHA", script["sha1"], *rest]))
    if isinstance(outcome.error, ServerError) and outcome.error.word == "NOSCRIPT":
        outcome = yield Effect(lambda: send(["EVAL", script["text"], *rest]))
    if outcome.error is not None:
        raise outcome.error
    return outcome.value
