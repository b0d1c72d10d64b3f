from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar, get_args

import pytest

from kit_jwt import ConfigError
from kit_jwt.redis import ServerError, StoreError, StoreErrorCode, connect_redis, connect_redis_aio
from kit_jwt.redis.errors import store_error
from kit_jwt.redis.settings import read_settings

from .vectors import CONFORMANCE, load

_TESTS = [pytest.param(test, id=test["id"]) for test in load(CONFORMANCE / "redis" / "settings.json")["tests"]]
_NAMES = {"sentinelPassword": "sentinel_password", "caPath": "ca_path"}


@pytest.mark.parametrize("test", _TESTS)
def test_settings(test: dict[str, Any]) -> None:
    expected = test["expect"]
    if expected is not None and "code" in expected:
        with pytest.raises(ConfigError) as caught:
            read_settings(test["environment"])
        assert {"code": caught.value.code, "variable": caught.value.variable} == expected
        return
    settings = read_settings(test["environment"])
    if expected is not None:
        expected = {_NAMES.get(name, name): value for name, value in expected.items()}
        expected["nodes"] = tuple(expected["nodes"])
    assert (None if settings is None else asdict(settings)) == expected


class Watched(dict[str, object]):
    """An environment that knows what was looked for."""

    asked: ClassVar[set[str]] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)


def test_exactly_the_variables_of_the_table_are_read_and_its_examples_are_right() -> None:
    table = load(CONFORMANCE / "redis" / "variables.json")["variables"]
    examples = {one["name"]: one["example"] for one in table}
    for names in (
        ["REDIS_URL"],
        ["REDIS_SENTINEL", "REDIS_MASTER", "REDIS_SENTINEL_PASSWORD", "REDIS_TLS", "REDIS_CA_PATH"],
        ["REDIS_CLUSTER_NODES", "REDIS_USERNAME", "REDIS_PASSWORD"],
    ):
        assert read_settings(Watched({name: examples[name] for name in names})) is not None
    assert Watched.asked == {name for one in table for name in (one["name"], one.get("twin")) if name}


def test_a_file_of_authorities_that_is_not_there() -> None:
    environment = {"REDIS_URL": "rediss://localhost", "REDIS_CA_PATH": "/nowhere/ca.pem"}
    for connect in (connect_redis, connect_redis_aio):
        with pytest.raises(ConfigError, match="REDIS_CA_PATH"):
            connect(environment)
        assert connect({}) is None


def test_no_password_is_shown() -> None:
    assert "word" not in repr(read_settings({"REDIS_URL": "redis://:word@cache"}))


def test_codes_are_those_of_the_contract_in_its_order() -> None:
    codes = [one["code"] for one in load(CONFORMANCE / "redis" / "errors.json")["codes"]]
    assert list(get_args(StoreErrorCode)) == codes


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("OOM", "store_full"),
        ("NOAUTH", "store_refused"),
        ("WRONGPASS", "store_refused"),
        ("NOPERM", "store_refused"),
        ("READONLY", "store_unavailable"),
        ("LOADING", "store_unavailable"),
        ("CLUSTERDOWN", "store_unavailable"),
    ],
)
def test_words_of_a_server(word: str, code: str) -> None:
    assert store_error(ServerError(word)).code == code


def test_whatever_else_goes_wrong_says_nothing() -> None:
    error = store_error(OSError("no route to 10.0.0.1"))
    assert (error.code, str(error), error.__cause__, error.__context__) == (
        "store_unavailable",
        "store unavailable",
        None,
        None,
    )
    own = StoreError("store_evicting")
    assert store_error(own) is own
