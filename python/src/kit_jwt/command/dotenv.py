"""The lines of a `.env` file, written and read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from .failure import CommandFailureError

_ISSUER: Final = "https://issuer.example"
_AUDIENCE: Final = "internal-api"

# Libraries that read `.env` differ in escapes, comments and expansion: here one small form is read, and no other.
_LINE: Final = re.compile(
    r"""(?:export )?([A-Za-z_][A-Za-z0-9_]*)=(?:'([^']*)'|"([^"\\$`]*)"|([^ \t\n\v\f\r'"`$\\#]*))""",
)


def dotenv_lines(values: Mapping[str, Sequence[str]], name: str, value: str) -> str:
    """The lines of a `.env` file: issuer and audience, as given or to be changed, and what signs."""
    lines = {
        "JWT_ISS": values.get("iss", [_ISSUER])[0],
        "JWT_AUD": values.get("aud", [_AUDIENCE])[0],
        name: value,
    }
    return dotenv_text(lines)


def dotenv_text(lines: Mapping[str, str]) -> str:
    """The text of a `.env` file.

    Raises:
        CommandFailureError: a value that it cannot carry.
    """
    return "".join(f"{key}={_quote(key, text)}\n" for key, text in lines.items())


def require_dotenv(values: Mapping[str, object], switches: Collection[str]) -> None:
    """Refuse what only lines of a `.env` file hold, where none are asked for.

    Raises:
        CommandFailureError: issuer or audience without `--dotenv`.
    """
    needless = next((name for name in ("iss", "aud") if name in values), None)
    if needless is not None and "dotenv" not in switches:
        message = f"--{needless} is for the lines that --dotenv prints"
        raise CommandFailureError(message)


def _quote(name: str, text: str) -> str:
    match = _LINE.fullmatch(f"{name}={text}")
    # Bare only where it reads back as it is: text in quotes of its own would lose them.
    if match is not None and match[4] == text:
        return text
    if not re.search(r"['\r\n]", text):
        return f"'{text}'"
    message = f"the value of {name} holds a quote or a line break, which a .env file cannot carry"
    raise CommandFailureError(message)


def parse_dotenv(text: str, path: str) -> dict[str, str]:
    """The variables of a `.env` file.

    `NAME=value`, plain or in quotes, with or without `export`; empty lines and lines that begin with `#`. Nothing is
    expanded.

    Raises:
        CommandFailureError: any other line, with its number; a name that was set before.
    """
    variables: dict[str, str] = {}
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip(" \t\r").lstrip(" \t")
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            message = f"{path}, line {number}: this is not NAME=value"
            raise CommandFailureError(message)
        name = match[1]
        if name in variables:
            message = f"{path}, line {number}: {name} was set before"
            raise CommandFailureError(message)
        variables[name] = match[2] or match[3] or match[4] or ""
    return variables
