"""The table of codes, and what errors carry."""

from __future__ import annotations

import json
import pickle
from typing import get_args

import pytest

from kit_jwt import ConfigError, KitError, MisuseError, TokenError
from kit_jwt.errors import CODES, ConfigErrorCode, TokenErrorCode

from .vectors import CONFORMANCE

TABLE = json.loads((CONFORMANCE / "errors.json").read_text(encoding="utf-8"))


def test_the_table_equals_the_published_one_both_ways() -> None:
    published = {row["code"]: (row["error"], row["status"], row["oauthError"], row["claim"]) for row in TABLE["codes"]}
    ours = {code: (row.error, row.status, row.oauth_error, row.claim) for code, row in CODES.items()}
    assert ours == published


def test_the_types_name_every_code() -> None:
    assert {code for code, row in CODES.items() if row.error == "TokenError"} == set(get_args(TokenErrorCode))
    assert {code for code, row in CODES.items() if row.error == "ConfigError"} == set(get_args(ConfigErrorCode))


def test_status_and_challenge_follow_the_code() -> None:
    denied, expired, down = TokenError("policy_denied"), TokenError("token_expired"), TokenError("jwks_unavailable")
    assert (denied.status, denied.www_authenticate) == (403, 'Bearer error="insufficient_scope"')
    assert (expired.status, expired.www_authenticate) == (401, 'Bearer error="invalid_token"')
    assert (down.status, down.www_authenticate) == (503, None)


def test_a_code_with_a_fixed_claim_carries_it() -> None:
    assert TokenError("token_expired").claim == "exp"
    assert TokenError("signature_invalid", claim="sub").claim is None


def test_misuse_is_a_type_error_and_a_value_error() -> None:
    assert issubclass(MisuseError, (TypeError, ValueError))
    assert issubclass(MisuseError, TypeError)
    assert issubclass(MisuseError, ValueError)
    assert issubclass(MisuseError, KitError)


@pytest.mark.parametrize(
    "error",
    [
        TokenError("claim_missing", claim="aud"),
        TokenError("policy_denied", failed=["/rolesAny"]),
        ConfigError("key_weak"),
    ],
)
def test_errors_cross_process_borders(error: KitError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 # our own bytes
    assert type(again) is type(error)
    assert vars(again) == vars(error)
    assert str(again) == str(error)


def test_a_name_that_would_break_a_log_line_stays_out_of_the_message() -> None:
    error = TokenError("value_unsupported", claim="a\nb")
    assert error.claim == "a\nb"
    assert "\n" not in str(error)
