"""Whatever comes in: nothing but the kit's own errors comes out, and no error carries a piece of a token or a key."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kit_jwt import (
    ConfigError,
    Kit,
    KitError,
    MisuseError,
    TokenError,
    create_key_set,
    decode_unverified,
    import_private_key,
    import_public_key,
    import_secret,
    policy,
    thumbprint,
)

from .material import JWK, SECRET, b64, claims, ec_jwk, eddsa, hs512, public, raw_token, rsa_jwk
from .test_encoding import values

PIECE = 12
KITS = [hs512(), eddsa(), eddsa(secret=SECRET, profile="EdDSA", accept=["HS512", "EdDSA"])]
VALID = [KITS[0].sign({"sub": "u1"}), KITS[1].sign({"sub": "u1"})]


def everything_told(error: BaseException) -> Iterator[str]:
    """Every text by which an error may reach a log."""
    seen: list[BaseException] = []
    queue: list[BaseException | None] = [error]
    while queue:
        one = queue.pop()
        if one is None or one in seen:
            continue
        seen.append(one)
        yield str(one)
        yield repr(one)
        yield json.dumps([str(argument) for argument in one.args])
        yield json.dumps({name: str(value) for name, value in vars(one).items()})
        queue += [one.__cause__, one.__context__]
    yield "".join(line for line in traceback.format_exception_only(error))


def assert_quiet(error: BaseException, *materials: str) -> None:
    assert error.__cause__ is None
    assert error.__context__ is None
    told = "\n".join(everything_told(error))
    for material in materials:
        for start in range(max(0, len(material) - PIECE + 1)):
            assert material[start : start + PIECE] not in told


def refused(call: Callable[..., object], *arguments: Any, **options: Any) -> KitError | None:
    """The kit's error of a call, None where it went well; anything else is raised."""
    try:
        call(*arguments, **options)
    except KitError as error:
        return error
    return None


mutations = st.tuples(
    st.sampled_from(VALID),
    st.integers(0, 400),
    st.integers(0, 3),
    st.text(st.characters() | st.sampled_from("AQgw_-=.{}\n"), max_size=4),
)


def mutated(mutation: tuple[str, int, int, str]) -> str:
    token, at, cut, piece = mutation
    at %= len(token)
    return token[:at] + piece + token[at + cut :]


tokens = st.text(max_size=60) | st.binary(max_size=40) | st.none() | st.integers() | mutations.map(mutated) | values


@given(tokens)
@example("a" * 20_000)
@example("." * 20_000)
@example("\ud800" * 6000)
@example(VALID[0] + "\n")
def test_verify_raises_token_errors_only(token: Any) -> None:
    for kit in KITS:
        error = refused(kit.verify, token)
        assert error is None or isinstance(error, TokenError)
        if error is None:
            assert token in VALID
        elif isinstance(token, str):
            assert_quiet(error, token)


@given(st.binary(max_size=60) | values.map(lambda value: json.dumps(value).encode()), st.binary(max_size=60))
def test_signed_rubbish_raises_token_errors_only(header: bytes, payload: bytes) -> None:
    for token in (raw_token(header, payload), raw_token({"alg": "HS512"}, payload)):
        error = refused(KITS[0].verify, token)
        assert isinstance(error, TokenError)
        assert_quiet(error, token)


@given(st.dictionaries(st.sampled_from(["alg", "typ", "kid", "crit", "b64", "jwk", "x5u"]), values, max_size=4))
def test_any_header_raises_token_errors_only(header: dict[str, Any]) -> None:
    token = raw_token({"alg": "HS512", **header}, claims())
    error = refused(lambda: KITS[0].verify(token))
    assert error is None or isinstance(error, TokenError)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "iss",
                "aud",
                "exp",
                "iat",
                "nbf",
                "sub",
                "jti",
                "permissions",
                "roles",
                "groups",
                "scope",
                "act",
                "cnf",
                "may_act",
            ]
        ),
        values,
    )
)
def test_any_claims_raise_token_errors_only(members: dict[str, Any]) -> None:
    token = raw_token({"alg": "HS512"}, claims(**members))
    for call in (
        lambda: KITS[0].verify(token, confirmation={"jkt": "x"}),
        lambda: KITS[0].check_auth(token, policy().claim("sub", "u1")),
        lambda: KITS[0].is_expiring_soon(token),
        lambda: KITS[0].consume_once(KITS[0].verify(token)),
    ):
        error = refused(call)
        assert error is None or isinstance(error, TokenError)


@given(st.text(max_size=40) | st.binary(max_size=20) | st.none())
def test_decoding_raises_token_errors_only(token: Any) -> None:
    assert isinstance(refused(lambda: decode_unverified(token)), TokenError)


@given(st.dictionaries(st.text(max_size=5) | st.integers() | st.none(), values | st.binary() | st.sets(st.integers())))
def test_signing_anything_raises_the_kits_errors_only(members: dict[Any, Any]) -> None:
    refused(lambda: KITS[0].sign(members))


@given(values | st.binary(max_size=8))
def test_importing_anything_raises_the_kits_errors_only(source: Any) -> None:
    calls: list[Callable[..., object]] = [import_public_key, import_private_key, import_secret, thumbprint]
    for call in calls:
        assert isinstance(refused(call, source), (ConfigError, MisuseError))


@given(
    st.sampled_from([JWK, public(JWK), rsa_jwk(), ec_jwk("ES256"), {"kty": "oct", "k": SECRET}]),
    st.sampled_from(["kty", "crv", "x", "y", "d", "k", "n", "e", "alg", "use", "key_ops", "kid"]),
    values | st.sampled_from(["", "AA", SECRET, SECRET + "=", b64(bytes(32)), b64(b"\xff" * 32)]),
)
def test_damaged_keys_raise_config_errors_without_material(jwk: dict[str, Any], member: str, value: Any) -> None:
    damaged = {**jwk, member: value}
    for alg in ("EdDSA", "RS256", "ES256"):
        error = refused(import_public_key, damaged, alg=alg)
        if error is not None:
            assert isinstance(error, ConfigError)
            assert_quiet(error, *(text for text in damaged.values() if isinstance(text, str)))
    calls: list[Callable[..., object]] = [import_private_key, import_secret, thumbprint]
    for call in calls:
        error = refused(call, damaged)
        if error is not None:
            assert_quiet(error, *(text for text in damaged.values() if isinstance(text, str)))
    create_key_set({"keys": [damaged, value]}, algorithms=["EdDSA", "RS256", "ES256"])


@pytest.mark.parametrize("secret", [SECRET + "=", SECRET[:40], "-----BEGIN" + SECRET, SECRET + "\n", SECRET + "é"])
def test_a_refused_secret_is_not_told(secret: str) -> None:
    error = refused(lambda: hs512(secret=secret))
    assert isinstance(error, ConfigError)
    assert error.variable == "secret"
    assert_quiet(error, secret)


def test_ports_errors_are_not_passed_on() -> None:
    token = hs512().sign({"sub": "u1"})

    class Store:
        def is_revoked(self, _claims: object, _now: float) -> bool:
            raise OSError(token)

        def consume(self, **_token: object) -> Any:
            raise OSError(token)

        def select(self, **_query: object) -> Any:
            raise OSError(token)

    store = Store()
    revoking, replaying = hs512(revocation=store), hs512(replay=store)
    sourced = Kit(issuer="i", audience="api", key_source=store, clock=lambda: 1)
    for call, code in (
        (lambda: revoking.verify(token), "revocation_unavailable"),
        (lambda: replaying.consume_once(replaying.verify(token)), "replay_unavailable"),
        (lambda: sourced.verify(VALID[1]), "jwks_unavailable"),
    ):
        error = refused(call)
        assert isinstance(error, TokenError)
        assert error.code == code
        assert_quiet(error, token)


@pytest.mark.parametrize("shown", [hs512(), eddsa(), import_secret(SECRET), import_private_key(JWK)])
def test_no_repr_shows_material(shown: object) -> None:
    for material in (SECRET, JWK["d"]):
        assert material not in repr(shown)
        assert material not in str(shown)


@given(st.integers(0, 2**62))
def test_clocks_are_taken_as_they_are_unless_they_are_no_numbers(now: int) -> None:
    error = refused(lambda: hs512(clock=lambda: now).verify(VALID[0]))
    assert error is None or isinstance(error, TokenError)
