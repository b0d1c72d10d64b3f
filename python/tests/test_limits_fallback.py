"""A limiter that keeps a part of each budget while the shared one does not answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from kit_jwt import MisuseError
from kit_jwt.http import Drawn, FallbackLimiter, Limit, MemoryLimiter

from .http_vectors import snake
from .vectors import CONFORMANCE, load

_FILE = load(CONFORMANCE / "limits" / "fallback.json")
_READ = Limit(name="read", quota=120, window_seconds=60)


class _Shared:
    """Gives what it is told to."""

    def __init__(self) -> None:
        self.gives: Any = "unavailable"

    def draw(self, _key: str, _limit: Limit, _cost: int) -> Drawn:
        if self.gives == "unavailable":
            raise OSError
        given: Drawn = self.gives if self.gives == "nonsense" else Drawn(**snake(self.gives))
        return given


class _Awaited(_Shared):
    async def draw(  # type: ignore[override] # the awaitable form of the port
        self, key: str, limit: Limit, cost: int
    ) -> Drawn:
        await asyncio.sleep(0)
        return super().draw(key, limit, cost)


def _drawn(given: Any) -> Drawn:
    async def awaiting() -> Drawn:
        result: Drawn = await given
        return result

    return given if isinstance(given, Drawn) else asyncio.run(awaiting())


@pytest.mark.parametrize("test", _FILE["parts"], ids=lambda test: test["id"])
def test_the_part_of_a_process(test: Any) -> None:
    limit = Limit(**snake(test["limit"]))
    limiter = FallbackLimiter(_Shared(), instances=test["instances"], clock=lambda: 0)
    drawn = [_drawn(limiter.draw("u1", limit, 1)) for _ in range(test["atOnce"] + 1)]
    assert drawn[0].remaining == test["atOnce"] - 1
    assert drawn[0].reset_after == test["unitSeconds"]
    assert [one.allowed for one in drawn] == [True] * test["atOnce"] + [False]
    # All of them together.
    assert test["atOnce"] * test["instances"] <= max(limit.burst or limit.quota, test["instances"])


@pytest.mark.parametrize("make", [_Shared, _Awaited])
@pytest.mark.parametrize("test", _FILE["series"], ids=lambda test: test["id"])
def test_draws(test: Any, make: Callable[[], _Shared]) -> None:
    now = 0
    told: list[None] = []
    shared = make()
    limiter = FallbackLimiter(
        shared,
        instances=test["instances"],
        # A double of seconds: the nearest one may lie a part of a microsecond below.
        clock=lambda: (now + 0.25) / 1e6,
        on_fallback=lambda: told.append(None),
    )
    for draw in test["draws"]:
        now = draw["now"]
        shared.gives = draw["shared"]
        given = limiter.draw(draw["key"], Limit(**snake(test["limit"])), draw["cost"])
        assert _drawn(given) == Drawn(**snake(draw["expected"]))
    assert len(told) == test["told"]


def test_a_fault_of_the_program_is_none_of_the_shared_limiter() -> None:
    told: list[None] = []
    limiter = FallbackLimiter(MemoryLimiter(), instances=2, on_fallback=lambda: told.append(None))
    with pytest.raises(MisuseError):
        limiter.draw("u1", _READ, 121)
    with pytest.raises(MisuseError):
        limiter.draw("u1", Limit(name="read", quota=0, window_seconds=60), 1)
    assert not told


def test_whoever_is_told_does_not_decide_what_is_drawn() -> None:
    def fail() -> None:
        raise LookupError

    limiter = FallbackLimiter(_Shared(), instances=2, on_fallback=fail)
    assert _drawn(limiter.draw("u1", _READ, 1)).remaining == 59


def test_where_there_is_no_room_for_another_part_nothing_is_let_through() -> None:
    limiter = FallbackLimiter(_Shared(), instances=2, max_keys=1)
    limiter.draw("u1", _READ, 60)
    with pytest.raises(OverflowError, match="full"):
        limiter.draw("u2", _READ, 1)


@pytest.mark.parametrize("instances", [0, -1, 1.5, True, "2"])
def test_what_is_no_number_of_processes(instances: Any) -> None:
    with pytest.raises(MisuseError):
        FallbackLimiter(_Shared(), instances=instances)


@pytest.mark.parametrize("shared", [None, object()])
def test_what_is_no_limiter(shared: Any) -> None:
    with pytest.raises(MisuseError):
        FallbackLimiter(shared, instances=1)
