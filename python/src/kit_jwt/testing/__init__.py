"""For the tests of programs that use the kit: published keys, a clock that stands still, tokens good and bad.

Everything here repeats: the same calls give the same tokens at every run, and the same as `@kit/jwt/testing`.
`kit_jwt.testing.pytest` has the fixtures.

>>> kit, tokens = create_test_kit(), create_tokens()
>>> kit.verify(tokens.mint({"sub": "u2"}))["sub"]
'u2'
"""

from .clock import TEST_NOW, FixedClock, fixed_clock
from .entropy import repeating_entropy
from .jwks import FakeJwks, JwksAnswer, fake_jwks
from .keys import (
    FOREIGN_PRIVATE_JWK,
    FOREIGN_SECRET,
    TEST_AUDIENCE,
    TEST_ISSUER,
    TEST_KID,
    TEST_PRIVATE_JWK,
    TEST_PRIVATE_JWKS,
    TEST_PUBLIC_JWK,
    TEST_PUBLIC_JWKS,
    TEST_SECRET,
    TEST_SUBJECT,
)
from .kit import config_for_tests, create_test_kit, environment_for_tests
from .production import warn_in_production
from .refusals import REFUSALS
from .tokens import MintTestToken, Tokens, create_tokens

__all__ = [
    "FOREIGN_PRIVATE_JWK",
    "FOREIGN_SECRET",
    "REFUSALS",
    "TEST_AUDIENCE",
    "TEST_ISSUER",
    "TEST_KID",
    "TEST_NOW",
    "TEST_PRIVATE_JWK",
    "TEST_PRIVATE_JWKS",
    "TEST_PUBLIC_JWK",
    "TEST_PUBLIC_JWKS",
    "TEST_SECRET",
    "TEST_SUBJECT",
    "FakeJwks",
    "FixedClock",
    "JwksAnswer",
    "MintTestToken",
    "Tokens",
    "config_for_tests",
    "create_test_kit",
    "create_tokens",
    "environment_for_tests",
    "fake_jwks",
    "fixed_clock",
    "repeating_entropy",
]

warn_in_production()
