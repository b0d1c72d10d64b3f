"""Every key source alike: static keys, a set, a URL, a service, and what is in the same process."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

import jwt
import pytest

from kit_jwt import (
    Kit,
    MisuseError,
    PublicKey,
    TokenError,
    TrustOptions,
    aio,
    create_key_set,
    local_jwks,
    remote_jwks,
    thumbprint,
)
from kit_jwt.workers import service_jwks

from .material import ISSUER, JWK, NOW, OTHER_JWK, public

Keys = list[dict[str, Any]]
NORTH = "https://north.example"
URL = "https://auth.example/jwks"
FIRST, SECOND = public(JWK), public(OTHER_JWK)
CLAIMS = {"iss": ISSUER, "aud": "api", "exp": NOW + 300, "iat": NOW}
BASE: dict[str, Any] = {"issuer": ISSUER, "audience": "api", "clock": lambda: NOW}


class Service:
    """A service binding: the RPC method."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys

    async def jwks(self) -> dict[str, Any]:
        return {"keys": self.keys}


def body(keys: Keys) -> bytes:
    return json.dumps({"keys": keys}).encode()


async def awaited(keys: Keys) -> dict[str, Any]:
    return {"keys": keys}


SOURCES: Mapping[str, Callable[[Keys], dict[str, Any]]] = {
    "static keys": lambda keys: {"public_keys": keys},
    "a static set": lambda keys: {"public_keys": {"keys": keys}},
    "a set of create_key_set": lambda keys: {"key_source": create_key_set({"keys": keys}, algorithms=["EdDSA"])},
    "a URL": lambda keys: {"jwks_url": URL, "transport": lambda _: body(keys)},
    "remote_jwks": lambda keys: {"key_source": remote_jwks(URL, transport=lambda _: body(keys))},
    "local_jwks": lambda keys: {"key_source": local_jwks(lambda: {"keys": keys})},
    "a service": lambda keys: {"key_source": service_jwks(Service(keys))},
    "local_jwks, awaited": lambda keys: {"key_source": local_jwks(lambda: awaited(keys))},
}
AWAITED = {"a service", "local_jwks, awaited"}
CASES = [(name, face) for name in SOURCES for face in (Kit, aio.Kit) if face is aio.Kit or name not in AWAITED]
each = pytest.mark.parametrize(("name", "face"), CASES)


def signed(jwk: dict[str, Any], iss: str = ISSUER) -> str:
    return jwt.encode({**CLAIMS, "iss": iss}, jwt.PyJWK(jwk, "EdDSA").key, "EdDSA", headers={"kid": jwk["kid"]})


def verified(kit: Kit | aio.Kit, token: str) -> str:
    """The issuer, or the code."""

    async def later(awaiting: aio.Kit) -> str:
        return str((await awaiting.verify(token))["iss"])

    try:
        return str(kit.verify(token)["iss"]) if isinstance(kit, Kit) else asyncio.run(later(kit))
    except TokenError as error:
        return error.code


@each
def test_a_source_has_several_active_keys(name: str, face: type[Kit | aio.Kit]) -> None:
    kit = face(**BASE, **SOURCES[name]([FIRST, SECOND]))
    assert [verified(kit, signed(jwk)) for jwk in (JWK, OTHER_JWK, JWK)] == [ISSUER] * 3
    assert verified(face(**BASE, **SOURCES[name]([FIRST])), signed(OTHER_JWK)) == "key_not_found"


@each
def test_a_source_is_held_to_pins(name: str, face: type[Kit | aio.Kit]) -> None:
    kit = face(**BASE, **SOURCES[name]([FIRST, SECOND]), allowed_thumbprints=[thumbprint(SECOND)])
    assert verified(kit, signed(OTHER_JWK)) == ISSUER
    assert verified(kit, signed(JWK)) == "key_not_pinned"


@each
def test_a_source_is_held_to_pins_where_it_is_trusted_beside_the_own_issuer(
    name: str, face: type[Kit | aio.Kit]
) -> None:
    members = SOURCES[name]([FIRST, SECOND])
    transport = {member: members.pop(member) for member in ("transport",) if member in members}
    north = cast("TrustOptions", {"issuer": NORTH, "algorithms": ["EdDSA"], **members})
    config: dict[str, Any] = {**BASE, **transport, "trust": [north]}
    pins = [thumbprint(SECOND), thumbprint(FIRST)]
    both = face(**config, allowed_thumbprints=pins)
    assert [verified(both, signed(jwk, NORTH)) for jwk in (JWK, OTHER_JWK)] == [NORTH] * 2
    assert verified(face(**config, allowed_thumbprints=pins[:1]), signed(JWK, NORTH)) == "key_not_pinned"


def selected(read: Callable[[], Any]) -> PublicKey | str:
    """The key of an issuer in the same process, or the code."""
    try:
        return cast("PublicKey", local_jwks(read).select(alg="EdDSA", kid=None, now=NOW))
    except TokenError as error:
        return error.code


def test_no_key_is_imported_again_while_the_set_says_the_same() -> None:
    keys = [FIRST]
    source = local_jwks(lambda: {"keys": [dict(key) for key in keys]})
    before = source.select(alg="EdDSA", kid=None, now=NOW)
    assert source.select(alg="EdDSA", kid=None, now=NOW) is before
    keys = [SECOND]
    assert source.select(alg="EdDSA", kid=None, now=NOW) is not before


def test_who_is_in_the_same_process_is_asked_before_an_issuer_that_has_to_be_fetched() -> None:
    asked: list[str] = []

    def transport(request: str) -> bytes:
        asked.append(request)
        return body([])

    for key_source in (local_jwks(lambda: {"keys": [FIRST]}), create_key_set({"keys": [FIRST]}, algorithms=["EdDSA"])):
        trust: list[TrustOptions] = [
            {"issuer": NORTH, "algorithms": ["EdDSA"], "jwks_url": f"{NORTH}/jwks"},
            {"issuer": "https://south.example", "algorithms": ["EdDSA"], "key_source": key_source},
        ]
        kit = Kit(**BASE, trust=trust, transport=transport)
        assert verified(kit, signed(JWK, "https://south.example")) == "https://south.example"
    assert asked == []


def test_one_that_fails_is_unavailable_whatever_it_raises() -> None:
    def failing() -> Any:
        raise RuntimeError(json.dumps(JWK))

    circular: dict[str, Any] = {}
    circular["keys"] = [circular]
    assert selected(failing) == "jwks_unavailable"
    for jwks in (None, circular, {"keys": [object()]}, {"keys": [float("nan")]}, b"{}", {1: 2}, lambda: FIRST):
        assert selected(partial(copy.copy, jwks)) == "jwks_unavailable"


def test_what_it_raises_is_not_told() -> None:
    def failing() -> Any:
        raise RuntimeError(json.dumps(JWK))

    with pytest.raises(TokenError) as caught:
        local_jwks(failing).select(alg="EdDSA", kid=None, now=NOW)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_an_awaited_one_that_fails_is_unavailable() -> None:
    async def failing() -> Any:
        raise RuntimeError

    kit = aio.Kit(**BASE, key_source=local_jwks(failing))
    assert verified(kit, signed(JWK)) == "jwks_unavailable"


def test_an_awaited_one_is_for_an_event_loop_alone() -> None:
    coroutine = awaited([FIRST])
    kit = Kit(**BASE, key_source=local_jwks(lambda: coroutine))
    with pytest.raises(MisuseError):
        kit.verify(signed(JWK))
    coroutine.close()


def test_it_is_given_by_a_function() -> None:
    wrong: tuple[Any, ...] = (None, {"keys": []}, "x")
    for read in wrong:
        with pytest.raises(MisuseError):
            local_jwks(read)


def test_it_shows_no_keys() -> None:
    assert repr(local_jwks(lambda: {"keys": [FIRST]})) == "<LocalJwks>"
