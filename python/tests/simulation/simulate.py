"""One run that a seed determines: what happened, and what should not have."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from math import ceil, floor, inf
from random import Random
from typing import Final

from kit_jwt.issuer import AuthorityError, Change, Timing, timing_of
from kit_jwt.issuer.authority.authority import Authority
from kit_jwt.issuer.sealing.kek import fresh_keks

from .judge import Answer, Judge, Served, Token
from .verifier import Verifier
from .world import Died, Process, StoreFault, Work, World

_STEPS: Final = 220
_KEKS: Final = fresh_keks()


@dataclass(frozen=True)
class Faults:
    """What is made wrong on purpose. `timing` makes times that no configuration can have; the judge knows the right."""

    store: StoreFault | None = None
    timing: Callable[[Timing], Timing] = lambda right: right
    is_told_twice: bool = False


def simulate(seed: int, faults: Faults | None = None) -> Judge:
    simulation = Simulation(seed, faults or Faults())
    simulation.run()
    return simulation.judge


class Simulation:
    def __init__(self, seed: int, faults: Faults) -> None:
        random = self._random = Random(seed)  # noqa: S311 # the same again for the same seed, and no secret
        leeway = random.choice([0, 20, 90])
        timing = timing_of(
            max_age=random.choice([0, 60, 300]),
            leeway=leeway,
            longest_ttl=random.choice([60, 300, 900]),
            refresh=random.choice([1, 5, 20]),
        )
        timing = self._timing = replace(timing, rotate_every=ceil(timing.lead * random.choice([1, 1.3, 3])))
        is_rolled_out = random.random() < 0.3
        self._faults = faults
        self._look = max(timing.refresh, 1)
        self.judge = Judge(timing, is_one_period=not is_rolled_out)
        self._world = World(self.judge, faults.store)

        def offset() -> float:
            return random.choice([0, leeway, random.uniform(0, leeway)])

        # Where a configuration is rolled out, some have another one.
        self._processes = [
            Process(offset(), timing.rotate_every * (random.choice([1, 2]) if is_rolled_out else 1))
            for _ in range(random.choice([2, 3, 4]))
        ]
        self._verifiers = [
            Verifier(offset(), timing.max_age, timing.cooldown, is_eager=random.random() < 0.5) for _ in range(3)
        ]
        self._tokens: list[Token] = []
        self._revocations = random.choice([1, 2]) if random.random() < 0.3 else 0

    def run(self) -> None:
        for _ in range(_STEPS):
            if self.judge.violations:
                break
            self._step()
        for process in self._processes:
            self._die(process)

    def _step(self) -> None:
        process, kind = self._random.choice(self._processes), self._random.random()
        if kind < 0.35:
            self._proceed()
        elif kind < 0.5:
            self._pass()
        elif kind < 0.68:
            self._begin(process)
        elif kind < 0.94:
            self._verify()
        elif kind < 0.96:
            self._die(process)
        elif kind < 0.975:
            process.is_cut_off = not process.is_cut_off
        elif kind < 0.98:
            for one in self._processes:
                one.is_cut_off = self._random.random() < 0.3
        elif kind < 0.99:
            self._sleep(process)
        else:
            self._revoke(process)

    def _proceed(self, one: Process | None = None) -> None:
        """One of those that wait goes on."""
        waiting = [process for process in self._processes if process.work is not None and process.work.waits]
        process = one or (self._random.choice(waiting) if waiting else None)
        if process is None or process.work is None:
            return
        work = process.work
        if work.is_asleep:
            work.deadline, work.is_asleep = self._world.now + self._look, False
        self._world.proceed(work)

    def _pass(self) -> None:
        """Time passes. Nobody takes longer for a look than was planned, except for those who sleep."""
        random, timing = self._random, self._timing
        lengths = [
            1,
            timing.refresh,
            35,
            timing.lead / 2,
            timing.lead / 2,
            timing.rotate_every,
            timing.rotate_every * 3,
        ]
        until = self._world.now + random.uniform(0, random.choice(lengths))
        oldest = self._tokens[0].expires if self._tokens else -inf
        # The last moment of a token is where a key that went too early is missed.
        if random.random() < 0.15 and oldest > self._world.now + 1:
            until = oldest - 1
        while late := next((one for one in self._processes if _is_late(one.work, until)), None):
            self._proceed(late)
        self._world.now = until
        self._tokens = [token for token in self._tokens if token.expires > until]

    def _sleep(self, process: Process) -> None:
        """A process that sleeps where it reads finds another world; a verifier does not wait so long."""
        if process.work is not None and process.work.at.startswith("read"):
            process.work.is_asleep = True
            process.work.lost()

    def _die(self, process: Process) -> None:
        work = process.work
        self.judge.told(process.changes)
        process.authority, process.work, process.changes = None, None, []
        if work is not None:
            work.is_dead = True
            self._world.proceed(work)
            work.lost()

    def _begin(self, process: Process) -> None:
        if process.work is not None:
            return
        if process.authority is None:
            self._start(process)
        elif self._random.random() < 0.3:
            began = self._world.now + process.offset
            self._do(process, "look", lambda authority: self._look_around(authority, began, process.rotate_every))
        else:
            self._do(process, "mint", lambda authority: self._mint(authority, process))

    def _look_around(self, authority: Authority, began: float, rotate_every: int) -> None:
        authority.check_and_rotate()
        self.judge.looked(began, rotate_every)

    def _mint(self, authority: Authority, process: Process) -> None:
        kid, now = authority.signer().kid, self._world.now
        token = Token(kid, floor(now + process.offset) + self._timing.longest_ttl, now - process.read_at)
        self.judge.minted(token, now)
        self._tokens.append(token)

    def _start(self, process: Process) -> None:
        changes = process.changes = []
        times = replace(self._timing, rotate_every=process.rotate_every)

        def told(change: Change) -> None:
            changes.extend([change] * (2 if self._faults.is_told_twice else 1))

        def start() -> None:
            authority = Authority(
                store=self._world.store_of(process),
                keks=_KEKS,
                clock=lambda: self._world.now + process.offset,
                on_change=told,
                **asdict(times),
            )
            authority.timing = self._faults.timing(times)
            process.authority = authority

        self._run(process, "start", start)

    def _revoke(self, process: Process) -> None:
        if process.work is not None or process.authority is None or not self._world.documents or self._revocations < 1:
            return
        self._revocations -= 1
        kid = self._random.choice(json.loads(self._world.documents[-1].text)["keys"])["kid"]

        def revoke(authority: Authority) -> None:
            try:
                authority.revoke(kid)
            except AuthorityError as error:
                # It was removed meanwhile.
                if error.code != "key_not_found":
                    raise

        self._do(process, "revoke", revoke)

    def _verify(self) -> None:
        verifier = self._random.choice(self._verifiers)
        tokens = [token for token in self._tokens if token.expires > self._world.now + verifier.offset]
        if not tokens or verifier.is_fetching:
            return
        token = self._random.choice([tokens[0], tokens[-1], self._random.choice(tokens)])

        def told(answer: Answer, served: Served | None) -> None:
            self.judge.verified(token, answer, served)

        verifier.verify(token, self._world.now, self._fetch, told)

    def _fetch(self, landed: Callable[[Served | None], None]) -> None:
        """Some process that is up serves the set, if there is one."""
        up = [one for one in self._processes if one.authority is not None and one.work is None]
        if not up:
            landed(None)
            return
        process = self._random.choice(up)
        is_over = False

        def end(served: Served | None) -> None:
            nonlocal is_over
            if not is_over:
                is_over = True
                landed(served)

        def serve(authority: Authority) -> None:
            kids = [str(key["kid"]) for key in authority.jwks()["keys"]]
            age = self._world.now - process.read_at
            served = Served(kids, process.version, age, process.is_cut_off)
            self.judge.served(served, self._world.now)
            end(served)

        self._do(process, "serve", serve, lambda: end(None))

    def _do(
        self, process: Process, name: str, do: Callable[[Authority], None], lost: Callable[[], None] = lambda: None
    ) -> None:
        authority = process.authority
        assert authority is not None
        self._run(process, name, lambda: do(authority), lost)

    def _run(
        self, process: Process, name: str, run: Callable[[], None], lost: Callable[[], None] = lambda: None
    ) -> None:
        """Until it waits for the store, or is done; a process does one thing at a time."""
        work = process.work = Work(name, self._world.now + self._look, lost)

        def whole() -> None:
            try:
                run()
            except Died:
                return
            except AuthorityError as error:
                if error.code != "key_store_unavailable" or not process.is_cut_off:
                    self.judge.failed(error.code)
                work.lost()
            except Exception as error:  # noqa: BLE001 # of a thread: nobody else would hear of it
                self.judge.failed(repr(error))
            process.work = None

        self._world.run(whole)


def _is_late(work: Work | None, until: float) -> bool:
    return work is not None and not work.is_asleep and work.deadline < until
