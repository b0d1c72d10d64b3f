"""DEV_AUTH_OPEN: a guard that is open on one's own machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kit_jwt import ConfigError, Kit, TokenError, generate_secret
from kit_jwt.http import Guard, GuardRequest, Passed, Refusal, development_kit, is_open

FILE: Any = json.loads((Path(__file__).parents[2] / "conformance/http/development.json").read_text("utf-8"))


def parts_of(asked: Any) -> GuardRequest:
    def header(name: str) -> list[str]:
        return [value for one, value in asked["headers"] if one.lower() == name]

    return GuardRequest(header=header, peer=asked["peer"])


@pytest.mark.parametrize("test", FILE["starts"], ids=lambda test: test["id"])
def test_an_environment_that_opens_a_guard(test: Any) -> None:
    warnings: list[str] = []
    expected = test["expected"]
    if isinstance(expected, dict):
        with pytest.raises(ConfigError) as caught:
            development_kit(test["environment"], warnings.append)
        assert (caught.value.code, caught.value.variable) == (expected["code"], expected["variable"])
    else:
        assert (development_kit(test["environment"], warnings.append) is not None) == (expected == "open")
    assert len(warnings) == (expected == "open")


@pytest.mark.parametrize("test", FILE["requests"], ids=lambda test: test["id"])
def test_a_guard_that_is_open(test: Any, capsys: pytest.CaptureFixture[str]) -> None:
    kit = development_kit({"DEV_AUTH_OPEN": "true"})
    assert "DEV_AUTH_OPEN is true" in capsys.readouterr().err
    assert kit is not None
    guard: Guard[Any] = Guard(parts_of, kit=kit)
    outcome = guard({"rolesAny": ["admin"]}, allow=lambda _principal, _request: False, replay=True).decide(test)
    assert isinstance(outcome, Passed) == test["open"]
    if isinstance(outcome, Refusal):
        assert outcome.code == "credentials_missing"
    else:
        assert (outcome.auth.subject, is_open(outcome.auth)) == ("dev-auth-open", True)


def test_an_open_guard_takes_no_token_from_elsewhere_and_uses_nothing_up() -> None:
    kit = development_kit({"DEV_AUTH_OPEN": "true"}, lambda _message: None)
    assert kit is not None
    asked = {"peer": "192.0.2.1", "headers": [["Authorization", "Bearer a.b.c"]]}
    outcome = Guard[Any](parts_of, kit=kit)().decide(asked)
    assert isinstance(outcome, Refusal)
    assert (outcome.status, outcome.code) == (401, "key_not_found")
    with pytest.raises(TokenError):
        kit.consume_once(kit.everybody().claims)


def test_a_kit_of_ones_own_is_never_open() -> None:
    kit = Kit(issuer="https://auth.example", audience="api", secret=generate_secret())
    assert isinstance(Guard[Any](parts_of, kit=kit)().decide(FILE["requests"][0]), Refusal)
