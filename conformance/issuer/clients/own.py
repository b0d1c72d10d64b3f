# ruff: noqa: INP001 # a program, run by its path
"""What our client in Python sees of an issuer that runs, and of a target that trusts it, as JSON.

Where both are is told on standard input; the same as own.mjs. With `aio` it is the client of an event loop.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from kit_jwt.http import (
    AsyncTargetTokens,
    OutgoingError,
    TargetTokens,
    Wanted,
    exchange_at,
    exchange_at_awaiting,
)
from kit_jwt.http.httpx import TokenAuth

_TOLD: dict[str, str] = json.load(sys.stdin)
_ENDPOINT = f"{_TOLD['issuer']}/auth/token"
_OK = 200


def _read(response: httpx.Response) -> Any:  # noqa: ANN401 # what a target says is what is looked at
    return response.json() if response.status_code == _OK else response.status_code


def _blocking(secret: str) -> Callable[[Wanted, str], Awaitable[Any]]:
    source = exchange_at(_ENDPOINT, client_id="gateway", client_secret=secret)
    tokens = TargetTokens(source, caller="gateway")

    def get(wanted: Wanted, url: str) -> Any:  # noqa: ANN401 # as above
        auth = TokenAuth(tokens, wanted, origins=[_TOLD["target"]])
        with httpx.Client(auth=auth, trust_env=False) as client:
            return _read(client.get(url))

    return lambda wanted, url: asyncio.to_thread(get, wanted, url)


def _awaiting(secret: str) -> Callable[[Wanted, str], Awaitable[Any]]:
    source = exchange_at_awaiting(_ENDPOINT, client_id="gateway", client_secret=secret)
    tokens = AsyncTargetTokens(source, caller="gateway")

    async def seen(wanted: Wanted, url: str) -> Any:  # noqa: ANN401 # as above
        auth = TokenAuth(tokens, wanted, origins=[_TOLD["target"]])
        async with httpx.AsyncClient(auth=auth, trust_env=False) as client:
            return _read(await client.get(url))

    return seen


async def _main() -> None:
    with_secret = _awaiting if "aio" in sys.argv else _blocking
    right = with_secret(_TOLD["secret"])

    async def seen(
        by: Callable[[Wanted, str], Awaitable[Any]] = right,
        url: str = _TOLD["target"],
        **wanted: Any,  # noqa: ANN401 # members of Wanted
    ) -> Any:  # noqa: ANN401 # as above
        try:
            return await by(Wanted(target="orders", **wanted), url)
        except OutgoingError as error:
            return error.code

    own, again = await seen(scopes=["read"]), await seen(scopes=["read"])
    delegated = await seen(user=_TOLD["user"])
    answers = {
        "own": [own["subject"], own["scopes"], own["act"]],
        "isKept": own["jti"] == again["jti"],
        "delegated": [delegated["subject"], delegated["act"]],
        "isAnother": delegated["jti"] != own["jti"],
        "beyond": await seen(scopes=["all"]),
        "foreign": await seen(user=_TOLD["foreign"]),
        "unknown": await seen(with_secret("wrong")),
        "elsewhere": await seen(url=_TOLD["issuer"]),
    }
    sys.stdout.write(json.dumps(answers))


if __name__ == "__main__":
    asyncio.run(_main())
