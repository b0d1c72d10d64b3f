"""In Pyodide: each `test_` function is a test; `given` holds what JavaScript made."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

from kit_jwt import (
    ConfigError,
    Kit,
    TokenError,
    aio,
    generate_key_pair,
    generate_secret,
    import_private_key,
    import_public_key,
    policy,
    workers,
)

BASE = {"issuer": "https://issuer.example", "audience": "api"}
WHY = "runtime_unsupported: this runtime cannot do it: WebCrypto answers later: use kit_jwt.aio"


def refusal(call: Any) -> ConfigError:
    """What a call is refused with."""
    try:
        call()
    except ConfigError as error:
        return error
    raise AssertionError("it was not refused")


def test_this_python_lacks_what_others_have(_given: Any) -> None:
    assert sys.platform == "emscripten"
    for absent in ("_hashlib", "cryptography"):
        assert importlib.util.find_spec(absent) is None, absent


def test_shared_secrets_need_the_standard_library_alone(_given: Any) -> None:
    kit = Kit(**BASE, secret=generate_secret())
    token = kit.sign({"sub": "u1", "roles": ["admin"]})
    assert kit.check_auth(token, policy().roles_any("admin")).subject == "u1"
    try:
        kit.verify(token[:-2] + ("AA" if not token.endswith("AA") else "BA"))
    except TokenError as error:
        assert error.code in {"signature_invalid", "token_malformed"}
    else:
        raise AssertionError("a forged tag was taken")


async def test_ed25519_is_awaitable(given: Any) -> None:
    kit = aio.Kit(**BASE, private_key=given.privateJwk)
    claims = await kit.verify(await kit.sign({"sub": "u1"}))
    inner = await kit.create_delegated_token(claims, "gateway", aud="api")
    assert (await kit.check_auth(inner, {"actor": {"sub": "gateway"}})).subject == "u1"


def test_the_synchronous_call_says_why(given: Any) -> None:
    kit = Kit(**BASE, private_key=given.privateJwk)
    assert str(refusal(lambda: kit.sign({"sub": "u1"}))) == WHY
    assert str(refusal(lambda: kit.verify(given.token))) == WHY
    public = import_public_key(given.publicJwk)
    for call in (
        generate_key_pair,
        lambda: import_private_key(given.privateJwk),
        lambda: public.verify(b"", b"\1" * 64),
    ):
        assert refusal(call).code == "runtime_unsupported"


async def test_what_javascript_minted_is_verified(given: Any) -> None:
    kit = aio.Kit(**BASE, public_keys=given.publicJwk)
    assert (await kit.verify(given.token))["sub"] == "minted"


async def test_new_keys_are_made_and_their_halves_held_together(given: Any) -> None:
    pair = await aio.generate_key_pair(kid="k1")
    key = await aio.import_private_key(dict(pair.private_jwk))
    assert (key.kid, key.thumbprint) == ("k1", import_public_key(dict(pair.public_jwk)).thumbprint)
    halves = {**pair.private_jwk, "x": import_public_key(given.publicJwk).members[2][1]}
    try:
        await aio.import_private_key(halves)
    except ConfigError as error:
        assert error.code == "key_invalid"
    else:
        raise AssertionError("halves of two keys were taken for one")


async def test_a_kit_of_the_env_of_a_worker(given: Any) -> None:
    kit = workers.make_kit(given.env)
    assert kit.describe()["signs"] == {"alg": "EdDSA", "kid": given.kid}
    assert (await kit.verify(await kit.sign({"sub": "u1"})))["sub"] == "u1"
    other = workers.make_kit(given.other)
    assert (await other.verify(await other.sign({"sub": "u2"})))["sub"] == "u2"
    try:
        await other.verify(given.token)
    except TokenError as error:
        assert error.code == "alg_not_allowed"
    else:
        raise AssertionError("two kits mixed")


async def test_the_kit_of_the_environment_reads_the_bindings(given: Any) -> None:
    workers.apply_env_bindings(given.env)
    assert (await aio.verify(await aio.sign({"sub": "u1"})))["sub"] == "u1"
    workers.apply_env_bindings(given.other)
    assert (await aio.verify(await aio.sign({"sub": "u2"})))["sub"] == "u2"
    try:
        await aio.verify(given.token)
    except TokenError as error:
        assert error.code == "alg_not_allowed"
    else:
        raise AssertionError("bindings that were replaced are still there")


async def code_of(kit: aio.Kit, token: str) -> str:
    """The code that a token is refused with."""
    try:
        await kit.verify(token)
    except TokenError as error:
        return error.code
    raise AssertionError("it was taken")


async def test_keys_of_a_service_binding_by_rpc_and_by_request(given: Any) -> None:
    for env in (given.byRpc, given.byRequest):
        kit = workers.make_kit(env)
        assert (await kit.verify(given.token))["sub"] == "minted"
        assert kit.describe()["jwksService"] == "KEYS"
    for env in (given.failing, given.huge):
        assert await code_of(workers.make_kit(env), given.token) == "jwks_unavailable"


async def test_a_binding_that_is_no_text_is_a_fault(given: Any) -> None:
    error = refusal(lambda: workers.make_kit(given.wrong))
    assert (error.code, error.variable) == ("config_invalid", "JWT_SECRET_NAME")


def test_nothing_heavy_was_loaded(_given: Any) -> None:
    loaded = {name.partition(".")[0] for name in sys.modules}
    assert loaded.isdisjoint({"jwt", "cryptography"}), sorted(loaded)
    assert sys.modules.keys().isdisjoint({"urllib.request", "http.client"})


async def test_a_url_that_nothing_can_fetch_is_unavailable(given: Any) -> None:
    kit = aio.Kit(**BASE, jwks_url="https://issuer.example/jwks.json")
    assert await code_of(kit, given.token) == "jwks_unavailable"


TESTS = {name: value for name, value in globals().items() if name.startswith("test_")}
