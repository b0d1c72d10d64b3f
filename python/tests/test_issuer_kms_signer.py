from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest

from kit_jwt import ConfigError, MisuseError, TokenError
from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.issuer import AuthorityError
from kit_jwt.issuer.signers import RemoteSigner, kms_signer

from .vault_server import INPUT, SIGNATURE, X, signed
from .vectors import CONFORMANCE, load

TESTS = load(CONFORMANCE / "issuer" / "kms-signers.json")["tests"]


def refusal(call: Callable[[], object]) -> AuthorityError | ConfigError | TokenError:
    try:
        call()
    except (AuthorityError, ConfigError, TokenError) as error:
        return error
    raise AssertionError


class ClientError(Exception):
    """As botocore raises it."""

    def __init__(self, code: str) -> None:
        super().__init__(f"An error occurred ({code})")
        self.response = {"Error": {"Code": code, "Message": "of the other side"}}


def _read(value: object, message: bytes) -> object:
    if value == "<signature>":
        return signed(message)
    return b64decode(value["base64"]) if isinstance(value, Mapping) else value


def _reply(given: Mapping[str, Any], message: bytes = b"") -> Any:
    if "error" in given:
        raise OSError if given["error"] is None else ClientError(given["error"])
    answer = given["answer"]
    return None if answer is None else {name: _read(value, message) for name, value in answer.items()}


class Client:
    def __init__(self, test: Mapping[str, Any]) -> None:
        self.test = test
        self.requests: list[dict[str, Any]] = []
        self.asked = 0

    def get_public_key(self, **request: Any) -> Any:
        self.requests.append(request)
        return _reply(self.test["publicKey"])

    def sign(self, **request: Any) -> Any:
        message = request["Message"]
        self.requests.append({**request, "Message": {"base64": b64encode(message).decode()}})
        answers = self.test["sign"]
        self.asked += 1
        return _reply(answers[min(self.asked, len(answers)) - 1], message)


@pytest.mark.parametrize("test", TESTS, ids=[test["id"] for test in TESTS])
def test_vector(test: dict[str, Any]) -> None:
    client = Client(test)
    message = bytes(test["size"]) if "size" in test else INPUT

    def start() -> RemoteSigner:
        return kms_signer(client=client, key=test["key"], **test.get("options", {}))

    if "code" in test:
        failing: Callable[[], object] = partial(start().sign, message) if "later" in test else start
        caught = refusal(failing)
        assert (caught.code, getattr(caught, "variable", None)) == (test["code"], test.get("variable"))
        assert caught.__context__ is None
        return
    signer = start()
    assert (signer.kid, signer.public_jwk["kid"], signer.public_jwk["x"]) == (test["kid"], test["kid"], X)
    signature = signer.sign(message)
    assert len(signature) == 64
    assert encode_base64url(signature) == SIGNATURE or "size" in test
    assert client.requests == test.get("requests", client.requests)


@pytest.mark.parametrize("client", [None, object(), ClientError])
def test_no_client(client: Any) -> None:
    with pytest.raises(MisuseError, match="client"):
        kms_signer(client=client, key="k")
