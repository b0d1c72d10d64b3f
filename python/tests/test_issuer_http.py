from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.issuer import (
    Answer,
    AuditRecord,
    Authority,
    Issuer,
    Message,
    Refusal,
    StoredDocument,
    read_keks,
)

_FOLDER = Path(__file__).parents[2] / "conformance" / "issuer"
_DOCUMENTS = json.loads((_FOLDER / "documents.json").read_text("utf-8"))["tests"]
_UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MAX_BODY = 65_536

# What a server says of a request, and not the client.
_ID = "the id of a request"

# RFC 8037 appendix A: the active key of the document.
_K1 = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"


def _cases() -> list[Any]:
    files = [json.loads(path.read_text("utf-8")) for path in sorted((_FOLDER / "http").iterdir())]
    cases = [pytest.param(file, test, id=test["id"]) for file in files for test in file["tests"]]
    assert cases
    return cases


def _snake(value: Any) -> Any:
    """Options under their names here; what is within JWKs stays."""
    if isinstance(value, list):
        return [_snake(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        re.sub(r"[A-Z0-9]+", lambda part: f"_{part[0].lower()}", name)
        if name != "secretSha256"
        else "secret_sha256": item if name == "keys" else _snake(item)
        for name, item in value.items()
    }


class _Store:
    def __init__(self, version: int, text: str) -> None:
        self._stored = StoredDocument(version, text)

    def read(self) -> StoredDocument:
        return self._stored

    def write_if(self, version: int, text: str) -> bool:
        self._stored = StoredDocument(version + 1, text)
        return True


class _World:
    """An issuer of a file of vectors, with what it tells."""

    def __init__(self, file: Any, name: str, now: float) -> None:
        self.now = now
        self.refusals: list[Refusal] = []
        self.records: list[AuditRecord] = []
        known = next(test for test in _DOCUMENTS if test["id"] == file["authority"]["document"])
        store = _Store(known["version"], known["text"])
        authority = Authority(
            store=store,
            keks=read_keks(known["keks"]),
            clock=lambda: self.now,
            **_snake(file["authority"]["times"]),
        )
        self.issuer = Issuer(
            authority=authority,
            clock=lambda: self.now,
            on_refusal=self.refusals.append,
            on_issue=self.records.append,
            **_snake(file["issuers"][name]),
        )


Send = Callable[[Issuer, Message], Answer]


def _by_handle(issuer: Issuer, message: Message) -> Answer:
    body = message.body
    is_whole = body is None or len(body) <= _MAX_BODY
    return issuer.handle(replace(message, id=_ID, body=body if is_whole else None))


def _by_asgi(issuer: Issuer, message: Message) -> Answer:
    body = message.body or b""
    chunks = [body[at : at + 1000] for at in range(0, len(body), 1000)] or [b""]
    events = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    events[-1]["more_body"] = False
    sent: list[Any] = []

    async def receive() -> Any:
        return events.pop(0)

    async def send(event: Any) -> None:
        sent.append(event)

    scope = {
        "type": "http",
        "method": message.method,
        "path": message.path.replace("%74", "t"),
        "raw_path": message.path.encode(),
        "query_string": message.query.encode(),
        "headers": [(name.title().encode(), text.encode("latin-1")) for name, text in message.headers.items()],
    }
    asyncio.run(issuer(scope, receive, send))
    start, last = sent
    headers = {name.decode(): text.decode() for name, text in start["headers"]}
    assert headers.pop("content-length", None) == (None if start["status"] in {204, 304} else str(len(last["body"])))
    return Answer(start["status"], headers, last["body"].decode())


def _body_of(step: Any, saved: Mapping[str, str]) -> bytes:
    if "bytes" in step:
        return decode_base64url(step["bytes"]) or b""
    if "fill" in step:
        return b"a" * int(step["fill"])
    text = re.sub(r"\{(\w+)\}", lambda part: saved.get(part[1], part[0]), step["body"])
    return text.encode()


def _check_answer(given: Answer, expected: Any) -> Any:
    assert given.status == expected["status"]
    for name, value in expected.get("headers", {}).items():
        assert (name, given.headers.get(name)) == (name, value)
    if "body" in expected:
        assert given.body == expected["body"]
    if "json" not in expected:
        return {}
    found = json.loads(given.body)
    rest = {name: value for name, value in found.items() if name != expected.get("issued", {}).get("member")}
    if expected.get("partial"):
        assert rest.items() >= expected["json"].items()
    else:
        assert rest == expected["json"]
    if given.status >= 400 or "issued" in expected:
        assert given.headers["content-type"] == "application/json"
        assert given.headers["cache-control"] == "no-store"
    return found


def _check_token(token: str, expected: Any, request: str | None, record: AuditRecord) -> None:
    header, payload, signature = (decode_base64url(part) or b"" for part in token.split("."))
    Ed25519PublicKey.from_public_bytes(decode_base64url(_K1) or b"").verify(
        signature, token.rpartition(".")[0].encode()
    )
    assert json.loads(header) == {"alg": "EdDSA", "kid": "k1", "typ": expected["typ"]}
    claims = json.loads(payload)
    jti = claims.pop("jti")
    assert _UUID.fullmatch(jti)
    assert claims == expected["claims"]
    told = {name: claims.get(name) for name in ("iss", "sub", "act", "aud", "iat", "exp")}
    own = {"jti": jti, "kid": "k1", "client": expected["client"], "request": request}
    assert asdict(record) == {**told, **own}


@pytest.mark.parametrize(("send", "request_id"), [(_by_handle, _ID), (_by_asgi, None)])
@pytest.mark.parametrize(("file", "test"), _cases())
def test_http(file: Any, test: Any, send: Send, request_id: str | None) -> None:
    world = _World(file, test["issuer"], test["now"])
    saved: dict[str, str] = {}
    for step in test["requests"]:
        world.now = test["now"] + step.get("after", 0)
        path, _, query = step["path"].partition("?")
        message = Message(
            method=step["method"],
            path=path,
            query=query,
            headers=step["headers"],
            body=_body_of(step, saved),
        )
        expected = step["answer"]
        found = _check_answer(send(world.issuer, message), expected)
        refusal = expected.get("refusal")
        assert world.refusals == (
            [] if refusal is None else [Refusal(refusal["code"], refusal["why"], refusal.get("endpoint"), request_id)]
        )
        world.refusals.clear()
        assert len(world.records) == ("issued" in expected)
        if "issued" in expected:
            token = found[expected["issued"]["member"]]
            _check_token(token, expected["issued"], request_id, world.records.pop())
            if "save" in step:
                saved[step["save"]] = token
