"""Limits by address."""

from __future__ import annotations

from typing import Any

import pytest

from kit_jwt import ConfigError, Kit, generate_secret
from kit_jwt.http import Drawn, Guard, GuardRequest, Limit, Refusal

from .vectors import CONFORMANCE, load

_FILE = load(CONFORMANCE / "http" / "addresses.json")
_KIT = Kit(issuer="https://auth.example", audience="api", secret=generate_secret())
_LIMITS = [Limit(name="read", quota=120, window_seconds=60)]


class _Asked:
    def __init__(self, *, allowed: bool = True) -> None:
        self.keys: list[str] = []
        self._allowed = allowed

    def draw(self, key: str, _limit: Limit, _cost: int) -> Drawn:
        self.keys.append(key)
        return Drawn(allowed=self._allowed, remaining=0, reset_after=1, retry_after=int(not self._allowed))


def _parts_of(asked: Any) -> GuardRequest:
    def header(name: str) -> list[str]:
        return [value for one, value in asked["headers"] if one.lower() == name]

    return GuardRequest(header=header, peer=asked["peer"])


def _bearer() -> list[str]:
    return ["authorization", f"Bearer {_KIT.sign({'sub': 'u1'})}"]


@pytest.mark.parametrize("test", _FILE["proxies"], ids=lambda test: test["id"])
def test_lists_of_proxies(test: Any) -> None:
    if test["taken"]:
        assert callable(Guard(_parts_of, kit=_KIT, trusted_proxies=test["trustedProxies"]))
        return
    with pytest.raises(ConfigError) as caught:
        Guard(_parts_of, kit=_KIT, trusted_proxies=test["trustedProxies"])
    assert (caught.value.code, caught.value.variable) == ("config_invalid", "trusted_proxies")


@pytest.mark.parametrize("test", _FILE["requests"], ids=lambda test: test["id"])
def test_whose_budget_it_is(test: Any) -> None:
    limiter = _Asked()
    options: Any = {"trusted_proxies": test["trustedProxies"]}
    if "forwardedHeader" in test:
        options["forwarded_header"] = test["forwardedHeader"]
    guard: Guard[Any] = Guard(_parts_of, kit=_KIT, limiter=limiter, **options)
    check = guard(limits=_LIMITS, by="address", on_limiter_failure="pass")
    outcome = check.decide({"peer": test["peer"], "headers": [*test["headers"], _bearer()]})
    if test["address"] is None:
        assert isinstance(outcome, Refusal)
        assert (outcome.code, limiter.keys) == ("limiter_unavailable", [])
    else:
        assert not isinstance(outcome, Refusal)
        assert limiter.keys == [f'["address","{test["address"]}"]']


@pytest.mark.parametrize("test", _FILE["orders"], ids=lambda test: test["id"])
def test_before_the_token_or_after_it(test: Any) -> None:
    limiter = _Asked(allowed=test["allowed"])
    guard: Guard[Any] = Guard(_parts_of, kit=_KIT, limiter=limiter)
    check = guard(limits=_LIMITS, by="address", before=test["before"])
    outcome = check.decide({"peer": test["peer"], "headers": [_bearer()] if test["token"] else []})
    status, why = (outcome.status, outcome.code) if isinstance(outcome, Refusal) else (200, None)
    assert {"status": status, "why": why, "draws": len(limiter.keys)} == test["expected"]


@pytest.mark.parametrize(
    ("options", "code", "variable"),
    [
        ({"trusted_proxies": "10.0.0.0/8"}, "config_invalid", "trusted_proxies"),
        ({"trusted_proxies": [1]}, "config_invalid", "trusted_proxies"),
        ({"trusted_proxies": [], "forwarded_header": "x-real-ip"}, "config_invalid", "forwarded_header"),
        ({"forwarded_header": "forwarded"}, "config_missing", "trusted_proxies"),
    ],
)
def test_options_that_are_refused(options: Any, code: str, variable: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Guard(_parts_of, kit=_KIT, **options)
    assert (caught.value.code, caught.value.variable) == (code, variable)


@pytest.mark.parametrize(
    "route",
    [
        {},
        {"by": "address"},
        {"limits": _LIMITS},
        {"limits": _LIMITS, "by": "client"},
        {"limits": _LIMITS, "by": "address", "cost": lambda _principal, _request: 1},
        {"limits": _LIMITS, "by": "address", "before": "yes"},
    ],
)
def test_what_cannot_come_before_the_token(route: Any) -> None:
    guard: Guard[Any] = Guard(_parts_of, kit=_KIT, limiter=_Asked())
    with pytest.raises(ConfigError) as caught:
        guard(**{"before": True, **route})
    assert (caught.value.code, caught.value.variable) == ("config_invalid", "before")
