from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace

import pytest

from .simulation.simulate import Faults, simulate

_FIRST = int(os.environ.get("KIT_SEED", "1"))
_RUNS = int(os.environ.get("KIT_RUNS", "1000"))
_SEEDS = 300
"""A fault needs its chance."""


def test_nothing_happens_that_must_not() -> None:
    totals: Counter[str] = Counter()
    for seed in range(_FIRST, _FIRST + _RUNS):
        judge = simulate(seed)
        assert (seed, judge.violations) == (seed, [])
        totals += judge.counts
    print(f"seeds {_FIRST} to {_FIRST + _RUNS - 1}: {dict(totals)}")  # noqa: T201 # to be run again
    # What never happened was not tried.
    names = {"tokens", "verified", "unavailable", "writes", "rotations", "revocations"}
    assert _RUNS < 100 or all(totals[name] > _RUNS / 20 for name in names)


@pytest.mark.parametrize(
    ("pattern", "faults"),
    [
        pytest.param(
            "after it was published|two rotations|two active",
            Faults(timing=lambda right: replace(right, lead=0)),
            id="a key signs as soon as it is published",
        ),
        pytest.param(
            "refused that should pass",
            Faults(timing=lambda right: replace(right, retention=0)),
            id="a key is removed while its tokens live",
        ),
        pytest.param(
            "refused that should pass|is served",
            Faults(timing=lambda right: replace(right, refresh=5000)),
            id="a process keeps what it read for too long",
        ),
        pytest.param(
            "two active|two rotations",
            Faults(timing=lambda right: replace(right, lead=1, rotate_every=1)),
            id="periods are shorter than others know",
        ),
        pytest.param(
            "overdue",
            Faults(timing=lambda right: replace(right, rotate_every=999_999_999)),
            id="nobody rotates",
        ),
        pytest.param("version|nobody published|rolled_back", Faults(store="says yes"), id="every write succeeds"),
        pytest.param("version|rolled_back", Faults(store="forgets"), id="what was written is undone"),
        pytest.param("after", Faults(is_told_twice=True), id="changes are told twice"),
    ],
)
def test_a_fault_is_noticed(pattern: str, faults: Faults) -> None:
    noticed: list[str] = []
    for seed in range(1, _SEEDS + 1):
        noticed += [one for one in simulate(seed, faults).violations if re.search(pattern, one)]
        if noticed:
            break
    assert noticed
