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

# A long run without a dot or a slash, or JSON, or PEM: pasted where none of them belongs. In base64 a slash stands too;
# then capitals and digits tell it from a path.
_SECRET_LIKE: Final = re.compile(
    r"[\w+=-]{32,}|(?=[\w+/=-]{40})(?=[\w+/=-]{0,60}[A-Z])(?=[\w+/=-]{0,60}\d)|[{}]|-----", re.ASCII
)

_LONGEST_SHOWN: Final = 80


class CommandFailureError(Exception):
    """A mistake told in one sentence that shows no value that could be a secret."""

    def __init__(self, sentence: str, exit_status: int = USAGE, code: str = "usage") -> None:
        """Keep the sentence, without a full stop, the exit status, and the error code where it is one."""
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_status = exit_status
        self.code = code


def quoted(text: str, hidden: str = "what was given") -> str:
    """Text of the command line as it may be shown again: never what looks like a token, a secret or a key.

    Args:
        text: as it was given.
        hidden: what is said in its place.
    """
    return f"'{text}'" if _is_shown(text) else hidden


def unknown(kind: str, name: str) -> str:
    """The sentence for a name that does not exist."""
    return f"there is no {kind} '{name}'" if _is_shown(name) else f"there is no such {kind}"


def _is_shown(text: str) -> bool:
    # U+FFFD stands for bytes that were no text: they could have been anything.
    is_text = text != "" and printable(text) == text and "\ufffd" not in text
    return is_text and len(text) <= _LONGEST_SHOWN and not looks_secret(text)


def looks_secret(text: str) -> bool:
    """Whether text of the command line looks like a token, a secret or a key."""
    return looks_token(text) or _SECRET_LIKE.search(text) is not None


def looks_token(text: str) -> bool:
    """Whether it looks like a token."""
    return _TOKEN_LIKE.match(text) is not None
