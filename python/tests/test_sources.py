"""Key sources: the cache of a remote JWKS, and what its transport takes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kit_jwt import ConfigError, Kit, MisuseError, RemoteJwks, TokenError, aio, create_key_set, remote_jwks
from kit_jwt.sources import transport as transports
from kit_jwt.sources.transport import MAX_BYTES, fetch

from .material import ISSUER, JWK, NOW, OTHER_JWK, eddsa, public, rsa_jwk

URL = "https://issuer.example/jwks"


class Network:
    """A scripted transport: counts, fails when told to, answers with the keys of the hour."""

    def __init__(self, *keys: dict[str, Any]) -> None:
        self.keys = [public(key) for key in keys]
        self.count = 0
        self.down = False

    def __call__(self, url: str) -> bytes:
        assert url == URL
        self.count += 1
        if self.down:
            raise OSError(url)
        return json.dumps({"keys": self.keys}).encode()


def asked(source: RemoteJwks, kid: str | None, now: float) -> str:
    try:
        return source.select(alg="EdDSA", kid=kid, now=now).kid
    except TokenError as error:
        return error.code


def test_a_set_is_fetched_once_for_its_time() -> None:
    network = Network(JWK)
    source = remote_jwks(URL, transport=network)
    assert [asked(source, kid, now) for kid, now in (("ed-1", 0), (None, 100), ("ed-1", 299.9))] == ["ed-1"] * 3
    assert network.count == 1
    assert asked(source, "ed-1", 300) == "ed-1"
    assert network.count == 2
    assert repr(source) == f"<RemoteJwks {URL}>"


def test_an_unknown_kid_fetches_at_most_every_thirty_seconds() -> None:
    network = Network(JWK)
    source = remote_jwks(URL, transport=network)
    assert asked(source, "ed-1", 0) == "ed-1"
    assert [asked(source, f"made-up-{n}", n) for n in range(30)] == ["key_not_found"] * 30
    assert network.count == 1
    network.keys.append(public(OTHER_JWK))
    assert asked(source, "ed-2", 30) == "ed-2"
    assert network.count == 2
    assert asked(source, None, 31) == "key_ambiguous"


def test_an_outage_leaves_known_keys_in_place_until_their_time_is_over() -> None:
    network = Network(JWK)
    source = remote_jwks(URL, transport=network)
    assert asked(source, "ed-1", 0) == "ed-1"
    network.down = True
    assert asked(source, "ed-2", 100) == "key_not_found"
    assert asked(source, "ed-1", 200) == "ed-1"
    assert network.count == 2
    assert [asked(source, "ed-1", 300 + n) for n in (0, 1, 4.9)] == ["jwks_unavailable"] * 3
    assert network.count == 3
    network.down = False
    assert asked(source, "ed-1", 305) == "ed-1"


def test_a_clock_that_goes_back_makes_the_cache_stale_not_eternal() -> None:
    network = Network(JWK)
    source = remote_jwks(URL, transport=network)
    assert asked(source, "ed-1", 1000) == "ed-1"
    assert asked(source, "ed-1", 0) == "ed-1"
    assert network.count == 2


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff", b'{"keys":{}}', b'{"keys":[],"keys":[]}', b" " * (MAX_BYTES + 1)]
)
def test_what_is_no_key_set_is_none(body: bytes) -> None:
    assert asked(remote_jwks(URL, transport=lambda _url: body), "ed-1", 0) == "jwks_unavailable"


def test_threads_that_come_at_once_fetch_once() -> None:
    network, gate = Network(JWK), threading.Event()

    def slow(url: str) -> bytes:
        gate.wait(5)
        return network(url)

    source = remote_jwks(URL, transport=slow)
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(asked, source, "ed-1", 0) for _ in range(8)]
        gate.set()
        assert [answer.result() for answer in answers] == ["ed-1"] * 8
    assert network.count == 1


def test_a_kit_takes_keys_of_a_url() -> None:
    network = Network(JWK)
    kit = Kit(issuer=ISSUER, audience="api", jwks_url=URL, transport=network, clock=lambda: NOW)
    token = eddsa().sign({"sub": "u1"})
    assert kit.verify(token)["sub"] == "u1"
    assert kit.verify(token)["sub"] == "u1"
    assert network.count == 1
    assert kit.describe()["jwksUrl"] == URL


async def test_an_awaitable_kit_fetches_in_a_thread() -> None:
    threads: list[int] = []
    network = Network(JWK)

    def transport(url: str) -> bytes:
        threads.append(threading.get_ident())
        return network(url)

    kit = aio.Kit(issuer=ISSUER, audience="api", jwks_url=URL, transport=transport, clock=lambda: NOW)
    for _ in range(2):
        assert (await kit.verify(eddsa().sign({"sub": "u1"})))["sub"] == "u1"
    assert len(threads) == 1
    assert threads[0] != threading.get_ident()


def test_tokens_of_other_algorithms_fetch_nothing() -> None:
    network = Network(JWK)
    kit = Kit(issuer=ISSUER, audience="api", jwks_url=URL, transport=network, clock=lambda: NOW)
    with pytest.raises(TokenError):
        kit.verify("eyJhbGciOiJIUzUxMiIsImprdSI6Imh0dHBzOi8vZXZpbC5leGFtcGxlLyJ9.e30.AA")
    assert network.count == 0


class TestSeveralSources:
    def kit(self, *sources: Any) -> Kit:
        entries: Any = [
            {"issuer": f"https://{n}.example", "audience": "api", "algorithms": ["EdDSA"], "key_source": source}
            for n, source in enumerate(sources)
        ]
        return Kit(issuer=ISSUER, trust=entries, clock=lambda: NOW)

    def code(self, kit: Kit, **config: Any) -> str:
        try:
            kit.verify(eddsa(**config).sign({"sub": "u1"}))
        except TokenError as error:
            return error.code
        return "verified"

    def test_one_that_is_down_does_not_stop_the_others(self) -> None:
        down, up = Network(), Network(JWK)
        down.down = True
        kit = self.kit(remote_jwks(URL, transport=down), remote_jwks(URL, transport=up))
        assert self.code(kit, issuer="https://1.example") == "verified"
        assert self.code(kit, private_key={**OTHER_JWK, "kid": "ed-1"}) == "jwks_unavailable"
        assert self.code(kit, private_key=OTHER_JWK) == "jwks_unavailable"

    def test_ambiguous_in_one_and_unknown_in_the_other(self) -> None:
        twice = Network(JWK, {**OTHER_JWK, "kid": "ed-1"})
        kit = self.kit(remote_jwks(URL, transport=twice), remote_jwks(URL, transport=Network()))
        assert self.code(kit) == "key_ambiguous"
        assert self.code(kit, private_key=OTHER_JWK) == "key_not_found"

    @pytest.mark.parametrize("answer", [None, "key", b"", 1])
    def test_answers_that_are_no_keys_are_no_answers(self, answer: Any) -> None:
        class Source:
            def select(self, **_query: object) -> Any:
                return answer

        assert self.code(self.kit(Source())) == "jwks_unavailable"

    def test_a_source_does_not_choose_key_or_algorithm(self) -> None:
        class Source:
            def __init__(self, jwk: dict[str, Any], alg: Any) -> None:
                self.key = create_key_set({"keys": [jwk]}, algorithms=[alg]).keys[0]

            def select(self, **_query: object) -> Any:
                return self.key

        assert self.code(self.kit(Source(public(OTHER_JWK), "EdDSA"))) == "key_not_found"
        assert self.code(self.kit(Source(rsa_jwk(kid="ed-1"), "RS256"))) == "key_not_found"

    def test_a_setting_that_is_wrong_is_told_as_such(self) -> None:
        class Source:
            def select(self, **_query: object) -> Any:
                raise ConfigError("runtime_unsupported")

        with pytest.raises(ConfigError):
            self.kit(Source()).verify(eddsa().sign({}))

    def test_known_keys_and_a_source_are_one_set(self) -> None:
        class Source:
            def __init__(self, jwk: dict[str, Any]) -> None:
                self.keys = create_key_set({"keys": [public(jwk)]}, algorithms=["EdDSA"])

            def select(self, *, alg: str, kid: str | None, now: float) -> Any:
                assert now == NOW
                return self.keys.select(alg=alg, kid=kid)

        for other, code in ((JWK, "verified"), ({**OTHER_JWK, "kid": "ed-1"}, "key_ambiguous")):
            assert self.code(eddsa(key_source=Source(other))) == code


class TestUrls:
    @pytest.mark.parametrize(
        "url",
        [
            "http://issuer.example/jwks",
            "file:///etc/passwd",
            "ftp://issuer.example/",
            "https://user:pw@issuer.example/",
            "https://issuer.example/#x",
            "https://",
            "https:issuer.example",
            "https://issuer.example:port/",
            "https://[::1",
            "https://issuer.example/ x",
            "https://issuer.example\\@evil.example/",
            "https://ex\u00e4mple/",
            "http://127.1/",
            "http://localhost.evil.example/",
            "http://128.0.0.1/",
            "",
            None,
            1,
        ],
    )
    def test_that_are_refused(self, url: Any) -> None:
        with pytest.raises(ConfigError) as caught:
            remote_jwks(url)
        assert (caught.value.code, caught.value.variable) == ("config_invalid", "jwks_url")

    @pytest.mark.parametrize("url", [URL, "http://127.8.9.1:8080/", "http://[::1]:1/x?y", "http://localhost/"])
    def test_that_are_taken(self, url: str) -> None:
        assert remote_jwks(url).url == url

    @pytest.mark.parametrize("ttl", [0, -1, True, 1.5, "300"])
    def test_and_their_cache(self, ttl: Any) -> None:
        with pytest.raises(MisuseError):
            remote_jwks(URL, cache_ttl=ttl)


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        status = {"/jwks": 200, "/moved": 302, "/huge": 200, "/slow": 200, "/empty": 204}.get(self.path, 404)
        body = b"x" * (MAX_BYTES + 1) if self.path == "/huge" else b'{"keys":[]}'
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/jwks")
        self.end_headers()
        if self.path == "/slow":
            with suppress(OSError):  # the reader goes away
                for _ in range(40):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.05)
        elif status != 204:
            self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as one:
        threading.Thread(target=one.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{one.server_port}"
        one.shutdown()


class TestTransport:
    def test_reads_a_body(self, server: str) -> None:
        assert fetch(f"{server}/jwks") == b'{"keys":[]}'

    @pytest.mark.parametrize("path", ["/moved", "/missing", "/huge", "/empty"])
    def test_takes_nothing_else(self, server: str, path: str) -> None:
        with pytest.raises(OSError, match=r"."):
            fetch(server + path)
        assert asked(remote_jwks(server + path), "x", 0) == "jwks_unavailable"

    def test_does_not_wait_for_ever(self, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(transports, "_SECONDS", 0.2)
        with pytest.raises(OSError, match="slow"):
            fetch(f"{server}/slow")
