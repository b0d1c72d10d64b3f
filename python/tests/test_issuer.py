from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kit_jwt import ConfigError, MemoryRevocationList
from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.issuer import AuditRecord, Authority, Issuer, MemoryKeyStore, Message, Refusal, StoredDocument, read_keks

_OPTIONS = Path(__file__).parents[2] / "conformance" / "issuer" / "options.json"
_SECRET = "a" * 32
_CLIENT: Mapping[str, Any] = {
    "id": "gateway",
    "secret_sha256": encode_base64url(hashlib.sha256(b"secret").digest()),
    "grants": ["client_credentials"],
    "audiences": ["api"],
}
_POST = Message(
    method="POST",
    path="/auth/token",
    headers={
        "authorization": "Basic " + base64.b64encode(b"gateway:secret").decode(),
        "content-type": "application/x-www-form-urlencoded",
    },
    body=b"grant_type=client_credentials",
)


def _get(path: str) -> Message:
    return Message(method="GET", path=path)


def _issuer(refusals: list[Refusal], authority: Authority | None = None, **options: Any) -> Issuer:
    given = {
        "issuer": "https://auth.example",
        "audience": "api",
        "admin_secret": _SECRET,
        "clients": [_CLIENT],
        "on_refusal": refusals.append,
        **options,
    }
    return Issuer(authority=authority or Authority(), **given)


def _asked(issuer: Issuer, message: Message) -> Any:
    return json.loads(issuer.handle(message).body)


def _snake(value: Any) -> Any:
    if isinstance(value, list):
        return [_snake(item) for item in value]
    return {_name(name): _snake(item) for name, item in value.items()} if isinstance(value, dict) else value


def _name(name: str) -> str:
    words = name.replace("secretSha256", "secret_sha256").replace("adminPolicy", "admin_policy")
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in words)


@pytest.mark.parametrize(
    "case", [pytest.param(test, id=test["id"]) for test in json.loads(_OPTIONS.read_text())["tests"]]
)
def test_options_that_are_refused(case: Any) -> None:
    with pytest.raises(ConfigError) as caught:
        Issuer(authority=Authority(), **_snake(case["options"]))
    assert (caught.value.code, caught.value.variable) == (case["code"], _name(case["variable"]))


@pytest.mark.parametrize("algorithm", ["HS512", "ES256"])
def test_an_authority_with_keys_for_something_else(algorithm: Any) -> None:
    with pytest.raises(ConfigError) as caught:
        Issuer(authority=Authority(algorithm=algorithm), issuer="https://auth.example")
    assert (caught.value.code, caught.value.variable) == ("config_invalid", "authority")


def test_no_authority() -> None:
    options: Any = {"issuer": "https://auth.example"}
    with pytest.raises(ConfigError) as caught:
        Issuer(**options)
    assert (caught.value.code, caught.value.variable) == ("config_missing", "authority")


def test_nothing_but_public_members_leaves_whatever_the_authority_gives() -> None:
    class Careless(Authority):
        def jwks(self) -> dict[str, list[dict[str, object]]]:
            keys = super().jwks()["keys"]
            return {"keys": [*({**key, "d": "private"} for key in keys), {"kty": "oct", "k": "secret", "kid": "s"}]}

    authority = Careless()
    public = Authority.jwks(authority)
    assert _asked(_issuer([], authority), _get("/.well-known/jwks.json")) == public


def test_a_token_that_the_audit_does_not_take_does_not_go_out() -> None:
    def on_issue(record: AuditRecord) -> None:
        raise OSError(record.jti)

    refusals: list[Refusal] = []
    answer = _issuer(refusals, on_issue=on_issue).handle(_POST)
    assert (answer.status, answer.body) == (503, '{"error":"temporarily_unavailable"}')
    assert refusals == [Refusal("temporarily_unavailable", "audit_unavailable", "token")]


def test_whoever_listens_to_refusals_does_not_decide_what_is_answered() -> None:
    def on_refusal(refusal: Refusal) -> None:
        raise ValueError(refusal.why)

    assert _issuer([], on_refusal=on_refusal).handle(_get("/")).status == 404


def test_while_the_keys_are_not_to_be_had_nothing_is_issued_and_nobody_is_told_why() -> None:
    class Away(MemoryKeyStore):
        is_away = False

        def read(self) -> StoredDocument | None:
            if self.is_away:
                raise OSError("/secret/path")
            return super().read()

    now = 1_000_000.0
    store, keks = Away(), read_keks(f"a={encode_base64url(bytes(32))}")
    refusals: list[Refusal] = []
    issuer = _issuer(refusals, Authority(store=store, keks=keks, clock=lambda: now), clock=lambda: now)
    store.is_away = True
    assert issuer.handle(_POST).status == 200
    now += 10_000_000
    for message in (_POST, _get("/readyz"), _get("/.well-known/jwks.json")):
        answer = issuer.handle(message)
        assert (answer.status, answer.body) == (503, '{"error":"temporarily_unavailable"}')
        assert answer.headers["cache-control"] == "no-store"
    assert [refusal.why for refusal in refusals] == ["key_store_unavailable"] * 3
    assert issuer.handle(_get("/healthz")).status == 200


def test_stores_that_are_away_are_not_the_fault_of_a_request() -> None:
    class Deaf(MemoryRevocationList):
        def revoke(self, *, issuer: str, jti: str, expires: float) -> None:
            raise OSError(issuer, jti, expires)

    class Mute(MemoryRevocationList):
        def is_revoked(self, claims: Any, now: float) -> bool:
            raise OSError(claims, now)

    for endpoint, revocation in (("revoke", Deaf()), ("introspect", Mute())):
        refusals: list[Refusal] = []
        issuer = _issuer(refusals, revocation=revocation)
        token = _asked(issuer, _POST)["access_token"]
        message = replace(_POST, path=f"/auth/{endpoint}", body=f"token={token}".encode())
        assert issuer.handle(message).status == 503
        assert refusals == [Refusal("temporarily_unavailable", "revocation_unavailable", endpoint)]


def test_what_nobody_thought_of_is_answered_too_and_nothing_of_it_is_told() -> None:
    refusals: list[Refusal] = []
    answer = _issuer(refusals, clock=lambda: float("nan")).handle(_POST)
    assert (answer.status, answer.body) == (500, '{"error":"server_error"}')
    assert refusals == [Refusal("server_error", "unexpected", "token")]


def test_many_wrong_secrets_at_once_are_counted_like_one_after_the_other() -> None:
    issuer = _issuer([])
    guess = replace(_POST, headers={"content-type": "application/json", "x-issuer-secret": "no"})
    with ThreadPoolExecutor(8) as pool:
        found = [answer.status for answer in pool.map(issuer.handle, [guess] * 50)]
    assert (found.count(401), found.count(429)) == (10, 40)


def test_after_a_rotation_the_new_key_signs_and_what_the_old_one_signed_is_still_good() -> None:
    now = 1_000_500.0
    authority = Authority(rotate_every=1000, longest_ttl=900, clock=lambda: now)
    issuer = _issuer([], authority, clock=lambda: now, clients=[{**_CLIENT, "names": ["api"]}])
    first = _asked(issuer, _POST)["access_token"]
    now += 600
    second = _asked(issuer, _POST)["access_token"]
    assert first.partition(".")[0] != second.partition(".")[0]
    for token in (first, second):
        assert _asked(issuer, replace(_POST, path="/auth/introspect", body=f"token={token}".encode()))["active"]


def test_values_tell_nothing_of_what_is_in_them() -> None:
    issuer = _issuer([])
    assert repr(_POST) == "<Message POST>"
    assert repr(issuer.handle(_POST)) == "<Answer 200>"


def _run(issuer: Issuer, scope: Any, events: list[Any]) -> list[Any]:
    sent: list[Any] = []

    async def receive() -> Any:
        return events.pop(0)

    async def send(event: Any) -> None:
        sent.append(event)

    asyncio.run(issuer(scope, receive, send))
    return sent


_SCOPE: Mapping[str, Any] = {"type": "http", "method": "POST", "path": "/auth/token", "headers": []}


def test_of_a_body_that_is_too_large_no_more_is_read_than_is_allowed() -> None:
    events = [{"type": "http.request", "body": bytes(10_000), "more_body": True} for _ in range(100)]
    content_type = (b"content-type", b"application/x-www-form-urlencoded")
    sent = _run(_issuer([]), {**_SCOPE, "headers": [content_type]}, events)
    assert sent[0]["status"] == 413
    assert len(events) == 93


def test_a_client_that_has_gone_is_not_answered() -> None:
    events = [{"type": "http.request", "body": b"grant", "more_body": True}, {"type": "http.disconnect"}]
    assert _run(_issuer([]), _SCOPE, events) == []


def test_a_header_that_is_there_twice_is_not_taken_for_one_of_the_two() -> None:
    refusals: list[Refusal] = []
    names = [(name.encode(), value.encode()) for name, value in _POST.headers.items()]
    event = {"type": "http.request", "body": _POST.body}
    sent = _run(_issuer(refusals), {**_SCOPE, "headers": [*names, names[0]]}, [event])
    assert sent[0]["status"] == 401
    assert refusals == [Refusal("invalid_client", "authentication_unsupported", "token")]


def test_lifespan_is_answered_and_what_is_no_request_refused() -> None:
    events = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent = _run(_issuer([]), {"type": "lifespan"}, events)
    assert [event["type"] for event in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    with pytest.raises(ValueError, match="only http"):
        _run(_issuer([]), {"type": "websocket"}, [])
