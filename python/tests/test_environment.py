"""The kit of the environment, of a Worker, and of a test."""

from __future__ import annotations

import asyncio
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import kit_jwt
from kit_jwt import ConfigError, MisuseError, aio, config_from_environment, environment_kit, workers
from kit_jwt.environment_kit import read_key_file

from .material import ISSUER, JWK, OTHER_SECRET, SECRET

ENV = {"JWT_ISS": ISSUER, "JWT_AUD": "api", "JWT_SECRET": SECRET}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    workers.apply_env_bindings({})
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_functions_use_the_kit_of_the_environment() -> None:
    token = kit_jwt.sign({"sub": "u1"})
    claims = kit_jwt.verify(token)
    assert kit_jwt.check_auth(token, {"subject": "u1"}).subject == "u1"
    inner = kit_jwt.create_delegated_token(claims, "gateway", aud="api")
    assert kit_jwt.verify(inner)["act"] == {"sub": "gateway"}
    assert kit_jwt.is_expiring_soon(claims) is False
    kit_jwt.consume_once(claims)
    with pytest.raises(kit_jwt.TokenError):
        kit_jwt.consume_once(claims)


@pytest.mark.usefixtures("environment")
def test_awaitable_functions_use_it_too() -> None:
    async def main() -> None:
        token = await aio.sign({"sub": "u1"})
        claims = await aio.verify(token)
        assert (await aio.check_auth(token, {"subject": "u1"})).subject == "u1"
        await aio.create_delegated_token(claims, "gateway", aud="api")
        await aio.consume_once(claims)

    asyncio.run(main())


@pytest.mark.usefixtures("environment")
def test_threads_that_come_at_once_get_the_same_kit() -> None:
    with ThreadPoolExecutor(8) as pool:
        kits = list(pool.map(lambda _n: environment_kit._ENVIRONMENT.kit(), range(16)))
    assert len({id(kit) for kit in kits}) == 1


def test_an_environment_without_a_kit_says_so() -> None:
    with pytest.raises(ConfigError) as caught:
        kit_jwt.sign({})
    assert (caught.value.code, caught.value.variable) == ("config_missing", "JWT_ISS")


def test_a_private_key_is_read_from_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.delenv("JWT_SECRET")
    path = tmp_path / "key.json"
    environment.setenv("JWT_PRIVATE_JWK_PATH", str(path))
    with pytest.raises(ConfigError) as caught:
        kit_jwt.sign({})
    assert (caught.value.code, caught.value.variable) == ("config_invalid", "JWT_PRIVATE_JWK_PATH")
    path.write_text(json.dumps(JWK), encoding="utf-8")
    path.chmod(0o600)
    assert kit_jwt.verify(kit_jwt.sign({"sub": "u1"}))["sub"] == "u1"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_a_key_file_that_is_open_to_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    path.write_text(json.dumps(JWK), encoding="utf-8")
    env = {"JWT_ISS": ISSUER, "JWT_PRIVATE_JWK_PATH": str(path)}
    for mode in (0o604, 0o640, 0o602, 0o620, 0o601, 0o666):
        path.chmod(mode)
        with pytest.raises(ConfigError) as caught:
            config_from_environment(env, read_file=read_key_file)
        assert (caught.value.code, caught.value.variable) == ("config_invalid", "JWT_PRIVATE_JWK_PATH"), oct(mode)
    for mode in (0o600, 0o400, 0o700):
        path.chmod(mode)
        assert "private_key" in config_from_environment(env, read_file=read_key_file), oct(mode)


def test_bindings_stand_before_the_environment(environment: pytest.MonkeyPatch) -> None:
    first = kit_jwt.sign({"sub": "u1"})
    workers.apply_env_bindings({"JWT_SECRET": OTHER_SECRET})
    with pytest.raises(kit_jwt.TokenError):
        kit_jwt.verify(first)
    environment.delenv("JWT_SECRET")
    assert kit_jwt.verify(kit_jwt.sign({"sub": "u1"}))["sub"] == "u1"


@pytest.mark.parametrize("wrong", [None, [], "JWT_ISS=x"])
def test_an_environment_is_a_mapping(wrong: Any) -> None:
    with pytest.raises(MisuseError):
        config_from_environment(wrong)
    with pytest.raises(MisuseError):
        config_from_environment(ENV, role="reader")  # type: ignore[arg-type] # that it fails is the point


def test_a_file_reader_that_gives_no_text_is_unreadable() -> None:
    for read in (lambda _path: "", lambda _path: None, lambda _path: b"{}"):
        with pytest.raises(ConfigError) as caught:
            config_from_environment({"JWT_ISS": "i", "JWT_PRIVATE_JWK_PATH": "x"}, read_file=read)  # type: ignore[arg-type] # the point
        assert caught.value.variable == "JWT_PRIVATE_JWK_PATH"


class TestWorkers:
    async def test_a_kit_of_an_object_with_attributes(self) -> None:
        env = SimpleNamespace(
            JWT_ISS=ISSUER,
            JWT_AUD="api",
            JWT_SECRET_NAME="MY_SECRET",  # noqa: S106 # the name of a binding
            MY_SECRET=SECRET,
            JWT_SECRET_ACCEPT_NAMES="OLD, OLDER",  # noqa: S106 # names of bindings
            OLD=f"old={OTHER_SECRET}",
            OLDER=OTHER_SECRET[:-2] + "AA",
            KV=object(),
        )
        kit = workers.make_kit(env)
        assert isinstance(kit, aio.Kit)
        assert (await kit.verify(await kit.sign({"sub": "u1"})))["sub"] == "u1"
        assert [secret["kid"] for secret in kit.describe()["secrets"]] == [None, "old", None]

    def test_a_binding_that_does_not_exist_is_missing(self) -> None:
        with pytest.raises(ConfigError) as caught:
            workers.make_kit(SimpleNamespace(JWT_ISS=ISSUER, JWT_SECRET_NAME="MY_SECRET"))  # noqa: S106 # a name
        assert (caught.value.code, caught.value.variable) == ("config_missing", "JWT_SECRET_NAME")
