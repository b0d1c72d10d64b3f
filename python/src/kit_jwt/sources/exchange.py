"""One HTTP exchange (RFC 9110) by the standard library, with a limit on the whole of it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from http import HTTPStatus
from http.client import (
    HTTP_PORT,
    HTTPS_PORT,
    HTTPConnection,
    HTTPException,
    HTTPResponse,
    HTTPSConnection,
    IncompleteRead,
)
from threading import Timer
from urllib.parse import urlsplit

_HEADERS = {"accept": "application/jwk-set+json, application/json", "user-agent": "kit-jwt"}


def exchange(
    url: str, headers: Mapping[str, str], timeout: float, max_bytes: int, body: bytes | None = None
) -> tuple[int, bytes, Mapping[str, str]]:
    """Ask a URL and read the answer.

    Args:
        url: of `http` or `https`.
        headers: to be sent.
        timeout: seconds for all of it.
        max_bytes: that the answer's body may have.
        body: sent by POST where there is one; else it is a GET.

    Returns:
        Status, the body of a 200, and headers by their names in lower case.

    Raises:
        OSError: no answer, none in time, half a body, or more bytes than allowed.
    """
    try:
        connection = _connection(url, timeout)
        # A socket's own timeout begins anew with each byte; this one ends what drips: a handshake, headers, a body.
        watch = Timer(timeout, connection.cut)
        watch.daemon = True
        watch.start()
        try:
            response, answered = _ask(connection, url, headers, max_bytes, body)
        finally:
            watch.cancel()
            connection.close()
    except (HTTPException, ValueError):
        message = "no HTTP"
        raise OSError(message) from None
    if connection.is_cut or len(answered) > max_bytes:
        message = "too much or too slow"
        raise OSError(message)
    fields = response.headers
    return response.status, answered, {name.lower(): ", ".join(fields.get_all(name, ())) for name in fields}


def _ask(
    connection: _Connection, url: str, headers: Mapping[str, str], max_bytes: int, sent: bytes | None
) -> tuple[HTTPResponse, bytes]:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("GET" if sent is None else "POST", target, body=sent, headers={**_HEADERS, **headers})
    response = connection.getresponse()
    # The body of a failure, however long it takes, says nothing that is wanted.
    body = response.read(max_bytes + 1) if response.status == HTTPStatus.OK else b""
    if response.status == HTTPStatus.OK and response.length and len(body) <= max_bytes:
        raise IncompleteRead(body, response.length)
    return response, body


def _connection(url: str, timeout: float) -> _Connection:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        return _Https(host, parts.port or HTTPS_PORT, timeout=timeout, context=_tls())
    return _Connection(host, parts.port or HTTP_PORT, timeout=timeout)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Connection(HTTPConnection):
    """A connection that another thread can cut, from the first byte to the last."""

    is_cut = False
    # The connection forgets its socket once there are headers, and TLS detaches it during the handshake.
    _cuttable: socket.socket | None = None

    def connect(self) -> None:
        super().connect()
        self._cuttable = self.sock

    def cut(self) -> None:
        self.is_cut = True
        if self._cuttable is not None:
            with suppress(OSError):
                # Past TLS, which would first ask the other side.
                socket.socket.shutdown(self._cuttable, socket.SHUT_RDWR)


class _Https(_Connection, HTTPSConnection):
    """The same through TLS."""

    def connect(self) -> None:
        HTTPConnection.connect(self)
        sock = _tls().wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self._cuttable = self.sock = sock
        sock.do_handshake()
