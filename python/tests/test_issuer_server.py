from __future__ import annotations

import http.client
import json
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from uuid import UUID

import pytest

from kit_jwt.issuer import Answer, Authority, Issuer, Message, Refusal
from kit_jwt.issuer.command.log import refused, under_ids, write_line
from kit_jwt.issuer.command.machine import IssuerMachine
from kit_jwt.issuer.command.server import Served
from kit_jwt.issuer.command.world import ListenFaultError

_SECRET = "a" * 32
_FORM = "content-type: application/x-www-form-urlencoded"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a signal ends a process there")


@pytest.fixture(name="refusals")
def _refusals() -> list[Refusal]:
    return []


@pytest.fixture(name="served")
def _served(refusals: list[Refusal]) -> Iterator[Served]:
    issuer = Issuer(
        authority=Authority(),
        issuer="https://auth.example",
        audience="api",
        admin_secret=_SECRET,
        on_refusal=refusals.append,
    )
    served = Served(issuer.handle, "127.0.0.1", 0)
    yield served
    signal.raise_signal(signal.SIGTERM)
    served.wait()


def _exchanged(served: Served, text: str) -> str:
    """All that comes back for some bytes."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall(text.encode("ascii"))
        answer = b""
        try:
            while data := connection.recv(65_536):
                answer += data
        except ConnectionResetError:
            pass
        return answer.decode("latin-1")


def _request(*lines: str, body: str = "") -> str:
    return "\r\n".join(["POST /auth/token HTTP/1.1", "host: a", "connection: close", *lines, "", body])


def test_a_token_comes_over_a_socket(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port)
    headers = {"content-type": "application/json", "x-issuer-secret": _SECRET}
    connection.request("POST", "/auth/token", json.dumps({"sub": "u1"}), headers)
    response = connection.getresponse()
    assert response.status == 200
    assert sorted(json.loads(response.read())) == ["expiresAt", "kid", "token"]
    connection.close()


def test_a_client_that_waits_to_be_asked_for_the_body_is_asked(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        head = _request(_FORM, "content-length: 1", "expect: 100-continue")
        connection.sendall(head.encode("ascii"))
        assert connection.recv(65_536).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"a")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 401 ")


def test_one_connection_serves_several_requests(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port)
    connection.request("GET", "/.well-known/jwks.json")
    first = connection.getresponse()
    first.read()
    connection.request("GET", "/.well-known/jwks.json", headers={"if-none-match": first.headers["etag"]})
    second = connection.getresponse()
    assert (second.status, second.read()) == (304, b"")
    connection.request("HEAD", "/.well-known/jwks.json")
    third = connection.getresponse()
    assert (third.status, third.read()) == (200, b"")
    connection.close()


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["content-length: 1000000"], 413),
        (["transfer-encoding: chunked"], 400),
        (["content-length: 1", "transfer-encoding: chunked"], 400),
        (["content-length: 1", "content-length: 2"], 400),
        (["content-length: -1"], 400),
        (["content-length: 1_0"], 400),
    ],
)
def test_a_body_whose_end_is_not_known_is_not_read(served: Served, lines: list[str], status: int) -> None:
    answer = _exchanged(served, _request(_FORM, *lines, body="a" * 100))
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert "connection: close" in answer


def test_two_headers_of_one_name_are_two_and_not_the_first_of_them(served: Served, refusals: list[Refusal]) -> None:
    basic = "authorization: Basic YTpi"
    answer = _exchanged(served, _request(basic, basic, _FORM, "content-length: 0"))
    assert answer.startswith("HTTP/1.1 401 ")
    assert [refusal.why for refusal in refusals] == ["authentication_unsupported"]


@pytest.mark.parametrize("text", ["GET /<script> FTP\r\n\r\n", "<script>\r\n\r\n", "GET /<script> HTTP/9.9\r\n\r\n"])
def test_what_is_no_http_is_refused_and_nothing_of_it_comes_back(served: Served, text: str) -> None:
    answer = _exchanged(served, text)
    assert '{"error":"invalid_request"}' in answer
    assert "script" not in answer


def test_any_method_is_answered(served: Served) -> None:
    answer = _exchanged(served, "BREW /auth/token HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
    assert answer.startswith("HTTP/1.1 405 ")


def test_where_somebody_listens_nobody_else_does(served: Served) -> None:
    with pytest.raises(ListenFaultError, match=r"^taken$"):
        IssuerMachine().listen(
            Issuer(authority=Authority(), issuer="https://a.example").handle, "127.0.0.1", served.port
        )


def test_what_is_told_of_a_request_has_the_id_that_its_answer_has_and_nothing_else_has_it() -> None:
    lines: list[str] = []

    class Told(IssuerMachine):
        def now(self) -> float:
            return 1.5

        def write(self, _stream: str, text: str) -> None:
            lines.append(text)

    world = Told()

    def handle(message: Message) -> Answer:
        write_line(world, "stdout", refused(Refusal("a", "b", None, message.id)))
        return Answer(200, {"a": "b"}, "")

    headers = under_ids(handle)(Message(method="GET", path="/")).headers
    write_line(world, "stdout", {"event": "b"})
    request = headers["x-request-id"]
    assert dict(headers) == {"a": "b", "x-request-id": str(UUID(request))}
    told = [json.loads(line) for line in lines]
    assert told == [
        {"event": "refused", "code": "a", "why": "b", "request": request, "time": 1},
        {"event": "b", "time": 1},
    ]


def test_the_machine_does_something_again_and_again() -> None:
    twice = threading.Event()
    times: list[None] = []

    def work() -> None:
        times.append(None)
        if len(times) == 2:
            twice.set()

    end = IssuerMachine().every(0.001, work)
    assert twice.wait(10)
    end()
