"""What must hold, whatever happens in whatever order. It reads what is stored, and trusts no word of an authority."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf
from typing import Any, Final, Literal

from kit_jwt.issuer import Change, Timing

Answer = Literal["passed", "refused", "unavailable"]

_ORDER: Final = {"published": 0, "activated": 1, "retired": 2, "removed": 3, "revoked": 3}


@dataclass(frozen=True)
class Token:
    """A token, as far as keys matter: times by the clock of whoever minted it."""

    kid: str
    expires: int
    age: float
    """Seconds since whoever minted it had an answer of the store."""


_MIN_LIFETIME = 30
"""Seconds for which a verifier keeps a set, whatever it is told."""


@dataclass(frozen=True)
class Served:
    """A set as it was served; `version` is of the last document that its server can have read.

    `age` is in seconds since its server had an answer of the store.
    """

    kids: Sequence[str]
    version: int
    age: float
    is_stale: bool


class Judge:
    def __init__(self, timing: Timing, *, is_one_period: bool) -> None:
        self.violations: list[str] = []
        self.counts: Counter[str] = Counter()
        self._timing = timing
        self._look = max(timing.refresh, 1)
        self._is_one_period = is_one_period
        self._published: dict[str, float] = {}
        self._revoked: dict[str, tuple[float, int]] = {}
        # Signed before its time, because the key before it was taken back; so did the very first one.
        self._hurried: set[str] = set()
        self._began: set[int] = set()
        self._last: Any = None
        self._turned = -inf

    @property
    def version(self) -> int:
        return 0 if self._last is None else int(self._last["version"])

    def written(self, text: str, now: float) -> None:
        """`now` is of nobody's clock, as everywhere here."""
        before, document = self._last, json.loads(text)
        version, self._last = self.version, document
        self.counts["writes"] += 1
        if document["version"] != version + 1:
            self._fail(f"version {document['version']} after {version}")
        for key in document["keys"]:
            self._published.setdefault(key["kid"], now)
        for key in document["revoked"]:
            if key["kid"] not in self._revoked:
                self._revoked[key["kid"]] = (now, document["version"])
                self.counts["revocations"] += 1
        was = None if before is None else _key(before, "active")
        active = _key(document, "active")
        if active is not None and (was is None or active["kid"] != was["kid"]):
            self._activated(active, now, is_hurried=was is None or was["kid"] in self._revoked)

    def _activated(self, key: Any, now: float, *, is_hurried: bool) -> None:
        period = key["activatedAt"] // self._timing.rotate_every
        if is_hurried:
            self._hurried.add(key["kid"])
        else:
            self.counts["rotations"] += 1
            if self._is_one_period and period in self._began:
                self._fail(f"period {period} has two active keys")
            if now - self._turned < self._least_lead():
                self._fail(f"two rotations in {now - self._turned} s")
        self._began.add(period)
        self._turned = now

    def _least_lead(self) -> float:
        """Lead as nobody's clock has it: one of those that wrote may be ahead, and a write may be on its way."""
        return self._timing.lead - self._timing.leeway - self._look

    def minted(self, token: Token, now: float) -> None:
        self.counts["tokens"] += 1
        published = self._published.get(token.kid)
        if published is None:
            self._fail("a key signed that nobody published")
        elif token.kid not in self._hurried and now - published < self._least_lead():
            self._fail(f"a key signed {now - published} s after it was published")

    def looked(self, clock: float, rotate_every: int) -> None:
        """A look is over that began at a moment of the clock of whoever looked: nothing that was due is left."""
        active, upcoming = _key(self._last, "active"), _key(self._last, "next")
        if active is None or upcoming is None:
            self._fail("no next key after a look")
            return
        ends = (active["activatedAt"] // rotate_every + 1) * rotate_every
        if max(ends, upcoming["publishedAt"] + self._timing.lead) <= floor(clock):
            self._fail("overdue after a look")

    def served(self, served: Served, now: float) -> None:
        late = [kid for kid in served.kids if kid in self._revoked and not served.is_stale]
        if any(now - self._revoked[kid][0] > self._timing.refresh + self._look for kid in late):
            self._fail("a revoked key is served")

    def verified(self, token: Token, answer: Answer, served: Served | None) -> None:
        """`served` is the set that the verifier has at the end."""
        self.counts["verified"] += 1
        self.counts["unavailable"] += answer == "unavailable"
        if answer != "refused" or token.kid in self._revoked or token.kid in self._hurried:
            return
        # Who is cut off cannot know that a key was taken back, which one came in its place, and that others count
        # shorter periods than it does: it signs with a key that they have retired, and what they publish signs a lead
        # later, where a set is kept for a while.
        is_blind = not self._is_one_period and token.age > self._timing.refresh + self._look
        is_excused = served is not None and served.is_stale
        is_late = any(version > served.version for _, version in self._revoked.values() if served)
        most = self._least_lead() - max(self._timing.max_age, _MIN_LIFETIME)
        is_behind = not self._is_one_period and served is not None and served.age > most
        if not (is_blind or (is_excused and (is_late or is_behind))):
            self._fail("a token was refused that should pass")

    def told(self, changes: Sequence[Change]) -> None:
        """What one life of a process was told."""
        reached: dict[str, int] = {}
        for change in changes:
            before = reached.get(change.kid, -1)
            if _ORDER[change.change] <= before or (before < 0 and change.change != "published"):
                self._fail(f"{change.change} after {before}")
            reached[change.kid] = _ORDER[change.change]

    def failed(self, code: str) -> None:
        self._fail(f"an authority said {code}")

    def _fail(self, what: str) -> None:
        self.violations.append(what)


def _key(document: Any, state: str) -> Any:
    return next((key for key in document["keys"] if key["state"] == state), None)
