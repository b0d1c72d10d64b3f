"""Fetching a JWKS from real servers on loopback: good ones, odd ones, and those that never end."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kit_jwt import JwksRequest, RemoteJwks, TokenError, remote_jwks
from kit_jwt.sources import exchange
from kit_jwt.sources.transport import MAX_BYTES, fetch

from .certificates import self_signed, server_side
from .material import JWK, public

SET = json.dumps({"keys": [public(JWK)]}).encode()
HUGE = 104_857_600
BUFFERED = 16_777_216
"""What the buffers of both sides hold, and nothing like the 100 MB that a server would send."""
OTHER = {**public(JWK), "kid": "other"}
OTHERS: list[object] = [{**OTHER, "d": JWK["x"]}, {"kty": "oct", "kid": "ed-1", "k": "A" * 86}, OTHER, OTHER, None, []]
BODIES = {
    "/largest": SET.ljust(MAX_BYTES),
    "/larger": SET.ljust(MAX_BYTES + 1),
    "/page": b"<!doctype html><title>Sign in</title>",
    "/mark": b"\xef\xbb\xbf" + SET,
    "/mixed": json.dumps({"keys": [*OTHERS, public(JWK)]}).encode(),
    "/bomb": gzip.compress(b" " * HUGE),
}
STATUSES = {"/moved": 302, "/elsewhere": 301, "/nothing": 204, "/down": 500, "/down-endless": 500, "/same": 304}
HEADERS = {
    "/moved": ("Location", "/jwks"),
    "/elsewhere": ("Location", "https://evil.example/"),
    "/bomb": ("Content-Encoding", "gzip"),
    "/page-as-text": ("Content-Type", "text/html; charset=utf-16"),
}
FLOODS = ("/endless", "/huge", "/down-endless")
BAD = ("/moved", "/elsewhere", "/down", "/nothing", "/page", "/larger", "/bomb", "/mark", "/same")


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, dict[str, str]]] = []  # noqa: RUF012 # one list for the one server
    sent = 0

    def do_GET(self) -> None:
        before = sum(path == self.path for path, _ in self.seen)
        self.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        path = self.path.partition("?")[0]
        # A good set at first, and then what the rest of the path says.
        if path.startswith("/first/"):
            path = path.removeprefix("/first") if before else "/jwks"
        if path == "/silent":
            threading.Event().wait(1)
            return
        status, body = STATUSES.get(path, 200), BODIES.get(path, SET)
        self.send_response(status)
        self.send_header("Cache-Control", "max-age=60")
        self.send_header("Cache-Control", "public")
        if path in HEADERS:
            self.send_header(*HEADERS[path])
        if path in {"/endless", "/down-endless", "/drip"}:
            self.send_header("Connection", "close")
        else:
            length = HUGE if path == "/huge" else 0 if status in {204, 304} else len(body)
            self.send_header("Content-Length", str(length))
        self.end_headers()
        with suppress(OSError):  # the reader goes away
            if path in FLOODS:
                self.flood()
            elif path == "/drip":
                self.wfile.write(SET)
                self.drip(b" ")
            elif status not in {204, 304}:
                self.wfile.write(body)

    def flood(self) -> None:
        for _ in range(HUGE // 65_536):
            self.wfile.write(b" " * 65_536)
            Handler.sent += 65_536

    def drip(self, byte: bytes) -> None:
        for _ in range(200):
            self.wfile.write(byte)
            self.wfile.flush()
            threading.Event().wait(0.02)

    def log_message(self, *_arguments: object) -> None:
        """Stay quiet."""


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if certificate is not None:
            server.socket = server_side(certificate).wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"{'http' if certificate is None else 'https'}://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as url:
        yield url


@contextmanager
def answering(*pieces: bytes, pause: float = 0) -> Iterator[str]:
    """A server that reads nothing and says these bytes, with a pause after each."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        over = threading.Event()

        def serve() -> None:
            with suppress(OSError):
                connection, _ = listener.accept()
                with connection:
                    for piece in pieces:
                        connection.sendall(piece)
                        over.wait(pause)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        over.set()


def code_of(source: RemoteJwks) -> str:
    try:
        return source.select(alg="EdDSA", kid="ed-1", now=0).kid
    except TokenError as error:
        return error.code


def hurried(url: str) -> JwksRequest:
    return JwksRequest(url, timeout=0.2)


class TestAnswers:
    def test_come_with_status_body_and_headers(self, server: str) -> None:
        answer = fetch(f"{server}/jwks?a=1&b=/x")
        assert (answer.status, answer.body) == (200, SET)
        assert answer.headers["cache-control"] == "max-age=60, public"
        path, sent = Handler.seen[-1]
        assert path == "/jwks?a=1&b=/x"
        assert sent["accept-encoding"] == "identity"
        assert "if-none-match" not in sent

    def test_are_asked_for_with_what_is_to_be_sent(self, server: str) -> None:
        assert fetch(JwksRequest(f"{server}/same", {"if-none-match": '"v1"'})).status == 304
        assert Handler.seen[-1][1]["if-none-match"] == '"v1"'

    @pytest.mark.parametrize(("path", "status"), [("moved", 302), ("elsewhere", 301), ("down", 500), ("nothing", 204)])
    def test_are_what_they_are_and_no_redirect_is_followed(self, server: str, path: str, status: int) -> None:
        before = len(Handler.seen)
        assert fetch(f"{server}/{path}").status == status
        assert len(Handler.seen) == before + 1
        assert code_of(remote_jwks(f"{server}/{path}")) == "jwks_unavailable"

    def test_are_sets(self, server: str) -> None:
        for path in ("jwks", "largest"):
            assert code_of(remote_jwks(f"{server}/{path}")) == "ed-1"

    def test_that_say_of_a_set_that_it_is_something_else_are_sets(self, server: str) -> None:
        assert code_of(remote_jwks(f"{server}/page-as-text")) == "ed-1"

    def test_with_a_private_key_a_secret_a_key_twice_and_no_keys_have_the_good_key(self, server: str) -> None:
        assert code_of(remote_jwks(f"{server}/mixed")) == "ed-1"

    @pytest.mark.parametrize("path", ["/page", "/bomb", "/mark", "/same"])
    def test_that_are_no_sets_are_none(self, server: str, path: str) -> None:
        assert code_of(remote_jwks(server + path)) == "jwks_unavailable"

    @pytest.mark.parametrize("path", ["/larger", "/endless", "/huge"])
    def test_are_not_read_beyond_their_limit(self, server: str, path: str) -> None:
        Handler.sent = 0
        with pytest.raises(OSError, match="too much"):
            fetch(server + path)
        assert code_of(remote_jwks(server + path)) == "jwks_unavailable"
        assert Handler.sent < BUFFERED

    def test_that_are_failures_are_read_no_further(self, server: str) -> None:
        Handler.sent = 0
        answer = fetch(JwksRequest(f"{server}/down-endless", timeout=3600))
        assert (answer.status, answer.body) == (500, b"")
        assert code_of(remote_jwks(f"{server}/down-endless", timeout=3600)) == "jwks_unavailable"
        assert Handler.sent < BUFFERED

    @pytest.mark.parametrize("path", [*BAD, *FLOODS, "/drip", "/silent"])
    def test_that_come_later_take_no_good_key_away(self, server: str, path: str) -> None:
        source = remote_jwks(f"{server}/first{path}", timeout=3)
        before = len(Handler.seen)
        kids = [source.select(alg="EdDSA", kid="ed-1", now=now).kid for now in (0, 300, 301)]
        assert kids == ["ed-1"] * 3
        assert len(Handler.seen) == before + 2

    def test_go_past_every_proxy(self, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        assert fetch(f"{server}/jwks").status == 200


class TestTime:
    def test_is_limited_for_a_body_that_drips(self, server: str) -> None:
        with pytest.raises(OSError, match=r"too slow|timed out"):
            fetch(hurried(f"{server}/drip"))
        assert code_of(remote_jwks(f"{server}/drip", timeout=0.2)) == "jwks_unavailable"

    def test_is_limited_for_headers_that_drip(self) -> None:
        pieces = [b"HTTP/1.1 200 OK\r\n", *[b"X-More: 1\r\n"] * 90]
        with answering(*pieces, pause=0.05) as host, pytest.raises(OSError, match=r"."):
            fetch(hurried(f"http://{host}/"))

    def test_is_limited_for_a_handshake_that_drips(self) -> None:
        with answering(*[b"\x16\x03\x03\x40\x00\x02", *[b"\x00"] * 90], pause=0.05) as host:
            with pytest.raises(OSError, match=r"."):
                fetch(hurried(f"https://{host}/"))
            for thread in threading.enumerate():
                if type(thread) is threading.Timer:
                    thread.join(5)
                    assert not thread.is_alive()

    def test_is_limited_for_a_server_that_says_nothing(self) -> None:
        with answering(b"", pause=5) as host, pytest.raises(OSError, match=r"."):
            fetch(hurried(f"http://{host}/"))


class TestConnections:
    def test_that_are_refused(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with pytest.raises(ConnectionRefusedError):
            fetch(url)
        assert code_of(remote_jwks(url)) == "jwks_unavailable"

    @pytest.mark.parametrize(
        "said",
        [
            b"",
            b"SSH-2.0-x\r\n",
            b"HTTP/1.1 abc\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Le",
            b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"keys":[]}',
            b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{"keys":[]}\r\n',
        ],
    )
    def test_that_are_not_http(self, said: bytes) -> None:
        with answering(said) as host:
            assert code_of(remote_jwks(f"http://{host}/", timeout=1)) == "jwks_unavailable"

    @pytest.mark.parametrize("host", ["a%zz", "[::1%25lo]", "a..b", "\u007f"[:0] + "*"])
    def test_to_hosts_that_are_none(self, host: str) -> None:
        with pytest.raises(OSError, match=r"."):
            fetch(hurried(f"https://{host}/"))


class TestCertificates:
    @pytest.fixture(autouse=True)
    def _fresh(self) -> Iterator[None]:
        exchange._tls.cache_clear()
        yield
        exchange._tls.cache_clear()

    def code(self, path: Path, monkeypatch: pytest.MonkeyPatch, *, trusted: bool = True) -> str:
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(path))
        with serving(path) as url:
            return code_of(remote_jwks(f"{url}/jwks"))

    def test_that_are_good_are_taken(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = self_signed(tmp_path / "good.pem", until=timedelta(days=1))
        assert self.code(path, monkeypatch) == "ed-1"

    def test_that_have_expired_are_not(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = self_signed(tmp_path / "expired.pem", until=-timedelta(minutes=1))
        assert self.code(path, monkeypatch) == "jwks_unavailable"

    def test_of_nobody_known_are_not(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = self_signed(tmp_path / "unknown.pem", until=timedelta(days=1))
        assert self.code(path, monkeypatch, trusted=False) == "jwks_unavailable"

    def test_of_another_host_are_not(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = self_signed(tmp_path / "good.pem", until=timedelta(days=1), address="127.0.0.2")
        assert self.code(path, monkeypatch) == "jwks_unavailable"
