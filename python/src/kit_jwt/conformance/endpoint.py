"""A JWKS endpoint that answers when a script says so, and the requests that run until then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kit_jwt.sources.flight import Flight
from kit_jwt.sources.retrieval import Blocking, End, Retrieval, Retrieve
from kit_jwt.sources.transport import JwksRequest, JwksResponse
from kit_jwt.token.effects import Flow

from .inputs import text_of

Answer = Mapping[str, Any]


@dataclass(slots=True)
class Request:
    """A request that was made.

    Attributes:
        step: of the script in which it began.
        url: that is asked.
        if_none_match: the header, None where there is none.
        run: what it does once there is an answer.
        is_answered: whether the script answered it.
    """

    step: int
    url: str
    if_none_match: str | None
    run: Callable[[], None]
    is_answered: bool = False


@dataclass(slots=True)
class Endpoint:
    """The world of one script.

    Attributes:
        step: that is done.
        at_once: what a request of this step is answered once all callers have asked.
        requests: so far.
    """

    step: int = 0
    at_once: Callable[[str], Answer | None] = lambda _url: None
    requests: list[Request] = field(default_factory=list)
    _answered: tuple[Request, Answer] | None = None

    def runs(self, url: str) -> Callable[[Retrieve], Retrieval]:
        """How requests of a source run here: not before they are answered."""
        return lambda retrieve: _Scripted(self, url, Blocking(retrieve))

    def transport(self, asked: JwksRequest) -> JwksResponse:
        """Fetch in the place of the standard library."""
        if self._answered is None:
            message = "a request was made that nobody answered"
            raise OSError(message)
        request, answer = self._answered
        request.url, request.if_none_match = str(asked), asked.headers.get("if-none-match")
        if "failure" in answer:
            message = "no connection"
            raise OSError(message)
        return JwksResponse(answer["status"], text_of(answer.get("body", "")).encode(), answer.get("headers", {}))

    def give(self, answer: Answer, number: int | None = None) -> None:
        """Answer a request, the newest open one unless told which."""
        open_requests = [request for request in self.requests if not request.is_answered]
        request = open_requests[-1] if number is None else self.requests[number]
        request.is_answered = True
        # What does not end is never read to its end.
        if "endless" not in answer:
            self._answered = (request, answer)
            request.run()
            self._answered = None

    def give_at_once(self) -> bool:
        """Answer a request of this step that has its answer at once; tell whether there was one."""
        for number, request in enumerate(self.requests):
            answer = self.at_once(request.url)
            if request.step == self.step and not request.is_answered and answer is not None:
                self.give(answer, number)
                return True
        return False


@dataclass(frozen=True, slots=True)
class _Scripted:
    endpoint: Endpoint
    url: str
    blocking: Blocking
    is_kept: bool = True

    def start(self, _flight: Flight, etag: str | None, _seconds: float, end: End) -> Flow[None]:
        run = lambda: self.blocking.run(etag, end)  # noqa: E731 # it goes into the record of the request
        self.endpoint.requests.append(Request(self.endpoint.step, self.url, etag, run))
        yield from ()
