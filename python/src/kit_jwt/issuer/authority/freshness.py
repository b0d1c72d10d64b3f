"""How old what is known of the keys may be, and for how long it is enough while the store is away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kit_jwt.issuer.errors import AuthorityError

from .key_set import KeySetRecord
from .ledger import TRIES, Known, Ledger
from .life import rotation_of
from .timing import LEAST_AGE, LEAST_LOOK, Timing


@dataclass(frozen=True, slots=True)
class Watch:
    """What looks at the store, and what it found before."""

    ledger: Ledger
    look: Callable[[], Known]
    clock: Callable[[], float]
    timing: Timing


def signing_set(watch: Watch) -> KeySetRecord:
    """The set to sign with: while the store is away, the known one until another process may have rotated."""
    return _fresh_set(watch, lambda known: rotation_of(known, watch.timing) - watch.timing.leeway)


def verifying_set(watch: Watch) -> KeySetRecord:
    """The set that others verify with; they have it for as long as they keep it."""
    times = watch.timing
    slack = times.lead - times.leeway - max(times.max_age, LEAST_AGE)
    return _fresh_set(watch, lambda known: rotation_of(known, times) + slack)


def _fresh_set(watch: Watch, until: Callable[[KeySetRecord], float]) -> KeySetRecord:
    """The set, no older than `refresh`; while the store is away, the known one up to a moment."""
    known, now = watch.ledger.known, watch.clock()
    if known and abs(now - known.read_at) < watch.timing.refresh and now < rotation_of(known.keys, watch.timing):
        return known.keys
    try:
        return _looked(watch)
    except AuthorityError as error:
        # It may have taken long to find out.
        last = watch.ledger.known
        if error.code != "key_store_unavailable" or last is None or watch.clock() >= until(last.keys):
            raise
        return last.keys


def _looked(watch: Watch) -> KeySetRecord:
    for _ in range(TRIES):
        known = watch.look()
        # A process that slept while it looked does not know what others wrote meanwhile.
        if abs(watch.clock() - known.read_at) <= max(watch.timing.refresh, LEAST_LOOK):
            return known.keys
    raise AuthorityError("key_store_unavailable")
