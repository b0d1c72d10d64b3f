"""The two faces of the kit: one that threads share, and one in an event loop."""

from __future__ import annotations

import asyncio
import json
import queue
import threading
from collections.abc import Callable, Mapping
from typing import Final, TypedDict

from kit_jwt import JwksRequest, JwksResponse, Kit, TokenError, aio, remote_jwks
from kit_jwt.config.options import KitConfig, TrustOptions
from kit_jwt.sources.transport import Transport, fetch

from told import FastClock, Told

_OK: Final = 200


class Issuer(TypedDict):
    """An issuer, and where it publishes its keys."""

    name: str
    iss: str
    url: str
    wait: float


class Setting(TypedDict):
    """The first line of the controller's."""

    issuers: list[Issuer]
    audience: str
    secret: str
    secretIssuer: str
    limits: dict[str, int]
    lanes: int
    plant: str | None


Task = tuple[int, str, str, str]
"""Its number, the face, the kit, the token."""


class Sources:
    """The transports of one face, and what is planted in them."""

    def __init__(self, face: str, setting: Setting, told: Told) -> None:
        """Take what every transport needs."""
        self._face = face
        self._setting = setting
        self._told = told

    def blocking(self, issuer: Issuer) -> Transport:
        """The kit's own way to fetch, with less time than the kit would give it."""
        seen: dict[str, object] = {}
        source = f"{self._face}.{issuer['name']}"

        def ask(request: JwksRequest, fetch_id: str) -> JwksResponse:
            headers = {**request.headers, "x-soak": fetch_id}
            answer = fetch(JwksRequest(str(request), headers, issuer["wait"], request.max_bytes))
            return _remembering(answer, seen) if self._setting["plant"] == "accept" else answer

        def transport(request: JwksRequest) -> JwksResponse:
            if self._setting["plant"] == "fetch":
                self._told.fetch(source, lambda fetch_id: ask(request, fetch_id))
            answer = self._told.fetch(source, lambda fetch_id: ask(request, fetch_id))
            assert isinstance(answer, JwksResponse)  # noqa: S101 # what `ask` gives
            return answer

        return transport

    def awaited(self, issuer: Issuer) -> Transport:
        """The same, awaited."""
        blocking = self.blocking(issuer)

        async def transport(request: JwksRequest) -> JwksResponse:
            answer = await asyncio.to_thread(blocking, request)
            assert isinstance(answer, JwksResponse)  # noqa: S101 # what `blocking` gives
            return answer

        return transport


def _remembering(answer: JwksResponse, seen: dict[str, object]) -> JwksResponse:
    """A planted fault: no key is ever forgotten."""
    if answer.status != _OK:
        return answer
    for key in json.loads(answer.body)["keys"]:
        if isinstance(key, dict) and "kid" in key:
            seen[key["kid"]] = key
    return JwksResponse(_OK, json.dumps({"keys": list(seen.values())}).encode(), answer.headers)


def configurations(
    setting: Setting, clock: FastClock, transports: Mapping[str, Transport]
) -> tuple[KitConfig, KitConfig]:
    """The configurations of a kit that trusts the issuers, and of one with a secret."""
    planted = {"cacheTtl": 30, "maxStale": 0} if setting["plant"] == "refuse" else {}
    limits = {**setting["limits"], **planted}
    sources = [
        remote_jwks(
            issuer["url"],
            cache_ttl=limits["cacheTtl"],
            max_stale=limits["maxStale"],
            timeout=limits["timeout"],
            transport=transports[issuer["name"]],
        )
        for issuer in setting["issuers"]
    ]
    trust: list[TrustOptions] = [
        {"issuer": issuer["iss"], "algorithms": ["EdDSA"], "key_source": source}
        for issuer, source in zip(setting["issuers"], sources, strict=True)
    ]
    shared: KitConfig = {"audience": setting["audience"], "leeway": limits["leeway"], "clock": clock}
    return (
        {**shared, "issuer": trust[0]["issuer"], "key_source": sources[0], "trust": trust[1:]},
        {**shared, "issuer": setting["secretIssuer"], "secret": setting["secret"]},
    )


class Threads:
    """A kit that many threads share."""

    name = "threads"

    def __init__(self, setting: Setting, told: Told) -> None:
        """Make the kits and start the threads."""
        sources = Sources(self.name, setting, told)
        transports = {issuer["name"]: sources.blocking(issuer) for issuer in setting["issuers"]}
        trusting, secret = configurations(setting, told.clock, transports)
        self._kits = {"trusting": Kit(**trusting), "secret": Kit(**secret)}
        self._told = told
        self._kept: dict[str, object] | None = {} if setting["plant"] == "leak" else None
        self._tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
        for _ in range(setting["lanes"]):
            threading.Thread(target=self._run, daemon=True).start()

    def take(self, task: Task) -> None:
        """Verify a token when a thread is free."""
        self._tasks.put(task)

    def _run(self) -> None:
        while True:
            number, _, kit, token = self._tasks.get()
            began = self._told.begin(number)
            self._told.end(number, began, _outcome(lambda: self._kits[kit].verify(token), token, self._kept))  # noqa: B023 # called at once


class Loop:
    """A kit in an event loop: one issuer's transport blocks in a thread, the other's is awaited."""

    name = "loop"

    def __init__(self, setting: Setting, told: Told) -> None:
        """Make the kits and start the loop in a thread of its own."""
        sources = Sources(self.name, setting, told)
        first, *others = setting["issuers"]
        transports = {first["name"]: sources.blocking(first)}
        transports.update((other["name"], sources.awaited(other)) for other in others)
        trusting, secret = configurations(setting, told.clock, transports)
        self._kits = {"trusting": aio.Kit(**trusting), "secret": aio.Kit(**secret)}
        self._told = told
        self._lanes = setting["lanes"]
        self._kept: dict[str, object] | None = {} if setting["plant"] == "leak" else None
        self._loop = asyncio.new_event_loop()
        self._tasks: asyncio.Queue[Task] = asyncio.Queue()
        threading.Thread(target=self._run, daemon=True).start()

    def take(self, task: Task) -> None:
        """Verify a token when a lane of the loop is free."""
        self._loop.call_soon_threadsafe(self._tasks.put_nowait, task)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        lanes = [self._loop.create_task(self._lane()) for _ in range(self._lanes)]
        self._loop.run_until_complete(asyncio.wait([*lanes, self._loop.create_task(self._told.beat_awaiting())]))

    async def _lane(self) -> None:
        while True:
            number, _, kit, token = await self._tasks.get()
            began = self._told.begin(number)
            try:
                claims: object = await self._kits[kit].verify(token)
            except Exception as error:  # noqa: BLE001 # whatever it is, it is told
                claims = error
            self._told.end(number, began, _outcome(lambda: claims, token, self._kept))  # noqa: B023 # called at once


def _outcome(verify: Callable[[], object], token: str, kept: dict[str, object] | None) -> str | None:
    """None for claims, the code of a refusal; anything else is told with an exclamation mark."""
    try:
        claims = verify()
    except Exception as error:  # noqa: BLE001 # whatever it is, it is told
        claims = error
    if kept is not None:
        # A planted fault: what was verified once is never forgotten.
        kept[token] = claims
    if isinstance(claims, TokenError):
        return claims.code
    if not isinstance(claims, Mapping):
        return f"!{type(claims).__name__}"
    return None if claims["sub"] == "u1" else "!sub"
