"""What belongs to one issuer."""

from __future__ import annotations

from dataclasses import dataclass, field

from .config import IssuerConfig
from .failures import Failures
from .kits import Kits
from .metrics import Metrics


@dataclass(frozen=True, slots=True, repr=False)
class Context:
    """What belongs to one issuer; the failures are those of the admin secret."""

    config: IssuerConfig
    kits: Kits
    failures: Failures = field(default_factory=Failures)
    metrics: Metrics = field(default_factory=Metrics)
