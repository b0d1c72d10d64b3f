"""Key sources: what scripts of the vectors cannot say of threads, event loops and transports."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from kit_jwt import (
    ConfigError,
    JwksRequest,
    JwksResponse,
    Kit,
    MisuseError,
    PublicKey,
    RemoteJwks,
    TokenError,
    aio,
    create_key_set,
    remote_jwks,
)
from kit_jwt.crypto.algorithms import EDDSA
from kit_jwt.sources.flight import Flight
from kit_jwt.sources.jwks_cache import CacheLimits, JwksCache
from kit_jwt.sources.retrieval import Awaiting, End, Retrieved
from kit_jwt.token.effects import Flow, drive_awaiting

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


def settled(condition: Callable[[], bool]) -> bool:
    """Whether something comes true while threads run."""
    gone = threading.Event()
    return any(condition() or gone.wait(0.01) for _ in range(1000)) and condition()


class TestThreads:
    def test_that_come_at_once_share_a_request(self) -> None:
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
        assert repr(source) == f"<RemoteJwks {URL}>"

    def test_are_served_while_another_refreshes(self) -> None:
        network, gate = Network(JWK), threading.Event()

        def slow(url: str) -> bytes:
            if network.count > 0:
                gate.wait(5)
            return network(url)

        source = remote_jwks(URL, transport=slow)
        assert asked(source, "ed-1", 0) == "ed-1"
        network.keys.append(public(OTHER_JWK))
        assert [asked(source, "ed-1", 240 + n) for n in range(3)] == ["ed-1"] * 3
        gate.set()
        assert settled(lambda: asked(source, "ed-2", 243) == "ed-2")
        assert network.count == 2

    def test_give_up_a_transport_that_never_answers(self) -> None:
        gate = threading.Event()

        def silent(_url: str) -> bytes:
            gate.wait(30)
            return b""

        source = remote_jwks(URL, transport=silent, timeout=0.05)
        with ThreadPoolExecutor(2) as pool:
            assert list(pool.map(lambda _: asked(source, "ed-1", 0), range(2))) == ["jwks_unavailable"] * 2
        gate.set()

    def test_that_cannot_be_started_count_as_a_failure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refused(_thread: threading.Thread) -> None:
            raise RuntimeError

        source = remote_jwks(URL, transport=Network(JWK))
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", refused)
            assert asked(source, "ed-1", 0) == "jwks_unavailable"
        assert asked(source, "ed-1", 15) == "ed-1"

    def test_end_with_their_request(self) -> None:
        assert asked(remote_jwks(URL, transport=Network(JWK)), "ed-1", 0) == "ed-1"
        assert settled(lambda: not any(thread.name == "kit-jwt-jwks" for thread in threading.enumerate()))


class TestEventLoops:
    async def test_are_never_blocked(self) -> None:
        gate, network = threading.Event(), Network(JWK)

        def slow(url: str) -> bytes:
            assert threading.current_thread() is not threading.main_thread()
            gate.wait(5)
            return network(url)

        kit = aio.Kit(issuer=ISSUER, audience="api", jwks_url=URL, transport=slow, clock=lambda: NOW)
        token = eddsa().sign({"sub": "u1"})
        verifying = [asyncio.ensure_future(kit.verify(token)) for _ in range(1000)]
        # The loop turns while a thread waits, and no pool of threads is used up by those who wait for it.
        assert await asyncio.to_thread(lambda: "free") == "free"
        gate.set()
        assert {claims["sub"] for claims in await asyncio.gather(*verifying)} == {"u1"}
        assert (await kit.verify(token))["sub"] == "u1"
        assert network.count == 1

    async def test_give_up_what_takes_too_long(self) -> None:
        gate = threading.Event()

        def silent(_url: str) -> bytes:
            gate.wait(30)
            return b""

        source = remote_jwks(URL, transport=silent, timeout=0.05)
        kit = aio.Kit(issuer=ISSUER, audience="api", key_source=source, clock=lambda: NOW)
        with pytest.raises(TokenError) as caught:
            await kit.verify(eddsa().sign({"sub": "u1"}))
        assert caught.value.code == "jwks_unavailable"
        gate.set()

    async def test_await_a_transport_that_is_async(self) -> None:
        network, threads = Network(JWK), set()

        async def transport(request: JwksRequest) -> JwksResponse:
            await asyncio.sleep(0)
            threads.add(threading.current_thread())
            return JwksResponse(200, network(request), {"ETag": '"v1"'})

        kit = aio.Kit(issuer=ISSUER, audience="api", jwks_url=URL, transport=transport, clock=lambda: NOW)
        tokens = [eddsa().sign({"sub": "u1"}) for _ in range(3)]
        for claims in await asyncio.gather(*map(kit.verify, tokens)):
            assert claims["sub"] == "u1"
        assert (network.count, threads) == (1, {threading.current_thread()})

    @pytest.mark.parametrize("fault", [OSError("no route"), None])
    async def test_take_a_failure_of_it_as_one(self, fault: Exception | None) -> None:
        class Transport:
            async def __call__(self, _request: JwksRequest) -> bytes:
                if fault is not None:
                    raise fault
                await asyncio.sleep(30)
                return b""

        source = remote_jwks(URL, transport=Transport(), timeout=0.05)
        kit = aio.Kit(issuer=ISSUER, audience="api", key_source=source, clock=lambda: NOW)
        with pytest.raises(TokenError) as caught:
            await kit.verify(eddsa().sign({"sub": "u1"}))
        assert caught.value.code == "jwks_unavailable"

    def test_that_are_closed_lose_their_request_and_nothing_else(self) -> None:
        gate, network = threading.Event(), Network(JWK)

        def slow(url: str) -> bytes:
            gate.wait(5)
            return network(url)

        source = remote_jwks(URL, transport=slow)
        kit = aio.Kit(issuer=ISSUER, audience="api", key_source=source, clock=lambda: NOW)
        token = eddsa().sign({"sub": "u1"})

        async def impatient() -> None:
            await asyncio.wait_for(kit.verify(token), 0.01)

        with pytest.raises(TimeoutError):
            asyncio.run(impatient())
        gate.set()
        assert asyncio.run(kit.verify(token))["sub"] == "u1"
        assert network.count == 1

    def test_are_needed_by_a_transport_that_is_async(self) -> None:
        async def transport(_request: JwksRequest) -> bytes:
            return b'{"keys":[]}'

        source = remote_jwks(URL, transport=transport)
        kit = Kit(issuer=ISSUER, audience="api", key_source=source, clock=lambda: NOW)
        for _ in range(2):
            with pytest.raises(MisuseError):
                kit.verify(eddsa().sign({"sub": "u1"}))
            with pytest.raises(MisuseError):
                source.select(alg="EdDSA", kid="ed-1", now=NOW + 100)


class TestWorkers:
    """Where a request that ends takes along what it began."""

    LIMITS = CacheLimits(cache_ttl=300, max_stale=3600, timeout=0.05)
    BROUGHT = Retrieved([public(JWK)])

    def ask(self, cache: JwksCache, now: float) -> asyncio.Future[object]:
        return asyncio.ensure_future(drive_awaiting(cache.ask(EDDSA, "ed-1", now)))

    async def test_whoever_starts_a_refresh_waits_for_it_and_nobody_else_does(self) -> None:
        gates: asyncio.Queue[asyncio.Event] = asyncio.Queue()

        async def retrieve(_etag: str | None) -> Retrieved:
            gate = asyncio.Event()
            await gates.put(gate)
            await gate.wait()
            return self.BROUGHT

        cache = JwksCache(Awaiting(retrieve, is_kept=False), replace(self.LIMITS, timeout=5))
        first = self.ask(cache, 0)
        (await gates.get()).set()
        await first
        starter = self.ask(cache, 240)
        gate = await gates.get()
        assert isinstance(await self.ask(cache, 240), PublicKey)
        assert not starter.done()
        gate.set()
        assert isinstance(await starter, PublicKey)

    async def test_a_request_that_is_lost_is_no_failure(self) -> None:
        class Lossy:
            is_kept = False
            count = 0

            def start(self, _flight: Flight, _etag: str | None, _seconds: float, end: End) -> Flow[None]:
                self.count += 1
                if self.count > 1:
                    end(TestWorkers.BROUGHT)
                yield from ()

        retrieval = Lossy()
        cache = JwksCache(retrieval, self.LIMITS)
        assert await self.ask(cache, 0) == "jwks_unavailable"
        assert isinstance(await self.ask(cache, 1), PublicKey)
        assert retrieval.count == 2


class TestTransports:
    def test_are_told_what_to_send_and_to_keep_to(self) -> None:
        requests: list[JwksRequest] = []

        def transport(request: JwksRequest) -> JwksResponse:
            requests.append(request)
            known = "if-none-match" in request.headers
            return JwksResponse(304 if known else 200, json.dumps({"keys": [public(JWK)]}).encode(), {"Etag": '"v1"'})

        source = remote_jwks(URL, transport=transport, timeout=2, max_bytes=1000)
        assert [asked(source, "ed-1", now) for now in (0, 300, 600)] == ["ed-1"] * 3
        assert [(str(one), one.timeout, one.max_bytes) for one in requests] == [(URL, 2, 1000)] * 3
        assert [one.headers for one in requests] == [{}, *[{"if-none-match": '"v1"'}] * 2]

    @pytest.mark.parametrize("answer", [None, "text", 200, {"keys": []}, bytearray(b"<html>"), JwksResponse(200)])
    def test_that_answer_with_something_else_have_failed(self, answer: Any) -> None:
        assert asked(remote_jwks(URL, transport=lambda _url: answer), "ed-1", 0) == "jwks_unavailable"

    @pytest.mark.parametrize("transport", [None, "https", b""])
    def test_are_functions(self, transport: Any) -> None:
        with pytest.raises(MisuseError):
            remote_jwks(URL, transport=transport)

    def test_may_use_the_source_themselves(self) -> None:
        """One that verifies a token in order to fetch: it is told that there is no key, and nobody waits for itself."""
        source: RemoteJwks = remote_jwks(URL, timeout=0.05, transport=lambda _url: asked(source, "ed-1", 0).encode())
        assert asked(source, "ed-1", 0) == "jwks_unavailable"


def test_a_kit_takes_keys_of_a_url() -> None:
    network = Network(JWK)
    kit = Kit(issuer=ISSUER, audience="api", jwks_url=URL, transport=network, clock=lambda: NOW)
    token = eddsa().sign({"sub": "u1"})
    assert kit.verify(token)["sub"] == "u1"
    assert kit.verify(token)["sub"] == "u1"
    assert network.count == 1
    assert kit.describe()["jwksUrl"] == URL


def test_what_a_source_costs() -> None:
    source = remote_jwks(URL, transport=Network(JWK))
    assert source.rank(EDDSA, "ed-1", 0) == 2
    assert asked(source, "ed-1", 0) == "ed-1"
    assert [source.rank(EDDSA, "ed-1", now) for now in (299, 300, 3900)] == [0, 1, 2]
    assert source.rank(EDDSA, "ed-2", 1) == 2


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
