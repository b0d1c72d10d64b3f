from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from kit_jwt import MisuseError
from kit_jwt.http import Drawn, Limit, MemoryLimiter, rate_of

from .vectors import CONFORMANCE, load

_TESTS = [pytest.param(test, id=test["id"]) for test in load(CONFORMANCE / "limits" / "gcra.json")["tests"]]
_READ = Limit(name="read", quota=120, window_seconds=60)


def limit_of(limit: dict[str, Any]) -> Limit:
    names = {"windowSeconds": "window_seconds"}
    return Limit(**{names.get(name, name): value for name, value in limit.items()})


@pytest.mark.parametrize("test", _TESTS)
def test_draws(test: dict[str, Any]) -> None:
    now = 0
    # A double of seconds: the nearest one may lie a part of a microsecond below.
    limiter = MemoryLimiter(clock=lambda: (now + 0.25) / 1e6)
    for draw in test["draws"]:
        now = draw["now"]
        expected = Drawn(
            allowed=draw["allowed"],
            remaining=draw["remaining"],
            reset_after=draw["resetAfter"],
            retry_after=draw["retryAfter"],
        )
        assert limiter.draw("u1", limit_of(test["limit"]), draw["cost"]) == expected


def test_each_caller_and_each_limit_has_a_budget_of_its_own() -> None:
    limiter = MemoryLimiter(clock=lambda: 0)
    one, two = (Limit(name=name, quota=1, window_seconds=1) for name in ("one", "two"))
    drawn = [limiter.draw(key, limit, 1).allowed for key, limit in (("a", one), ("a", one), ("b", one), ("a", two))]
    assert drawn == [True, False, True, True]


def test_where_there_is_no_room_budgets_that_are_full_again_are_forgotten_and_no_others() -> None:
    now = 0.0
    limiter = MemoryLimiter(clock=lambda: now, max_keys=2)
    assert [limiter.draw("a", _READ, 1).remaining, limiter.draw("b", _READ, 20).remaining] == [119, 100]
    with pytest.raises(OverflowError, match="full"):
        limiter.draw("c", _READ, 1)
    assert limiter.draw("a", _READ, 1).remaining == 118
    now = 2.0
    assert limiter.draw("c", _READ, 1).remaining == 119
    assert limiter.draw("b", _READ, 1).remaining == 103
    with pytest.raises(OverflowError, match="full"):
        limiter.draw("d", _READ, 1)


def test_its_own_clock_goes_on_by_itself() -> None:
    limiter = MemoryLimiter()
    limit = Limit(name="quick", quota=1000, window_seconds=1, burst=1)
    assert limiter.draw("a", limit, 1).allowed
    time.sleep(0.02)
    assert limiter.draw("a", limit, 1).allowed


def test_threads_share_a_budget() -> None:
    limiter = MemoryLimiter(clock=lambda: 0)
    allowed = []

    def draw() -> None:
        allowed.extend([limiter.draw("a", _READ, 1).allowed for _ in range(40)])

    threads = [threading.Thread(target=draw) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert allowed.count(True) == 120


@pytest.mark.parametrize(
    "change",
    [
        {"quota": 0},
        {"quota": 1.5},
        {"quota": True},
        {"window_seconds": 0},
        {"window_seconds": "60"},
        {"burst": 0},
        {"burst": -1},
        {"name": ""},
        {"window_seconds": 10**10, "quota": 1},
    ],
)
def test_what_is_no_limit(change: dict[str, Any]) -> None:
    options: dict[str, Any] = {"name": "read", "quota": 120, "window_seconds": 60} | change
    with pytest.raises(MisuseError):
        rate_of(Limit(**options))


@pytest.mark.parametrize("cost", [0, -1, 0.5, True, 121, "1"])
def test_what_is_no_cost(cost: Any) -> None:
    with pytest.raises(MisuseError):
        MemoryLimiter().draw("a", _READ, cost)


@pytest.mark.parametrize("count", [0, -1, 0.5, True])
def test_what_is_no_number_of_budgets(count: Any) -> None:
    with pytest.raises(MisuseError):
        MemoryLimiter(max_keys=count)
