"""One span for each request, for whoever collects them (OpenTelemetry, semantic conventions of HTTP servers).

Nothing of it is imported before a tracer is given, and without one nothing of this runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, Protocol

_SERVER_ERROR: Final = 500
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"})
"""A method that is none of these is text of the client's."""


class Span(Protocol):
    """What is used of a span of `opentelemetry-api`."""

    def set_attribute(self, key: str, value: str | int) -> None:
        """Tell something of the request.

        Args:
            key: as the semantic conventions have it.
            value: never of what the client sent.
        """
        ...

    def set_status(self, status: Any) -> None:  # noqa: ANN401 # a type of a package that need not be there
        """Say that the server failed.

        Args:
            status: a `StatusCode`.
        """
        ...

    def end(self) -> None:
        """End the span."""
        ...


class Tracer(Protocol):
    """What is used of a tracer of `opentelemetry-api`."""

    def start_span(self, name: str, *, kind: Any, attributes: Mapping[str, str]) -> Span:  # noqa: ANN401 # as above
        """Start a span, within the one that is active.

        Args:
            name: method and route.
            kind: a `SpanKind`.
            attributes: what is known of the request.

        Returns:
            The span.
        """
        ...


class RequestSpan:
    """The span of a request. Whoever traces does not decide what is answered."""

    __slots__ = ("_span",)

    def __init__(self, tracer: Tracer, method: str, route: str | None) -> None:
        """Start it.

        Args:
            tracer: what starts it.
            method: of the request.
            route: the path of the endpoint; None for a path that nobody has, which is text of the client's.
        """
        is_known = method in _METHODS
        name = method if is_known else "HTTP"
        attributes = {"http.request.method": method if is_known else "_OTHER"}
        if route is not None:
            name = f"{name} {route}"
            attributes["http.route"] = route
        self._span: Span | None = None
        with suppress(Exception):
            # Whoever gives a tracer has the package.
            from opentelemetry.trace import SpanKind  # noqa: PLC0415 # see above

            self._span = tracer.start_span(name, kind=SpanKind.SERVER, attributes=attributes)

    def end(self, status: int, code: str | None, why: str | None) -> None:
        """Tell what was answered and, where it was refused, the code on the wire and the one of the log."""
        span = self._span
        if span is None:
            return
        with suppress(Exception):
            span.set_attribute("http.response.status_code", status)
            if code is not None and why is not None:
                span.set_attribute("error.type", code)
                span.set_attribute("kit.refusal", why)
            # What a client did wrong is no error of the server.
            if status >= _SERVER_ERROR:
                from opentelemetry.trace import StatusCode  # noqa: PLC0415 # see above

                span.set_status(StatusCode.ERROR)
            span.end()
