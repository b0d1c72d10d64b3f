"""Tokens for targets by real HTTP: what a target and a token endpoint on loopback see."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from kit_jwt import MisuseError
from kit_jwt.http import AsyncTargetTokens, OutgoingError, TargetTokens, Wanted, exchange_at, exchange_at_awaiting
from kit_jwt.http.httpx import TokenAuth

WANTED = Wanted(target="orders")
CREDENTIALS: Any = {"client_id": "gateway", "client_secret": "secret"}
MANY = 50


class World(ThreadingHTTPServer):
    """An issuer whose tokens are t1, t2 and so on, a target that takes some of them, and what each has seen."""

    daemon_threads = True
    request_queue_size = 2 * MANY

    def __init__(self, accepts: Callable[[str], bool], delay: float) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.accepts = accepts
        self.delay = delay
        self.asked, self.may_answer = threading.Event(), threading.Event()
        self.may_answer.set()
        self.issued = 0
        self.seen: list[str] = []
        self.lock = threading.Lock()
        self.moved_to = ""
        self.url = f"http://127.0.0.1:{self.server_port}"

    def tokens(self) -> TargetTokens:
        return TargetTokens(exchange_at(f"{self.url}/token", **CREDENTIALS), caller="gateway")

    def async_tokens(self) -> AsyncTargetTokens:
        return AsyncTargetTokens(exchange_at_awaiting(f"{self.url}/token", **CREDENTIALS), caller="gateway")


class Handler(BaseHTTPRequestHandler):
    server: World

    def do_GET(self) -> None:
        if self.headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
        world = self.server
        if self.path == "/token":
            with world.lock:
                world.issued += 1
                token = f"t{world.issued}"
            world.asked.set()
            time.sleep(world.delay)
            world.may_answer.wait()
            return self._answer(200, {"access_token": token, "token_type": "Bearer", "expires_in": 300})
        if self.path == "/moved":
            return self._answer(307, None, location=world.moved_to)
        token = self.headers.get("authorization", "")[7:]
        with world.lock:
            world.seen.append(f"{token} {self.headers.get('x-own', '')} {body.decode()}".strip())
        return self._answer(200 if world.accepts(token) else 401, token)

    do_POST = do_GET  # noqa: N815 # the standard library's name

    def _answer(self, status: int, value: object, location: str = "") -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("location", location)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def world(accepts: Callable[[str], bool], delay: float = 0) -> Iterator[World]:
    server = World(accepts, delay)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.may_answer.set()
        server.shutdown()
        thread.join()
        server.server_close()


def auth_of(server: World) -> TokenAuth:
    return TokenAuth(server.tokens(), WANTED, origins=[server.url])


def async_auth_of(server: World) -> TokenAuth:
    return TokenAuth(server.async_tokens(), WANTED, origins=[server.url])


def not_t1(shown: str) -> bool:
    return shown != "t1"


@contextmanager
def client(server: World) -> Iterator[httpx.Client]:
    with httpx.Client(auth=auth_of(server), trust_env=False) as made:
        yield made


@pytest.mark.parametrize(("accepts", "issued"), [(lambda _: True, 1), (not_t1, 2)], ids=["taken", "a 401 to each"])
def test_fifty_threads_at_once(accepts: Callable[[str], bool], issued: int) -> None:
    with world(accepts, 0.05) as server, client(server) as http, ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(lambda _: http.get(server.url), range(MANY)))
        assert ({answer.status_code for answer in answers}, server.issued) == ({200}, issued)


@pytest.mark.parametrize(("accepts", "issued"), [(lambda _: True, 1), (not_t1, 2)], ids=["taken", "a 401 to each"])
async def test_fifty_tasks_at_once(accepts: Callable[[str], bool], issued: int) -> None:
    with world(accepts, 0.05) as server:
        async with httpx.AsyncClient(auth=async_auth_of(server), trust_env=False) as http:
            answers = await asyncio.gather(*(http.get(server.url) for _ in range(MANY)))
        assert ({answer.status_code for answer in answers}, server.issued) == ({200}, issued)


def test_a_401_is_one_new_token_and_the_request_is_sent_again() -> None:
    with world(not_t1) as server, client(server) as http:
        answer = http.post(server.url, content=b"b", headers={"x-own": "o"})
        assert (answer.status_code, answer.json(), server.seen) == (200, "t2", ["t1 o b", "t2 o b"])
        assert server.issued == 2


def test_a_second_401_is_passed_on_and_costs_no_further_token() -> None:
    with world(lambda _: False) as server, client(server) as http:
        assert (http.get(server.url).status_code, server.seen, server.issued) == (401, ["t1", "t2"], 2)
        assert (http.get(server.url).status_code, server.seen, server.issued) == (401, ["t1", "t2", "t2"], 2)


async def test_a_second_401_is_passed_on_to_a_task() -> None:
    with world(lambda _: False) as server:
        async with httpx.AsyncClient(auth=async_auth_of(server), trust_env=False) as http:
            assert (await http.get(server.url)).status_code == 401
        assert (server.seen, server.issued) == (["t1", "t2"], 2)


def test_a_body_that_was_a_stream_is_not_sent_again_and_the_next_request_has_a_new_token() -> None:
    with world(not_t1) as server, client(server) as http:
        assert http.post(server.url, content=iter([b"b"])).status_code == 401
        assert (http.get(server.url).status_code, server.seen) == (200, ["t1  b", "t2"])


def test_what_is_given_is_left_as_it_is() -> None:
    with world(not_t1) as server, client(server) as http:
        given = {"x-own": "o", "authorization": "Basic own"}
        request = http.build_request("GET", server.url, headers=given)
        before = list(request.headers.multi_items())
        assert http.send(request).status_code == 200
        assert (server.seen, list(request.headers.multi_items())) == (["t1 o", "t2 o"], before)


def test_another_origin_is_asked_for_nothing_and_no_token_is_asked_for() -> None:
    with world(lambda _: True) as server, world(lambda _: True) as other, client(server) as http:
        with pytest.raises(OutgoingError, match="origin not allowed"):
            http.get(other.url)
        assert (server.issued, server.seen, other.seen) == (0, [], [])


async def test_another_origin_is_asked_for_nothing_by_a_task() -> None:
    with world(lambda _: True) as server, world(lambda _: True) as other:
        async with httpx.AsyncClient(auth=async_auth_of(server), trust_env=False) as http:
            with pytest.raises(OutgoingError, match="origin not allowed"):
                await http.get(other.url)
        assert (server.issued, server.seen, other.seen) == (0, [], [])


def test_a_redirect_to_another_origin_leaves_the_token_behind_and_its_401_costs_no_token() -> None:
    with world(lambda _: True) as server, world(lambda _: False) as other, client(server) as http:
        server.moved_to = other.url
        assert http.get(f"{server.url}/moved").status_code == 307
        assert http.get(f"{server.url}/moved", follow_redirects=True).status_code == 401
        assert http.get(server.url).json() == "t1"
        assert (other.seen, server.issued) == ([""], 1)


async def test_a_redirect_to_another_origin_leaves_the_token_of_a_task_behind() -> None:
    with world(lambda _: True) as server, world(lambda _: False) as other:
        server.moved_to = other.url
        async with httpx.AsyncClient(auth=async_auth_of(server), trust_env=False, follow_redirects=True) as http:
            assert (await http.get(f"{server.url}/moved")).status_code == 401
        assert (other.seen, server.issued) == ([""], 1)


def test_a_redirect_within_the_target_shows_the_token() -> None:
    with world(lambda _: True) as server, client(server) as http:
        server.moved_to = server.url
        assert http.post(f"{server.url}/moved", content=b"b", follow_redirects=True).status_code == 200
        assert server.seen == ["t1  b"]


async def test_a_task_that_is_cancelled_takes_nobody_elses_answer_away() -> None:
    with world(lambda _: True) as server:
        server.may_answer.clear()
        tokens = server.async_tokens()
        first = asyncio.create_task(tokens.token(WANTED))
        second = asyncio.create_task(tokens.token(WANTED))
        await asyncio.to_thread(server.asked.wait)
        first.cancel()
        server.may_answer.set()
        assert (await second, first.cancelled(), server.issued) == ("t1", True, 1)


def test_tokens_of_tasks_are_not_for_a_client() -> None:
    with world(lambda _: True) as server, httpx.Client(auth=async_auth_of(server)) as http:
        with pytest.raises(MisuseError):
            http.get(server.url)
        assert server.seen == []


async def test_tokens_of_threads_are_not_for_an_async_client() -> None:
    with world(lambda _: True) as server:
        async with httpx.AsyncClient(auth=auth_of(server)) as awaiting:
            with pytest.raises(MisuseError):
                await awaiting.get(server.url)
    with pytest.raises(MisuseError):
        TokenAuth(None, WANTED, origins=["https://orders.example"])  # type: ignore[arg-type] # wrong on purpose


def hurried(face: str, endpoint: str) -> str:
    if face == "blocking":
        return TargetTokens(exchange_at(endpoint, **CREDENTIALS, timeout=0.1), caller="gateway").token(WANTED)
    source = exchange_at_awaiting(endpoint, **CREDENTIALS, timeout=0.1)
    return asyncio.run(AsyncTargetTokens(source, caller="gateway").token(WANTED))


@pytest.mark.parametrize("face", ["blocking", "awaiting"])
def test_an_endpoint_that_does_not_answer_in_time_or_is_not_there_is_unavailable(face: str) -> None:
    with world(lambda _: True) as server:
        server.may_answer.clear()
        for endpoint in (f"{server.url}/token", "http://127.0.0.1:1"):
            with pytest.raises(OutgoingError) as refused:
                hurried(face, endpoint)
            assert (refused.value.code, refused.value.__cause__) == ("source_unavailable", None)
            assert refused.value.__context__ is None
