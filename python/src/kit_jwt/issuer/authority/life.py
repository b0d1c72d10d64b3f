"""The life of keys as a function of what was written and of the time: no clock, no store, no randomness."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from math import floor
from typing import TypeAlias

from .key_set import KeyRecord, KeySetRecord, NewKey, RevokedKey
from .timing import Timing

Keys: TypeAlias = Callable[[], NewKey]
"""Gives keys that nobody knows yet; each is used once."""


def advanced(before: KeySetRecord | None, now: float, timing: Timing, keys: Keys) -> KeySetRecord:
    """What the set becomes at a moment; the same object where nothing changes.

    A rotation is due when a period has begun in which no key was activated, and the next key has been published for
    `lead`. Whoever asks gets the same answer from the same set, so it does not matter who writes it; several periods
    that nobody looked make one rotation.
    """
    if before is None:
        at = floor(now)
        first = _published(keys(), at)
        return KeySetRecord(1, _period_of(at, timing), (_turned(first, at, timing), _published(keys(), at)), ())
    at = _moment_of(before, now)
    rotates = before.key("next") is not None and at >= rotation_of(before, timing)
    turned = [_turned(key, at, timing) if rotates else key for key in before.keys]
    kept = [key for key in turned if key.remove_at is None or key.remove_at > at]
    lacks_next = all(key.state != "next" for key in kept)
    if not rotates and not lacks_next and len(kept) == len(before.keys):
        return before
    if lacks_next:
        kept.append(_published(keys(), at))
    period = _period_of(at, timing) if rotates else before.period
    return KeySetRecord(before.version + 1, period, tuple(kept), before.revoked)


def revoked(before: KeySetRecord, kid: str, now: float, timing: Timing, keys: Keys) -> KeySetRecord:
    """The set without a key whose private half may be known to others.

    Where it was the active one, the next signs at once: it was published before, and a refused token is better than a
    forged one. What is due besides comes after it, in the same write: a key that leaked must not begin to sign only to
    be taken back, and leave the place to one that nobody knows.
    """
    at = _moment_of(before, now)
    gone = next((key for key in before.keys if key.kid == kid), None)
    if gone is None:
        return advanced(before, now, timing, keys)
    signed = gone.state == "active"
    kept = [_turned(key, at, timing) if signed else key for key in before.keys if key is not gone]
    if all(key.state != "active" for key in kept):
        kept.append(_turned(_published(keys(), at), at, timing))
    if all(key.state != "next" for key in kept):
        kept.append(_published(keys(), at))
    period = _period_of(at, timing) if signed else before.period
    without = KeySetRecord(before.version, period, tuple(kept), (*before.revoked, RevokedKey(kid, at)))
    return replace(advanced(without, now, timing, keys), version=before.version + 1)


def rotated_early(before: KeySetRecord, now: float, timing: Timing, keys: Keys) -> KeySetRecord:
    """The set in which the next key signs before its time: as soon as it has been published for `lead`, never earlier.

    Where that is too soon, or a rotation is due anyway, it is what `advanced` makes of it. The key that retires stays
    for as long as if it had signed to the end of its time: a process that cannot reach the store does not know better.
    """
    after, at = advanced(before, now, timing, keys), _moment_of(before, now)
    # Where it rotates already, the key after it was published at this moment.
    if at < soonest_of(after, timing):
        return after
    remove_at = rotation_of(before, timing) + timing.retention
    turned = [
        replace(_turned(key, at, timing), remove_at=remove_at) if key.state == "active" else _turned(key, at, timing)
        for key in after.keys
    ]
    return KeySetRecord(before.version + 1, _period_of(at, timing), (*turned, _published(keys(), at)), before.revoked)


def soonest_of(keys: KeySetRecord, timing: Timing) -> int:
    """When the next key may sign at the soonest, in seconds since the epoch."""
    upcoming = keys.key("next")
    return sys.maxsize if upcoming is None else upcoming.published_at + timing.lead


def rotation_of(keys: KeySetRecord, timing: Timing) -> int:
    """When the next rotation is due, in seconds since the epoch."""
    upcoming = keys.key("next")
    # Not of the number that was written: whoever wrote it may have been told another length.
    period_ends = (_period_of(_began_of(keys), timing) + 1) * timing.rotate_every
    return period_ends if upcoming is None else max(period_ends, upcoming.published_at + timing.lead)


def _began_of(keys: KeySetRecord) -> int:
    """When the active key began to sign."""
    active = keys.key("active")
    return 0 if active is None or active.activated_at is None else active.activated_at


def _moment_of(keys: KeySetRecord, now: float) -> int:
    """A clock behind the one that wrote last does not make time go back: a period that began twice has two keys."""
    return max(floor(now), _began_of(keys))


def _period_of(at: int, timing: Timing) -> int:
    return at // timing.rotate_every


def _published(key: NewKey, at: int) -> KeyRecord:
    return KeyRecord(key.kid, key.algorithm, key.public_jwk, key.private_jwk, state="next", published_at=at)


def _turned(key: KeyRecord, at: int, timing: Timing) -> KeyRecord:
    """One step on: `next` signs, `active` retires; what is retired already stays as it is."""
    if key.state == "next":
        return replace(key, state="active", activated_at=at)
    if key.state == "retired":
        return key
    verifies = key.private_jwk if key.algorithm == "HS512" else None
    return replace(key, state="retired", private_jwk=verifies, retired_at=at, remove_at=at + timing.retention)
