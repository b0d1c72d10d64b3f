"""Whether coordinates lie on P-256, P-384 or P-521 (SP 800-186 section 3.2.1): needed before any library is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class NistCurve:
    """y^2 = x^3 - 3x + b over the integers modulo `p`; a coordinate is `size` bytes (RFC 7518 section 6.2.1.2)."""

    size: int
    p: int
    b: int

    def holds(self, x: bytes, y: bytes) -> bool:
        """Whether two coordinates have the right length, are reduced, and satisfy the equation."""
        if len(x) != self.size or len(y) != self.size:
            return False
        u, v = int.from_bytes(x, "big"), int.from_bytes(y, "big")
        return u < self.p and v < self.p and (u * u * u - 3 * u + self.b - v * v) % self.p == 0


NIST_CURVES: Final[Mapping[str, NistCurve]] = MappingProxyType(
    {
        "P-256": NistCurve(
            32,
            2**256 - 2**224 + 2**192 + 2**96 - 1,
            0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
        ),
        "P-384": NistCurve(
            48,
            2**384 - 2**128 - 2**96 + 2**32 - 1,
            0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
        ),
        "P-521": NistCurve(
            66,
            2**521 - 1,
            0x0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00,
        ),
    }
)
