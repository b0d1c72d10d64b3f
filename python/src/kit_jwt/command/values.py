"""Values of options."""

from __future__ import annotations

import re
from typing import Final

from .failure import CommandFailureError

_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,8}")


def read_integer(name: str, text: str | None, least: int, most: int) -> int | None:
    """The number that an option gives; None where it was not given.

    Raises:
        CommandFailureError: no number, or out of range.
    """
    if text is None:
        return None
    if _NUMBER.fullmatch(text) and least <= int(text) <= most:
        return int(text)
    message = f"--{name} is a number from {least} to {most}"
    raise CommandFailureError(message)
