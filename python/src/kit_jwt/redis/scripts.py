"""What Redis runs, in one step each: the same text in both languages, written by conformance/redis/scripts.mjs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Final, Literal, TypeAlias

from kit_jwt.token.effects import Effect, Flow

from .commands import AnyRedisCommands
from .errors import ServerError

ScriptName: TypeAlias = Literal["consume", "draw", "revoke", "start-empty", "write-if"]

_SCRIPTS: Final = json.loads(files("kit_jwt.redis").joinpath("scripts.json").read_text("utf-8"))


def run_script(
    redis: AnyRedisCommands, name: ScriptName, keys: Sequence[str], args: Sequence[str] = ()
) -> Flow[object]:
    """Run a script by its digest; where the server does not know it yet, by its text, once.

    Args:
        redis: through which.
        name: of the script.
        keys: all of one hash tag.
        args: after the keys.
    """
    script, rest = _SCRIPTS[name], [str(len(keys)), *keys, *args]
    outcome = yield Effect(lambda: redis.command(["EVALSHA", script["sha1"], *rest], keys[0]))
    if isinstance(outcome.error, ServerError) and outcome.error.word == "NOSCRIPT":
        outcome = yield Effect(lambda: redis.command(["EVAL", script["text"], *rest], keys[0]))
    if outcome.error is not None:
        raise outcome.error
    return outcome.value
