"""A server of the standard library: requests as plain values, and answers back."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, AF_INET6
from typing import Final, TypeAlias, cast

from kit_jwt.issuer.http.message import MAX_BODY, Answer, Message, answer

from .world import ListenFaultError, ListenReason

_Handle: TypeAlias = Callable[[Message], Answer]

_REASONS: Final[dict[int, ListenReason]] = {errno.EADDRINUSE: "taken", errno.EACCES: "denied"}
_PATIENCE: Final = 10
"""Seconds that a client may be silent: whoever sends slowly does not keep a thread for ever."""

_NO_BODY: Final = frozenset({204, 304})
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE
    # Head and body of an answer go out at once.
    wbufsize = -1

    def _answer(self) -> None:
        path, _, query = self.path.partition("?")
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            key = name.lower()
            # Two headers of one name are two methods of authentication, not the first of them.
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
        length = headers.get("content-length", "0")
        # A body whose end two readers see at different places is how one request is made of two.
        if "transfer-encoding" in headers or not (length.isascii() and length.isdigit()):
            self._send(answer(400, {"error": "invalid_request"}), is_last=True)
            return
        is_whole = int(length) <= MAX_BODY
        body = self.rfile.read(int(length)) if is_whole else None
        message = Message(method=self.command, path=path, query=query, headers=headers, body=body)
        # As the class below made it.
        handle = cast("_Server", self.server).handle
        self._send(handle(message), is_last=not is_whole)

    def _send(self, given: Answer, *, is_last: bool) -> None:
        body = given.body.encode("utf-8")
        self.send_response(given.status)
        for name, value in given.headers.items():
            self.send_header(name, value)
        if given.status not in _NO_BODY:
            self.send_header("content-length", str(len(body)))
        # What was not read to its end would be taken for the next request.
        if is_last:
            self.close_connection = True
            self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Answer every method: the issuer says which it knows."""
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def handle_expect_100(self) -> bool:
        """Tell a client that waits to be told before it sends the body."""
        is_welcome = super().handle_expect_100()
        self.wfile.flush()
        return is_welcome

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 # the base class's
        """Answer what is no HTTP, and show nothing of it again."""
        self.close_connection = True
        self._send(answer(code, {"error": "invalid_request"}), is_last=True)

    def version_string(self) -> str:
        """Tell no versions."""
        return "kit-jwt"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the name is the base class's
        """Log nothing here: requests are told by the issuer, without what was sent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, handle: _Handle, host: str, port: int) -> None:
        self.address_family = AF_INET6 if ":" in host else AF_INET
        self.handle = handle
        super().__init__((host, port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Show nothing of a connection that broke."""


class Served:
    """A server that answers in threads.

    Attributes:
        port: where it listens.
    """

    def __init__(self, handle: _Handle, host: str, port: int) -> None:
        """Answer at a port until the process is told to end.

        Raises:
            ListenFaultError: nothing can listen there.
        """
        try:
            self._server = _Server(handle, host, port)
        except (OSError, OverflowError) as error:
            raise ListenFaultError(_REASONS.get(getattr(error, "errno", None) or 0, "impossible")) from None
        self.port: int = self._server.server_address[1]
        self._ended = threading.Event()
        self._before = {one: signal.signal(one, self._end) for one in _SIGNALS}
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait until it was told to end, and has."""
        # In short turns: on Windows, no signal reaches a thread that waits for ever.
        while not self._ended.wait(1):
            pass
        for one, handler in self._before.items():
            signal.signal(one, handler)
        self._server.shutdown()
        self._server.server_close()

    def _end(self, *_: object) -> None:
        self._ended.set()
