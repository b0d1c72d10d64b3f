"""What an operation may ask of the world, and how the answer comes back.

An operation is a generator that yields effects: it neither waits nor reads a socket. `Kit` drives it by calling,
`aio.Kit` by calling and awaiting (the shape of httpx's `auth_flow`), so each rule is written once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from typing import Final, Generic, TypeAlias, TypeVar, cast

from kit_jwt.crypto.webcrypto import only_later
from kit_jwt.errors import MisuseError

T = TypeVar("T")


@dataclass(slots=True)
class Effect:
    """One call of a port, or of a runtime that answers later.

    Attributes:
        call: what is called.
        later: it is the runtime itself that has to be awaited, so a synchronous kit cannot do it at all.
        awaiting: what an event loop awaits in the place of a call that would block it.
    """

    call: Callable[[], object]
    later: bool = False
    awaiting: Callable[[], Awaitable[object]] | None = None


@dataclass(slots=True)
class Outcome:
    """What came of an effect.

    A failure is a value here and not thrown into the generator: an exception raised while another is handled would
    carry that one as its context, and a foreign exception may hold key material.
    """

    value: object = None
    error: Exception | None = None


Flow: TypeAlias = Generator[Effect, Outcome, T]
"""An operation that ends in a T."""


# What starts a generator.
_NOTHING: Final = cast("Outcome", None)


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


def drive(flow: Flow[T]) -> T:
    """Drive a flow by calling its ports, blocking where they do.

    Raises:
        MisuseError: a port answers with something to be awaited.
        ConfigError: `runtime_unsupported`: the runtime itself answers later.

    >>> def flow():
    ...     return (yield Effect(lambda: 2)).value
    >>> drive(flow())
    2
    """
    outcome = _NOTHING
    while True:
        try:
            effect = flow.send(outcome)
        except StopIteration as stop:
            # Where keys are at hand this is the first thing that happens: a flow without effects costs no more.
            value: T = stop.value
            return value
        outcome = _perform_now(flow, effect)


def _perform_now(flow: Flow[T], effect: Effect) -> Outcome:
    if effect.later:
        flow.close()
        raise only_later()
    outcome = perform(effect)
    if isinstance(outcome.value, Awaitable):
        flow.close()
        close = getattr(outcome.value, "close", None)
        if close is not None:
            close()
        message = "this port is asynchronous: use kit_jwt.aio.Kit"
        raise MisuseError(message)
    return outcome


async def drive_awaiting(flow: Flow[T]) -> T:
    """Drive a flow by calling its ports, and awaiting what they give.

    >>> import asyncio
    >>> async def two():
    ...     return 2
    >>> def flow():
    ...     return (yield Effect(two)).value
    >>> asyncio.run(drive_awaiting(flow()))
    2
    """
    outcome = _NOTHING
    while True:
        try:
            effect = flow.send(outcome)
        except StopIteration as stop:
            value: T = stop.value
            return value
        outcome = perform(effect) if effect.awaiting is None else Outcome(effect.awaiting())
        if isinstance(outcome.value, Awaitable):
            outcome = await perform_awaiting(outcome.value)
