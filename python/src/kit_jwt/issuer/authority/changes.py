"""What happens to keys, for those who watch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Literal, TypeAlias

from .key_set import KeyRecord, KeySetRecord

ChangeName: TypeAlias = Literal["published", "activated", "retired", "removed", "revoked", "rewrapped"]
"""What happens to a key."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one key; there is no key material in it.

    Attributes:
        change: what happened.
        kid: of the key.
        at: seconds since the epoch, by the clock of whoever made it.
    """

    change: ChangeName
    kid: str
    at: int


def changes_between(before: KeySetRecord | None, after: KeySetRecord, now: float) -> Sequence[Change]:
    """What happened between two sets that were read one after the other, in the order of the keys.

    Whoever reads a set that another process wrote is told the same as that process. `now` is when it is seen: a key
    that was removed does not say when.
    """
    earlier = {key.kid: key for key in (() if before is None else before.keys)}
    later = {key.kid for key in after.keys}
    taken = {key.kid: key.revoked_at for key in after.revoked}
    gone = [
        Change("revoked", kid, taken[kid]) if kid in taken else Change("removed", kid, floor(now))
        for kid in earlier
        if kid not in later
    ]
    return [*gone, *(change for key in after.keys for change in _turns(earlier.get(key.kid), key))]


def rewraps_between(before: Mapping[str, str], after: Mapping[str, str], now: float) -> Sequence[Change]:
    """The private halves that are sealed under another key-encryption key than before.

    Both are by `kid`, as `seals_of` gives them. `now` is when it is seen: a document does not say when.
    """
    return [Change("rewrapped", kid, floor(now)) for kid, kek in after.items() if before.get(kid, kek) != kek]


def _turns(was: KeyRecord | None, key: KeyRecord) -> Iterator[Change]:
    if was is None:
        yield Change("published", key.kid, key.published_at)
    if key.activated_at is not None and (was is None or was.activated_at is None):
        yield Change("activated", key.kid, key.activated_at)
    if key.retired_at is not None and (was is None or was.retired_at is None):
        yield Change("retired", key.kid, key.retired_at)
