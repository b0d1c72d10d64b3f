"""A mistake of the person at the keyboard, and what of the command line may be shown again."""

from __future__ import annotations

import re
from typing import Final

from .style import printable

OK: Final = 0
REFUSED: Final = 1
"""Exit status of an invalid token, a denial, a failed test."""
USAGE: Final = 2
"""Exit status of a mistake in usage or configuration."""

_TOKEN_LIKE: Final = re.compile(r"ey[\w-]*\.[\w-]*\.", re.ASCII)

# A long run without a dot or a slash, or JSON, or PEM: pasted where none of them belongs.
_SECRET_LIKE: Final = re.compile(r"[\w+=-]{32,}|[{}]|-----", re.ASCII)

_LONGEST_SHOWN: Final = 80


class CommandFailureError(Exception):
    """A mistake told in one sentence that shows no value that could be a secret."""

    def __init__(self, sentence: str, exit_status: int = USAGE) -> None:
        """Keep the sentence, without a full stop, and the exit status."""
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_status = exit_status


def quoted(text: str) -> str:
    """Text of the command line as it may be shown again: never what looks like a token, a secret or a key."""
    # U+FFFD stands for bytes that were no text: they could have been anything.
    is_shown = 0 < len(text) <= _LONGEST_SHOWN and printable(text) == text and "\ufffd" not in text
    return f"'{text}'" if is_shown and not looks_secret(text) else "what was given"


def looks_secret(text: str) -> bool:
    """Whether text of the command line looks like a token, a secret or a key."""
    return looks_token(text) or _SECRET_LIKE.search(text) is not None


def looks_token(text: str) -> bool:
    """Whether it looks like a token."""
    return _TOKEN_LIKE.match(text) is not None
