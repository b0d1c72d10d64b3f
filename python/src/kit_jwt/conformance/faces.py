"""The two faces of the package behind one body of tests: what one gives at once, the other is awaited for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from kit_jwt import aio
from kit_jwt.keys.private_key import import_private_key
from kit_jwt.kit import Kit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Face:
    """What is called differently in the synchronous and in the awaitable face."""

    kit: type[Kit | aio.Kit]
    import_private_key: Callable[..., Any]


SYNCHRONOUS: Final = Face(Kit, import_private_key)
AWAITABLE: Final = Face(aio.Kit, aio.import_private_key)


async def given(value: Any) -> Any:
    """What an operation of either face gave."""
    return await value if isinstance(value, Awaitable) else value


def at_once(coroutine: Coroutine[Any, Any, T]) -> T:
    """The end of a coroutine that waits for nothing.

    >>> async def two():
    ...     return await given(2)
    >>> at_once(two())
    2
    """
    try:
        coroutine.send(None)
    except StopIteration as stop:
        ended: T = stop.value
        return ended
    coroutine.close()
    message = "a synchronous test waited for something"
    raise RuntimeError(message)
