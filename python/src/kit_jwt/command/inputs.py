"""What a command reads: files, and standard input where no file is named. Nothing of what is read is ever told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.encoding.strict_json import parse
from kit_jwt.encoding.utf8 import decode_utf8

from .failure import CommandFailureError, looks_secret, looks_token, quoted
from .output import Output
from .world import FileFaultError, FileReason, World

_REASONS: Final[Mapping[FileReason, str]] = {
    "missing": "there is no such file",
    "exists": "it exists",
    "denied": "permission denied",
    "folder": "it is a folder",
    "too large": "it is larger than 16 MiB",
    "unreadable": "the system refuses it",
}

_WHITE_SPACE: Final = "\t\n\v\f\r "


def source_name(path: str | None) -> str:
    """What a source is called: the path of a file, or standard input."""
    return "standard input" if path is None or path == "-" else quoted(path)


def fault_sentence(deed: str, name: str, reason: FileReason) -> str:
    """The sentence for a file or a folder that cannot be read or written."""
    return f"cannot {deed} {name}: {_REASONS[reason]}"


def read_text(world: World, path: str) -> str:
    """The text of a file.

    Raises:
        CommandFailureError: it cannot be read, or is no text.
    """
    try:
        data = world.read_file(path)
    except FileFaultError as fault:
        raise _told(fault, path) from None
    return _text_of(data, quoted(path))


def read_source(output: Output, path: str | None, what: str) -> str:
    """The text of FILE, or of standard input where there is no FILE or it is `-`.

    Args:
        output: where people are told what is waited for.
        path: the operand.
        what: what is waited for at a terminal, with its article.

    Raises:
        CommandFailureError: it cannot be read, is no text, or is nothing but white space.
    """
    text = _read_input(output, what) if path is None or path == "-" else read_text(output.world, path)
    if not trimmed(text):
        message = f"{source_name(path)} is empty"
        raise CommandFailureError(message)
    return text


def require_one_input(paths: Iterable[str | None]) -> None:
    """Refuse to read standard input for two things.

    Raises:
        CommandFailureError: two of the paths are standard input.
    """
    if sum(path is None or path == "-" for path in paths) > 1:
        raise CommandFailureError("standard input can be read only once")


def read_object(output: Output, path: str | None, what: str) -> Mapping[str, JSONValue]:
    """The JSON object of a source.

    Raises:
        CommandFailureError: as `read_source`, and where it is no strict JSON or no object.
    """
    return object_of(read_source(output, path, what), source_name(path))


def object_of(text: str, name: str) -> Mapping[str, JSONValue]:
    """The JSON object that a text holds.

    Raises:
        CommandFailureError: there is none; told with the name of the source.
    """
    value = _json_of(text, name)
    if isinstance(value, Mapping):
        return value
    message = f"{name} is not a JSON object"
    raise CommandFailureError(message)


def trimmed(text: str) -> str:
    """A text without the white space of ASCII around it."""
    return text.strip(_WHITE_SPACE)


def read_token(output: Output, path: str | None) -> str:
    """The token of a source, without the white space around it.

    Raises:
        CommandFailureError: as `read_source`.
    """
    return trimmed(read_source(output, path, "a token"))


def _json_of(text: str, name: str) -> JSONValue:
    try:
        return parse(text)
    except ValueError:
        message = f"{name} is not strict JSON"
        raise CommandFailureError(message) from None


def _read_input(output: Output, what: str) -> str:
    if output.world.terminal.stdin:
        output.note(f"Paste {what}, then press Ctrl-D.\n")
    try:
        data = output.world.read_input()
    except FileFaultError as fault:
        raise _told(fault, "-") from None
    return _text_of(data, source_name("-"))


def _text_of(data: bytes, name: str) -> str:
    text = decode_utf8(data)
    if text is None:
        message = f"{name} is not UTF-8 text"
        raise CommandFailureError(message)
    # Some editors and shells write one, and no parser of tokens, JSON or .env takes it.
    if text.startswith("\ufeff"):
        message = f"{name} begins with a byte order mark: save it without one"
        raise CommandFailureError(message)
    return text


def _told(fault: FileFaultError, path: str) -> CommandFailureError:
    # A long file name looks like a secret too: only what names no file is taken for one.
    if fault.reason in {"missing", "unreadable"}:
        if looks_token(path):
            return CommandFailureError(
                "a token is never an argument, where others can see it: write it to a file or pipe it in"
            )
        if looks_secret(path):
            return CommandFailureError(
                "what was given is no file; secrets, keys and JSON are never arguments, where others can see them: "
                "write them to a file or pipe them in"
            )
    return CommandFailureError(fault_sentence("read", source_name(path), fault.reason))
