"""`jwks-timeline`: what callers are told over time, and what is fetched. No thread runs and no clock ticks."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kit_jwt.auth.evaluate import equal
from kit_jwt.crypto.algorithms import ALGORITHMS
from kit_jwt.errors import ConfigError, MisuseError, TokenError
from kit_jwt.kit import KitBase
from kit_jwt.sources.flight import Landing
from kit_jwt.sources.jwks_cache import JwksCache
from kit_jwt.sources.remote_jwks import RemoteJwks
from kit_jwt.sources.transport import MAX_BYTES
from kit_jwt.stores.revocation import MemoryRevocationList
from kit_jwt.token.claims import Claims
from kit_jwt.token.effects import Done, Flow, Outcome, advance, perform, perform_awaiting

from .endpoint import Endpoint
from .inputs import World, config_of, snake, text_of

Answer = dict[str, Any]
Step = Mapping[str, Any]

_MAX_TURNS: Final = 100_000
_LATER: Final = 253402300799


class _FlowKit(KitBase):
    """A kit whose verification is driven here."""

    __slots__ = ()

    def flow(self, token: str) -> Flow[Claims]:
        return self._operations.verify(token, {})


@dataclass(slots=True)
class _Caller:
    """Who asked, and what it was told.

    Attributes:
        flow: what it asked for.
        step: in which it was told, None until then.
        outcome: what it was told.
        landing: what it waits for, if it waits.
        until: when it gives up.
    """

    flow: Flow[Answer]
    step: int | None = None
    outcome: Mapping[str, Any] | None = None
    landing: Landing | None = None
    until: float = 0


async def run(test: Mapping[str, Any], kits: Mapping[str, Any], _world: World) -> Answer:
    """Do the steps of a script."""
    endpoint = Endpoint()
    asked = _Asked(test, kits, endpoint)
    steps: list[list[_Caller]] = []
    for index, step in enumerate(test["script"]):
        endpoint.step, endpoint.now = index, step["now"]
        answers, answer = step.get("answers", {}), step.get("answer")
        endpoint.at_once = lambda url, answers=answers, answer=answer: answers.get(url, answer)  # type: ignore[misc] # defaults bind the step
        await _pass_time(steps, endpoint)
        asked.revoke(step)
        callers = [_Caller(flow) for flow in asked.flows(step)]
        if callers:
            steps.append(callers)
        elif answer is not None:
            endpoint.give(answer, step.get("request"))
        for caller in callers:
            await _go_on(caller, None, endpoint)
        await _settle(steps, endpoint)
        while endpoint.give_at_once():
            await _settle(steps, endpoint)
    fetches = [{"step": one.step, "url": one.url, "ifNoneMatch": one.if_none_match} for one in endpoint.requests]
    return {"outcomes": [_agreed(callers) for callers in steps], "fetches": fetches}


class _Asked:
    """What each step asks of a source or of a kit."""

    def __init__(self, test: Mapping[str, Any], kits: Mapping[str, Any], endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._source: JwksCache | None = None
        self._kit: _FlowKit | None = None
        self._revoked = MemoryRevocationList()
        if "source" in test:
            options = {snake(name): value for name, value in test["source"].items()}
            self._source = self._at(options.pop("url"), options)
        else:
            given = test["kit"]
            config = self._with_sources(config_of(kits[given] if isinstance(given, str) else given))
            # The world first, so that a configuration that has one of its own is told that it is wrong.
            keywords: dict[str, Any] = {"clock": lambda: endpoint.now}
            if any("revoke" in step for step in test["script"]):
                keywords["revocation"] = self._revoked
            self._kit = _FlowKit(**{**keywords, **config})

    def revoke(self, step: Step) -> None:
        if "revoke" in step:
            self._revoked.revoke(**step["revoke"], expires=_LATER)

    def flows(self, step: Step) -> Iterator[Flow[Answer]]:
        count = int(step.get("callers", step.get("numbered", 1)))
        if self._kit is not None and "verify" in step:
            yield from (_verified(self._kit.flow(step["verify"])) for _ in range(count))
        if self._source is not None and "select" in step:
            alg, kid = step["select"]["alg"], step["select"].get("kid")
            for number in range(count):
                name = None if kid is None else text_of(kid) + (str(number) if "numbered" in step else "")
                yield _selected(self._source, alg, name, self._endpoint.now)

    def _at(self, url: str, options: Mapping[str, Any]) -> JwksCache:
        endpoint = self._endpoint
        runs = endpoint.runs(url, options.get("max_bytes", MAX_BYTES))
        return RemoteJwks(url, **options, transport=endpoint.transport, runs=runs)

    def _with_sources(self, config: dict[str, Any]) -> dict[str, Any]:
        options = {"cache_ttl": config.pop("jwks_cache_ttl")} if "jwks_cache_ttl" in config else {}
        for entry in (config, *config.get("trust", ())):
            if "jwks_url" in entry:
                entry["key_source"] = self._at(entry.pop("jwks_url"), options)
        return config


def _selected(source: JwksCache, alg: str, kid: str | None, now: float) -> Flow[Answer]:
    found = yield from source.ask(ALGORITHMS[alg], kid, now)
    return {"fault": {"code": found}} if isinstance(found, str) else {"thumbprint": found.thumbprint}


def _verified(flow: Flow[Claims]) -> Flow[Answer]:
    return {"iss": (yield from flow)["iss"]}


async def _go_on(caller: _Caller, outcome: Outcome | None, endpoint: Endpoint) -> None:
    """Take a caller to where it waits for an answer, or to its end."""
    caller.landing = None
    try:
        step = advance(caller.flow, outcome)
        while not isinstance(step, Done):
            if isinstance(step, Landing):
                caller.landing, caller.until = step, endpoint.now + step.seconds
                return
            done = perform(step)
            done = await perform_awaiting(done.value) if isinstance(done.value, Awaitable) else done
            step = advance(caller.flow, done)
        caller.outcome = step.value
    except TokenError as error:
        claim = {} if error.claim is None else {"claim": error.claim}
        caller.outcome = {"fault": {"code": error.code, **claim}}
    except ConfigError as error:
        caller.outcome = {"fault": {"code": error.code}}
    except MisuseError:
        caller.outcome = {"misuse": True}
    caller.step = endpoint.step


def _waiting(steps: Sequence[Sequence[_Caller]]) -> list[tuple[_Caller, Landing]]:
    return [(caller, caller.landing) for callers in steps for caller in callers if caller.landing is not None]


async def _settle(steps: Sequence[Sequence[_Caller]], endpoint: Endpoint) -> None:
    """Let everybody go on whose answer came."""
    for _ in range(_MAX_TURNS):
        ready = [caller for caller, landing in _waiting(steps) if landing.flight.is_over]
        if not ready:
            return
        await _go_on(ready[0], Outcome(), endpoint)


async def _pass_time(steps: Sequence[Sequence[_Caller]], endpoint: Endpoint) -> None:
    """Give up what takes too long, and who waits too long, one after the other."""
    for _ in range(_MAX_TURNS):
        waiting = _waiting(steps)
        request = endpoint.late({landing.flight for _, landing in waiting})
        callers = [caller for caller, _ in waiting if caller.until <= endpoint.now]
        caller = min(callers, key=lambda caller: caller.until, default=None)
        if request is not None and (caller is None or request.until <= caller.until):
            endpoint.give_up(request)
        elif caller is not None:
            await _go_on(caller, Outcome(), endpoint)
        else:
            return
        await _settle(steps, endpoint)


def _agreed(callers: Sequence[_Caller]) -> Answer:
    """What all callers of a step were told, or all that they were told where that differs."""
    told = [{"step": caller.step, **(caller.outcome or {})} for caller in callers]
    return told[0] if all(equal(told[0], other) for other in told) else {"differ": told}
