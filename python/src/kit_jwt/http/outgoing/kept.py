"""What the blocking and the awaitable face of the kept tokens share."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Final, TypedDict

from kit_jwt.encoding.json_value import MAX_NUMBER, is_number
from kit_jwt.errors import ConfigError

from .book import Keeping, TokenBook
from .errors import OutgoingError
from .wanted import Asked, Wanted, is_name, key_of, read_wanted


class TargetTokensOptions(TypedDict, total=False):
    """How tokens are kept.

    Attributes:
        margin: seconds before its end that a token is renewed, 30 unless given; no more than half of its life.
        jitter: seconds, of which chance adds a part to the margin, 10 unless given.
        max_tokens: that are kept at most, 1,000 unless given: the one that was longest not used makes room.
        clock: seconds since the epoch.
        random: from 0 up to 1.
    """

    margin: float
    jitter: float
    max_tokens: int
    clock: Callable[[], float]
    random: Callable[[], float]


_NAMES: Final = TargetTokensOptions.__annotations__.keys()


class Kept:
    """The book, whose it is, and its clock."""

    def __init__(self, caller: str, source: object, options: TargetTokensOptions) -> None:
        """Check the options.

        Raises:
            ConfigError: `config_invalid` with the option.
        """
        margin, jitter = options.get("margin", 30), options.get("jitter", 10)
        max_tokens = options.get("max_tokens", 1000)
        clock, chance = options.get("clock", time.time), options.get("random", random.random)
        check("source", callable(source))
        check("caller", is_name(caller))
        check("margin", is_number(margin) and 0 <= margin <= MAX_NUMBER)
        check("jitter", is_number(jitter) and 0 <= jitter <= MAX_NUMBER)
        check("max_tokens", isinstance(max_tokens, int) and not isinstance(max_tokens, bool) and max_tokens > 0)
        check("clock", callable(clock))
        check("random", callable(chance))
        # A misspelt option must not switch off what it was meant to switch on.
        for name in options:
            check(name, name in _NAMES)
        self.caller = caller
        self.clock = clock
        self.book = TokenBook(Keeping(margin=margin, jitter=jitter, max_tokens=max_tokens, random=chance))

    def ask(self, wanted: Wanted) -> tuple[str, Asked]:
        """What is wanted, and what it is kept under.

        Raises:
            MisuseError: what is no request for a token.
        """
        asked = read_wanted(self.caller, wanted)
        return key_of(asked), asked

    def refuse(self, wanted: Wanted, token: str) -> bool:
        """The target refused a token. Whether another one is worth showing."""
        key, _ = self.ask(wanted)
        return self.book.refuse(key, token, self.clock())

    def spare(self, key: str, error: OutgoingError) -> str:
        """The token that is still good while no other can be had.

        Raises:
            OutgoingError: the one that is given: there is none, or the source said no.
        """
        spare = self.book.spare(key, self.clock()) if error.code == "source_unavailable" else None
        if spare is None:
            raise error
        return spare


def check(variable: str, is_right: bool) -> None:
    """Refuse an option.

    Raises:
        ConfigError: `config_invalid` with the option.
    """
    if not is_right:
        raise ConfigError("config_invalid", variable=variable)
