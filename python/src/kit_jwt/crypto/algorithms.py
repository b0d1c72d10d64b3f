"""The one table of algorithms (RFC 7518 section 3.1, RFC 8037, RFC 9864). A name is resolved once, to its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

AlgorithmName: TypeAlias = Literal["HS512", "EdDSA", "Ed25519", "RS256", "PS256", "ES256", "ES384", "ES512"]
"""Every name that an option or a header may give; `Ed25519` and `EdDSA` are one algorithm."""

ProfileName: TypeAlias = Literal["HS512", "EdDSA"]
"""The algorithms that a kit signs with."""


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One row: `signature` is the exact length of a signature in bytes, None where the key decides (RSA)."""

    name: str
    kty: Literal["oct", "OKP", "RSA", "EC"]
    crv: str | None
    signature: int | None

    @property
    def outside(self) -> bool:
        """Whether only tokens of outside issuers use it."""
        return self.name not in {"HS512", "EdDSA"}


HS512: Final = Algorithm("HS512", "oct", None, 64)
EDDSA: Final = Algorithm("EdDSA", "OKP", "Ed25519", 64)

ALGORITHMS: Final[Mapping[str, Algorithm]] = MappingProxyType(
    {
        "HS512": HS512,
        "EdDSA": EDDSA,
        "Ed25519": EDDSA,
        "RS256": Algorithm("RS256", "RSA", None, None),
        "PS256": Algorithm("PS256", "RSA", None, None),
        "ES256": Algorithm("ES256", "EC", "P-256", 64),
        "ES384": Algorithm("ES384", "EC", "P-384", 96),
        "ES512": Algorithm("ES512", "EC", "P-521", 132),
    }
)
"""Name to row; a name that is not here is no algorithm."""
