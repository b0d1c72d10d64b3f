"""What an issuer did, and how old its key is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil, floor
from threading import Lock
from typing import Final

from kit_jwt.issuer.authority.authority import Authority
from kit_jwt.issuer.http.message import NOT_STORED, Answer

_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_HELP: Final = {
    "kit_issuer_issued_total": ("counter", "Tokens that were issued."),
    "kit_issuer_refused_total": ("counter", "Requests that were refused, by what was answered."),
    "kit_issuer_key_age_seconds": ("gauge", "Seconds since the key that signs began to."),
    "kit_issuer_next_key_seconds": ("gauge", "Seconds until the next key signs."),
}
"""What is counted and measured: its kind, and what it means."""


class Metrics:
    """What one issuer did since it was made."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lock = Lock()
        self._issued = 0
        self._refused: Counter[str] = Counter()

    def issued(self) -> None:
        """Count a token."""
        with self._lock:
            self._issued += 1

    def refused(self, code: str) -> None:
        """Count a request that was refused."""
        with self._lock:
            self._refused[code] += 1

    def answer(self, authority: Authority, now: float) -> Answer:
        """The text exposition format of Prometheus."""
        keys = authority.keys()
        active = [key.activated_at for key in keys if key.state == "active"]
        upcoming = [step.at for step in authority.plan() if step.change == "activated"]
        with self._lock:
            lines: Mapping[str, Sequence[str]] = {
                "kit_issuer_issued_total": [f" {self._issued}"],
                "kit_issuer_refused_total": [f'{{code="{code}"}} {n}' for code, n in sorted(self._refused.items())],
                "kit_issuer_key_age_seconds": [f" {floor(now - (at or 0))}" for at in active],
                "kit_issuer_next_key_seconds": [f" {ceil(at - now)}" for at in upcoming[:1]],
            }
        body = "".join(
            f"# HELP {name} {told}\n# TYPE {name} {kind}\n" + "".join(f"{name}{rest}\n" for rest in lines[name])
            for name, (kind, told) in _HELP.items()
        )
        return Answer(200, {"content-type": _TYPE, **NOT_STORED}, body)
