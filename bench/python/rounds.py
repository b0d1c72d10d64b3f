"""The timer: every candidate gets a short slice in every round, in an order that is drawn anew each time.

As `core/rounds.mjs`, which says why. pyperf starts processes of its own for each candidate and runs them one after the
other: what they are compared by then lies a minute apart.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from time import perf_counter
from typing import Any, Final

AT_ONCE: Final = 64
# Calls before each slice that are not timed: the caches of the processor are full of another one. 64 at once fill them.
FIRST_CALLS: Final = 4
MODES: Final = ("sequential", "concurrent")

Call = Callable[[], Any]


@dataclass
class Runner:
    """A candidate and its times: seconds of one call in each round."""

    name: str
    time: Callable[[int], float]
    times: int = 0
    seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """Rounds, and seconds of one slice and of the warm-up."""

    rounds: int
    slice: float
    warmup: float


def _loop(call: Call, times: int) -> None:
    for _ in repeat(None, times):
        call()


async def _one_after_the_other(call: Callable[[], Awaitable[Any]], times: int) -> None:
    for _ in repeat(None, times):
        await call()


async def _all_at_once(call: Callable[[], Awaitable[Any]], times: int) -> None:
    for _ in repeat(None, times // AT_ONCE):
        await asyncio.gather(*(call() for _ in repeat(None, AT_ONCE)))


def stopwatch(
    call: Call, mode: str, pool: ThreadPoolExecutor, *, is_awaitable: bool, clock: Callable[[], float] = perf_counter
) -> Callable[[int], float]:
    """What times so many calls, in seconds. 64 at once are 64 threads, or 64 tasks of an event loop."""
    if is_awaitable:
        loop = asyncio.new_event_loop()
        coroutine = _one_after_the_other if mode == "sequential" else _all_at_once
        run: Callable[[int], Any] = lambda times: loop.run_until_complete(coroutine(call, times))  # noqa: E731 -- one of three
    elif mode == "sequential":
        run = lambda times: _loop(call, times)  # noqa: E731 -- one of three
    else:
        run = lambda times: list(pool.map(_loop, repeat(call), [times // AT_ONCE] * AT_ONCE))  # noqa: E731 -- one of three

    def timed(times: int) -> float:
        began = clock()
        run(times)
        return clock() - began

    return timed


def _whole(times: float, mode: str) -> int:
    step = AT_ONCE if mode == "concurrent" else 1
    return max(step, round(times / step) * step)


def _calibrate(runner: Runner, mode: str, plan: Plan) -> int:
    """How many calls fill a slice, found while the candidate warms up.

    Two runs in turn must agree, the last of them no shorter than half a slice: one call that the machine held up for a
    second says nothing of the next.
    """
    times = _whole(1, mode)
    spent = before = 0.0
    while True:
        seconds = runner.time(times)
        each = seconds / times
        spent += seconds
        fitting = plan.slice / max(each, 1e-9)
        is_steady = each < before * 2 and before < each * 2 and seconds * 2 >= plan.slice
        if spent >= plan.warmup and is_steady:
            return _whole(fitting, mode)
        before = each
        times = _whole(min(times * 4, fitting), mode)


def race(runners: list[Runner], mode: str, plan: Plan) -> dict[str, list[float]]:
    """Time candidates against each other; by name: seconds of one call in each round."""
    for runner in runners:
        runner.times = _calibrate(runner, mode, plan)
    order = random.Random(20260101)  # noqa: S311 -- the same order in every run, another in every round
    for _ in range(plan.rounds):
        for runner in order.sample(runners, len(runners)):
            if mode == MODES[0]:
                runner.time(FIRST_CALLS)
            runner.seconds.append(runner.time(runner.times) / runner.times)
    return {runner.name: runner.seconds for runner in runners}
