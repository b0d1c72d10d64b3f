"""Options of a guard and its routes that are refused, and what a program gives a guard at a request."""

from __future__ import annotations

import asyncio
from typing import Any, NoReturn

import pytest

from kit_jwt import ConfigError, Kit, MisuseError, aio, generate_secret
from kit_jwt.http import Drawn, Guard, GuardRequest, Limit, Outcome, Passed, Refusal

SECRET = generate_secret()
KIT = Kit(issuer="https://auth.example", audience="api", secret=SECRET)
READ = Limit(name="read", quota=120, window_seconds=60)


class Endless:
    def draw(self, _key: str, _limit: Limit, _cost: int) -> Drawn:
        return Drawn(allowed=True, remaining=1, reset_after=0, retry_after=0)


class Answering:
    def __init__(self, given: Any) -> None:
        self._given = given

    def draw(self, _key: str, _limit: Limit, _cost: int) -> Drawn:
        given: Drawn = self._given
        return given


def parts_of(_request: object) -> GuardRequest:
    token = KIT.sign({"sub": "u1"})
    return GuardRequest(header=lambda name: [f"Bearer {token}"] if name == "authorization" else [])


def limit(**changes: Any) -> dict[str, Any]:
    return {"limits": [Limit(**{"name": "read", "quota": 120, "window_seconds": 60, **changes})]}


@pytest.mark.parametrize(
    ("options", "code", "variable"),
    [
        ({}, "config_missing", "kit"),
        ({"kit": None}, "config_invalid", "kit"),
        ({"kit": object()}, "config_invalid", "kit"),
        ({"kit": KIT, "limiter": object()}, "config_invalid", "limiter"),
        ({"kit": KIT, "cookie": ""}, "config_invalid", "cookie"),
        ({"kit": KIT, "cookie": "a;b"}, "config_invalid", "cookie"),
        ({"kit": KIT, "cookie": "ä"}, "config_invalid", "cookie"),
        ({"kit": KIT, "query": ""}, "config_invalid", "query"),
        ({"kit": KIT, "query": "a&b"}, "config_invalid", "query"),
        ({"kit": KIT, "confirmation": {}}, "config_invalid", "confirmation"),
        ({"kit": KIT, "on_refusal": 1}, "config_invalid", "on_refusal"),
        ({"kit": KIT, "cookies": "a"}, "config_invalid", "cookies"),
        ({"kit": KIT, "cookie": None}, "config_invalid", "cookie"),
    ],
)
def test_options_that_are_refused(options: Any, code: str, variable: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Guard(parts_of, **options)
    assert (caught.value.code, caught.value.variable) == (code, variable)


@pytest.mark.parametrize(
    ("route", "variable"),
    [
        ({"limits": []}, "limits"),
        ({"limits": 1}, "limits"),
        ({"limits": ["read"]}, "limits"),
        (limit(name=None), "limits"),
        (limit(name="ä"), "limits"),
        (limit(name=""), "limits"),
        (limit(quota=0), "limits"),
        (limit(window_seconds=0.5), "limits"),
        (limit(burst=0), "limits"),
        (limit(window_seconds=1_000_000_000, burst=1_000_000_000), "limits"),
        ({**limit(burst=4), "cost": 5}, "cost"),
        ({"cost": 0}, "cost"),
        ({"cost": True}, "cost"),
        ({"by": "nobody"}, "by"),
        ({"on_limiter_failure": "open"}, "on_limiter_failure"),
        ({"replay": "yes"}, "replay"),
        ({"context": {}}, "context"),
        ({"allow": True}, "allow"),
        ({"limit": READ}, "limit"),
        ({"allow": None}, "allow"),
    ],
)
def test_options_of_a_route_that_are_refused(route: Any, variable: str) -> None:
    guard: Guard[None] = Guard(parts_of, kit=KIT, limiter=Endless())
    with pytest.raises(ConfigError) as caught:
        guard(**route)
    assert (caught.value.code, caught.value.variable) == ("config_invalid", variable)


def test_limits_without_a_limiter() -> None:
    guard: Guard[None] = Guard(parts_of, kit=KIT)
    with pytest.raises(ConfigError, match="config_missing") as caught:
        guard(limits=[READ])
    assert caught.value.variable == "limiter"


@pytest.mark.parametrize("policy", [{}, {"roles": ["admin"]}, None])
def test_what_is_no_policy(policy: Any) -> None:
    with pytest.raises(MisuseError):
        Guard[None](parts_of, kit=KIT)(policy)


def asked(route: Any, **options: Any) -> Outcome:
    given: Any = {"kit": KIT, "limiter": Endless(), **options}
    guard: Guard[None] = Guard(parts_of, **given)
    return guard(**route).decide(None)


def awaited(route: Any) -> Outcome:
    kit = aio.Kit(issuer="https://auth.example", audience="api", secret=SECRET)
    guard: Guard[None] = Guard(parts_of, kit=kit)
    return asyncio.run(guard(**route).decide_awaiting(None))


@pytest.mark.parametrize("answer", [1, None, "yes"])
def test_neither_true_nor_false_is_no_decision(answer: Any) -> None:
    with pytest.raises(MisuseError):
        asked({"allow": lambda _principal, _request: answer})


def test_a_predicate_and_a_context_may_wait() -> None:
    async def true(*_: object) -> bool:
        return True

    async def nothing(_: object) -> dict[str, str]:
        return {}

    assert isinstance(awaited({"allow": true, "context": nothing}), Passed)
    with pytest.raises(MisuseError):
        asked({"allow": true})


def test_a_predicate_that_says_no_names_no_rule() -> None:
    refusal = asked({"allow": lambda _principal, _request: False})
    assert isinstance(refusal, Refusal)
    assert (refusal.status, refusal.failed) == (403, ())


@pytest.mark.parametrize("cost", [0, -1, 1.5, True])
def test_a_cost_that_is_no_number_of_units_is_a_fault_of_the_program(cost: Any) -> None:
    with pytest.raises(MisuseError):
        asked({"limits": [READ], "cost": lambda _principal, _request: cost})


def test_a_cost_that_a_limit_never_has_is_one_too_and_no_failure_of_the_limiter() -> None:
    once = {**limit(burst=4), "on_limiter_failure": "pass"}
    with pytest.raises(MisuseError):
        asked({**once, "cost": lambda _principal, _request: 5})
    assert isinstance(asked({**once, "cost": lambda _principal, _request: 4}), Passed)


def test_what_a_program_raises_is_its_own() -> None:
    def fail(*_: object) -> NoReturn:
        raise LookupError

    for route in ({"allow": fail}, {"context": fail}):
        with pytest.raises(LookupError):
            asked(route)


NOT_DRAWN: list[Any] = [
    None,
    {},
    Drawn(allowed=1, remaining=1, reset_after=1, retry_after=1),  # type: ignore[arg-type] # wrong on purpose
    Drawn(allowed=True, remaining=1, reset_after=float("nan"), retry_after=1),
    Drawn(allowed=True, remaining=True, reset_after=1, retry_after=1),
]


@pytest.mark.parametrize("given", NOT_DRAWN)
def test_a_limiter_that_gives_something_else_has_not_answered(given: Any) -> None:
    refusal = asked({"limits": [READ]}, limiter=Answering(given))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "limiter_unavailable"


def test_whoever_is_told_of_a_refusal_does_not_decide_what_is_answered() -> None:
    def fail(*_: object) -> NoReturn:
        raise LookupError

    refusal = asked({"allow": lambda _principal, _request: False}, on_refusal=fail)
    assert isinstance(refusal, Refusal)
    assert refusal.status == 403


def test_a_token_is_bound_to_what_the_request_proved() -> None:
    refusal = asked({}, confirmation=lambda _request: {"jkt": "x"})
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.status) == ("binding_missing", 401)
    assert isinstance(asked({}, confirmation=lambda _request: None), Passed)


def test_a_request_shows_nothing_of_itself() -> None:
    assert repr(parts_of(None)) == "<GuardRequest>"
