"""What will happen to keys, for people and dashboards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .key_set import KeySetRecord
from .life import rotation_of
from .timing import Timing


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that will happen if nobody interferes.

    Attributes:
        at: seconds since the epoch.
        change: what happens.
        kid: of the key; None for the key that is made then.
    """

    at: int
    change: Literal["activated", "retired", "published", "removed"]
    kid: str | None


def plan_of(keys: KeySetRecord, timing: Timing) -> Sequence[Step]:
    """What will happen to the keys that there are now, in the order of time.

    What is overdue has its moment in the past.
    """
    active, upcoming = keys.key("active"), keys.key("next")
    steps = [Step(key.remove_at, "removed", key.kid) for key in keys.keys if key.remove_at is not None]
    if active is not None and upcoming is not None:
        rotation = rotation_of(keys, timing)
        steps += [
            Step(rotation, "activated", upcoming.kid),
            Step(rotation, "retired", active.kid),
            Step(rotation, "published", None),
            Step(rotation + timing.retention, "removed", active.kid),
        ]
    return sorted(steps, key=lambda step: step.at)
