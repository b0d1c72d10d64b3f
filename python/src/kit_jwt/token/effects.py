"""What an operation may ask of the world, and how the answer comes back.

An operation is a generator that yields effects: it neither waits nor reads a socket. `Kit` drives it by calling,
`aio.Kit` by calling and awaiting (the shape of httpx's `auth_flow`), so each rule is written once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Effect:
    """One call of a port, or of a runtime that answers later.

    Attributes:
        call: what is called.
        blocks: it may wait inside, so an event loop runs it in a thread.
        later: it is the runtime itself that has to be awaited, so a synchronous kit cannot do it at all.
    """

    call: Callable[[], object]
    blocks: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an effect.

    A failure is a value here and not thrown into the generator: an exception raised while another is handled would
    carry that one as its context, and a foreign exception may hold key material.
    """

    value: object = None
    error: Exception | None = None


Flow: TypeAlias = Generator[Effect, Outcome, T]
"""An operation that ends in a T."""


@dataclass(slots=True)
class Done(Generic[T]):
    """How `advance` says that a flow has ended."""

    value: T


def advance(flow: Flow[T], outcome: Outcome | None) -> Effect | Done[T]:
    """Take a flow to its next effect, or to its end.

    >>> def flow():
    ...     outcome = yield Effect(lambda: 2)
    ...     return outcome.value + 1
    >>> running = flow()
    >>> effect = advance(running, None)
    >>> advance(running, perform(effect))
    Done(value=3)
    """
    try:
        return next(flow) if outcome is None else flow.send(outcome)
    except StopIteration as stop:
        return Done(stop.value)


def perform(effect: Effect) -> Outcome:
    """Call the port of an effect."""
    try:
        return Outcome(effect.call())
    except Exception as error:  # noqa: BLE001 # the flow decides what a failing port means
        return Outcome(error=error)


async def perform_awaiting(awaitable: Awaitable[object]) -> Outcome:
    """Wait for what a port of an effect gave."""
    try:
        return Outcome(await awaitable)
    except Exception as error:  # noqa: BLE001 # the flow decides what a failing port means
        return Outcome(error=error)
