from __future__ import annotations

import asyncio
import json
import pickle
import re
from collections.abc import Callable
from typing import Any, get_args
from urllib.parse import parse_qsl

import httpx
import pytest

from kit_jwt import Claims, ConfigError, Kit, MisuseError, TokenError, aio, unsafe_trust_claims
from kit_jwt.http import (
    Asked,
    AsyncTargetTokens,
    Given,
    OutgoingError,
    OutgoingErrorCode,
    TargetTokens,
    TokenRequest,
    TokenResponse,
    Wanted,
    exchange_at,
    exchange_at_awaiting,
    mint_locally,
    mint_locally_awaiting,
)
from kit_jwt.http.httpx import TokenAuth
from kit_jwt.http.outgoing.wanted import key_of, read_wanted

from .vectors import CONFORMANCE, load

FILE: Any = load(CONFORMANCE / "http" / "outgoing.json")
CREDENTIALS: Any = {"client_id": "gateway", "client_secret": "secret"}
FACES = ["blocking", "awaiting"]


def cases(kind: str) -> list[Any]:
    return [pytest.param(test, id=test["id"]) for test in FILE[kind]]


def wanted_of(asks: dict[str, Any]) -> Wanted:
    user = asks.get("user", {})
    named: Any = user.get("token", user.get("unverified"))
    if "claims" in user:
        named = unsafe_trust_claims(user["claims"])
    return Wanted(target=asks["target"], scopes=asks.get("scopes", ()), user=named)


class Face:
    """One of the two faces, asked the same way."""

    def __init__(self, face: str, source: Callable[[Asked], Given], **options: Any) -> None:
        async def awaiting(asked: Asked) -> Given:
            return source(asked)

        self.blocking = TargetTokens(source, **options) if face == "blocking" else None
        self.awaiting = AsyncTargetTokens(awaiting, **options) if face == "awaiting" else None

    def token(self, wanted: Wanted) -> str:
        if self.blocking is not None:
            return self.blocking.token(wanted)
        assert self.awaiting is not None
        return asyncio.run(self.awaiting.token(wanted))

    def refuse(self, wanted: Wanted, token: str) -> bool:
        tokens = self.blocking or self.awaiting
        assert tokens is not None
        return tokens.refuse(wanted, token)


@pytest.mark.parametrize("test", cases("keys"))
def test_keys(test: dict[str, Any]) -> None:
    assert key_of(read_wanted(FILE["caller"], wanted_of(test["wanted"]))) == test["key"]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("test", cases("misuse"))
def test_misuse(test: dict[str, Any], face: str) -> None:
    tokens = Face(face, lambda _: Given("A", 300), caller=FILE["caller"])
    with pytest.raises(MisuseError):
        tokens.token(wanted_of(test["wanted"]))


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("test", cases("timelines"))
def test_timelines(test: dict[str, Any], face: str) -> None:
    now = 0
    gives: Any = None
    calls = 0

    def source(_: Asked) -> Given:
        nonlocal calls
        calls += 1
        if gives in (None, "broken"):
            raise ZeroDivisionError("of a library")
        if isinstance(gives, str):
            raise OutgoingError(gives)  # type: ignore[arg-type] # a code of the vectors
        return Given(**gives)

    options = {re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", name): it for name, it in test["options"].items()}
    tokens = Face(face, source, caller=FILE["caller"], clock=lambda: now, random=lambda: test["random"], **options)
    for index, step in enumerate(test["steps"]):
        now, gives, calls = step["at"], step.get("gives"), 0
        wanted = wanted_of(step["wanted"])
        came: object
        try:
            came = tokens.refuse(wanted, step["refused"]) if "refused" in step else tokens.token(wanted)
        except OutgoingError as error:
            came = {"code": error.code}
        expected = step["again"] if "refused" in step else step["shows"]
        assert (index, came, calls) == (index, expected, 0 if gives is None else 1)


@pytest.mark.parametrize("test", cases("exchanges"))
def test_exchanges(test: dict[str, Any]) -> None:
    sent: list[TokenRequest] = []

    def transport(request: TokenRequest) -> TokenResponse:
        sent.append(request)
        answer = test["answer"]
        body = answer["body"] + " " * answer.get("spaces", 0)
        return TokenResponse(answer["status"], body.encode(), {"content-type": answer["type"]})

    client = FILE["client"]
    source = exchange_at(
        "https://auth.example/token", client_id=client["id"], client_secret=client["secret"], transport=transport
    )
    given: list[Given] = []

    def watched(asked: Asked) -> Given:
        given.append(source(asked))
        return given[0]

    tokens = TargetTokens(watched, caller=FILE["caller"])
    came: object
    try:
        tokens.token(wanted_of(test["wanted"]))
        came = {"token": given[0].token, "lifetime": given[0].lifetime}
    except OutgoingError as error:
        came = {"code": error.code}
    assert came == test["gives"]
    assert sent[0].headers["authorization"] == client["authorization"]
    assert dict(parse_qsl(sent[0].body.decode())) == test["form"]


SECRET = "A" * 86
OPTIONS: Any = {"issuer": "https://auth.example", "secret": SECRET, "clock": lambda: 1000}
KIT = Kit(audience="gateway", **OPTIONS)
TARGET = Kit(audience="orders", **OPTIONS)


def no_tokens() -> tuple[list[str], TargetTokens]:
    asked: list[str] = []

    def source(wanted: Asked) -> Given:
        asked.append(wanted.target)
        return Given("A", 300)

    return asked, TargetTokens(source, caller=FILE["caller"])


@pytest.mark.parametrize("test", cases("origins"))
def test_origins(test: dict[str, Any]) -> None:
    asked, tokens = no_tokens()
    auth = TokenAuth(tokens, Wanted(target="orders"), origins=test["origins"])
    came: object
    try:
        came = next(auth.sync_auth_flow(httpx.Request("GET", test["url"]))).headers["authorization"]
    except OutgoingError as error:
        came = {"code": error.code}
    assert (came, asked) == ((test["gives"], []) if "gives" in test else ("Bearer A", ["orders"]))


@pytest.mark.parametrize(
    "origins", [*(pytest.param(one["origins"], id=one["id"]) for one in FILE["noOrigins"]), "https://a.example", [1]]
)
def test_no_origins(origins: Any) -> None:
    with pytest.raises(ConfigError) as refused:
        TokenAuth(no_tokens()[1], Wanted(target="orders"), origins=origins)
    assert (refused.value.code, refused.value.variable) == ("config_invalid", "origins")


def minted(face: str, wanted: Wanted, ttl: int | None = None) -> Claims:
    if face == "blocking":
        return TARGET.verify(TargetTokens(mint_locally(KIT, ttl=ttl), caller="gateway").token(wanted))
    source = mint_locally_awaiting(aio.Kit(audience="gateway", **OPTIONS), ttl=ttl)
    return TARGET.verify(asyncio.run(AsyncTargetTokens(source, caller="gateway").token(wanted)))


@pytest.mark.parametrize("face", FACES)
def test_minting_in_the_callers_own_name(face: str) -> None:
    claims = minted(face, Wanted(target="orders", scopes=["b", "a"]), ttl=60)
    assert {name: claims[name] for name in ("sub", "aud", "scope", "exp")} == {
        "sub": "gateway",
        "aud": "orders",
        "scope": "a b",
        "exp": 1060,
    }


@pytest.mark.parametrize("face", FACES)
def test_minting_for_a_user_and_for_no_longer_than_the_users_token_lives(face: str) -> None:
    user = KIT.verify(KIT.sign({"sub": "u1", "scope": "a b"}, ttl=30))
    claims = minted(face, Wanted(target="orders", scopes=["a"], user=user))
    assert (claims["sub"], claims["act"], claims["scope"], claims["exp"]) == ("u1", {"sub": "gateway"}, "a", 1030)


@pytest.mark.parametrize("face", FACES)
def test_what_a_kit_refuses_has_the_kits_code(face: str) -> None:
    user = KIT.verify(KIT.sign({"sub": "u1", "scope": "a"}))
    with pytest.raises(TokenError, match="delegation_escalation"):
        minted(face, Wanted(target="orders", scopes=["b"], user=user))
    with pytest.raises(MisuseError):
        minted(face, Wanted(target="orders", user="token"))


def test_codes_are_those_of_the_contract_in_its_order() -> None:
    listed = json.loads((CONFORMANCE / "http" / "errors.json").read_text("utf-8"))["codes"]
    assert list(get_args(OutgoingErrorCode)) == [entry["code"] for entry in listed]
    error = pickle.loads(pickle.dumps(OutgoingError("source_denied")))  # noqa: S301 # our own bytes
    assert (error.code, str(error)) == ("source_denied", "source denied")


def test_no_repr_shows_a_token() -> None:
    shown = [
        Wanted(target="orders", user="hidden"),
        Asked(caller="gateway", target="orders", user="hidden"),
        Given("hidden", 300),
        TokenRequest(url="u", headers={"a": "hidden"}, body=b"hidden", timeout=5, max_bytes=9),
        TokenResponse(200, b"hidden", {"a": "hidden"}),
    ]
    assert not [one for one in shown if "hidden" in repr(one)]


@pytest.mark.parametrize("make", [TargetTokens, AsyncTargetTokens])
@pytest.mark.parametrize(
    "change",
    [
        {"source": 1},
        {"caller": ""},
        {"margin": -1},
        {"jitter": float("nan")},
        {"max_tokens": 0},
        {"max_tokens": True},
        {"clock": 1},
        {"random": 1},
        {"max_token": 1},
    ],
    ids=str,
)
def test_these_keep_no_tokens(change: dict[str, Any], make: Any) -> None:
    right = {"source": lambda _: Given("A", 300), "caller": "gateway"}
    with pytest.raises(ConfigError) as refused:
        make(**{**right, **change})
    assert (refused.value.code, refused.value.variable) == ("config_invalid", next(iter(change)))


@pytest.mark.parametrize("make", [exchange_at, exchange_at_awaiting])
@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "http://auth.example/token"},
        {"endpoint": "https://user@auth.example/token"},
        {"endpoint": "auth"},
        {"endpoint": 1},
        {"client_id": ""},
        {"client_secret": ""},
        {"timeout": 0},
        {"transport": 1},
    ],
    ids=str,
)
def test_these_exchange_nothing(change: dict[str, Any], make: Any) -> None:
    right = {"endpoint": "https://auth.example/token", **CREDENTIALS}
    with pytest.raises(ConfigError) as refused:
        make(**{**right, **change})
    assert (refused.value.code, refused.value.variable) == ("config_invalid", next(iter(change)))


def test_claims_are_not_exchanged() -> None:
    source = exchange_at("https://auth.example/token", **CREDENTIALS)
    user = unsafe_trust_claims({"iss": "https://auth.example", "sub": "u1", "jti": "j1"})
    with pytest.raises(MisuseError):
        TargetTokens(source, caller="gateway").token(Wanted(target="orders", user=user))
