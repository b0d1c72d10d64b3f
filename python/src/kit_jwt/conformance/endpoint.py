"""A JWKS endpoint that answers when a script says so, and the requests that run until then."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kit_jwt.sources.flight import Flight
from kit_jwt.sources.retrieval import Blocking, End, Retrieval, Retrieve
from kit_jwt.sources.transport import JwksRequest, JwksResponse
from kit_jwt.token.effects import Flow

from .inputs import text_of

Answer = Mapping[str, Any]

_FAILURE: Final[Answer] = {"failure": True}
_OK: Final = 200


@dataclass(slots=True)
class Request:
    """A request that was made.

    Attributes:
        step: of the script in which it began.
        url: that is asked.
        if_none_match: the header, None where there is none.
        flight: that it is of.
        max_bytes: that are read of its body.
        until: when it is given up.
        run: what it does once there is an answer.
        is_answered: whether the script answered it.
        is_over: whether it came to an end: an answer may have none.
    """

    step: int
    url: str
    if_none_match: str | None
    flight: Flight
    max_bytes: int
    until: float
    run: Callable[[], None]
    is_answered: bool = False
    is_over: bool = False


@dataclass(slots=True)
class Endpoint:
    """The world of one script.

    Attributes:
        step: that is done.
        now: its moment.
        at_once: what a request of this step is answered once all callers have asked.
        requests: so far.
    """

    step: int = 0
    now: float = 0
    at_once: Callable[[str], Answer | None] = lambda _url: None
    requests: list[Request] = field(default_factory=list)
    _answered: tuple[Request, Answer] | None = None

    def runs(self, url: str, max_bytes: int) -> Callable[[Retrieve], Retrieval]:
        """How requests of a source run here: not before they are answered."""
        return lambda retrieve: _Scripted(self, url, max_bytes, Blocking(retrieve))

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
        return JwksResponse(answer["status"], _body_of(answer), answer.get("headers", {}))

    def give(self, answer: Answer, number: int | None = None) -> None:
        """Answer a request, the newest open one unless told which; where none is open, nobody hears it."""
        last = len(self.requests) - 1
        numbers = range(last, -1, -1) if number is None else [int(number)] if number <= last else []
        request = next((self.requests[one] for one in numbers if not self.requests[one].is_answered), None)
        if request is None:
            return
        request.is_answered = True
        # What is wrong in an answer before its end is known before its end.
        is_wrong = "failure" in answer or answer["status"] != _OK or len(_body_of(answer)) > request.max_bytes
        if is_wrong or "endless" not in answer:
            self._end(request, answer)

    def give_at_once(self) -> bool:
        """Answer a request of this step that has its answer at once; tell whether there was one."""
        for number, request in enumerate(self.requests):
            answer = self.at_once(request.url)
            if request.step == self.step and not request.is_answered and answer is not None:
                self.give(answer, number)
                return True
        return False

    def late(self, waited_for: Collection[Flight]) -> Request | None:
        """The request that has taken too long for longest, of those that nobody waits for: who waits gives up first."""
        late = [one for one in self.requests if one.flight not in waited_for and one.until <= self.now]
        return min((one for one in late if not one.is_over), key=lambda request: request.until, default=None)

    def give_up(self, request: Request) -> None:
        """End a request, as a transport does after its time."""
        self._end(request, _FAILURE)

    def _end(self, request: Request, answer: Answer) -> None:
        if request.is_over:
            return
        request.is_over = True
        self._answered = (request, answer)
        request.run()
        self._answered = None


def _body_of(answer: Answer) -> bytes:
    return text_of(answer.get("body", "")).encode()


@dataclass(frozen=True, slots=True)
class _Scripted:
    endpoint: Endpoint
    url: str
    max_bytes: int
    blocking: Blocking
    is_kept: bool = True

    def start(self, flight: Flight, etag: str | None, seconds: float, end: End) -> Flow[None]:
        run = lambda: self.blocking.run(etag, end)  # noqa: E731 # it goes into the record of the request
        endpoint = self.endpoint
        until = endpoint.now + seconds
        request = Request(endpoint.step, self.url, etag, flight, self.max_bytes, until, run)
        endpoint.requests.append(request)
        yield from ()
