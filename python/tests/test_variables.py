"""The code's table of environment variables is the one that the documentation is made of."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kit_jwt import ConfigError, Kit, config_from_environment
from kit_jwt.config.options import MEMBERS
from kit_jwt.config.variables import VARIABLES

from .material import ISSUER, JWK, SECRET, b64

SOURCE = Path(__file__).parents[2] / "conformance" / "variables.json"
ROWS: list[dict[str, Any]] = json.loads(SOURCE.read_text(encoding="utf-8"))["variables"]
BASE = {"JWT_ISS": ISSUER, "JWT_SECRET": SECRET}


def snake(option: str) -> str:
    return re.sub("[A-Z]", lambda match: f"_{match[0].lower()}", option)


def described(env: Mapping[str, str]) -> dict[str, Any]:
    return dict(Kit(**config_from_environment({**BASE, **env})).describe())


def fault_of(env: Mapping[str, str]) -> tuple[str, str | None] | None:
    try:
        config_from_environment(env)
    except ConfigError as error:
        return error.code, error.variable
    return None


def test_the_table_is_variables_json_in_its_order() -> None:
    table = [(row.name, row.option, row.kind, row.named, row.path) for row in VARIABLES]
    assert table == [(row["name"], snake(row["option"]), row["kind"], row.get("twin"), row.get("path")) for row in ROWS]
    assert {row.option for row in VARIABLES} <= MEMBERS


def test_a_path_is_read() -> None:
    (row,) = [row for row in ROWS if "path" in row]
    config = config_from_environment({"JWT_ISS": ISSUER, row["path"]: "x"}, read_file=lambda _: json.dumps(JWK))
    assert snake(row["option"]) in config


def test_only_the_issuer_is_required() -> None:
    for row in ROWS:
        env = {name: value for name, value in BASE.items() if name != row["name"] or name == "JWT_SECRET"}
        assert fault_of(env) == (("config_missing", row["name"]) if row.get("required") else None)


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] == "number"], ids=lambda row: row["name"])
def test_a_number_has_the_default_and_the_range_that_are_told(row: dict[str, Any]) -> None:
    assert described({})[row["option"]] == row["default"]
    # No other number may stand in the way.
    roomy = {"JWT_MAX_LIFETIME_SECONDS": "999999999", "JWT_TTL_SECONDS": "1"}
    for right in (row["least"], row["most"]):
        assert described({**roomy, row["name"]: str(right)})[row["option"]] == right
    for wrong in (row["least"] - 1, row["most"] + 1):
        assert fault_of({**BASE, **roomy, row["name"]: str(wrong)}) == ("config_invalid", row["name"])


def test_a_list_takes_as_many_items_as_are_told() -> None:
    secrets = [b64(bytes([byte]) * 64) for byte in range(1, 5)]
    (most,) = (row["most"] for row in ROWS if row["name"] == "JWT_SECRET_ACCEPT")
    assert len(described({"JWT_SECRET_ACCEPT": ",".join(secrets[:most])})["secrets"]) == most + 1
    too_many = {**BASE, "JWT_SECRET_ACCEPT": ",".join(secrets[: most + 1])}
    assert fault_of(too_many) == ("config_invalid", "JWT_SECRET_ACCEPT")


@pytest.mark.parametrize("row", [row for row in ROWS if "words" in row], ids=lambda row: row["name"])
def test_a_word_is_one_of_those_that_are_told(row: dict[str, Any]) -> None:
    keys = {"JWT_PRIVATE_JWK": json.dumps(JWK), "JWT_PROFILE": "HS512", "JWT_ACCEPT": "HS512"}
    for word in row["words"]:
        fault = fault_of({**BASE, **keys, row["name"]: word})
        assert fault is None or fault[0] != "config_invalid"
    for word in ("none", "HS256", "hs512", "RS512", "EDDSA"):
        assert fault_of({**BASE, **keys, row["name"]: word}) == ("config_invalid", row["name"])
