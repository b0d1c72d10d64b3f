"""What a guard adds to a route, beside what verifying its token costs.

    .venv/bin/python bench/python/guards.py [--only WORD] [--rounds N]

Nothing is sent: the routes of a framework are called in this process as a server calls them, in turns, and each is
charged with the time that the processor spent on it. What a server adds to all of them would only bring them closer.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from functools import partial
from itertools import cycle
from statistics import median
from time import process_time
from typing import Any, Final

from kit_jwt import Kit, aio, generate_key_pair, generate_secret

from guard_routes import FRAMEWORKS, Ask, Kits, token_in

TARGET: Final = 1.1
"""What a route with a guard may cost, beside the same route with a call of `verify`."""
TOKENS: Final = 256
CALLS: Final = 100
WARMUP: Final = 10
"""Rounds that do not count."""

BARE, VERIFY, GUARD = "bare", "verify", "guard"


def _kits(profile: str) -> Kits:
    keys: dict[str, Any] = (
        {"secret": generate_secret()} if profile == "hs512" else {"private_key": generate_key_pair().private_jwk}
    )
    config = {"issuer": "https://auth.example", "audience": "internal-api", **keys}
    return Kits(Kit(**config), aio.Kit(**config))


def _tokens(kits: Kits) -> list[str]:
    """Of about 500 characters, so many that nobody has just seen this one."""
    claims = {"permissions": ["read:data", "write:data"], "roles": ["editor"], "scope": "openid profile"}
    return [f"Bearer {kits.threads.sign({'sub': 'user-4711', 'tid': 'x' * 60, **claims})}" for _ in range(TOKENS)]


def _check(ask: Ask, name: str, right: str, wrong: str) -> None:
    """Nobody is timed who lets a wrong token pass."""
    for route in (BARE, VERIFY, GUARD):
        if ask(f"/{route}", right) != (200, b"ok"):
            message = f"{name}: the right token does not pass {route}"
            raise SystemExit(message)
    if ask("/guard", wrong)[0] != 401:  # noqa: PLR2004 # as RFC 6750 has it
        message = f"{name}: a wrong token passes"
        raise SystemExit(message)


def _timed(ask: Ask, kits: Kits, tokens: list[str], rounds: int) -> list[dict[str, float]]:
    """Microseconds of the processor for one request, of each route and of `verify` alone, in each round."""
    turn = cycle(tokens)
    works: dict[str, Callable[[str], object]] = {
        "loop": lambda bearer: kits.threads.verify(token_in(bearer)),
        **{route: partial(ask, f"/{route}") for route in (BARE, VERIFY, GUARD)},
    }
    names = list(works)
    measured: list[dict[str, float]] = []
    for number in range(WARMUP + rounds):
        one = {}
        # Another one begins in each round.
        for index in range(len(names)):
            name = names[(index + number) % len(names)]
            began = process_time()
            for _ in range(CALLS):
                works[name](next(turn))
            one[name] = (process_time() - began) / CALLS * 1e6
        measured.append(one)
    return measured[WARMUP:]


def main() -> int:
    """Time what was asked for."""
    parser = argparse.ArgumentParser(description="what a guard adds to a route, beside what verifying its token costs")
    parser.add_argument("--only", default="", help="a part of a name, such as 'flask' or 'flask, hs512'")
    parser.add_argument("--rounds", type=int, default=61)
    asked_for = parser.parse_args()
    loop = asyncio.new_event_loop()
    passed = failed = 0
    print(f"load of the machine: {' '.join(f'{one:.1f}' for one in os.getloadavg())}")
    print("microseconds of the processor for one request\n")
    print("| | bare | with `verify` | with the guard | ratio | `verify` in a loop |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for profile in ("hs512", "eddsa"):
        kits = _kits(profile)
        tokens = _tokens(kits)
        stranger = _tokens(_kits(profile))[0]
        for framework, open_ in FRAMEWORKS.items():
            name = f"{framework}, {profile}"
            if asked_for.only not in name:
                continue
            ask = open_(kits, loop)
            _check(ask, name, tokens[0], stranger)
            rounds = _timed(ask, kits, tokens, asked_for.rounds)
            bare, verify, guard, alone = (median(one[what] for one in rounds) for what in (BARE, VERIFY, GUARD, "loop"))
            ratio = median(one[GUARD] / one[VERIFY] for one in rounds)
            passed, failed = passed + (ratio <= TARGET), failed + (ratio > TARGET)
            print(f"| {name} | {bare:.1f} | {verify:.1f} | {guard:.1f} | {ratio:.2f} | {alone:.1f} |", flush=True)
    loop.close()
    print(f"\n{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
