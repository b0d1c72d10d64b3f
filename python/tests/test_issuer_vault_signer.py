from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from kit_jwt import ConfigError, Kit
from kit_jwt.aio import Kit as AioKit
from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.issuer import AuthorityError
from kit_jwt.issuer.signers import VaultRequest, vault_signer

from .vault_server import INPUT, SIGNATURE, X, vault_server
from .vectors import CONFORMANCE, load

TESTS = load(CONFORMANCE / "issuer" / "vault-signers.json")["tests"]
KEYS, SIGN = TESTS[0]["keys"], TESTS[0]["sign"]
GIVEN: dict[str, Any] = {"token": "hvs.example", "key": "tokens"}


def refusal(call: Callable[[], object]) -> AuthorityError | ConfigError:
    try:
        call()
    except (AuthorityError, ConfigError) as error:
        return error
    raise AssertionError


def refused(test: dict[str, Any], call: Callable[[], object]) -> None:
    error = refusal(call)
    assert (error.code, getattr(error, "variable", None)) == (test["code"], test.get("variable"))
    assert error.__context__ is None


@pytest.mark.parametrize("test", TESTS, ids=[test["id"] for test in TESTS])
def test_vector(test: dict[str, Any]) -> None:
    with vault_server(test["keys"], test["sign"], test.get("elsewhere")) as vault:
        given: dict[str, Any] = {**GIVEN, "address": vault.address, **test.get("options", {})}
        if "tokenFrom" in test:
            given["token"] = lambda: test["tokenFrom"]
        if "code" in test and "later" not in test:
            return refused(test, lambda: vault_signer(**given))
        signer = vault_signer(**given)
        if "later" in test:
            return refused(test, lambda: signer.sign(INPUT))
        assert (signer.kid, signer.public_jwk["kid"]) == (test["kid"], test["kid"])
        assert signer.public_jwk["x"] == X
        assert encode_base64url(signer.sign(INPUT)) == SIGNATURE
    for expected, seen in zip(test.get("requests", []), vault.requests, strict="requests" in test):
        headers = {name: seen["headers"].get(name) for name in expected["headers"]}
        assert {**seen, "headers": headers} == expected
    return None


async def test_a_kit_signs_with_it_and_a_verifier_has_its_public_key() -> None:
    with vault_server(KEYS, SIGN) as vault:
        signer = vault_signer(**GIVEN, address=vault.address)
        names: Any = {"issuer": "https://a.example", "audience": "api", "public_keys": signer.public_jwk}
        kit = Kit(**names, signer=signer)
        assert kit.verify(kit.sign({"sub": "u1"}))["sub"] == "u1"
        aio = AioKit(**names, signer=signer.aio)
        assert (await aio.verify(await aio.sign({"sub": "u2"})))["sub"] == "u2"


def test_a_server_that_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(AuthorityError, match="key store unavailable"):
            vault_signer(**GIVEN, address=address, timeout=0.05)
    with pytest.raises(AuthorityError, match="key store unavailable"):
        vault_signer(**GIVEN, address=address)


def _failing(request: VaultRequest) -> tuple[int, bytes]:
    raise ValueError(request.headers["x-vault-token"])


@pytest.mark.parametrize(
    "transport", [_failing, lambda _: None, lambda _: (200, None), lambda _: (200, b'{"data":{}}' + b" " * 2_000_000)]
)
def test_a_transport_that_does_anything(transport: Any) -> None:
    with pytest.raises(AuthorityError) as caught:
        vault_signer(**GIVEN, address="https://vault.example", transport=transport)
    assert caught.value.code == "key_store_unavailable"
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("code", "token"),
    [
        ("key_store_unavailable", partial(int, "hvs.example")),
        ("config_invalid", lambda: ""),
        ("config_invalid", lambda: "a\r\nb"),
        ("config_invalid", lambda: None),
    ],
)
def test_a_token_that_cannot_be_had(code: str, token: Any) -> None:
    error = refusal(lambda: vault_signer(address="https://vault.example", token=token, key="tokens"))
    assert error.code == code
    assert error.__context__ is None


def test_nothing_shows_a_token() -> None:
    seen: list[VaultRequest] = []

    def transport(request: VaultRequest) -> tuple[int, bytes]:
        seen.append(request)
        return 500, b""

    with pytest.raises(AuthorityError):
        vault_signer(**GIVEN, address="https://vault.example", transport=transport)
    assert seen[0].headers["x-vault-token"] == "hvs.example"
    assert "hvs.example" not in repr(seen)
    with vault_server(KEYS, SIGN) as vault:
        signer = vault_signer(**GIVEN, address=vault.address)
    kid = TESTS[0]["kid"]
    assert (repr(signer), repr(signer.aio)) == (f"<RemoteSigner EdDSA {kid}>", f"<AwaitableSigner EdDSA {kid}>")
