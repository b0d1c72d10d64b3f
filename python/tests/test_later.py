"""A runtime that answers later, as Pyodide does. Here its answers come from the library of the machine."""

from __future__ import annotations

import pickle
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest

from kit_jwt import (
    ConfigError,
    Kit,
    TokenError,
    aio,
    config_from_environment,
    generate_key_pair,
    import_private_key,
    import_public_key,
)
from kit_jwt.conformance import run_file_awaiting
from kit_jwt.conformance.faces import at_once
from kit_jwt.crypto.algorithms import Algorithm
from kit_jwt.crypto.ed25519 import load_ed25519_private, load_ed25519_public
from kit_jwt.encoding.base64url import decode_base64url, encode_base64url
from kit_jwt.keys import generate, private_key, public_key

from .vectors import FILES, load

WHY = "runtime_unsupported: this runtime cannot do it: WebCrypto answers later: use kit_jwt.aio"
ENV = {"JWT_ISS": "https://issuer.example", "JWT_AUD": "api"}


class Signer:
    """Ed25519 by the library of the machine, awaited."""

    asked = 0

    def __init__(self, seed: bytes) -> None:
        self._sign, self._x = load_ed25519_private(seed)

    async def sign(self, message: bytes) -> bytes:
        return self._sign(message)

    async def public_half(self) -> str:
        type(self).asked += 1
        return encode_base64url(self._x)


def load_public(_algorithm: Algorithm, jwk: Mapping[str, str]) -> Callable[[bytes, bytes], Awaitable[bool]]:
    check = load_ed25519_public(decode_base64url(jwk["x"]) or b"")

    async def verify(message: bytes, signature: bytes) -> bool:
        return check(message, signature)

    return verify


@pytest.fixture
def jwk() -> dict[str, Any]:
    return dict(generate_key_pair().private_jwk)


@pytest.fixture
def later(jwk: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    for module in (public_key, private_key, generate):
        monkeypatch.setattr(module, "IS_HERE", True)
    for module in (private_key, generate):
        monkeypatch.setattr(module, "LaterSigner", Signer)
    monkeypatch.setattr(public_key, "load_public", load_public)
    monkeypatch.setattr(Signer, "asked", 0)
    return jwk


def config(jwk: dict[str, Any]) -> dict[str, Any]:
    return {"issuer": "https://issuer.example", "audience": "api", "private_key": jwk}


async def test_the_awaitable_kit_signs_and_verifies(later: dict[str, Any]) -> None:
    kit = aio.Kit(**config(later))
    claims = await kit.verify(await kit.sign({"sub": "u1"}))
    inner = await kit.create_delegated_token(claims, "gateway", aud="api")
    assert (await kit.verify(inner))["act"] == {"sub": "gateway"}
    assert Signer.asked == 1, "the halves of a key are held together once"


async def test_a_forged_signature_does_not_hold(later: dict[str, Any]) -> None:
    kit = aio.Kit(**config(later))
    token = await kit.sign({"sub": "u1"})
    signature = token.rpartition(".")[2]
    other = (await kit.sign({"sub": "u2"})).rpartition(".")[2]
    with pytest.raises(TokenError, match="signature_invalid"):
        await kit.verify(token.replace(signature, other))


def test_the_synchronous_kit_says_why_it_cannot(later: dict[str, Any]) -> None:
    kit = Kit(**config(later))
    with pytest.raises(ConfigError) as signing:
        kit.sign({"sub": "u1"})
    assert str(signing.value) == WHY
    public = {name: value for name, value in later.items() if name != "d"}
    verifier = Kit(issuer="https://issuer.example", audience="api", public_keys=public)
    token = "eyJhbGciOiJFZERTQSJ9.e30." + "A" * 86
    with pytest.raises(ConfigError, match="runtime_unsupported"):
        verifier.verify(token)


def test_shared_secrets_need_no_waiting(later: dict[str, Any]) -> None:
    kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
    assert later
    assert kit.verify(kit.sign({"sub": "u1"}))["sub"] == "u1"


def test_keys_on_their_own_are_never_taken_for_verified(later: dict[str, Any]) -> None:
    public = import_public_key({name: value for name, value in later.items() if name != "d"})
    with pytest.raises(ConfigError, match="runtime_unsupported"):
        public.verify(b"", bytes(64))
    with pytest.raises(ConfigError, match="runtime_unsupported"):
        import_private_key(later)
    with pytest.raises(ConfigError, match="runtime_unsupported"):
        generate_key_pair()


async def test_keys_are_imported_and_made_by_waiting(later: dict[str, Any]) -> None:
    key = await aio.import_private_key(later)
    assert key.kid == later["kid"]
    with pytest.raises(ConfigError, match="runtime_unsupported"):
        key.sign(b"")
    pair = await aio.generate_key_pair(kid="k1")
    assert (await aio.import_private_key(dict(pair.private_jwk))).kid == "k1"
    with pytest.raises(ConfigError, match="key_invalid"):
        await aio.import_private_key({**later, "x": pair.public_jwk["x"]})


async def test_halves_that_do_not_belong_together_are_told_under_the_variable(later: dict[str, Any]) -> None:
    halves = {**later, "x": (await aio.generate_key_pair()).public_jwk["x"]}
    text = str(halves).replace("'", '"')
    env = {**ENV, "JWT_PRIVATE_JWK_NAME": "KEY", "KEY": text}
    kit = aio.Kit(**config_from_environment(env))
    with pytest.raises(ConfigError) as ready:
        await kit.ready()
    assert (ready.value.code, ready.value.variable) == ("key_invalid", "JWT_PRIVATE_JWK_NAME")
    with pytest.raises(ConfigError, match="key_invalid"):
        await kit.sign({"sub": "u1"})
    with pytest.raises(ConfigError, match="key_invalid"):
        await kit.verify("a.b.c")


async def test_a_runtime_without_the_algorithm_says_so(later: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    async def lacking(_self: object) -> str:
        raise ConfigError("runtime_unsupported", why="this WebCrypto lacks the algorithm")

    monkeypatch.setattr(Signer, "public_half", lacking)
    with pytest.raises(ConfigError) as ready:
        await aio.Kit(**config(later)).ready()
    assert (ready.value.code, ready.value.variable) == ("runtime_unsupported", "private_key")


async def test_a_verifier_that_fails_is_no_signature_that_holds(
    later: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lacking(_message: bytes, _signature: bytes) -> bool:
        raise ConfigError("runtime_unsupported")

    token = await aio.Kit(**config(later)).sign({"sub": "u1"})
    monkeypatch.setattr(public_key, "load_public", lambda *_given: lacking)
    with pytest.raises(ConfigError, match="runtime_unsupported"):
        await aio.Kit(**config(later)).verify(token)


async def test_where_nothing_has_to_be_awaited_the_awaitable_ones_do_the_same(jwk: dict[str, Any]) -> None:
    assert (await aio.import_private_key(jwk)).kid == jwk["kid"]
    assert (await aio.generate_key_pair(kid="k1")).public_jwk["kid"] == "k1"
    kit = aio.Kit(**config(jwk))
    await kit.ready()
    assert (await kit.verify(await kit.sign({"sub": "u1"})))["sub"] == "u1"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
async def test_the_vectors_hold_for_the_awaitable_face(path: Any) -> None:
    assert [result for result in await run_file_awaiting(load(path)) if not result.passed] == []


def test_a_synchronous_test_that_waits_is_no_answer() -> None:
    async def waits() -> None:
        await Waiting()

    class Waiting:
        def __await__(self) -> Any:
            yield

    with pytest.raises(RuntimeError, match="waited"):
        at_once(waits())


def test_why_crosses_process_borders() -> None:
    error = ConfigError("runtime_unsupported", variable="secret", why="a constant")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 # what this test has just written
