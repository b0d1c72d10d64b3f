"""Keys that everybody knows: each is printed in an RFC or counted up from zero. Whoever trusts one trusts everybody."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEST_ISSUER: Final = "https://issuer.test"
"""`iss` of tokens for tests."""
TEST_AUDIENCE: Final = "test"
"""`aud` of tokens for tests."""
TEST_SUBJECT: Final = "u1"
"""`sub` of tokens for tests."""
TEST_KID: Final = "test"
"""`kid` of the secret for tests."""

TEST_SECRET: Final = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"  # noqa: S105 # published
"""The HS512 secret for tests: the key of RFC 7515 appendix A.1.1."""
FOREIGN_SECRET: Final = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw"  # noqa: S105 # published
"""A secret that no kit for tests trusts: the bytes from 0 to 63."""


def _private_jwk(x: str, d: str) -> Mapping[str, str]:
    return MappingProxyType({"kty": "OKP", "crv": "Ed25519", "x": x, "d": d})


def _public_jwk(x: str, thumbprint: str) -> Mapping[str, str]:
    return MappingProxyType({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": thumbprint, "alg": "EdDSA", "use": "sig"})


# `x`, `d` and the RFC 7638 thumbprint, written down so that a key is published without loading what makes a hash of it.
# RFC 8032 section 7.1, tests 1, 2, 3 and 1024; the first is also the key of RFC 8037 appendix A.
_ROWS: Final = (
    (
        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
    ),
    (
        "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw",
        "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs",
        "FtIu-VbGrfe_KB6CH7GNwODB72MNxj_ml11dEvO-7kk",
    ),
    (
        "_FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU",
        "xaqN9D-fg3vtt0QvMdy3sWbThTUHbwlLhc46LgtEWPc",
        "FVV5umTuau890q59V-4Ga_R6qWb7ON_ivJc4EjvCwTM",
    ),
    (
        "J4EX_BRMcjQPZ9DyMW6Dhs7_vyskKMnFH-98WX8dQm4",
        "9eV2fPFTMZUXYw8iaHa4bIFgzFg7wBN0TGvyVfXMDuU",
        "lZI1vM7tnlYapaF5-cy86ptx0tT_8Av721hhiNB5ti4",
    ),
)

TEST_PRIVATE_JWKS: Final = tuple(_private_jwk(x, d) for x, d, _ in _ROWS)
"""Private keys that follow each other when an issuer rotates; the first is `TEST_PRIVATE_JWK`."""
TEST_PUBLIC_JWKS: Final = tuple(_public_jwk(x, thumbprint) for x, _, thumbprint in _ROWS)
"""Their public halves."""

TEST_PRIVATE_JWK: Final = TEST_PRIVATE_JWKS[0]
"""The Ed25519 private key for tests: RFC 8037 appendix A.1."""
TEST_PUBLIC_JWK: Final = TEST_PUBLIC_JWKS[0]
"""Its public half as a JWKS shows it; the `kid` is the thumbprint, RFC 8037 appendix A.3."""

FOREIGN_PRIVATE_JWK: Final = _private_jwk(
    "7Bcrk61eVjv0kyxw4SRQNMNUZ-8u_U1k6_gZaDRn4r8", "gz_mJAkje51i7HdYdSCRHpp1nOwdGXVbfakBuW3KPUI"
)
"""An Ed25519 private key that no kit for tests trusts: RFC 8032 section 7.1, test SHA(abc)."""
