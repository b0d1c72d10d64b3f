"""What belongs to one issuer."""

from __future__ import annotations

from dataclasses import dataclass, field

from .config import IssuerConfig
from .failures import Failures
from .kits import Kits
from .metrics import Metrics


@dataclass(frozen=True, slots=True, repr=False)
class Context:
    """What belongs to one issuer; the failures are those of the admin secret.

    Attributes:
        request: the id of the request that is answered, where it has one.
    """

    config: IssuerConfig
    kits: Kits
    failures: Failures = field(default_factory=Failures)
    metrics: Metrics = field(default_factory=Metrics)
    request: str | None = None

    def of(self, request: str | None) -> Context:
        """The same, for a request."""
        return Context(self.config, self.kits, self.failures, self.metrics, request)
